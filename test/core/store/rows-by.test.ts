import { expect, test } from 'vitest'
import { finish } from '#lib/steps'
import { importsOfRow, keysReadBy, readTable, rowIndexSteps, rowsBy, undoImport, type Writable } from '#store'
import { importBatch, inProject, rowOf, user } from './temporary-project.ts'

const people = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) =>
    user(i + 2, `${prefix}${i}`, { workspace_id: i % 3 === 0 ? null : `w${i % 7}` }),
  )

/** What `rowsBy` promises, by looking at every row. */
function sought(db: Writable, wanted: readonly string[]): unknown {
  return readTable(db, 'users').filter(({ workspace_id }) => workspace_id !== null && wanted.includes(workspace_id))
}

const WANTED = [['w1'], ['w1', 'w4', 'w1', 'w9'], ['none'], []]

test('rows are found by a column without an index of the file, whatever was published, undone or written anew since', () => {
  inProject(db => {
    const check = (): void => {
      for (const wanted of WANTED) expect(rowsBy(db, 'users', 'workspace_id', wanted)).toEqual(sought(db, wanted))
    }
    check()
    importBatch(db, 'one', [{ table: 'users', rows: people('a', 50) }])
    finish(rowIndexSteps(db))
    check()
    expect(rowsBy(db, 'users', 'workspace_id', ['w1']).length).toBeGreaterThan(3)
    const [second] = importBatch(db, 'two', [{ table: 'users', rows: [...people('b', 30), ...people('a', 20)] }])
    check()
    // Numbers of rows have gaps now, which are closed.
    undoImport(db, second?.importId ?? 0, 3_000)
    check()
    db.exec('VACUUM')
    check()
  })
})

test('an index of the file is used where there is one', () => {
  inProject(db => {
    const pairs = ['u1 w1', 'u1 w2', 'u2 w1'].map((pair, i) => {
      const [user_id = '', workspace_id = ''] = pair.split(' ')
      return rowOf('memberships', i + 2, { user_id, workspace_id })
    })
    importBatch(db, 'one', [{ table: 'memberships', rows: pairs }])
    const of = (column: 'user_id' | 'workspace_id', value: string): string[] =>
      rowsBy(db, 'memberships', column, [value]).map(row => `${row.user_id} ${row.workspace_id}`)
    expect(of('user_id', 'u1')).toEqual(['u1 w1', 'u1 w2'])
    expect(of('workspace_id', 'w1')).toEqual(['u1 w1', 'u2 w1'])
  })
})

test('the imports of a row are those whose keys it is among, also where a later one changed it', () => {
  inProject(db => {
    importBatch(db, 'one', [{ table: 'users', rows: people('a', 9) }])
    const renamed = people('a', 5).map((row, i) => (i === 0 ? row : user(i + 2, `a${i}`, { name: 'Another' })))
    importBatch(db, 'two', [{ table: 'users', rows: [...renamed, ...people('b', 3)] }])
    for (const key of ['a0', 'a1', 'a8', 'b1', 'none'])
      expect([...importsOfRow(db, 'users', key)].sort()).toEqual(
        [1, 2].filter(importId => keysReadBy(db, 'users', [importId]).has(key)),
      )
    expect(importsOfRow(db, 'users', 'a1').size).toBe(2)
  })
})
