import { expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { IdentityDecision } from '../../../../core/schema/identity.ts'
import { tables } from '../rows.ts'

type Told = Readonly<Record<'billing_entity_id' | 'tax_id' | 'card_fingerprint', string>>
const workspace = (
  workspace_id: string,
  sso_tenant: string | null,
  account_id: string | null = null,
  told: Partial<Told> = {},
) => ({
  workspace_id,
  sso_tenant,
  account_id,
  workspace_name: workspace_id.startsWith('s') ? 'Orvo Link sandbox' : 'Orvo Link',
  ...told,
})
/** Of one who pays. */
const billed = (id: string, account: string | null = null, tenant: string | null = null, tax_id?: string) =>
  workspace(id, tenant, account, { billing_entity_id: 'b1', ...(tax_id === undefined ? {} : { tax_id }) })
const ref = (key: string) => ({ object: 'workspace', key }) as const
const group = (a: string, b: string): IdentityDecision => ({
  id: '1',
  type: 'relation',
  relation: 'group',
  a: ref(a),
  b: ref(b),
})

const answered = (type: 'must_link' | 'cannot_link', a: string, b: string): IdentityDecision => ({
  id: '2',
  type,
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
  {
    why: 'two that an answer keeps apart share no account over a third',
    workspaces: [billed('p1', 'acc1'), billed('p2'), billed('p3')],
    decisions: [answered('cannot_link', 'p1', 'p3')],
    want: { p1: 'acc1', p2: 'acc1' },
  },
  {
    why: 'an agency has an account of its own, over a third as well',
    workspaces: [billed('p1', 'acc1'), billed('p2'), billed('p3')],
    decisions: [{ ...group('p1', 'p3'), relation: 'agency-of' } as IdentityDecision],
    want: { p1: 'acc1', p2: 'acc1' },
  },
  {
    why: 'two SSO tenants share no account over a third that has none',
    workspaces: [billed('p1', 'acc1', 't1'), billed('p2'), billed('p3', null, 't2')],
    want: { p1: 'acc1', p2: 'acc1' },
  },
  {
    why: 'a tenant is the same in other letters',
    workspaces: [billed('p1', 'acc1', 'T1.example'), billed('p2'), billed('p3', null, 't1.EXAMPLE ')],
    want: { p1: 'acc1', p2: 'acc1', p3: 'acc1' },
  },
  {
    why: 'two tax ids share no account over a third that has none',
    workspaces: [billed('p1', 'acc1', null, 'DE 123'), billed('p2'), billed('p3', null, null, 'DE 456')],
    want: { p1: 'acc1', p2: 'acc1' },
  },
  {
    why: 'a tax id without the letters of its country is no other one',
    workspaces: [billed('p1', 'acc1', null, 'DE 123-4'), billed('p2'), billed('p3', null, null, '1234')],
    want: { p1: 'acc1', p2: 'acc1', p3: 'acc1' },
  },
  {
    why: 'an answer that groups two tenants holds, and those that are with them follow',
    workspaces: [billed('p1', 'acc1', 't1'), billed('p2'), billed('p3', null, 't2'), workspace('p4', 't2')],
    decisions: [group('p1', 'p3')],
    want: { p1: 'acc1', p2: 'acc1', p3: 'acc1', p4: 'acc1' },
  },
  {
    why: 'answers that group two tenants over a third hold as well',
    workspaces: [workspace('p1', 't1', 'acc1'), workspace('q2', null), workspace('p3', 't2')],
    decisions: [group('p1', 'q2'), group('p3', 'q2')],
    want: { p1: 'acc1', q2: 'acc1', p3: 'acc1' },
  },
  {
    why: 'of answers that group two and one that keeps them apart the last join is refused',
    workspaces: [workspace('p1', null, 'acc1'), workspace('p2', null), workspace('p3', null)],
    decisions: [group('p1', 'p2'), group('p2', 'p3'), answered('cannot_link', 'p1', 'p3')],
    want: { p1: 'acc1', p2: 'acc1' },
  },
])('$why', ({ workspaces, decisions = [], want }) => {
  const accounts = [{ account_id: 'acc1' }, { account_id: 'acc2' }]
  const data = tables({ workspaces, accounts })
  const { accountOfWorkspace } = resolveFully(data, { mode: 'matched', eventUsers: [], activity: new Map(), decisions })
  expect(Object.fromEntries(accountOfWorkspace)).toEqual(want)
})

const MEMBERS = ['m1', 'm2'].map(workspace_id => ({ workspace_id, user_id: 'u1' }))
const found = (workspaces: ReturnType<typeof workspace>[], decisions: readonly IdentityDecision[] = []) =>
  resolveFully(tables({ workspaces, accounts: [{ account_id: 'acc1' }], memberships: MEMBERS }), {
    mode: 'matched',
    eventUsers: [],
    activity: new Map(),
    decisions,
  })

test('a link that would bring two together that are kept apart is refused, says so, and is asked about', () => {
  const kept = [answered('cannot_link', 'p1', 'p3')]
  const { workspaceLinks } = found([billed('p1', 'acc1'), billed('p2'), billed('p3')], kept)
  const told = workspaceLinks.map(({ workspaceA, workspaceB, status, evidence }) => {
    return [workspaceA, workspaceB, status, evidence.find(({ comparison }) => comparison === 'refused')?.value ?? null]
  })
  expect(told).toEqual([
    ['p1', 'p2', 'auto', null],
    ['p1', 'p3', 'decided', null],
    ['p2', 'p3', 'review', 'an answer keeps apart what they are grouped with'],
  ])
})

test('a company has as many workspaces as it likes', () => {
  const many = Array.from({ length: 250 }, (_, i) => billed(`p${String(i + 1000)}`))
  const { workspaceLinks, accountOfWorkspace } = found(
    [billed('p0001'), ...many],
    [{ id: '1', type: 'assign', workspace: 'p0001', account: 'acc1' }],
  )
  expect(workspaceLinks.filter(({ evidence }) => evidence.some(({ comparison }) => comparison === 'refused'))).toEqual(
    [],
  )
  expect(accountOfWorkspace.size).toBe(251)
})

test('a proposed merge from 7 bits on shares its account as a group does', () => {
  const { workspaceLinks, accountOfWorkspace } = found([billed('m1', 'acc1'), billed('m2')])
  expect(workspaceLinks.map(({ relation, status }) => [relation, status])).toEqual([['merge', 'review']])
  expect(accountOfWorkspace.get('m2')).toBe('acc1')
})
