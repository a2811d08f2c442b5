import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEngineProcess } from '../../browser-host/engine-process.ts'
import { createTokenTable } from '../../browser-host/token-table.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pql-engine-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function engineOf(source: string, patienceMs: number) {
  const entry = join(folder, 'entry.mjs')
  writeFileSync(entry, source)
  const reports: string[] = []
  const report = (text: string): void => void reports.push(text)
  return { reports, engine: createEngineProcess({ entry, tokens: createTokenTable(), report, patienceMs }) }
}

test('an engine that does not end when told to is ended', async () => {
  const { engine, reports } = engineOf(
    "process.on('message', () => undefined); process.send({ kind: 'reply', message: 1 })",
    1,
  )
  const channel = engine.connect()
  await new Promise(channel.listen)
  await engine.close()
  expect(() => channel.post({ t: 'cancel', id: 1 })).toThrow()
  expect(reports).toEqual([])
})

test('an engine told to stop ends by itself, which is no news', async () => {
  const { engine, reports } = engineOf("process.on('message', m => m.kind === 'stop' && process.exit(0))", 60_000)
  engine.connect()
  await engine.close()
  await engine.close()
  expect(reports).toEqual([])
})

test('a signal that ended the engine is told', async () => {
  const { engine, reports } = engineOf("process.kill(process.pid, 'SIGKILL')", 1)
  await new Promise<void>(done => engine.connect().onClose(done))
  expect(reports).toEqual(['the analysis process ended: SIGKILL'])
})
