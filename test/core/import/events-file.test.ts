import { describe, expect, test } from 'vitest'
import type { EventBatch } from '#schema/import'
import { idOf } from './events/reading.ts'
import { readFile } from './read-file.ts'

type Plain = Record<string, unknown>

function plain(batch: EventBatch): Plain[] {
  const text = ({ offsets, bytes }: EventBatch['custom'], i: number): string =>
    new TextDecoder().decode(bytes.subarray(offsets[i], offsets[i + 1]))
  const word = (code: keyof EventBatch['codes'], i: number): string => {
    const at = batch.codes[code][i]!
    return at === 0 ? '' : batch.dictionaries[code].text(at)
  }
  return Array.from({ length: batch.count }, (_, i) => ({
    line: batch.line[i],
    id: idOf(batch, i),
    time: new Date(batch.timestamp[i]!).toISOString(),
    name: word('name', i),
    workspace: word('workspace', i),
    user: word('user', i),
    source: word('source', i),
    key: batch.isKeyEvent[i],
    weight: batch.weight[i],
    properties: text(batch.properties, i),
    custom: text(batch.custom, i),
  }))
}

const HEADER =
  'event_id,event_name,timestamp,workspace_id,user_id,source,is_key_event,event_weight,event_properties,plan'
const CSV = [
  HEADER,
  'e1,Signed Up,2026-05-31T12:00:00.123456Z,w1,u1,web,yes,1.5,"{""a"": 1.0}",pro',
  ',Login,2026-05-31,,,,,,,',
  'e3,,2026-05-31T12:00:00Z,w1,u1,,,,,',
  'e4,Login,,w1,u1,,,,,',
  'e5,Login,2026-05-31T12:00:00Z,w1,u1,,,,{oops,',
  'e6,Login,2026-05-31T12:00:00Z,w1,u1,,,,,',
].join('\n')

describe('events', () => {
  test('need a name and a time only', () => {
    const { batches, held, result } = readFile('events.csv', CSV)
    expect(batches.flatMap(plain)).toEqual([
      {
        line: 2,
        id: 'e1',
        time: '2026-05-31T12:00:00.123Z',
        name: 'Signed Up',
        workspace: 'w1',
        user: 'u1',
        source: 'web',
        key: 2,
        weight: 1.5,
        properties: '{"a":1.0}',
        custom: '{"plan":"pro"}',
      },
      {
        line: 3,
        id: '',
        time: '2026-05-31T00:00:00.000Z',
        name: 'Login',
        workspace: '',
        user: '',
        source: '',
        key: 0,
        weight: Number.NaN,
        properties: '',
        custom: '',
      },
      {
        line: 7,
        id: 'e6',
        time: '2026-05-31T12:00:00.000Z',
        name: 'Login',
        workspace: 'w1',
        user: 'u1',
        source: '',
        key: 0,
        weight: Number.NaN,
        properties: '',
        custom: '',
      },
    ])
    expect(held.map(({ line, code, column }) => [line, code, column])).toEqual([
      [4, 'value/missing', 'event_name'],
      [5, 'value/missing', 'timestamp'],
      [6, 'value/not-json', 'event_properties'],
    ])
    expect(result).toMatchObject({ read: 6, emitted: 3, held: 3 })
  })

  test('a date without a time stays that day, whatever the zone of the column', () => {
    const { batches } = readFile('events.csv', 'event_name,timestamp\na,2026-07-01\nb,2026-07-01 01:00\n', {
      options: { timeZone: 'Europe/Paris' },
    })
    expect(batches.flatMap(plain).map(({ time }) => time)).toEqual([
      '2026-07-01T00:00:00.000Z',
      '2026-06-30T23:00:00.000Z',
    ])
    expect(batches.flatMap(({ isDate }) => [...isDate])).toEqual([1, 0])
  })

  test('epochs', () => {
    const { batches } = readFile('events.csv', 'event_name,timestamp\na,1748692800\nb,1748692801\n')
    expect(batches.flatMap(plain).map(({ time }) => time)).toEqual([
      '2025-05-31T12:00:00.000Z',
      '2025-05-31T12:00:01.000Z',
    ])
  })

  test('come in batches of at most 16,384 that share their dictionaries', () => {
    const text = `event_name,timestamp,user_id\n${Array.from({ length: 70_000 }, (_, i) => `n${i % 3},2026-05-31T12:00:00Z,u${i % 7}`).join('\n')}`
    const { batches } = readFile('events.csv', text)
    expect(batches.map(({ count }) => count).every(count => count <= 16_384)).toBe(true)
    expect(batches.reduce((total, { count }) => total + count, 0)).toBe(70_000)
    expect(batches[0]?.dictionaries.name.size).toBe(3)
    const last = plain(batches.at(-1)!).at(-1)
    expect(last).toMatchObject({ line: 70_001, name: `n${69_999 % 3}`, user: `u${69_999 % 7}` })
  })
})

describe('events in JSON', () => {
  const RECORDS = [
    {
      event: 'a',
      time: '2026-05-31T12:00:00Z',
      user: { id: 12, plan: 'pro' },
      properties: { n: 1, deep: { x: [1] } },
      ok: true,
    },
    { event: 'b', time: '2026-05-31T12:00:00Z', user: { id: 'u2' }, late: 1 },
  ]
  const want = [
    { name: 'a', user: '12', properties: '{"n":1,"deep":{"x":[1]}}', custom: '{"ok":true,"user.plan":"pro"}' },
    { name: 'b', user: 'u2', properties: '', custom: '{"late":1}' },
  ]
  test.each([
    ['events.json', JSON.stringify(RECORDS)],
    ['events.json', JSON.stringify({ count: 2, data: RECORDS }, null, 2)],
    ['events.jsonl', RECORDS.map(record => JSON.stringify(record)).join('\r\n')],
    ['events.jsonl', `${RECORDS.map(record => JSON.stringify(record)).join('\n\n')}\n`],
  ])('%s %#', (file, text) => {
    for (const chunk of [1, 100, 10_000]) {
      const { batches, held } = readFile(file, text, { chunk })
      expect(held).toEqual([])
      expect(batches.flatMap(plain)).toMatchObject(want)
    }
  })

  test('ids that are numbers keep their text', () => {
    const { batches } = readFile(
      'events.jsonl',
      '{"event":"a","time":1748692800,"user_id":12345678901234567890,"x":1.50,"y":{"z":98765432109876543210}}\n',
    )
    expect(batches.flatMap(plain)).toMatchObject([
      {
        user: '12345678901234567890',
        time: '2025-05-31T12:00:00.000Z',
        custom: '{"x":1.50,"y.z":98765432109876543210}',
      },
    ])
  })

  test('__proto__ and its kin are data', () => {
    const { batches } = readFile(
      'events.jsonl',
      '{"event":"a","time":"2026-05-31","__proto__":"p","constructor":"c"}\n',
    )
    expect(batches.flatMap(plain)).toMatchObject([{ custom: '{"__proto__":"p","constructor":"c"}' }])
  })

  test('a canonical column that first shows behind the head is read', () => {
    const rows = Array.from({ length: 200 }, (_, i) => `{"user_id":${i},"name":"n"}`)
    const read = readFile(
      'users.jsonl',
      `${rows.join('\n')}\n{"user_id":"x","job_title":"CEO","password":"p","custom":1}`,
      { headBytes: 500 },
    )
    expect(read.rows.at(-1)?.values).toContain('CEO')
    expect(read.rows.at(-1)?.custom).toBe('{"custom":1}')
    expect(read.result.plan.columns.at(-1)).toEqual({ header: 'job_title', column: 'job_title', match: 'exact' })
    expect(read.result.warnings).toEqual(['Not read, because the header names a secret: "password".'])
  })

  test.each([
    ['not JSON', '{"event":"a","time":}', 'row/not-json', 'unexpected "}" at character 21'],
    ['no object', '[1]', 'row/not-an-object', ''],
    ['a text', '"x"', 'row/not-an-object', ''],
    [
      'too deep',
      `{"event":"a","x":${'['.repeat(64)}${']'.repeat(64)}}`,
      'row/too-deep',
      'nested deeper than 64 levels',
    ],
    ['no time', '{"event":"a"}', 'value/missing', ''],
  ])('JSON Lines hold a record that is %s', (_why, line, code, detail) => {
    const good = '{"event":"b","time":"2026-05-31"}'
    const { held, result } = readFile('events.jsonl', `${good}\n\n${line}\n${good}\n`)
    expect(held).toMatchObject([{ line: 3, code, raw: line }])
    expect(held[0]?.message).toContain(detail)
    expect(result).toMatchObject({ read: 4, emitted: 2, held: 1, skipped: 1 })
  })

  test('a document holds a record and refuses broken structure', () => {
    const good = '{"event":"b","time":"2026-05-31"}'
    const { held, result } = readFile('events.json', `[${good},\n{"event":"a",},\n7,${good}]`)
    expect(held.map(({ line, code }) => [line, code])).toEqual([
      [2, 'row/not-json'],
      [3, 'row/not-an-object'],
    ])
    expect(result).toMatchObject({ read: 4, emitted: 2, held: 2 })
    expect(() => readFile('events.json', `[${good},\n${good}`)).toThrow(
      expect.objectContaining({ code: 'import/not-readable', context: { file: 'events.json', line: 2, byte: 69 } }),
    )
  })

  test('secrets inside nested records are dropped', () => {
    const { rows, held } = readFile(
      'users.jsonl',
      '{"user_id":1,"auth":{"password":"p","provider":"x"},"meta":{"deep":{"api_key":"k","n":1}}}\n{"name":"n","auth":{"password":"p"}}\n',
    )
    expect(rows[0]?.custom).toBe('{"auth.provider":"x","meta.deep":{"n":1}}')
    expect(held[0]?.raw).toBe('{"name":"n","auth":{}}')
  })

  test('lone surrogates are accepted', () => {
    const { batches } = readFile('events.jsonl', '{"event":"a\\ud800","time":"2026-05-31"}')
    expect(batches.flatMap(plain)).toMatchObject([{ name: 'a\ufffd' }])
  })
})
