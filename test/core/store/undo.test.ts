import { describe, expect, test } from 'vitest'
import {
  beginImport,
  countHeld,
  dataState,
  finishStaging,
  listImports,
  publishBatch,
  readImport,
  readRecord,
  readTable,
  saveBatch,
  stageHeld,
  undoImport,
  undoingOf,
  undoRefusal,
  type Writable,
} from '#store'
import { importBatch, inProject, planOf, rowOf, stageFile, user } from './temporary-project.ts'

/** All that a table holds, with where each row is from. */
const stored = (db: Writable, table = 'users') =>
  db
    .prepare(`SELECT * FROM ${table} ORDER BY 2, 3`)
    .all()
    .map(row => ({ ...(row as object), row_id: 0 }))
const refusal = (db: Writable, importId: number): string | null => {
  const record = readImport(db, importId)
  if (record === null) throw new Error('no such import')
  return undoRefusal(db, record)
}
const REFUSED = expect.objectContaining({ code: 'import/not-undoable' })

/** Values that a careless way through JSON would bend. */
const AWKWARD = {
  name: 'quote " back \\ nul \u0000 line \n sep \u2028 "',
  job_title: '',
  primary_email: '00123',
  buying_role_weight: 0.1 + 0.2,
  is_workspace_admin: false,
} as const

describe('undo of rows', () => {
  test('rows are as they were, to the bit, with the import and line they came from', () => {
    inProject(db => {
      importBatch(db, '1', [
        { table: 'users', rows: [user(2, 'a', AWKWARD, '{"__proto__":"x","n":"1"}'), user(3, 'b')] },
        {
          table: 'accounts',
          rows: [
            rowOf('accounts', 2, {
              account_id: 'k',
              all_known_domains: ['a.example', 'b"c'],
              employee_count: 2 ** 53 - 1,
            }),
          ],
        },
        { table: 'memberships', rows: [rowOf('memberships', 2, { user_id: 'a', workspace_id: 'w"', role: 'x' })] },
      ])
      const tables = ['users', 'accounts', 'memberships']
      const before = tables.map(table => stored(db, table))
      const records = importBatch(db, '2', [
        { table: 'users', rows: [user(8, 'a', { name: 'new', buying_role_weight: 2 }, '{"n":"2"}'), user(9, 'c')] },
        {
          table: 'accounts',
          rows: [rowOf('accounts', 9, { account_id: 'k', all_known_domains: ['z'], employee_count: 1 })],
        },
        { table: 'memberships', rows: [rowOf('memberships', 9, { user_id: 'a', workspace_id: 'w"' })] },
      ])
      expect(tables.map(table => stored(db, table))).not.toEqual(before)
      for (const { importId } of records.toReversed()) undoImport(db, importId, 5)
      expect(tables.map(table => stored(db, table))).toEqual(before)
      expect(db.prepare('SELECT count(*) FROM row_version').pluck().get()).toBe(0)
    })
  })

  test('rows that left a table are brought back as they were', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a', AWKWARD, '{"n":"1"}'), user(3, 'b'), user(4, 'c')] }])
      const before = stored(db)
      stageFile(db, '2', { table: 'users', rows: [user(2, 'c', { name: 'Cy' })] })
      const [record] = publishBatch(db, '2', 3, () => 'replace')
      expect(record).toMatchObject({ mode: 'replace', removed: 2, changed: 1, added: 0, loaded: 1 })
      expect(readTable(db, 'users').map(row => row.user_id)).toEqual(['c'])
      expect(undoImport(db, record?.importId ?? 0, 5)).toEqual({
        takenOut: 0,
        changedBack: 1,
        broughtBack: 2,
        events: 0,
        held: 0,
        heldAgain: 0,
      })
      expect(stored(db)).toEqual(before)
    })
  })

  test('held rows go with their import, and scores show as stale', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a')] }])
      const importId = stageFile(db, '2', { table: 'users', rows: [user(2, 'b')] })
      db.prepare('UPDATE import SET held = 1, read = read + 1 WHERE id = ?').run(importId)
      stageHeld(db, importId, [{ line: 3, column: '', value: '', code: 'row/not-json', message: 'm', raw: 'r' }])
      publishBatch(db, '2', 3)
      const state = dataState(db)
      expect([countHeld(db), undoingOf(db, importId).held]).toEqual([1, 1])
      undoImport(db, importId, 77)
      expect(countHeld(db)).toBe(0)
      expect(dataState(db)).not.toBe(state)
      expect(listImports(db)[0]).toMatchObject({ importId, status: 'undone', undoneAt: 77 })
    })
  })

  test('of an import without effect leaves the data state alone', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a')] }])
      const [record] = importBatch(db, '2', [{ table: 'users', rows: [user(2, 'a')] }])
      const state = dataState(db)
      undoImport(db, record?.importId ?? 0, 5)
      expect(dataState(db)).toBe(state)
    })
  })
})

describe('last in, first out per table', () => {
  test('an import with a later one of its table waits for that one; other tables do not matter', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a')] }])
      importBatch(db, '2', [{ table: 'workspaces', rows: [rowOf('workspaces', 2, { workspace_id: 'w' })] }])
      importBatch(db, '3', [{ table: 'users', file: 'june.csv', rows: [user(2, 'a', { name: 'x' })] }])
      expect(refusal(db, 1)).toMatch(/june.csv \(import 3\) was imported into users later/)
      expect(() => undoImport(db, 1, 5)).toThrow(REFUSED)
      expect([refusal(db, 2), refusal(db, 3)]).toEqual([null, null])
      undoImport(db, 3, 5)
      expect(refusal(db, 3)).toMatch(/undone already/)
      expect(() => undoImport(db, 3, 5)).toThrow(REFUSED)
      undoImport(db, 1, 6)
      expect(readTable(db, 'users')).toEqual([])
      expect(() => undoImport(db, 99, 5)).toThrow(REFUSED)
    })
  })

  test('it is the order of publishing that counts, not of reading', () => {
    inProject(db => {
      const early = stageFile(db, 'early', { table: 'users', rows: [user(2, 'a', { name: 'early' })] })
      const [late] = importBatch(db, 'late', [{ table: 'users', rows: [user(2, 'a', { name: 'late' })] }])
      publishBatch(db, 'early', 9)
      expect(refusal(db, early)).toBeNull()
      expect(refusal(db, late?.importId ?? 0)).toMatch(/later/)
      undoImport(db, early, 10)
      expect(readRecord(db, 'users', ['a'])?.fields).toContainEqual({ name: 'name', value: 'late' })
    })
  })

  test('while an import waits that was compared with it, nothing is undone', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a')] }])
      saveBatch(db, { batchId: '2', mode: 'upsert', begunAt: 1, reading: {}, mappings: [], skipped: [], files: [] })
      expect(refusal(db, 1)).toMatch(/another import waits/)
      expect(() => undoImport(db, 1, 5)).toThrow(REFUSED)
    })
  })
})

test('an undo that fails leaves everything as it was', () => {
  inProject(db => {
    importBatch(db, '1', [{ table: 'users', rows: [user(2, 'a', { name: 'Ann' })] }])
    importBatch(db, '2', [{ table: 'users', rows: [user(2, 'a', { name: 'Anna' }), user(3, 'b')] }])
    const before = [stored(db), dataState(db), listImports(db)]
    db.exec(
      "CREATE TEMP TRIGGER fails BEFORE UPDATE ON main.import BEGIN SELECT RAISE(ABORT, 'as if by power cut'); END",
    )
    expect(() => undoImport(db, 2, 3)).toThrow('as if by power cut')
    db.exec('DROP TRIGGER fails')
    expect([stored(db), dataState(db), listImports(db)]).toEqual(before)
  })
})

test('a file of which every record is held can be undone', () => {
  inProject(db => {
    const plan = planOf('users')
    const importId = beginImport(db, { batchId: '1', file: 'u.csv', table: 'users', plan })
    stageHeld(db, importId, [{ line: 2, column: '', value: '', code: 'row/not-json', message: 'm', raw: 'r' }])
    const counts = { bytes: 1, sha256: '0'.repeat(64), read: 1, emitted: 0, held: 1, skipped: 0, warnings: [] }
    finishStaging(db, importId, { ...counts, plan })
    publishBatch(db, '1', 1)
    expect(undoImport(db, importId, 2)).toMatchObject({ takenOut: 0, held: 1 })
  })
})
