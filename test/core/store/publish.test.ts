import { describe, expect, test } from 'vitest'
import type { EntityRow } from '#schema/import'
import {
  beginImport,
  countRows,
  dataState,
  discardStaging,
  listImports,
  publishBatch,
  readRecord,
  readTable,
  stageRows,
  type Writable,
} from '#store'
import { importBatch, inProject, leftovers, planOf, rowOf, stageFile, user } from './temporary-project.ts'

const users = (db: Writable) => readTable(db, 'users').map(({ user_id, name, job_title }) => [user_id, name, job_title])
const accounts = (db: Writable, batchId: string, rows: readonly EntityRow[], columns?: readonly string[]) => {
  const [record] = importBatch(db, batchId, [{ table: 'users', rows, ...(columns === undefined ? {} : { columns }) }])
  if (record === undefined) throw new Error('one file, one record')
  const { read, loaded, held, skipped, superseded, added, changed, same } = record
  return { read, loaded, held, skipped, superseded, added, changed, same }
}

describe('publishing rows of an entity table', () => {
  test('new rows are added, the same again changes nothing, differing ones are changed', () => {
    inProject(db => {
      const first = [user(2, 'a', { name: 'Ann' }), user(3, 'b', { name: 'Bea' })]
      const none = { held: 0, skipped: 0, superseded: 0 }
      expect(accounts(db, '1', first)).toEqual({ ...none, read: 2, loaded: 2, added: 2, changed: 0, same: 0 })
      const state = dataState(db)
      expect(accounts(db, '2', first)).toEqual({ ...none, read: 2, loaded: 2, added: 0, changed: 0, same: 2 })
      expect(dataState(db)).toBe(state)
      const later = [user(2, 'b', { name: 'Beate' }), user(3, 'a', { name: 'Ann' }), user(4, 'c')]
      expect(accounts(db, '3', later)).toEqual({ ...none, read: 3, loaded: 3, added: 1, changed: 1, same: 1 })
      expect(dataState(db)).not.toBe(state)
      expect(users(db)).toEqual([
        ['a', 'Ann', null],
        ['b', 'Beate', null],
        ['c', null, null],
      ])
    })
  })

  test('a row knows the import and line that gave it its present values', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'users', file: 'old.csv', rows: [user(2, 'a'), user(3, 'b', { name: 'B' })] }])
      importBatch(db, '2', [{ table: 'users', file: 'new.csv', rows: [user(7, 'a'), user(8, 'b', { name: 'C' })] }])
      expect(readRecord(db, 'users', ['a'])).toMatchObject({ file: 'old.csv', line: 2 })
      expect(readRecord(db, 'users', ['b'])).toMatchObject({ file: 'new.csv', line: 8 })
      expect(readRecord(db, 'users', ['z'])).toBeNull()
    })
  })

  test('the last record of a key in a file counts, the ones before it are skipped', () => {
    inProject(db => {
      const rows = [user(2, 'a', { name: '1' }), user(3, 'b'), user(4, 'a', { name: '2' }), user(5, 'a', { name: '3' })]
      const want = { read: 4, loaded: 2, held: 0, skipped: 2, superseded: 2, added: 2, changed: 0, same: 0 }
      expect(accounts(db, '1', rows)).toEqual(want)
      expect(users(db)[0]).toEqual(['a', '3', null])
      expect(readRecord(db, 'users', ['a'])).toMatchObject({ line: 5 })
    })
  })

  test('a column that a file does not have says nothing; a blank cell of one that it has empties it', () => {
    inProject(db => {
      accounts(db, '1', [user(2, 'a', { name: 'Ann', job_title: 'CTO' })])
      accounts(db, '2', [user(2, 'a', { name: 'Anna' })], ['user_id', 'name'])
      expect(users(db)).toEqual([['a', 'Anna', 'CTO']])
      expect(accounts(db, '3', [user(2, 'a')], ['user_id', 'name'])).toMatchObject({ changed: 1 })
      expect(users(db)).toEqual([['a', null, 'CTO']])
      expect(accounts(db, '4', [user(2, 'a')], ['user_id'])).toMatchObject({ same: 1 })
    })
  })

  test('a column that only the rows of a file have, not its plan, is seen', () => {
    inProject(db => {
      accounts(db, '1', [user(2, 'a', { name: 'Ann' })])
      expect(accounts(db, '2', [user(2, 'a', { name: 'Anna' })], ['user_id'])).toMatchObject({ changed: 1 })
      expect(users(db)).toEqual([['a', 'Anna', null]])
    })
  })

  test('custom fields of several files are laid over each other', () => {
    inProject(db => {
      const custom = (): (string | null)[][] =>
        readRecord(db, 'users', ['a'])
          ?.fields.slice(26)
          .map(({ name, value }) => [name, value]) ?? []
      accounts(db, '1', [user(2, 'a', {}, '{"plan":"free","region":"EU"}')])
      accounts(db, '2', [user(2, 'a', {}, '{"plan":"team","seats":"4"}')])
      expect(custom()).toEqual([
        ['plan', 'team'],
        ['region', 'EU'],
        ['seats', '4'],
      ])
      expect(accounts(db, '3', [user(2, 'a', {}, '{"plan":"team","seats":"4"}')])).toMatchObject({ same: 1 })
      expect(accounts(db, '4', [user(2, 'a')])).toMatchObject({ same: 1 })
      expect(custom()).toHaveLength(3)
    })
  })

  test('what an import changes is kept as it was', () => {
    inProject(db => {
      accounts(db, '1', [user(2, 'a', { name: 'Ann', job_title: 'CTO' }, '{"x":"1"}'), user(3, 'b')])
      accounts(db, '2', [user(9, 'a', { name: 'Anna', job_title: 'CTO' }, '{"x":"2"}'), user(10, 'c')])
      const versions = db.prepare('SELECT * FROM row_version').all()
      expect(versions).toEqual([
        {
          import_id: 2,
          table_name: 'users',
          row_key: '["a"]',
          previous: '{"name":"Ann","custom":"{\\"x\\":\\"1\\"}"}',
          previous_import_id: 1,
          previous_line: 2,
          is_removed: 0,
        },
      ])
    })
  })

  test('files of a batch are applied in the order they were begun, together', () => {
    inProject(db => {
      stageFile(db, '1', { table: 'users', rows: [user(2, 'a', { name: 'first' })] })
      stageFile(db, '1', { table: 'workspaces', rows: [rowOf('workspaces', 2, { workspace_id: 'w' })] })
      stageFile(db, '1', { table: 'users', rows: [user(2, 'a', { name: 'second' })] })
      expect(countRows(db)).toMatchObject({ users: 0, workspaces: 0 })
      expect(listImports(db)).toEqual([])
      const records = publishBatch(db, '1', 77)
      expect(
        records.map(({ table, added, changed, status, importedAt }) => [table, added, changed, status, importedAt]),
      ).toEqual([
        ['users', 1, 0, 'published', 77],
        ['workspaces', 1, 0, 'published', 77],
        ['users', 0, 1, 'published', 77],
      ])
      expect(users(db)).toEqual([['a', 'second', null]])
      expect(listImports(db).map(({ importId }) => importId)).toEqual([3, 2, 1])
    })
  })

  test('a batch that fails leaves the project as it was, and can be discarded', () => {
    inProject(db => {
      accounts(db, '1', [user(2, 'a', { name: 'Ann' })])
      const state = dataState(db)
      stageFile(db, '2', { table: 'users', rows: [user(2, 'a', { name: 'Anna' }), user(3, 'b')] })
      db.exec(`UPDATE users_staged SET user_id = '' WHERE user_id = 'x'`)
      db.exec(
        "CREATE TEMP TRIGGER fails BEFORE UPDATE ON main.import BEGIN SELECT RAISE(ABORT, 'as if by power cut'); END",
      )
      expect(() => publishBatch(db, '2', 3)).toThrow('as if by power cut')
      db.exec('DROP TRIGGER fails')
      expect(users(db)).toEqual([['a', 'Ann', null]])
      expect(dataState(db)).toBe(state)
      expect(discardStaging(db)).toBe(1)
      expect(discardStaging(db)).toBe(0)
      expect(leftovers(db)).toEqual([])
    })
  })

  test('a value of another type than its column is a bug, not data', () => {
    inProject(db => {
      const importId = beginImport(db, { batchId: '1', file: 'u.csv', table: 'users', plan: planOf('users') })
      const wrong = (cells: Record<string, string | number | boolean>) => () =>
        stageRows(db, importId, 'users', [rowOf('users', 2, { user_id: 'a', ...cells })])
      expect(wrong({ name: 5 })).toThrow('text is text')
      expect(wrong({ is_workspace_admin: 'yes' })).toThrow('boolean is true or false')
      expect(wrong({ buying_role_weight: Number.NaN })).toThrow('number is a finite number')
      expect(wrong({})).not.toThrow()
      expect(() => stageRows(db, importId, 'accounts', [])).toThrow('rows are staged into an open import')
    })
  })
})
