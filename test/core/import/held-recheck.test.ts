import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHeldRechecker, createReader, type HeldVerdict, overlayWith, overlayWithEdit, planTables } from '#import'
import { AppError } from '#lib/errors'
import { formatInstant } from '#lib/time'
import type { HeldFix, HeldOverlay } from '#schema/held'
import type { EntityRow, EventBatch, FilePlan, HeldRow, ImportOptions, ReadResult } from '#schema/import'
import { TABLES } from '#schema/tables'
import { bytesOf, readFile } from './read-file.ts'

const FOLDER = new URL('../../../fixtures/imports/', import.meta.url)
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(name => /\.(csv|tsv|jsonl?)$/.test(name))
  .toSorted()
  .map(name => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, FOLDER))) }))

type Held = Readonly<{ plan: FilePlan; held: readonly HeldRow[] }>

/** The held rows of a file per table that it feeds, with the plan it was read by at last; none of a file that is refused. */
function heldOf(file: string, bytes: Uint8Array): readonly Held[] {
  try {
    const plans = planTables({ file, head: bytes, size: bytes.length, isWhole: true, options: {} })
    return plans.flatMap(plan => (plan.table === null ? [] : [readHeld(plan, bytes, {})]))
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

function readHeld(first: FilePlan, bytes: Uint8Array, options: ImportOptions): Held {
  let plan = first
  for (;;) {
    const held: HeldRow[] = []
    const reader = createReader(plan, options, { entities() {}, events() {}, held: rows => void held.push(...rows) })
    reader.push(bytes)
    const result: ReadResult = reader.end()
    plan = result.plan
    if (result.status === 'done') return { plan: { ...plan, options }, held }
  }
}

type Judged = Readonly<{ verdict: HeldVerdict; row: EntityRow | null; batch: EventBatch | null }>

function judge(plan: FilePlan, row: HeldRow, overlay: HeldOverlay | null): Judged {
  let found: EntityRow | null = null
  let batch: EventBatch | null = null
  const rechecker = createHeldRechecker(plan, {
    entities: ([first]) => {
      found = first ?? null
    },
    events: events => {
      batch = events
    },
  })
  const { line, raw, code } = row
  const verdict = rechecker.judge({ line, raw, code, overlay })
  rechecker.flush()
  return { verdict, row: found, batch }
}

describe('a held row', () => {
  const damage = fc.record({
    at: fc.nat(3000),
    cut: fc.oneof(fc.nat(3), fc.nat(200)),
    put: fc.constantFrom('"', '\n', ',', '{', '}', '1,234', '1.23E+10', '45321', '\ufffd', 'null', '\u00e9\u0000', 'x'),
  })

  test('is no record of types only because some stood below the header of its file', () => {
    const text = 'workspace_id,workspace_name,size\nenum,string,number\nw1,One,5\nw2,Two,6\nw3,Three,7\n\nTotal:,,18\n'
    const { plan, held } = readFile('workspaces.csv', text)
    expect(plan.describing).toBe(1)
    const [row] = held
    expect(held.map(({ line, code }) => [line, code])).toEqual([[7, 'row/total']])
    expect(row && judge(plan, row, null).verdict).toMatchObject({ outcome: 'held', fault: { code: 'row/total' } })
  })

  test('keeps a CR for a character where backslashes escape and records end in LF', () => {
    const text = 'user_id,name,created_at\nu1,a\\,b,2026-01-01\nu2,one\rtwo,soon\n'
    const { plan, held } = readFile('users.csv', text)
    const [row] = held
    expect(held).toMatchObject([{ line: 3, code: 'value/not-a-time' }])
    expect(row && judge(plan, row, null).verdict).toMatchObject({ outcome: 'held', fault: { value: 'soon' } })
  })

  test('is judged again as it was judged first, whatever is wrong with it', () => {
    let seen = 0
    fc.assert(
      fc.property(fc.constantFrom(...FILES), fc.array(damage, { minLength: 1, maxLength: 4 }), (file, damages) => {
        let bytes = file.bytes
        for (const { at, cut, put } of damages) {
          const place = at % (bytes.length + 1)
          bytes = Uint8Array.from([...bytes.subarray(0, place), ...bytesOf(put), ...bytes.subarray(place + cut)])
        }
        for (const { plan, held } of heldOf(file.name, bytes)) {
          for (const row of held) {
            seen++
            const { raw: _raw, key: _key, ...fault } = row
            expect(judge(plan, row, null).verdict).toEqual({ outcome: 'held', fault })
          }
        }
      }),
      { numRuns: 100, seed: 7 },
    )
    expect(seen).toBeGreaterThan(50)
  })

  const USERS = 'user_id,primary_email,created_at,buying_role_weight,is_workspace_admin,Team\n'
  /** Enough to prove how dates and numbers are read, whatever the last line says. */
  const GOOD = Array.from({ length: 60 }, (_, i) => `g${i},a@example.com,05/13/2026,1.5,yes,Blue\n`).join('')
  const LAST = 62
  const fixed = (bad: string, fix: HeldFix | HeldOverlay): EntityRow | HeldVerdict => {
    const { result, held } = readFile('users.csv', `${USERS}${GOOD}${bad}\n`)
    const [row] = held
    if (row === undefined) throw new Error('no row is held')
    const overlay = 'kind' in fix ? overlayWith(result.plan, null, fix, row) : fix
    const judged = judge(result.plan, row, overlay)
    return judged.row ?? judged.verdict
  }
  const loaded = (line: string): EntityRow | undefined =>
    readFile('users.csv', `${USERS}${GOOD}${line}\n`).rows.find(({ line: at }) => at === LAST)

  test.each<readonly [why: string, bad: string, fix: HeldFix | HeldOverlay, as: string]>([
    ['an order of dates', 'u2,,25/03/2026,2,no,Red', { kind: 'read', as: 'dmy' }, 'u2,,2026-03-25,2,no,Red'],
    ['a pattern', 'u2,,25.03.26,2,no,Red', { kind: 'pattern', pattern: 'DD.MM.YY' }, 'u2,,2026-03-25,2,no,Red'],
    ['day numbers', 'u2,,46106,2,no,Red', { kind: 'read', as: 'excel' }, 'u2,,2026-03-25,2,no,Red'],
    ['a unit of epochs', 'u2,,1774396800,2,no,', { kind: 'read', as: 'epoch_s' }, 'u2,,2026-03-25T00:00:00Z,2,no,'],
    ['a decimal mark', 'u2,,,"12.345,5",no,Red', { kind: 'read', as: 'decimal-comma' }, 'u2,,,12345.5,no,Red'],
    ['another value', 'u2,,,2,maybe,Red', { kind: 'replace', value: 'maybe', to: 'no' }, 'u2,,,2,no,Red'],
    ['an empty cell', 'u2,,soon,2,no,Red', { kind: 'empty' }, 'u2,,,2,no,Red'],
    ['a constant', ',b@example.com,,2,no,Red', { kind: 'set', to: 'u9' }, 'u9,b@example.com,,2,no,Red'],
    ['missing fields', 'u2,b@example.com', { kind: 'pad' }, 'u2,b@example.com,,,,'],
    ['fields beyond', 'u2,,,2,no,Red,extra', { kind: 'cut' }, 'u2,,,2,no,Red'],
    ['plain quotes', 'u2,,,2,no,"Red" team', { kind: 'plain-quotes' }, 'u2,,,2,no,"""Red"" team"'],
    [
      'cells by hand',
      'u2,,soon,2,no,Red',
      { cells: { 2: '2026-03-25', 5: 'a "b", c' } },
      'u2,,2026-03-25,2,no,"a ""b"", c"',
    ],
    ['a record by hand', 'u2,"x', { record: 'u2,x,,,,"a, b"' }, 'u2,x,,,,"a, b"'],
    ['whole cells', 'u2,"x', { isWhole: true, cells: { 0: 'u2', 1: 'x' } }, 'u2,x,,,,'],
  ])('loads with %s as if the file had said so', (_why, bad, fix, as) => {
    expect(loaded(as)).toBeDefined()
    expect(fixed(bad, fix)).toEqual(loaded(as))
  })

  test.each<readonly [why: string, bad: string, fix: HeldFix | HeldOverlay, code: string, column: string]>([
    [
      'another column is at fault',
      'u2,,25/03/2026,x,no,',
      { kind: 'read', as: 'dmy' },
      'value/not-a-number',
      'buying_role_weight',
    ],
    ['a required cell is emptied', '1.23E+10,,,2,no,', { kind: 'empty' }, 'value/missing', 'user_id'],
    ['the new text is as bad', 'u2,,soon,2,no,', { kind: 'set', to: 'later' }, 'value/not-a-time', 'created_at'],
    ['the quote is still open', 'u2,"x', { record: 'u3,"y' }, 'row/unterminated-quote', ''],
  ])('stays held where %s, with what is wrong now', (_why, bad, fix, code, column) => {
    expect(fixed(bad, fix)).toMatchObject({ outcome: 'held', fault: { line: LAST, code, column } })
  })

  test('is blank, not faulty, where nothing is left of it', () => {
    expect(fixed(',b@x.y,,,,', { cells: { 1: '' } })).toEqual({ outcome: 'skipped', why: 'blank', fault: null })
  })

  test('of which a part was lost is no record until it is written anew', () => {
    const { result, held } = readFile('users.csv', `${USERS}${GOOD}u2,b@x.y,,2,no,${'x'.repeat(9000)}\n`, {
      options: { maxRecordBytes: 4096 },
    })
    const [row] = held
    if (row === undefined) throw new Error('no row is held')
    expect(row.raw).toHaveLength(4096)
    expect(judge(result.plan, row, { cells: { 5: '' } }).verdict).toMatchObject({ fault: { code: 'row/too-long' } })
    expect(judge(result.plan, row, { record: 'u2,b@x.y,,2,no,x' }).row?.line).toBe(LAST)
  })

  test('with unreadable bytes does not load with marks in their place', () => {
    const bad = bytesOf(`${USERS}${GOOD}u2,,,2,no,R#d\n`).map(byte => (byte === 35 ? 0xe9 : byte))
    const lines = Array.from({ length: 300 }, (_, i) => `x${i},,,1,no,Blüe\n`).join('')
    const { plan, held } = readHeld(
      planTables({
        file: 'users.csv',
        head: bytesOf(USERS + GOOD + lines),
        size: null,
        isWhole: true,
        options: {},
      })[0] as FilePlan,
      Uint8Array.from([...bad, ...bytesOf(lines)]),
      { encoding: 'utf-8' },
    )
    const [row] = held
    if (row === undefined) throw new Error('no row is held')
    expect(row).toMatchObject({ code: 'row/bad-encoding', line: LAST })
    expect(judge(plan, row, { cells: { 0: 'u7' } }).verdict).toMatchObject({ fault: { code: 'row/bad-encoding' } })
    expect(judge(plan, row, { cells: { 5: 'Réd' } }).row).toMatchObject({ custom: '{"Team":"Réd"}' })
  })

  test('with several records in its new text is refused', () => {
    expect(() => fixed('u2,"x', { record: 'u2,x,,,,\nu3,y,,,,' })).toThrow('line 62: the text has 2 records')
  })

  test('of JSON is written to by header, inside objects too, and keeps the numbers it has', () => {
    const content =
      '[{"user_id":"u1","created_at":"soon","traits":{"plan":"pro","big":12345678901234567890}},{"user_id":"u2","created_at":"2026-01-02"}]'
    const { result, held } = readFile('users.json', content)
    const [row] = held
    if (row === undefined) throw new Error('no row is held')
    const at = (header: string): number => result.plan.columns.findIndex(column => column.header === header)
    const judged = judge(result.plan, row, { cells: { [at('created_at')]: '2026-01-01', [at('traits.plan')]: 'free' } })
    expect(judged.row?.custom).toBe('{"traits.big":12345678901234567890,"traits.plan":"free"}')
    expect(judged.row?.values[Object.keys(TABLES.users.columns).indexOf('created_at')]).toBe('2026-01-01')
  })

  test('of events goes into a batch with its line', () => {
    const { result, held } = readFile(
      'events.csv',
      'event_id,event_name,timestamp,user_id\ne1,login,2026-05-20T10:00:00Z,u1\ne2,login,yesterday,u1\n',
    )
    const [row] = held
    if (row === undefined) throw new Error('no row is held')
    const { batch } = judge(result.plan, row, { cells: { 2: '2026-05-19' } })
    expect([batch?.line[0], formatInstant(batch?.timestamp[0] ?? 0)]).toEqual([3, '2026-05-19T00:00:00.000Z'])
  })

  test('gets a text for a field that is worked out from several columns', () => {
    const plan: FilePlan = {
      ...readFile('users.csv', 'user_id,first,last\nu1,A,B\n').plan,
      derived: [{ column: 'created_at', from: ['first', 'last'], combine: 'join' }],
    }
    const row: HeldRow = {
      line: 2,
      column: 'created_at',
      value: 'A B',
      code: 'value/not-a-time',
      message: '',
      raw: 'u1,A,B',
    }
    const overlay = overlayWith(plan, null, { kind: 'set', to: '2026-05-01' }, row)
    expect(overlay).toEqual({ fields: { created_at: '2026-05-01' } })
    const judged = judge(plan, row, overlay)
    expect(judged.row?.values[Object.keys(TABLES.users.columns).indexOf('created_at')]).toBe('2026-05-01')
    expect(judged.row?.custom).toBe('{"first":"A","last":"B"}')
    expect(judge(plan, row, { fields: { created_at: '' } }).row?.values[0]).toBe('u1')
  })
})

describe('an overlay', () => {
  const { plan } = readFile('users.csv', 'user_id,created_at,name\nu1,2026-01-01,A\n')
  const point = { code: 'value/not-a-time', column: 'created_at', value: 'soon' } as const

  test('adds up over fixes and edits; a record written anew takes the place of all but readings', () => {
    const first = overlayWith(plan, null, { kind: 'read', as: 'dmy' }, point)
    const second = overlayWith(plan, first, { kind: 'set', to: '1/2/2026' }, point)
    const third = overlayWithEdit(second, { cells: { 2: 'B' } }, true)
    expect(third).toEqual({ readings: { created_at: 'dmy' }, cells: { 1: '1/2/2026', 2: 'B' } })
    expect(overlayWithEdit(third, { record: 'u1,,' }, true)).toEqual({
      readings: { created_at: 'dmy' },
      record: 'u1,,',
    })
  })

  test('leaves rows with another value alone where one is replaced', () => {
    expect(overlayWith(plan, null, { kind: 'replace', value: 'later', to: '' }, point)).toBeNull()
  })

  test.each<readonly [why: string, fix: HeldFix, column: string]>([
    ['a reading of dates in a text', { kind: 'read', as: 'dmy' }, 'name'],
    ['a decimal mark in dates', { kind: 'read', as: 'decimal-comma' }, 'created_at'],
    ['missing fields of a cell', { kind: 'pad' }, 'created_at'],
    ['a value of a whole record', { kind: 'set', to: 'x' }, ''],
  ])('is refused: %s', (_why, fix, column) => {
    expect(() => overlayWith(plan, null, fix, { ...point, column })).toThrow('does not suit')
  })
})
