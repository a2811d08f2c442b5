import { describe, expect, test } from 'vitest'
import { diffCounts, diffPage, publishBatch, readTable, stagedImports, stageHeld, type Writable } from '#store'
import { importBatch, inProject, rowOf, stageFile, user } from './temporary-project.ts'

const staged = (db: Writable, batchId: string, at = 0) => {
  const record = stagedImports(db, batchId)[at]
  if (record === undefined || record.table === 'events') throw new Error('an entity file is staged')
  return { ...record, table: record.table }
}
const first = { after: 0, limit: 10 } as const

describe('a diff', () => {
  test('shows only the cells that change, custom ones by name, and values of every type as people read them', () => {
    inProject(db => {
      const before = {
        account_id: 'k',
        name: 'Old',
        is_strategic: false,
        all_known_domains: ['a', 'b'],
        employee_count: 7,
      }
      importBatch(db, '1', [
        { table: 'accounts', file: 'may.csv', rows: [rowOf('accounts', 4, before, '{"x":"1","y":"2"}')] },
      ])
      const after = { ...before, is_strategic: true, all_known_domains: ['a'], employee_count: null }
      const rows = [rowOf('accounts', 9, after, '{"__proto__":"p","x":"3"}')]
      stageFile(db, '2', { table: 'accounts', rows })
      expect(diffPage(db, staged(db, '2'), { kind: 'changed', ...first })).toEqual({
        next: null,
        rows: [
          {
            key: ['k'],
            line: 9,
            present: { file: 'may.csv', line: 4 },
            cells: [
              { column: 'all_known_domains', before: 'a; b', after: 'a' },
              { column: 'employee_count', before: '7', after: null },
              { column: 'is_strategic', before: 'false', after: 'true' },
              { column: 'x', before: '1', after: '3' },
              { column: '__proto__', before: null, after: 'p' },
            ],
          },
        ],
      })
    })
  })

  test('a column that the file does not have does not change', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a', { name: 'Ann', job_title: 'CTO' })] }])
      stageFile(db, '2', { table: 'users', rows: [user(2, 'a', { name: 'Anna' })], columns: ['user_id', 'name'] })
      expect(diffPage(db, staged(db, '2'), { kind: 'changed', ...first }).rows[0]?.cells).toEqual([
        { column: 'name', before: 'Ann', after: 'Anna' },
      ])
    })
  })

  test('a long value is cut, one file after another is compared with what is left by the one before', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a')] }])
      stageFile(db, '2', {
        table: 'users',
        file: 'one.csv',
        rows: [user(2, 'a', { name: 'x'.repeat(5000) }), user(3, 'b')],
      })
      stageFile(db, '2', { table: 'users', file: 'two.csv', rows: [user(7, 'b', { name: 'B' }), user(8, 'c')] })
      expect(diffCounts(db, staged(db, '2', 0))).toEqual({
        added: 1,
        changed: 1,
        same: 0,
        emptied: [],
        missing: 0,
        spared: 0,
      })
      expect(diffCounts(db, staged(db, '2', 1))).toEqual({
        added: 1,
        changed: 1,
        same: 0,
        emptied: [],
        missing: 0,
        spared: 0,
      })
      const [long] = diffPage(db, staged(db, '2', 0), { kind: 'changed', ...first }).rows
      expect(long?.cells[0]?.after).toHaveLength(1001)
      const [changed] = diffPage(db, staged(db, '2', 1), { kind: 'changed', ...first }).rows
      expect(changed).toMatchObject({ key: ['b'], line: 7, present: { file: 'one.csv', line: 3 } })
      expect(readTable(db, 'users')).toHaveLength(1)
    })
  })
})

describe('rows that held rows may be about', () => {
  type Held = Readonly<{ raw: string; code?: 'row/too-long' | 'row/bad-encoding' }>
  const cases: readonly Readonly<{ why: string; held: readonly Held[]; stays: readonly string[] }>[] = [
    { why: 'no held rows', held: [], stays: [] },
    { why: 'a field of a held row', held: [{ raw: 'b,x,y' }], stays: ['b'] },
    { why: 'a quoted field', held: [{ raw: '"b","x"' }, { raw: '"c' }], stays: ['b', 'c'] },
    { why: 'a part of a field only', held: [{ raw: 'bb,b2' }], stays: [] },
    { why: 'a text that is not kept', held: [{ raw: '' }], stays: ['b', 'c'] },
    { why: 'bytes that are no text', held: [{ raw: '\uFFFD,x' }], stays: ['b', 'c'] },
    { why: 'a text of which only the start is kept', held: [{ raw: 'x', code: 'row/too-long' }], stays: ['b', 'c'] },
  ]
  test.each(cases)('$why', ({ held, stays }) => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: ['a', 'b', 'c'].map((id, i) => user(i + 2, id)) }])
      const importId = stageFile(db, '2', { table: 'users', rows: [user(2, 'a')] })
      db.prepare('UPDATE import SET held = :n, read = read + :n WHERE id = :id').run({ n: held.length, id: importId })
      const rows = held.map(({ raw, code = 'row/stray-quote' as const }, i) => ({ line: i + 3, raw, code }))
      stageHeld(
        db,
        importId,
        rows.map(row => ({ ...row, column: '', value: '', message: 'm' })),
      )
      const counts = diffCounts(db, staged(db, '2'))
      expect(counts).toMatchObject({ missing: 2 - stays.length, spared: stays.length })
      const shown = diffPage(db, staged(db, '2'), { kind: 'missing', ...first }).rows
      expect(shown.map(({ key }) => key[0])).toEqual(['b', 'c'].filter(id => !stays.includes(id)))
      publishBatch(db, '2', 1, () => 'replace')
      expect(readTable(db, 'users').map(({ user_id }) => user_id)).toEqual(['a', ...stays])
    })
  })
})

test('events that were staged before others were published are not published', () => {
  inProject(db => {
    const early = stageFile(db, 'early', { table: 'users', rows: [] })
    const late = stageFile(db, 'late', { table: 'users', rows: [] })
    db.prepare(`UPDATE import SET table_name = 'events' WHERE id IN (?, ?)`).run(early, late)
    publishBatch(db, 'late', 1)
    expect(() => publishBatch(db, 'early', 2)).toThrow(expect.objectContaining({ code: 'import/no-batch' }))
  })
})
