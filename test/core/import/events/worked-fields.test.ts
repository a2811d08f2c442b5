import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReader, parseMappings, planFile } from '#import'
import type { FilePlan, HeldRow, ImportOptions } from '#schema/import'
import { fastFields } from '../../../../core/import/events/fast-fields.ts'
import { createEventBuilder, createFastEventReader } from '../../../../core/import/events/index.ts'
import { waysOf } from '../../../../core/import/events/json-paths.ts'
import { bytesOf } from '../read-file.ts'
import { byReference, utf16, withoutHeaderLine } from './by-reference.ts'
import { recordsOf } from './reading.ts'
import { WORKED_KINDS, workedFile } from './worked-files.ts'

function read(plan: FilePlan, bytes: Uint8Array, options: ImportOptions, chunk: number): object {
  const rows: unknown[] = []
  const held: HeldRow[] = []
  try {
    const reader = createReader(plan, options, {
      entities: () => {},
      events: batch => {
        const hashes = (i: number): readonly number[] => [
          ...batch.idHash.subarray(2 * i, 2 * i + 2),
          ...batch.contentHash.subarray(2 * i, 2 * i + 2),
        ]
        rows.push(...recordsOf(batch).map((record, i) => [record, hashes(i)]))
      },
      held: run => held.push(...run),
    })
    for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.slice(at, at + chunk))
    const { plan: read, ...result } = withoutHeaderLine(reader.end())
    return { result, readings: read.readings, columns: read.columns, rows, held }
  } catch (error) {
    return { code: (error as { code?: string }).code, context: (error as { context?: unknown }).context }
  }
}

/** Reads a file both ways, from its bytes in two encodings. @returns what came of it */
function compare(text: string, plan: FilePlan, options: ImportOptions, chunk: number): object {
  const wide: FilePlan = { ...plan, encoding: 'utf-16le', bomBytes: 2 }
  const fast = read(plan, bytesOf(text), options, chunk)
  expect(fast).toEqual(read(byReference(plan), bytesOf(text), options, 1 << 20))
  expect(fast).toEqual(read(wide, utf16(text), options, chunk))
  return fast
}

function planned(file: string, text: string, options: ImportOptions = {}): FilePlan {
  const head = bytesOf(text)
  return planFile({ file, head, size: head.length, isWhole: true, options })
}

describe('fields that are worked out come to the same from bytes as through the reference', () => {
  test.each(Object.entries(WORKED_KINDS))('%s', (title, kind) => {
    const whole = planned(kind.file, fc.sample(workedFile(kind), { seed: 7, numRuns: 1 })[0] ?? '')
    expect(whole.source).toBe(title)
    expect(fastFields(whole)?.worked.length).toBeGreaterThan(0)
    const options = fc.constantFrom<ImportOptions>({}, { timeZone: 'UTC' }, { timeZone: 'Asia/Tokyo' })
    const end = fc.constantFrom('\n', '\r\n')
    let read = 0
    fc.assert(
      fc.property(
        end.chain(each => workedFile(kind, each)),
        options,
        fc.integer({ min: 1, max: 400 }),
        (...given) => {
          const [text, answers, chunk] = given
          if ('rows' in compare(text, whole, answers, chunk)) read++
        },
      ),
      { numRuns: 60 },
    )
    // Not all of them were refused.
    expect(read).toBeGreaterThan(20)
  })

  const header = 'id,kind,label,at,later,a,b,payload,note'
  const line = (over: string): string =>
    `e-000001,click,Save,2026-05-31T12:00:00Z,2026-06-01T12:00:00Z,w1,w2,"{""x"":""w3""}",n\n${over}`
  const odd = line(
    'e-000002,"",,,2026-06-01 12:00:00,NULL, ,"{""x"":7,""y"":{""z"":""deep""}}",n\n,Open,,2026-05-31,,\\N,w2,,\n',
  )
  const mappings: readonly Readonly<{ why: string; fields: readonly object[]; more?: object; isFast?: boolean }>[] = [
    { why: 'the first of two columns', fields: [{ field: 'workspace_id', from: ['a', 'b'] }] },
    { why: 'a column, else a constant', fields: [{ field: 'workspace_id', from: ['a'], constant: 'none given' }] },
    { why: 'a constant alone', fields: [{ field: 'source', constant: 'café' }] },
    {
      why: 'listed values of one source',
      fields: [{ field: 'source', from: ['b', { path: 'kind', values: { click: 'web', OPEN: 'app' } }] }],
    },
    { why: 'inside JSON, two levels', fields: [{ field: 'workspace_id', from: ['payload.y.z', 'payload.x'] }] },
    { why: 'a path that leads nowhere', fields: [{ field: 'workspace_id', from: ['payload.q.r', 'a'] }] },
    { why: 'values that mean nothing', fields: [{ field: 'workspace_id', from: ['a', 'b'], ignore: ['w1'] }] },
    { why: 'ids cut to the first', fields: [{ field: 'session_id', from: ['b'], idForm: 'first' }] },
    {
      why: 'a column used twice',
      fields: [
        { field: 'workspace_id', from: ['a'] },
        { field: 'user_id', from: ['a'] },
      ],
    },
    {
      why: 'rows that are filled',
      fields: [{ field: 'workspace_id', from: ['a'] }],
      more: { when: [{ path: 'label', isFilled: true }] },
    },
    {
      why: 'rows that are empty',
      fields: [{ field: 'workspace_id', from: ['a'] }],
      more: { when: [{ path: 'label', isFilled: false }] },
    },
    {
      why: 'rows by what JSON says',
      fields: [{ field: 'workspace_id', from: ['a'] }],
      more: { when: [{ path: 'payload.x', in: ['W3', '7'] }] },
    },
    { why: 'nothing else is kept', fields: [{ field: 'workspace_id', from: ['b', 'a'] }], more: { others: 'drop' } },
    {
      why: 'properties that a condition asks for too are the reference’s',
      fields: [{ field: 'event_properties', from: ['payload'] }],
      more: { when: [{ path: 'payload', isFilled: true }] },
      isFast: false,
    },
    {
      why: 'inside the properties',
      fields: [
        { field: 'event_properties', from: ['payload'] },
        { field: 'workspace_id', from: ['payload.x', 'a'] },
      ],
    },
    {
      why: 'joined texts are the reference’s',
      fields: [{ field: 'source', from: ['a', 'b'], combine: 'join' }],
      isFast: false,
    },
    {
      why: 'mapped values are counted by the reference',
      fields: [{ field: 'source', from: ['a'], values: { w1: 'x' } }],
      isFast: false,
    },
    {
      why: 'places in lists are the reference’s',
      fields: [{ field: 'source', from: ['payload.list.0', 'a'] }],
      isFast: false,
    },
  ]
  test.each(mappings)('mapping: $why', ({ fields, more = {}, isFast = true }) => {
    const own = [
      { field: 'event_id', from: ['id'] },
      { field: 'event_name', from: ['label', 'kind'] },
      { field: 'timestamp', from: ['at', 'later'] },
    ]
    const mapping = { source: 'own', tables: [{ table: 'events', fields: [...own, ...fields], ...more }] }
    const text = `${header}\n${odd}${line('')}`
    const head = bytesOf(text)
    const { mappings: offered } = parseMappings({ version: 1, mappings: [mapping] })
    const plan = planFile({
      file: 'own.csv',
      head,
      size: head.length,
      isWhole: true,
      options: {},
      mappings: { offered },
    })
    expect(plan.source).toBe('own')
    expect(fastFields(plan) !== null).toBe(isFast)
    for (const chunk of [1, 37, 1 << 20]) compare(text, plan, {}, chunk)
  })
})

test('the ways of a dotted path, longest key first', () => {
  expect(waysOf('a.b.c')).toEqual([['a.b.c'], ['a.b', 'c'], ['a', 'b.c'], ['a', 'b', 'c']])
  expect(waysOf('.a')).toEqual([['.a']])
  expect(waysOf('a.')).toEqual([['a.'], ['a', '']])
})

test('plain rows of an export with worked fields do not go to the reference', () => {
  const rows = Array.from({ length: 3000 }, (_, i) => {
    const properties = `{""$lib"": ""web"", ""$groups"": {""workspace"": ""acme-${i % 7}""}}`
    return `,login,"${properties}",user-${i},2026-05-31T12:00:00Z`
  })
  const text = `uuid,event,properties,distinct_id,timestamp\n${rows.join('\n')}\n`
  const builder = createEventBuilder()
  let handedOver = 0
  const reader = createFastEventReader({
    plan: planned('posthog.csv', text),
    options: {},
    builder,
    maxRecordBytes: 1 << 20,
    records: ({ count }) => {
      handedOver += count
    },
    rows() {},
  })
  reader?.push(bytesOf(text))
  reader?.end()
  expect(handedOver).toBe(1) // the header
  const records = recordsOf(builder.take())
  expect(records.map(({ workspace }) => workspace)).toEqual(rows.map((_, i) => `acme-${i % 7}`))
  expect(records[2999]).toMatchObject({ user: 'user-2999', source: 'web', line: 3001 })
})
