import { describe, expect, test } from 'vitest'
import { createReader, planFile } from '#import'
import { bytesOf, column, readFile } from './read-file.ts'

const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`
const repeat = (count: number, row: (i: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, i) => row(i))

describe('proof over all rows', () => {
  const users = (dates: readonly string[]): string =>
    lines('user_id,created_at', ...dates.map((date, i) => `${i},${date}`))

  test('one date decides for all', () => {
    const read = readFile('users.csv', users([...repeat(500, () => '03/04/2026'), '25/03/2026']))
    expect(read.plan.readings).toEqual({ created_at: { kind: 'moment', form: 'dmy' } })
    expect(new Set(column(read, 'created_at'))).toEqual(new Set(['2026-04-03', '2026-03-25']))
    expect(read.passes).toBe(1)
  })

  test('the head suggests, the whole file decides: the file is read again', () => {
    const text = users([...repeat(500, () => '03/04/2026'), '03/25/2026'])
    const read = readFile('users.csv', text, { headBytes: 2000 })
    expect(read).toMatchObject({ passes: 2, plan: { readings: { created_at: { kind: 'moment', form: 'mdy' } } } })
    expect(column(read, 'created_at').at(0)).toBe('2026-03-04')
    expect(readFile('users.csv', text).rows).toEqual(read.rows)
  })

  test('a column whose dates come late', () => {
    const read = readFile('users.csv', users([...repeat(500, () => ''), ...repeat(300, () => '25.03.2026')]), {
      headBytes: 1000,
    })
    expect(read).toMatchObject({ passes: 2, held: [] })
  })

  test.each([
    {
      why: 'all dates fit both orders',
      file: 'users.csv',
      text: users(repeat(3, () => '03/04/2026')),
      flag: '--date-order',
      column: 'created_at',
      counts: [0, 0, 3],
    },
    {
      why: 'the dates contradict each other',
      file: 'users.csv',
      text: users(['25/03/2026', '03/25/2026', '03/04/2026']),
      flag: '--date-order',
      column: 'created_at',
      counts: [1, 1, 1],
    },
    {
      why: 'all numbers fit both marks',
      file: 'workspaces.csv',
      text: lines('workspace_id,mrr', 'a,"1,234"', 'b,12', 'c,"2,500"'),
      flag: '--decimal',
      column: 'mrr',
      counts: [0, 0, 2],
    },
  ])('asks where $why', ({ file, text, flag, column: name, counts }) => {
    expect(() => readFile(file, text)).toThrow(
      expect.objectContaining({
        code: 'import/ambiguous',
        context: expect.objectContaining({
          file,
          flag,
          column: name,
          onlyFirst: counts[0],
          onlySecond: counts[1],
          both: counts[2],
          example: file === 'users.csv' ? '03/04/2026' : '1,234',
        }),
      }),
    )
  })

  test('does not ask where the choice does not matter', () => {
    expect(column(readFile('users.csv', users(['05/05/2026', '07/07/2026'])), 'created_at')).toEqual([
      '2026-05-05',
      '2026-07-07',
    ])
  })

  test.each([
    ['dmy', '2026-04-03'],
    ['mdy', '2026-03-04'],
  ] as const)('takes the answer %s', (dateOrder, want) => {
    const read = readFile('users.csv', users(repeat(3, () => '03/04/2026')), { options: { dateOrder } })
    expect(column(read, 'created_at')).toEqual([want, want, want])
  })

  test('an answer does not overrule a proof', () => {
    const read = readFile('users.csv', users(['25/03/2026', '03/04/2026']), { options: { dateOrder: 'mdy' } })
    expect(column(read, 'created_at')).toEqual(['2026-03-25', '2026-04-03'])
  })

  test('ymd is no answer to what has its year last', () => {
    expect(() => readFile('users.csv', users(['03/04/2026']), { options: { dateOrder: 'ymd' } })).toThrow(
      /--date-order/,
    )
  })

  test('one in fifty may be wrong and is held', () => {
    const { held, result } = readFile('users.csv', users([...repeat(50, () => '25/03/2026'), '03/25/2026']))
    expect(result).toMatchObject({ emitted: 50, held: 1 })
    expect(held[0]).toMatchObject({ code: 'value/impossible-date', value: '03/25/2026' })
  })

  test.each([
    ['.', 1234],
    [',', 1.234],
  ] as const)('the decimal mark %s', (decimal, want) => {
    const read = readFile('workspaces.csv', lines('workspace_id,mrr', 'a,"1,234"'), { options: { decimal } })
    expect(column(read, 'mrr')).toEqual([want])
  })

  test('a decimal comma behind the head', () => {
    const text = lines('workspace_id,mrr', ...repeat(500, i => `${i},"1,500"`), 'x,"12,5"')
    const read = readFile('workspaces.csv', text, { headBytes: 1000 })
    expect(read.passes).toBe(2)
    expect(column(read, 'mrr').slice(-2)).toEqual([1.5, 12.5])
  })

  test.each([
    ['1748692800', 'epoch_s'],
    ['1748692800000', 'epoch_ms'],
    ['1748692800000000', 'epoch_us'],
  ])('%s is %s', (text, form) => {
    const read = readFile('users.csv', users([text, '', text]))
    expect(read.plan.readings).toEqual({ created_at: { kind: 'moment', form } })
    expect(column(read, 'created_at')[0]).toBe('2025-05-31T12:00:00.000Z')
  })

  test('seconds among milliseconds are held', () => {
    const { held } = readFile('users.csv', users([...repeat(30, () => '1748692800000'), '1748692800']))
    expect(held).toMatchObject([{ code: 'value/time-out-of-range', value: '1748692800' }])
  })

  test('times without an offset are told, unless the zone is given', () => {
    const text = users(['2026-07-01 12:00', '2026-07-01T12:00:00Z'])
    const utc = readFile('users.csv', text)
    expect(utc.result.warnings).toEqual(['Times without an offset were read as UTC: created_at (1).'])
    const paris = readFile('users.csv', text, { options: { timeZone: 'Europe/Paris' } })
    expect(column(paris, 'created_at')).toEqual(['2026-07-01T10:00:00.000Z', '2026-07-01T12:00:00.000Z'])
    expect(paris.result.warnings).toEqual([])
  })

  test('an unknown zone is refused', () => {
    expect(() => readFile('users.csv', users(['2026-01-01']), { options: { timeZone: 'Mars/Olympus' } })).toThrow(
      expect.objectContaining({ code: 'usage/bad-argument' }),
    )
  })
})

describe('a file that is mostly held', () => {
  test('is given up early', () => {
    const text = lines('user_id,created_at', ...repeat(10_000, i => `${i},soon`))
    const head = bytesOf(text)
    const plan = planFile({ file: 'users.csv', head, size: head.length, isWhole: true, options: {} })
    const reader = createReader(plan, {}, { entities() {}, events() {}, held() {} })
    expect(() => reader.push(head)).toThrow(
      expect.objectContaining({
        code: 'import/mostly-held',
        message: expect.stringMatching(/in created_at\. Line 2, created_at: "soon" is not a time\. Write it as 2026/),
        context: {
          file: 'users.csv',
          table: 'users',
          read: 200,
          held: 200,
          code: 'value/not-a-time',
          column: 'created_at',
        },
      }),
    )
  })
  test.each([
    { why: 'more than 20 of a small file', bad: 21, good: 20, isRefused: true },
    { why: 'half of it', bad: 21, good: 21, isRefused: false },
    { why: 'a few', bad: 3, good: 1, isRefused: false },
  ])('$why: $isRefused', ({ bad, good, isRefused }) => {
    const text = lines('user_id,created_at', ...repeat(good, i => `${i},2026-01-01`), ...repeat(bad, i => `${i},soon`))
    if (isRefused) expect(() => readFile('users.csv', text)).toThrow(/looks like the wrong format/)
    else expect(readFile('users.csv', text).result).toMatchObject({ emitted: good, held: bad })
  })
  test.each([
    { value: '45321', advice: /Line 2, created_at: "45321" is the day number .* or say --date-format excel\./ },
    {
      value: '31.12.26',
      advice: /"31\.12\.26" is not a time\. Say the pattern of the column, such as --date-format DD/,
    },
  ])('says what to do about the first: $value', ({ value, advice }) => {
    const text = lines('user_id,created_at', ...repeat(30, i => `${i},${value}`))
    expect(() => readFile('users.csv', text)).toThrow(advice)
  })
  test('only in its head because of a wrong guess is read to the end', () => {
    const dates = [...repeat(300, () => '03/04/2026'), ...repeat(900, () => '03/25/2026')]
    const text = lines('user_id,created_at', ...dates.map((date, i) => `${i},${date}`))
    expect(readFile('users.csv', text, { headBytes: 1000 }).result).toMatchObject({ emitted: 1200, held: 0 })
  })
})
