import { expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { IdentityDecision } from '../../../../core/schema/identity.ts'
import { tables } from '../rows.ts'

const workspace = (workspace_id: string, sso_tenant: string | null, account_id: string | null = null) => ({
  workspace_id,
  sso_tenant,
  account_id,
  workspace_name: workspace_id.startsWith('s') ? 'Orvo Link sandbox' : 'Orvo Link',
})
const ref = (key: string) => ({ object: 'workspace', key }) as const
const group = (a: string, b: string): IdentityDecision => ({
  id: '1',
  type: 'relation',
  relation: 'group',
  a: ref(a),
  b: ref(b),
})

type Case = {
  why: string
  workspaces: ReturnType<typeof workspace>[]
  decisions?: readonly IdentityDecision[]
  want: Record<string, string>
}
test.each<Case>([
  {
    why: 'a sandbox gets the account of its twin',
    workspaces: [workspace('p1', 't1', 'acc1'), workspace('s1', 't1')],
    want: { p1: 'acc1', s1: 'acc1' },
  },
  {
    why: 'a group of two accounts gives none to its third',
    workspaces: [workspace('p1', 't1', 'acc1'), workspace('p2', 't1', 'acc2'), workspace('s1', 't1')],
    want: { p1: 'acc1', p2: 'acc2' },
  },
  {
    why: 'workspaces that share nothing keep what they have',
    workspaces: [workspace('p1', 't1', 'acc1'), workspace('p2', 't2')],
    want: { p1: 'acc1' },
  },
  {
    why: 'an answer that groups two gives both one account',
    workspaces: [workspace('p1', null, 'acc1'), workspace('p2', null)],
    decisions: [group('p1', 'p2')],
    want: { p1: 'acc1', p2: 'acc1' },
  },
  {
    why: 'a workspace that was detached from the account stays without it',
    workspaces: [workspace('p1', 't1', 'acc1'), workspace('s1', 't1')],
    decisions: [{ id: '1', type: 'detach', workspace: 's1', account: 'acc1' }],
    want: { p1: 'acc1' },
  },
])('$why', ({ workspaces, decisions = [], want }) => {
  const accounts = [{ account_id: 'acc1' }, { account_id: 'acc2' }]
  const data = tables({ workspaces, accounts })
  const { accountOfWorkspace } = resolveFully(data, { mode: 'matched', eventUsers: [], activity: new Map(), decisions })
  expect(Object.fromEntries(accountOfWorkspace)).toEqual(want)
})
