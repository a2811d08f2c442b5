import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { portChannel } from '#contract/channel.port'
import { serve } from '#contract/server'
import { electronChannel } from '../../renderer/src/client/channel.electron.ts'
import { reconnectingClient } from '../../renderer/src/client/reconnecting-client.ts'
import { fakeHandlers } from '../contract/support/fake-handlers.ts'

let page: EventTarget
const engines: { close(): void }[] = []
beforeEach(() => {
  page = new EventTarget()
  vi.stubGlobal('window', page)
})
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close()
  vi.unstubAllGlobals()
})

const tell = (pql: string, ports: readonly unknown[] = [], source: unknown = page) =>
  page.dispatchEvent(Object.assign(new Event('message'), { data: { pql }, ports, source }))

/** A bridge that answers as preload and main do. */
const connect = vi.fn(() => {
  const { port1, port2 } = new MessageChannel()
  const server = portChannel(port2)
  serve(server, { resolveSource: () => null }, fakeHandlers, { report: () => undefined })
  engines.push(server)
  queueMicrotask(() => tell('engine-port', [port1]))
})
const bridge = { connect, shell: vi.fn(), takeFile: vi.fn() }

test('talks to the engine over the port that came, and to the next engine after that one stopped', async () => {
  const client = reconnectingClient(() => electronChannel(bridge))
  expect(await client['score.activity']({ unitId: 'w' })).toMatchObject({
    columns: { perDay: new Uint32Array([1, 2, 3]) },
  })
  const onProgress = () => void tell('engine-stopped')
  const job = client['import.inspect']({ sources: ['slow'] }, { onProgress })
  await expect(job).rejects.toMatchObject({ code: 'transport/closed' })
  expect(await client['score.activity']({ unitId: 'w' })).toMatchObject({ today: 3 })
  expect(connect).toHaveBeenCalledTimes(2)
})

test('the late news of an engine before, and messages of others, are passed over', async () => {
  const opening = electronChannel(bridge)
  tell('engine-stopped')
  const { port1 } = new MessageChannel()
  tell('engine-port', [port1], {})
  page.dispatchEvent(Object.assign(new Event('message'), { data: 'text', ports: [port1], source: page }))
  const channel = await opening
  const answer = new Promise(channel.listen)
  channel.post({ t: 'call', id: 1, method: 'score.activity', input: { unitId: 'w' } })
  expect(await answer).toMatchObject({ t: 'ok', id: 1 })
  channel.close()
  port1.close()
})
