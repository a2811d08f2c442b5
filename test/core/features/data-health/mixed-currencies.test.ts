import { expect, test } from 'vitest'
import { checked } from './checked.ts'

const subscription = (subscription_id: string, workspace_id: string, currency: string | null, more: object = {}) => ({
  subscription_id,
  workspace_id,
  currency,
  status: 'active',
  mrr: 100,
  ...more,
})

test('a workspace with live amounts of two currencies is named, with what is added up', () => {
  const { rows, check } = checked({
    workspaces: ['a', 'b', 'c', 'd'].map(id => ({ workspace_id: id, workspace_name: id.toUpperCase() })),
    users: [{ user_id: 'u' }],
    events: [{ name: 'login', at: '2026-05-01T00:00:00Z', workspace: 'a', user: 'u' }],
    subscriptions: [
      subscription('a1', 'a', 'USD'),
      subscription('a2', 'a', 'JPY', { mrr: 15_000 }),
      subscription('a3', 'a', null),
      subscription('b1', 'b', 'usd'),
      subscription('b2', 'b', 'USD'),
      subscription('c1', 'c', 'USD'),
      subscription('c2', 'c', 'EUR', { status: 'canceled' }),
      subscription('c3', 'c', 'GBP', { mrr: 0 }),
    ],
  })
  expect(check('mixed_currency')).toMatchObject({ count: 1, of: 3, severity: 'warning' })
  expect(rows.get('mixed_currency')?.rows.map(({ values }) => values)).toEqual([
    ['a', 'A', 'a1', 'USD', 100, null],
    ['a', 'A', 'a2', 'JPY', 15_000, null],
  ])
})
