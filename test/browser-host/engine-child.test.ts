import { expect, test, vi } from 'vitest'
import type { EngineHost } from '#app'
import type { Channel } from '#contract/channel'
import { runEngineChild } from '../../browser-host/engine-child.ts'
import type { FromEngine, ToEngine } from '../../browser-host/engine-message.ts'
import { createTokenTable } from '../../browser-host/token-table.ts'

function start(close: () => Promise<void> = async () => undefined) {
  const sent: FromEngine[] = []
  const served: { channel: Channel; host: EngineHost }[] = []
  let receive: (message: ToEngine) => void = () => undefined
  let lose: () => void = () => undefined
  const exit = vi.fn()
  const link = {
    send: (message: FromEngine) => void sent.push(message),
    receive: (listener: typeof receive) => {
      receive = listener
    },
    onLost: (listener: () => void) => {
      lose = listener
    },
    exit,
  }
  runEngineChild(
    (channel, host) => {
      served.push({ channel, host })
      return { close }
    },
    'browser',
    link,
  )
  const [engine] = served
  if (engine === undefined) throw new Error('the engine was not started')
  return { ...engine, sent, exit, tell: (message: ToEngine) => receive(message), lose: () => lose() }
}

test('a token means what the table of the host says, from its first entry to its last change', () => {
  const tokens = createTokenTable()
  const source = { path: '/data/a.csv', name: 'a.csv' }
  const early = tokens.grant({ source })
  const { host, tell } = start()
  const unfollow = tokens.follow(tell)
  const late = tokens.grant({ target: '/data/out' })
  expect(tokens.grant({ source: { ...source } })).toBe(early)
  expect([host.resolveSource(early), host.resolveTarget(late)]).toEqual([source, '/data/out'])
  expect([host.resolveTarget(early), host.resolveSource(late), host.resolveSource('constructor')]).toEqual([
    null,
    null,
    null,
  ])
  tokens.revoke(early)
  expect(host.resolveSource(early)).toBeNull()
  expect(tokens.grant({ source })).not.toBe(early)
  tokens.revokeAll()
  expect(host.resolveTarget(late)).toBeNull()
  unfollow()
  expect(host.resolveTarget(tokens.grant({ target: '/data/out' }))).toBeNull()
})

test('calls and answers pass, reports carry the stack', () => {
  const { channel, host, sent, tell } = start()
  const listener = vi.fn()
  channel.listen(listener)
  tell({ kind: 'call', message: { t: 'cancel', id: 4 } })
  channel.post({ t: 'ok', id: 4, value: 1 })
  host.report(new Error('broken'))
  host.report('plain')
  expect(listener.mock.calls).toEqual([[{ t: 'cancel', id: 4 }]])
  expect(sent).toEqual([
    { kind: 'reply', message: { t: 'ok', id: 4, value: 1 } },
    { kind: 'report', text: expect.stringMatching(/^Error: broken\n\s+at /) },
    { kind: 'report', text: 'plain' },
  ])
})

test.each([
  { why: 'told to stop', end: (engine: ReturnType<typeof start>) => engine.tell({ kind: 'stop' }) },
  { why: 'left by its host', end: (engine: ReturnType<typeof start>) => engine.lose() },
])('$why, it closes the project before it ends', async ({ end }) => {
  const order: string[] = []
  const engine = start(async () => void order.push('closed'))
  engine.exit.mockImplementation(() => order.push('exit'))
  end(engine)
  await vi.waitFor(() => expect(order).toEqual(['closed', 'exit']), 120_000)
  expect(() => engine.channel.post({ t: 'ok', id: 1, value: 1 })).toThrow()
})
