import { expect, test } from 'vitest'
import { readTable, readTableColumns } from '#store'
import { importBatch, inProject, user } from './temporary-project.ts'

const COLUMNS = ['user_id', 'name', 'primary_email', 'workspace_id', 'email_verified', 'last_active_at'] as const

test('columns of a table are its rows, as often as they are walked', () => {
  inProject(db => {
    const rows = Array.from({ length: 2100 }, (_, i) =>
      user(i + 2, `u${String(i).padStart(4, '0')}`, {
        primary_email: i < 1500 ? null : `p${i}@a.com`,
        workspace_id: `w${i % 7}`,
        email_verified: i % 3 === 0 ? null : i % 3 === 1,
        last_active_at: i === 5 ? '2026-01-01' : null,
      }),
    )
    importBatch(db, 'b', [{ table: 'users', rows }])
    const columns = readTableColumns(db, 'users', COLUMNS, new Map())
    const want = readTable(db, 'users').map(row => Object.fromEntries(COLUMNS.map(name => [name, row[name]])))
    for (let time = 0; time < 2; time++)
      expect([...columns].map(row => Object.fromEntries(COLUMNS.map(name => [name, row[name]])))).toEqual(want)
    expect(columns).toHaveLength(2100)
    expect(columns.column('name')).toEqual([])
    expect(columns.column('user_id')).toEqual(want.map(row => row['user_id']))
  })
})

test('a table without rows has none', () => {
  inProject(db => {
    expect([...readTableColumns(db, 'users', COLUMNS, new Map())]).toEqual([])
  })
})
