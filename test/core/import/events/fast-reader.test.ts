import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEventBuilder, createFastEventReader } from '../../../../core/import/events/index.ts'
import { bytesOf } from '../read-file.ts'
import { anyFile, HEADER } from './any-file.ts'
import { chunksOf, type Outcome, planOf, readFast, readReference, type Setting } from './reading.ts'

const sizes = fc.oneof(
  fc.constant([1]),
  fc.constant([1 << 20]),
  fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
)

const MOMENT = ['timestamp'] as const
function compare(setting: Setting, bytes: Uint8Array, cuts: readonly number[]): Outcome & { fastRows: number } {
  const { fastRows, ...fast } = readFast(setting, chunksOf(bytes, cuts))
  expect(fast).toEqual(readReference(setting, [bytes]))
  return { ...fast, fastRows }
}

describe('the fast reader gives what the reference gives', () => {
  const settings: readonly (Omit<Setting, 'header'> & { why: string })[] = [
    { why: 'commas', delimiter: ',' },
    {
      why: 'semicolons and a decimal comma',
      delimiter: ';',
      readings: { event_weight: { kind: 'number', decimal: ',' } },
    },
    { why: 'tabs, epochs in seconds', delimiter: '\t', readings: { timestamp: { kind: 'moment', form: 'epoch_s' } } },
    { why: 'epochs in milliseconds', readings: { timestamp: { kind: 'moment', form: 'epoch_ms' } } },
    { why: 'epochs in microseconds', readings: { timestamp: { kind: 'moment', form: 'epoch_us' } } },
    { why: 'days first', readings: { timestamp: { kind: 'moment', form: 'dmy' } } },
    { why: 'another zone', options: { timeZone: 'Europe/Berlin' } },
    { why: 'a small cap on records', maxRecordBytes: 4096 },
  ]
  test.each(settings)('$why', ({ why: _, ...setting }) => {
    fc.assert(
      fc.property(anyFile(setting.delimiter ?? ','), sizes, (text, cuts) => {
        compare({ header: HEADER, ...setting }, bytesOf(text), cuts)
      }),
      { numRuns: 150 },
    )
  })

  test('bytes changed anywhere, valid UTF-8 or not', () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(0, 10, 13, 32, 34, 44, 0x80, 0xc2, 0xe3, 0xff, 65))
    fc.assert(
      fc.property(anyFile(','), fc.array(change, { maxLength: 6 }), sizes, (text, changes, cuts) => {
        const bytes = bytesOf(text)
        const body = HEADER.join(',').length + 1
        if (bytes.length > body) for (const [at, byte] of changes) bytes[body + (at % (bytes.length - body))] = byte
        compare({ header: HEADER, maxRecordBytes: 4096 }, bytes, cuts)
      }),
      { numRuns: 400 },
    )
  })

  test('every way to cut a file in two, and into single bytes', () => {
    const rows = [
      'a1b2c3d4,"log""in",2026-05-01T12:00:00Z,w,"é,日",,,,,1.5,"{""a"":""ü""}",x,',
      '"odd" ,x',
      ',"p\r\nq",2026-05-01T12:00:00Z,w,u,,,,,,,,',
    ]
    const bytes = bytesOf(`${HEADER.join(',')}\r\n${rows.join('\r\n')}\r${rows.join('\n')}\n`)
    const expected = readReference({ header: HEADER }, [bytes])
    expect(expected.rows).toHaveLength(4)
    for (let at = 1; at < bytes.length; at++) {
      const { fastRows, ...fast } = readFast({ header: HEADER }, [bytes.slice(0, at), bytes.slice(at)])
      expect(fast).toEqual(expected)
      expect(fastRows).toBe(4)
    }
  })

  test('records longer than a chunk, and a detour that is longer than one', () => {
    const long = `{"a":"${'x'.repeat(200_000)}"}`.replaceAll('"', '""')
    const row = (properties: string, name = 'login') => `,${name},2026-05-01T12:00:00Z,w,u,,,,,,"${properties}",,`
    const lines = [
      row(long),
      '"odd"x',
      ...Array.from({ length: 12_000 }, (_, i) => row('{}', `n${i}`)),
      row(long),
      '"open',
      row('{}'),
      row('{}'),
    ]
    const bytes = bytesOf(`${HEADER.join(',')}\n${lines.join('\n')}\n`)
    for (const cuts of [[1 << 20], [65_536], [1000, 70_001]]) {
      const { rows, held, fastRows } = compare({ header: HEADER }, bytes, cuts)
      expect(rows).toHaveLength(12_004)
      expect(held.map(({ code }) => code)).toEqual(['row/stray-quote', 'row/unterminated-quote'])
      expect(fastRows).toBeGreaterThan(1000)
    }
  })

  test('a file full of quotes without an end', () => {
    const line = `,login,2026-05-01T12:00:00Z,w,u,,,,,,,,\n"open,${'x'.repeat(90)}\n`
    const bytes = bytesOf(`${HEADER.join(',')}\n${line.repeat(4000)}`)
    for (const cuts of [[1 << 20], [10_000]]) {
      const { rows, held } = compare({ header: HEADER, maxRecordBytes: 4096 }, bytes, cuts)
      expect(rows.length + held.length).toBeGreaterThan(4000)
    }
  })

  test('a sep= line before the header', () => {
    const bytes = bytesOf(`sep=;\n${HEADER.join(';')}\n;login;2026-05-01T12:00:00Z;w;u;;;;;;;;\n`)
    const { rows, fastRows } = compare({ header: HEADER, delimiter: ';', hasSepLine: true }, bytes, [7])
    expect(rows).toMatchObject([{ line: 3, name: 'login' }])
    expect(fastRows).toBe(1)
  })

  test('more spellings than are remembered', () => {
    const lines = Array.from({ length: 17_000 }, (_, i) => `, login,2026-05-01T12:00:00Z, w${i},u,,,,,${i}.25,,c${i},`)
    const bytes = bytesOf(`${HEADER.join(',')}\n${lines.join('\n')}\n`)
    const { fastRows } = compare({ header: HEADER }, bytes, [1 << 16])
    expect(fastRows).toBe(17_000)
  })
})

describe('what is read in the fast way', () => {
  const head = [
    'event_id',
    'event_name',
    ...MOMENT,
    'workspace_id',
    'event_weight',
    'event_properties',
    'is_key_event',
    'plan',
  ]
  test.each([
    { why: 'a plain row', row: '6f1b1e0a-1111-4222-8333-9a9b9c9d9e9f,login,2026-05-01T12:00:00Z,w,1,,true,' },
    { why: 'short ids, blanks and NULL', row: '7, login ,2026-05-01 12:00:00,NULL,NULL,null,,x' },
    {
      why: 'properties in quotes, nested and indented',
      row: 'a,b,2026-05-01T12:00:00+02:00,w,-2.5,"{ ""a"": [1, {""b"": ""é""}] }",0,"a,b"',
    },
    { why: 'line breaks and doubled quotes in a name', row: 'a,"b\n""c""",2026-05-01T12:00:00.123Z,w,,,,' },
    { why: 'delimiters at the end', row: 'a,b,2026-05-01T12:00:00.123Z,w,,,,,,' },
  ])('$why', ({ row }) => {
    const { fastRows, held } = compare({ header: head }, bytesOf(`${head.join(',')}\n${row}\n`), [1 << 16])
    expect({ fastRows, held }).toEqual({ fastRows: 1, held: [] })
  })

  test('what it proves is counted as the readers count it', () => {
    const rows = [
      '2026-05-01T12:00:00Z,1.5',
      '2026-05-01 12:00:00,1.500',
      '2026-05-01T12:00:00+01:00,2',
      '2026-05-01T12:00:00Z,bad',
      'soon,1.5',
    ]
    const text = `event_name,timestamp,event_weight\n${rows.map(row => `login,${row}`).join('\n')}\n`
    const header = ['event_name', 'timestamp', 'event_weight']
    const reader = createFastEventReader({
      plan: planOf({ header }),
      options: {},
      builder: createEventBuilder(),
      maxRecordBytes: 4096,
      records: () => {},
      rows: () => {},
    })
    reader?.push(bytesOf(text))
    reader?.end()
    expect(reader?.evidence()).toEqual({
      timestamp: { iso: 2, zoneless: 0, epoch_s: 0, epoch_ms: 0, epoch_us: 0 },
      weightPoints: 1,
    })
  })

  test('texts of any length by all their bytes, however many there are', () => {
    const userOf = (i: number): string =>
      `${(Math.imul(i, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}-${i}-some-user`
    const count = 120_000
    const lines = Array.from({ length: count }, (_, i) => `login,2026-05-01T12:00:00Z,${userOf(i)}\n`)
    const builder = createEventBuilder()
    let at = 0
    const wrong: string[] = []
    const take = (): void => {
      const { count: rows, codes, dictionaries } = builder.take()
      for (let row = 0; row < rows; row++, at++) {
        const user = dictionaries.user.text(codes.user[row]!)
        if (user !== userOf(at)) wrong.push(`${user} for ${userOf(at)}`)
      }
    }
    const reader = createFastEventReader({
      plan: planOf({ header: ['event_name', 'timestamp', 'user_id'] }),
      options: {},
      builder,
      maxRecordBytes: 4096,
      records: () => {},
      rows: () => {
        if (builder.count >= 16_384) take()
      },
    })
    reader?.push(bytesOf(`event_name,timestamp,user_id\n${lines.join('')}`))
    reader?.end()
    if (builder.count > 0) take()
    expect([at, wrong]).toEqual([count, []])
  })

  test.each([
    { why: 'another table', change: { table: 'users' as const } },
    { why: 'another format', change: { format: 'json' as const } },
    { why: 'a delimiter beyond ASCII', change: { delimiter: '¦' } },
    { why: 'no delimiter', change: { delimiter: null } },
    { why: 'no time', change: { columns: planOf({ header: ['event_name'] }).columns } },
  ])('not a file with $why', ({ change }) => {
    const plan = { ...planOf({ header: head }), ...change }
    const options = {
      options: {},
      builder: createEventBuilder(),
      maxRecordBytes: 4096,
      records: () => {},
      rows: () => {},
    }
    expect(createFastEventReader({ ...options, plan })).toBeNull()
  })
})
