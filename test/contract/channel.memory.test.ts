import { expect, test, vi } from 'vitest'
import type { Wire } from '#contract/channel'
import { memoryChannels } from '#contract/channel.memory'

const ok = (value: unknown): Wire => ({ t: 'ok', id: 1, value })

test.each([
  { why: 'NaN', value: { score: Number.NaN } },
  { why: 'infinity', value: [Number.POSITIVE_INFINITY] },
  { why: 'a date', value: new Date(0) },
  { why: 'a map', value: { byId: new Map() } },
  { why: 'an instance of a class', value: new (class Row {})() },
  { why: 'a typed array outside the columns', value: new Uint8Array(1) },
  { why: 'a big integer', value: 1n },
  { why: 'a hole in a list', value: [1, undefined] },
  { why: 'a function', value: { run: () => 1 } },
])('refuses $why, which a wire would lose', ({ value }) => {
  const [near] = memoryChannels()
  expect(() => near.post(ok(value))).toThrow()
})

test('copies: neither side sees what the other changes later', async () => {
  const [near, far] = memoryChannels()
  const value = { rows: [1] }
  const order = new Uint32Array([1, 2])
  near.post({ t: 'ok', id: 1, value, columns: { order } })
  value.rows.push(2)
  order[0] = 9
  const received = await new Promise(far.listen)
  expect(received).toEqual({ t: 'ok', id: 1, value: { rows: [1] }, columns: { order: new Uint32Array([1, 2]) } })
})

test('delivers in order, never within post, and keeps what came before anyone listened', async () => {
  const [near, far] = memoryChannels()
  const listener = vi.fn()
  near.post(ok(1))
  await Promise.resolve()
  far.listen(listener)
  near.post(ok(2))
  expect(listener.mock.calls).toEqual([[ok(1)]])
  await Promise.resolve()
  expect(listener.mock.calls).toEqual([[ok(1)], [ok(2)]])
})

test('closing one end closes both, once; a listener that comes late is told at once', () => {
  const [near, far] = memoryChannels()
  const early = vi.fn()
  const late = vi.fn()
  far.onClose(early)
  near.close()
  far.close()
  far.onClose(late)
  expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 1])
  expect(() => far.post(ok(1))).toThrow(expect.objectContaining({ code: 'transport/closed' }))
})
