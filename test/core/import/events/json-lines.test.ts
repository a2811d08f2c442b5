import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { createEventSource } from '../../../../core/import/event-source.ts'
import { planTables } from '../../../../core/import/index.ts'
import { createRecordSource, type RecordSource } from '../../../../core/import/records/record-source.ts'
import { RowReader } from '../../../../core/import/row-reader.ts'
import { AppError } from '../../../../core/lib/errors.ts'
import type { EntityRow, EventBatch, FilePlan, HeldRow } from '../../../../core/schema/import.ts'
import { anyLines, HEADS } from './any-lines.ts'
import { chunksOf, recordsOf } from './reading.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const MOST_BYTES = 32_768

/** The plans of a file, that for events first, from its first lines alone. */
function plansOf(head: string): readonly FilePlan[] {
  const mappings = { assigned: undefined, offered: [], remembered: [] }
  const ground = { file: 'events.jsonl', isWhole: false, size: null, options: {}, mappings }
  try {
    const plans = planTables({ ...ground, head: bytesOf(head) })
    return plans.filter(({ table, format }) => table !== null && format === 'jsonl')
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

type Way = (plan: FilePlan, rows: RowReader) => RecordSource | null
const FAST: Way = (plan, rows) => createEventSource(plan, {}, rows, MOST_BYTES)
const REFERENCE: Way = (plan, rows) => createRecordSource(plan, rows, MOST_BYTES)

/** Rows that the reference has not seen. */
let fastRows = 0
/** Records that were ruled out without it. */
let fastOthers = 0

/** All that reading a file comes to; null where it cannot be read this way. */
function outcome(plan: FilePlan, chunks: readonly Uint8Array[], way: Way) {
  const entities: EntityRow[] = []
  const heldRows: HeldRow[] = []
  const batches: EventBatch[] = []
  const rows = new RowReader({
    plan,
    table: plan.table ?? 'events',
    options: {},
    sink: {
      entities: list => void entities.push(...list),
      events: batch => void batches.push(batch),
      held: list => void heldRows.push(...list),
    },
    onHeld: () => {},
  })
  const added = vi.spyOn(rows, 'added')
  const source = way(plan, rows)
  if (source === null) return null
  for (const chunk of chunks) source.push(chunk)
  source.end()
  rows.flush()
  const hashes = batches.flatMap(({ idHash, contentHash }) => [...idHash, ...contentHash])
  const counts = [...rows.readers.values()].map(reader => ({ ...reader.counts(), zoneless: reader.zoneless() }))
  const { wideBytes, unreadable } = rows.encodingEvidence
  for (const [count, , others] of added.mock.calls) {
    fastRows += count
    fastOthers += others
  }
  return {
    rows: batches.flatMap(recordsOf),
    entities,
    hashes,
    heldRows,
    counts,
    wideBytes,
    unreadable,
    ...rows.counts,
    others: rows.ofOtherTables(),
    columns: rows.columns,
    secrets: rows.lateSecrets(),
  }
}

const sizes = fc.oneof(
  fc.constant([1]),
  fc.constant([1 << 20]),
  fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
)
const RUNS = Number(process.env['PQL_RUNS'] ?? 60)
const PLANS = HEADS.map(head => plansOf(`${head}\n`))

/** @returns the rows that came of a file, of which `fastRows` the fast way */
function compare(head: number, bytes: Uint8Array, cuts: readonly number[]): number {
  const [plan, ...others] = PLANS[head] ?? []
  if (plan?.table !== 'events') throw new Error('the head has no plan')
  for (const other of others) {
    const found = outcome(other, chunksOf(bytes, cuts), FAST)
    if (found !== null) expect(found).toEqual(outcome(other, [bytes], REFERENCE))
  }
  fastRows = 0
  const found = outcome(plan, chunksOf(bytes, cuts), FAST)
  const fast = fastRows
  expect(found).not.toBeNull()
  expect(found).toEqual(outcome(plan, [bytes], REFERENCE))
  fastRows = fast
  return found?.emitted ?? 0
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

  test('and neither do those of other tables', () => {
    const others = (PLANS[2] ?? []).slice(1)
    expect(others.map(({ table }) => table)).toEqual(['users', 'workspaces', 'memberships'])
    for (const plan of others) {
      fastOthers = 0
      outcome(plan, [bytesOf(`${HEADS[2]}\n${HEADS[2]}\n`)], FAST)
      expect(fastOthers).toBe(2)
    }
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
