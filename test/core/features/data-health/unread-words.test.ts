import { expect, test } from 'vitest'
import { checked } from './checked.ts'

test('words of status, payment and type that nothing acts on are counted by column, the most frequent first', () => {
  const words = ['aktiv', 'zu', 'active', 'aktiv', 'paused', null]
  const { rows, check } = checked({
    workspaces: [
      { workspace_id: 'w', workspace_type: 'prod', paid_status: 'Bezahlt' },
      { workspace_id: 'v', workspace_status: 'gelöscht' },
    ],
    users: [{ user_id: 'u' }],
    events: [{ name: 'login', at: '2026-05-01T00:00:00Z', workspace: 'w', user: 'u' }],
    subscriptions: words.map((status, i) => ({ subscription_id: `s${i}`, workspace_id: 'w', status })),
  })
  expect(rows.get('unread_word')?.rows.map(({ values }) => values)).toEqual([
    ['subscriptions', 'status', 'aktiv', 2],
    ['subscriptions', 'status', 'zu', 1],
    ['workspaces', 'paid_status', 'Bezahlt', 1],
    ['workspaces', 'workspace_status', 'gelöscht', 1],
  ])
  expect(check('unread_word')).toMatchObject({ count: 5, of: 8, severity: 'warning' })
})
