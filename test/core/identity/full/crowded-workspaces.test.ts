import { expect, test } from 'vitest'
import { DisjointSets } from '../../../../core/identity/cluster/disjoint-sets.ts'
import { identitySteps } from '../../../../core/identity/resolve-fully.ts'
import { finish } from '../../../../core/lib/steps.ts'
import type { Row } from '../../../../core/schema/tables.ts'
import { tables } from '../rows.ts'

type Workspace = Partial<Row<'workspaces'>>

const OPTIONS = { mode: 'matched', eventUsers: [], activity: new Map(), decisions: [] } as const

const resolve = (workspaces: readonly Workspace[], accounts: readonly Partial<Row<'accounts'>>[] = []) =>
  finish(identitySteps(tables({ workspaces, accounts }), OPTIONS, { wantsIdentifiers: false }))

const numbered = (count: number, at: (i: number) => Workspace): Workspace[] =>
  Array.from({ length: count }, (_, i) => ({ workspace_id: `w${String(i).padStart(4, '0')}`, ...at(i) }))

/** Sizes of the groups that links which join by themselves make. */
function groupsOf({ workspaceLinks }: ReturnType<typeof resolve>, size: number): number[] {
  const sets = new DisjointSets(size)
  const place = (id: string): number => Number(id.slice(1))
  for (const { workspaceA, workspaceB, status } of workspaceLinks) {
    const [x, y] = [sets.root(place(workspaceA)), sets.root(place(workspaceB))]
    if (status === 'auto' && x !== y) sets.unite(x, y)
  }
  const sizes = Map.groupBy(
    Array.from({ length: size }, (_, i) => sets.root(i)),
    root => root,
  )
  return [...sizes.values()].map(({ length }) => length).sort((a, b) => b - a)
}

const ofAcme = (i: number): Workspace => ({
  workspace_name: `Room ${String.fromCharCode(97 + (i % 26))}${i}`,
  sso_tenant: 'acme',
  sso_domain: 'acme.com',
  billing_entity_id: 'cus_1',
})

test.each([200, 201, 1000])('%i workspaces of one tenant and customer are one group', size => {
  const found = resolve(numbered(size, ofAcme))
  expect(groupsOf(found, size)).toEqual([size])
})

test('above 200 few pairs are compared, and the others counted by what they share', () => {
  const { workspaceLinks, workspaceBlocks } = resolve(numbered(201, ofAcme))
  expect(workspaceLinks.length).toBeLessThan(3 * 201)
  const all = (201 * 200) / 2
  expect(workspaceBlocks).toEqual(
    ['SSO tenant', 'domain', 'billing customer'].map(kind => ({
      kind: `workspaces: ${kind}`,
      blocks: 1,
      records: 201,
      largest: 201,
      split: 1,
      pairsLeftOut: all - workspaceLinks.length,
    })),
  )
  const { workspaceBlocks: few } = resolve(numbered(200, ofAcme))
  expect(few.map(({ split, pairsLeftOut }) => [split, pairsLeftOut])).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ])
})

test('two tenants of one customer are two groups, however their workspaces follow one another', () => {
  const size = 400
  const found = resolve(
    numbered(size, i => ({ ...ofAcme(i), sso_domain: null, sso_tenant: i % 2 === 0 ? 'acme' : 'beta' })),
  )
  expect(groupsOf(found, size)).toEqual([200, 200])
})

test('workspaces without a tenant join those of one tenant by the customer; the links to another are asked about', () => {
  const size = 300
  const found = resolve(
    numbered(size, i => ({
      workspace_name: 'Acme',
      billing_entity_id: 'cus_1',
      sso_tenant: i === 0 ? 'other' : 'acme',
      ...(i > 250 ? { sso_tenant: null } : {}),
    })),
  )
  // The first of equal links joins: the 49 without a tenant are with the one of the other.
  expect(groupsOf(found, size)).toEqual([250, 50])
  const refused = found.workspaceLinks.filter(({ evidence }) => evidence.some(each => each.comparison === 'refused'))
  expect(refused.length).toBeGreaterThan(0)
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(['review']))
})

test('those of one name are compared with each other, whoever comes first', () => {
  const names = ['Quartz', 'Bramble', 'Oxide', 'Mellow', 'Juniper', 'Vektor', 'Pylon', 'Tundra', 'Fjord', 'Zephyr']
  const size = 260
  const found = resolve(numbered(size, i => ({ sso_tenant: 'acme', workspace_name: names[i % names.length] ?? null })))
  // Equal names add what the tenant alone lacks.
  expect(groupsOf(found, size)).toEqual(names.map(() => size / names.length))
})

test('the account of one of them is that of all', () => {
  const workspaces = numbered(250, ofAcme).map((one, i) => (i === 100 ? { ...one, account_id: 'A' } : one))
  const { accountOfWorkspace } = resolve(workspaces)
  expect(new Set(accountOfWorkspace.values())).toEqual(new Set(['A']))
  expect(accountOfWorkspace.size).toBe(250)
})

test('rows in another order give the same links', () => {
  const rows = numbered(230, ofAcme)
  expect(resolve(rows.toReversed()).workspaceLinks).toEqual(resolve(rows).workspaceLinks)
})
