import { expect, test, vi } from 'vitest'
import type { Channel } from '#contract/channel'
import { memoryChannels } from '#contract/channel.memory'
import { createRelay } from '#contract/channel-relay'
import { createClient } from '#contract/client'
import { serve } from '#contract/server'
import { fakeHandlers } from './support/fake-handlers.ts'

function relayToFakes() {
  const servers: Channel[] = []
  const onAnswer = vi.fn()
  const connect = vi.fn(() => {
    const [near, far] = memoryChannels()
    serve(far, { resolveSource: () => null }, fakeHandlers, { report: () => undefined })
    servers.push(far)
    return near
  })
  const relay = createRelay({ connect, onAnswer })
  const attach = () => {
    const [near, far] = memoryChannels()
    relay.attach(far)
    return { channel: near, client: createClient(near) }
  }
  return { attach, connect, onAnswer, servers }
}

const slow = { sources: ['slow'] }

test('each client gets its own answers though both count their calls from one', async () => {
  const { attach, connect } = relayToFakes()
  const [a, b] = [attach(), attach()]
  const ask = (search: string) => ({ sort: 'score' as const, descending: true, filter: { search } })
  const [one, two] = await Promise.all([a.client['score.order'](ask('1')), b.client['score.order'](ask('2'))])
  expect([one.total, two.total, connect.mock.calls.length]).toEqual([1, 2, 1])
})

test('a client that goes has its calls cancelled, the others keep theirs', async () => {
  const { attach, onAnswer } = relayToFakes()
  const [a, b] = [attach(), attach()]
  const running = new Promise<void>(done => {
    a.client['import.inspect'](slow, { onProgress: () => done() }).catch(() => undefined)
  })
  await running
  const abort = new AbortController()
  const other = b.client['import.inspect'](slow, { signal: abort.signal })
  other.catch(() => undefined)
  a.channel.close()
  await vi.waitFor(() => expect(onAnswer).toHaveBeenCalledOnce(), 120_000)
  expect(onAnswer.mock.calls[0]?.[1]).toMatchObject({ t: 'fail', error: { code: 'run/cancelled' } })
  abort.abort()
  await expect(other).rejects.toMatchObject({ code: 'run/cancelled' })
})

test('a server that goes fails what is in flight; the next call connects anew', async () => {
  const { attach, connect, servers } = relayToFakes()
  const { client } = attach()
  const job = client['import.inspect'](slow, { onProgress: () => servers[0]?.close() })
  await expect(job).rejects.toMatchObject({ code: 'transport/closed' })
  await expect(client['score.activity']({ unitId: 'w' })).resolves.toMatchObject({ today: 3 })
  expect(connect).toHaveBeenCalledTimes(2)
})

test('a server that cannot be reached fails the call', async () => {
  const [near, far] = memoryChannels()
  const relay = createRelay({
    connect: () => {
      throw new Error('no process')
    },
  })
  relay.attach(far)
  await expect(createClient(near)['project.close']({})).rejects.toMatchObject({ code: 'transport/closed' })
})

test('tells every answer with the call it answers', async () => {
  const { attach, onAnswer } = relayToFakes()
  await attach().client['import.run']({ sources: ['a'] })
  expect(onAnswer.mock.calls).toEqual([
    [
      { t: 'call', id: 1, method: 'import.run', input: { sources: ['a'] } },
      { t: 'ok', id: 1, value: { files: [], skipped: [] } },
    ],
  ])
})
