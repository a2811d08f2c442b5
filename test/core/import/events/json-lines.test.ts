import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf } from '../read-file.ts'
import { anyLines, HEADS } from './any-lines.ts'
import { FAST, MOST_BYTES, outcome, plansOf, REFERENCE, sizes } from './both-ways.ts'
import { chunksOf } from './reading.ts'

/** Of the file compared last: rows that the reference has not seen, and records that were ruled out without it. */
let fastRows = 0
let fastOthers = 0

const RUNS = Number(process.env['PQL_RUNS'] ?? 60)
const PLANS = HEADS.map(head => plansOf(`${head}\n`, 'jsonl'))

/** @returns the rows that came of a file, of which `fastRows` the fast way */
function compare(head: number, bytes: Uint8Array, cuts: readonly number[]): number {
  const [plan, ...others] = PLANS[head] ?? []
  if (plan?.table !== 'events') throw new Error('the head has no plan')
  fastOthers = 0
  for (const other of others) {
    const found = outcome(other, chunksOf(bytes, cuts), FAST)
    fastOthers += found?.fastOthers ?? 0
    if (found !== null) expect(found.found).toEqual(outcome(other, [bytes], REFERENCE)?.found)
  }
  const found = outcome(plan, chunksOf(bytes, cuts), FAST)
  expect(found).not.toBeNull()
  expect(found?.found).toEqual(outcome(plan, [bytes], REFERENCE)?.found)
  fastRows = found?.fastRows ?? 0
  return found?.found.emitted ?? 0
}

describe('JSON Lines read from their bytes come to what the reference makes of them', () => {
  test.each(HEADS.map((head, i) => ({ head, i })))('and plain records need no reference: head $i', ({ head, i }) => {
    expect(compare(i, bytesOf(`${head}\n${head}\r\n${head}`), [7])).toBe(3)
    expect(fastRows).toBe(3)
  })

  test.each(HEADS.map((head, i) => ({ head, i })))('and each member may be an empty object: head $i', ({ head, i }) => {
    const record = JSON.parse(head) as Readonly<Record<string, unknown>>
    const lines = Object.keys(record).map(key => JSON.stringify({ ...record, [key]: {} }))
    compare(i, bytesOf(`${head}\n${lines.join('\n')}\n`), [1 << 20])
  })

  test.each(HEADS.map((head, i) => ({ head, i })))(
    'and so may members that no column has, also where they were filled before: head $i',
    ({ head, i }) => {
      const record = JSON.parse(head) as Readonly<Record<string, unknown>>
      const others = ['ip', 'device_id', 'anonymous_id', 'user_id', 'workspace_id', 'name', 'else'].filter(
        key => !(key in record),
      )
      const lines = others.flatMap(key =>
        [{}, { a: 1 }, {}, 'x'].map(value => JSON.stringify({ ...record, [key]: value })),
      )
      compare(i, bytesOf(`${head}\n${lines.join('\n')}\n`), [1 << 20])
    },
  )

  test('and neither do those of other tables', () => {
    const others = (PLANS[2] ?? []).slice(1)
    expect(others.map(({ table }) => table)).toEqual(['users', 'workspaces', 'memberships'])
    compare(2, bytesOf(`${HEADS[2]}\n${HEADS[2]}\n`), [1 << 20])
    expect(fastOthers).toBe(2 * others.length)
  })

  test('whatever the records are', () => {
    let emitted = 0
    let fast = 0
    fc.assert(
      fc.property(anyLines, sizes, ([head, lines], cuts) => {
        emitted += compare(head, bytesOf(lines.join('')), cuts)
        fast += fastRows
      }),
      { numRuns: RUNS },
    )
    expect(fast).toBeGreaterThan(emitted / 4)
  })

  test('bytes changed anywhere, valid UTF-8 or not', () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(0, 10, 13, 32, 34, 44, 58, 92, 123, 125, 0x80, 0xc2, 0xff, 65))
    fc.assert(
      fc.property(anyLines, fc.array(change, { maxLength: 4 }), sizes, ([head, lines], changes, cuts) => {
        const bytes = bytesOf(lines.join(''))
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        compare(head, bytes, cuts)
      }),
      { numRuns: RUNS },
    )
  })

  const event = (rest: string): string => `${HEADS[0]?.slice(0, -1)}${rest}}`
  const long = 'x'.repeat(MOST_BYTES)
  const many = (count: number, text: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => text(i)).join('\n')
  test.each([
    {
      why: 'lines longer than the cap',
      text: `${event(`,"z":"${long}"`)}\n${event('')}\n${long}${long}\n${event('')}\n${long}`,
    },
    { why: 'a mark of byte order at the head of a line', text: `${event('')}\n\ufeff${event('')}\n${event('')}` },
    { why: 'a break at the end of the last line', text: `${event('')}\r` },
    { why: 'lines of which most are for the reference', text: many(5000, i => event(i % 5 === 0 ? '' : ',"late":1')) },
    {
      why: 'more keys than are learnt',
      text: many(4300, i => event(`,"other":{"k${i}":${i}}`).replace('"a":1', `"b${i}":1`)),
    },
    {
      why: 'keys of objects that are open beyond what is counted',
      text: event('').replace('"a":1', many(1500, i => `"c${i}":1`).replaceAll('\n', ',')),
    },
    {
      why: 'objects inside objects, too deep',
      text: event('').replace('{"a":1}', `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`),
    },
  ])('$why', ({ text }) => {
    for (const cuts of text.length > 300_000 ? [[1 << 20]] : [[1 << 20], [1000, 3]]) compare(0, bytesOf(text), cuts)
  })
})
