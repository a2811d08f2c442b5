import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import type { Channel } from '#contract/channel'
import { memoryChannels } from '#contract/channel.memory'
import { portChannel } from '#contract/channel.port'
import { createRelay } from '#contract/channel-relay'
import { serve } from '#contract/server'
import { createEngineProcess } from '../../../browser-host/engine-process.ts'
import { startHost } from '../../../browser-host/host.ts'
import { createTokenTable } from '../../../browser-host/token-table.ts'
import { httpChannel } from '../../../renderer/src/client/channel.http.ts'
import { openSession } from '../../support/session.ts'
import { fakeHandlers } from './fake-handlers.ts'

export type Opened = Readonly<{
  client: Channel
  /** What the server side reported. */
  reports: string[]
  /** Ends the other side without a word. */
  kill(): void
  close(): Promise<void>
}>

export const ENTRY = join(import.meta.dirname, 'fake-engine-entry.ts')

export const transports: readonly [string, () => Promise<Opened>][] = [
  ['memory', async () => inThread(...memoryChannels())],
  [
    'message port',
    async () => {
      const { port1, port2 } = new MessageChannel()
      return inThread(portChannel(port1), portChannel(port2))
    },
  ],
  ['relay over ports, as in Electron', relayOverPorts],
  ['forked process', forked],
  ['browser host', browserHost],
]

function serveFakes(channel: Channel, reports: string[]): void {
  const report = (error: unknown): void => void reports.push(String(error))
  serve(channel, { resolveSource: () => null }, fakeHandlers, { report, checkOutputs: true })
}

function inThread(client: Channel, server: Channel): Opened {
  const reports: string[] = []
  serveFakes(server, reports)
  return { client, reports, kill: server.close, close: async () => client.close() }
}

async function relayOverPorts(): Promise<Opened> {
  const reports: string[] = []
  const [near, far] = memoryChannels()
  serveFakes(far, reports)
  const relay = createRelay({ connect: () => near })
  const { port1, port2 } = new MessageChannel()
  relay.attach(portChannel(port2, { canTransfer: false }))
  const client = portChannel(port1)
  return { client, reports, kill: far.close, close: async () => client.close() }
}

async function forked(): Promise<Opened> {
  const reports: string[] = []
  const report = (text: string): void => void reports.push(text)
  const engine = createEngineProcess({ entry: ENTRY, tokens: createTokenTable(), report })
  const client = engine.connect()
  return { client, reports, kill: client.close, close: engine.close }
}

async function browserHost(): Promise<Opened> {
  const reports: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'pql-contract-'))
  const report = (text: string): void => void reports.push(text)
  const host = await startHost({ rendererRoot: folder, dataFolder: folder, engineEntry: ENTRY, report })
  const client = await httpChannel(await openSession(host.url))
  const close = async (): Promise<void> => {
    await host.close()
    rmSync(folder, { recursive: true })
  }
  return { client, reports, kill: () => void host.close(), close }
}
