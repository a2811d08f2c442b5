import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Host, startHost } from '../../browser-host/host.ts'
import type { HostOptions } from '../../browser-host/host-options.ts'
import { ENTRY } from '../contract/support/transports.ts'
import { openSession, type PageSession } from './session.ts'

export type TestHost = Readonly<{
  host: Host
  folder: string
  dataFolder: string
  session: PageSession
  reports: string[]
  close(): Promise<void>
}>

/** A browser host with a small page, a fake engine and a session, in a folder of its own. */
export async function startTestHost(options: Partial<HostOptions> = {}): Promise<TestHost> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-host-'))
  const rendererRoot = join(folder, 'renderer')
  mkdirSync(join(rendererRoot, 'assets'), { recursive: true })
  writeFileSync(join(rendererRoot, 'index.html'), '<!doctype html><html><head><title>Page</title></head></html>')
  writeFileSync(join(rendererRoot, 'assets/main.js'), 'export {}')
  writeFileSync(join(rendererRoot, '.secret.json'), '{}')
  writeFileSync(join(folder, 'outside.json'), '{}')
  const dataFolder = join(folder, 'data')
  const reports: string[] = []
  const report = (text: string): void => void reports.push(text)
  const host = await startHost({ rendererRoot, dataFolder, engineEntry: ENTRY, report, ...options })
  return {
    host,
    folder,
    dataFolder,
    session: await openSession(host.url),
    reports,
    close: async () => {
      await host.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A shell call as the page makes it. */
export async function askShell<T>(session: PageSession, name: string, input: unknown): Promise<T> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }
  const response = await session.fetch(`${session.origin}/shell/${name}`, init)
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** An upload as the page makes it. */
export async function upload(
  session: PageSession,
  name: string,
  body: string,
): Promise<{ token: string; name: string }> {
  const url = `${session.origin}/upload?name=${encodeURIComponent(name)}`
  const response = await session.fetch(url, { method: 'PUT', body })
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
  return (await response.json()) as { token: string; name: string }
}
