import { describe, expect, test } from 'vitest'
import { readRecord, readTable, type Writable, walkTable } from '#store'
import { importBatch, inProject, rowOf, user } from './temporary-project.ts'

describe('values', () => {
  test('of every type come back as they went in', () => {
    inProject(db => {
      const account = {
        account_id: '007',
        name: 'Ünïcode \u{1F680} "quoted"',
        all_known_domains: ['a.com', 'b; c.com'],
        tech_stack: [],
        employee_count: 9_007_199_254_740_991,
        icp_fit_score: 0.1 + 0.2,
        is_strategic: false,
      }
      importBatch(db, '1', [{ table: 'accounts', rows: [rowOf('accounts', 2, account)] }])
      const [row] = readTable(db, 'accounts')
      expect(row).toMatchObject({ ...account, industry: null })
      expect(Object.keys(row ?? {})).toHaveLength(23)
      expect(readRecord(db, 'accounts', ['007'])?.fields.slice(0, 4)).toEqual([
        { name: 'account_id', value: '007' },
        { name: 'name', value: account.name },
        { name: 'primary_domain', value: null },
        { name: 'all_known_domains', value: 'a.com; b; c.com' },
      ])
    })
  })

  test('rows are read in code-point order of their key, of both parts where it has two', () => {
    inProject(db => {
      const ids = ['b', 'a\u{1F680}', 'a\uFFFD', 'B', 'a', '10', '9']
      importBatch(db, '1', [{ table: 'users', rows: ids.map((id, i) => user(i + 2, id)) }])
      expect(readTable(db, 'users').map(row => row.user_id)).toEqual([
        '10',
        '9',
        'B',
        'a',
        'a\uFFFD',
        'a\u{1F680}',
        'b',
      ])
      const pairs = ['b w', 'a x', 'a w'].map((pair, i) => {
        const [user_id = '', workspace_id = ''] = pair.split(' ')
        return rowOf('memberships', i + 2, { user_id, workspace_id })
      })
      importBatch(db, '2', [{ table: 'memberships', rows: pairs }])
      expect(readTable(db, 'memberships').map(row => `${row.user_id} ${row.workspace_id}`)).toEqual([
        'a w',
        'a x',
        'b w',
      ])
      expect(readRecord(db, 'memberships', ['a', 'x'])).toMatchObject({ line: 3 })
    })
  })
})

test('a table that is walked gives the columns asked for, of every page, as often as it is walked', () => {
  inProject(db => {
    const pairs = Array.from({ length: 2500 }, (_, i) => ({
      user_id: `u${i % 50}`,
      workspace_id: `w${i}`,
      role: `r${i % 3}`,
    }))
    importBatch(db, '1', [{ table: 'memberships', rows: pairs.map((pair, i) => rowOf('memberships', i + 2, pair)) }])
    const walked = walkTable(db, 'memberships', ['role', 'joined_at'])
    const wanted = readTable(db, 'memberships').map(({ user_id, workspace_id, role, joined_at }) => ({
      user_id,
      workspace_id,
      role,
      joined_at,
    }))
    expect(wanted).toHaveLength(2500)
    for (const _ of ['once', 'again']) expect([...walked]).toEqual(wanted)
    expect([...walkTable(db, 'deals', ['status'])]).toEqual([])
  })
})

describe('outcomes without an id', () => {
  const deal = (line: number, amount: number | null, workspace = 'w') =>
    rowOf('outcomes', line, { workspace_id: workspace, kind: 'closed_won', occurred_at: '2026-05-31', amount })
  const ids = (db: Writable) => readTable(db, 'outcomes').map(({ outcome_id, amount }) => [outcome_id, amount])

  test('get one that the same rows get again, in whatever order', () => {
    inProject(db => {
      const rows = [deal(2, 10), deal(3, 20), deal(4, 20), deal(5, null, 'v')]
      importBatch(db, '1', [{ table: 'outcomes', rows }])
      const before = ids(db)
      expect(new Set(before.map(([id]) => id)).size).toBe(4)
      const [record] = importBatch(db, '2', [{ table: 'outcomes', rows: rows.toReversed() }])
      expect(record).toMatchObject({ added: 0, changed: 0, same: 4, superseded: 0 })
      expect(ids(db)).toEqual(before)
    })
  })

  test('an amount put right is a change', () => {
    inProject(db => {
      importBatch(db, '1', [{ table: 'outcomes', rows: [deal(2, 10)] }])
      const [record] = importBatch(db, '2', [{ table: 'outcomes', rows: [deal(2, 11)] }])
      expect(record).toMatchObject({ added: 0, changed: 1 })
    })
  })
})
