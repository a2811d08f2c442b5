import { describe, expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { Activity, FullResolution, IdentityDecision } from '../../../../core/schema/identity.ts'
import { type Tables, tables } from '../rows.ts'

const resolve = (
  data: Tables,
  decisions: readonly IdentityDecision[] = [],
  activity: Activity = new Map(),
): FullResolution => resolveFully(data, { mode: 'matched', eventUsers: [], activity, decisions })
const links = ({ workspaceLinks }: FullResolution): string[] =>
  workspaceLinks.map(
    ({ workspaceA, workspaceB, relation, status }) => `${workspaceA} ${relation} ${workspaceB} ${status}`,
  )
const user = (user_id: string, primary_email: string, name: string | null = null) => ({ user_id, primary_email, name })
const numbered = <T>(count: number, at: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => at(i))
const members = (workspace_id: string, people: readonly string[]) => people.map(user_id => ({ user_id, workspace_id }))
const ids = (rows: readonly { user_id: string }[]) => rows.map(({ user_id }) => user_id)
const link = (type: 'must_link', a: string, b: string): IdentityDecision => ({
  id: `${type} ${a} ${b}`,
  type,
  a: { object: 'user', key: a },
  b: { object: 'user', key: b },
})

describe('the company of people', () => {
  test('people of two tenants of one host are no colleagues', () => {
    const users = [user('a', 'ops77x@one.onmicrosoft.com', 'Jo Lee'), user('b', 'kiwi42@two.onmicrosoft.com', 'Jo Lee')]
    const company: IdentityDecision = { id: '1', type: 'set_domain', domain: 'onmicrosoft.com', class: 'corporate' }
    const [apart] = resolve(tables({ users })).personLinks
    const [colleagues] = resolve(tables({ users }), [company]).personLinks
    expect(apart?.evidence.map(({ comparison }) => comparison)).not.toContain('email: same company')
    expect(colleagues?.evidence.map(({ comparison }) => comparison)).toContain('email: same company')
  })

  test('two tenants of one host have no company in common, whatever their workspaces state', () => {
    const tenants = ['one', 'two'].map(tenant => ({
      users: numbered(4, i => user(`${tenant}${i}`, `${tenant}${i}.kim@${tenant}.onmicrosoft.com`)),
      workspace: {
        workspace_id: `w-${tenant}`,
        sso_domain: `${tenant}.onmicrosoft.com`,
        billing_contact_email: `ann@${tenant}.onmicrosoft.com`,
      },
    }))
    const data = tables({
      users: tenants.flatMap(({ users }) => users),
      workspaces: tenants.map(({ workspace }) => workspace),
      memberships: tenants.flatMap(({ users, workspace }) => members(workspace.workspace_id, ids(users))),
    })
    expect(links(resolve(data))).toEqual([])
    // Of a host that is one company the same rows are one organisation.
    const company: IdentityDecision = { id: '1', type: 'set_domain', domain: 'onmicrosoft.com', class: 'corporate' }
    expect(links(resolve(data, [company]))).toEqual(['w-one group w-two review'])
  })

  test('the company of a person does not depend on which of its records comes first', () => {
    const found = (free: string, own: string) => {
      const people = [0, 1, 2, 3, 4, 5]
      const users = people.flatMap(i => [
        user(`${free}${i}`, `p${i}.q@gmail.com`),
        user(`${own}${i}`, `p${i}@acme.com`),
      ])
      const data = tables({
        users,
        workspaces: [{ workspace_id: 'w1' }, { workspace_id: 'w2' }],
        memberships: people.flatMap(i => members(i < 3 ? 'w1' : 'w2', [`${free}${i}`, `${own}${i}`])),
      })
      const one = people.map(i => link('must_link', `${free}${i}`, `${own}${i}`))
      return resolve(data, one).workspaceLinks.map(({ bits, evidence }) => [
        bits,
        evidence.map(line => line.comparison),
      ])
    }
    expect(found('a', 'b')).toEqual([[3.75, ['dominant_domain', 'sibling']]])
    expect(found('b', 'a')).toEqual(found('a', 'b'))
  })

  test('who is active in more than 20 workspaces makes none of them a workspace of the own company', () => {
    const staff = numbered(3, i => user(`v${i}`, `p${i}@vendor.com`))
    const found = (count: number) => {
      const workspaces = numbered(count, i => ({ workspace_id: `w${i}` }))
      const activity = new Map(workspaces.map(({ workspace_id }) => [workspace_id, ids(staff)]))
      const accounts = [{ account_id: 'V', primary_domain: 'vendor.com' }]
      return resolve(tables({ accounts, users: staff, workspaces }), [], activity).accountOfWorkspace.size
    }
    expect([found(20), found(21)]).toEqual([20, 0])
  })

  test('two records of one person in a workspace are one workspace of it', () => {
    const twice = numbered(3, i => [user(`v${i}`, `p${i}@vendor.com`), user(`x${i}`, `p${i}@vendor.com`)]).flat()
    const workspaces = numbered(11, i => ({ workspace_id: `w${i}` }))
    const activity = new Map(workspaces.map(({ workspace_id }) => [workspace_id, ids(twice)]))
    const accounts = [{ account_id: 'V', primary_domain: 'vendor.com' }]
    expect(resolve(tables({ accounts, users: twice, workspaces }), [], activity).accountOfWorkspace.size).toBe(11)
  })
})
