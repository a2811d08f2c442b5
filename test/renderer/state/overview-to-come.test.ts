import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallOptions, Result } from '#contract/contract'
import { AppError } from '#lib/errors'
import { loadOverview } from '../../../renderer/src/state/identity-overview.ts'
import { overviewWhenQuiet, stillBusy } from '../../../renderer/src/state/overview-to-come.ts'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { fakeClient } from '../support/fake-client.ts'

type Overview = Result<'identity.overview'>
type Asked = Readonly<{ signal: CallOptions['signal']; answer: () => void }>

/** An engine that answers when it is told to, and gives up when it is cancelled. */
async function engine(firstMs = 0) {
  const overview = await fakeClient()['identity.overview']({})
  const asked: Asked[] = []
  const client = {
    'identity.overview': (_input: object, { signal }: CallOptions = {}) =>
      new Promise<Overview>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new AppError('run/cancelled', 'cancelled', {})))
        asked.push({ signal, answer: () => resolve(overview) })
      }),
  }
  const first = loadOverview(client)
  await vi.advanceTimersByTimeAsync(firstMs)
  asked[0]?.answer()
  await first
  return { client, asked }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  forgetProject()
})

test('several answers ask once, when it is quiet', async () => {
  const { client, asked } = await engine()
  const earlier = overviewWhenQuiet(client)
  await vi.advanceTimersByTimeAsync(1000)
  const later = overviewWhenQuiet(client)
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(600)
  expect(asked).toHaveLength(2)
  asked[1]?.answer()
  await Promise.all([earlier, later])
})

test('what is being read gives way to whoever goes on, and is read again', async () => {
  const { client, asked } = await engine()
  const read = overviewWhenQuiet(client)
  await vi.advanceTimersByTimeAsync(1600)
  stillBusy()
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.map(({ signal }) => signal?.aborted)).toEqual([false, true])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveLength(3)
  asked[2]?.answer()
  await read
})

test.each([
  { firstMs: 3000, quietMs: 6000 },
  { firstMs: 60_000, quietMs: 10_000 },
])('where it takes $firstMs ms, it waits for $quietMs ms of quiet', async ({ firstMs, quietMs }) => {
  const { client, asked } = await engine(firstMs)
  const read = overviewWhenQuiet(client)
  await vi.advanceTimersByTimeAsync(quietMs - 10)
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(20)
  expect(asked).toHaveLength(2)
  asked[1]?.answer()
  await read
})
