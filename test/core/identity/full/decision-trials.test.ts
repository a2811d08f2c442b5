import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DecisionTrials, type IdentityOptions, identitySteps } from '../../../../core/identity/index.ts'
import { finish } from '../../../../core/lib/steps.ts'
import type { IdentityDecision } from '../../../../core/schema/identity.ts'
import { tables } from '../rows.ts'

const USERS = 24
const WORKSPACES = 12
const NAMES = ['Zebulon Quark', 'Ottilie Brandauer', 'Ximena Valdes', 'Jorunn Aakre']
const DOMAINS = ['quarkworks.com', 'brandauer.at', 'valdes.mx', 'gmail.com', 'payer.com']

const pick = (most: number) => fc.nat(most - 1)
const world = fc.record({
  users: fc.array(fc.record({ name: pick(4), domain: pick(5), form: pick(3), home: pick(WORKSPACES + 2) }), {
    minLength: USERS,
    maxLength: USERS,
  }),
  memberships: fc.array(fc.tuple(pick(USERS + 4), pick(WORKSPACES + 1)), { maxLength: 60 }),
  active: fc.array(fc.tuple(pick(USERS), pick(WORKSPACES)), { maxLength: 50 }),
  workspaces: fc.array(
    fc.record({
      account: pick(8),
      tenant: pick(6),
      payer: pick(7),
      entity: pick(5),
      creator: pick(USERS),
      name: pick(5),
    }),
    { minLength: WORKSPACES, maxLength: WORKSPACES },
  ),
  contacts: fc.array(fc.tuple(pick(USERS), pick(4), pick(3)), { maxLength: 20 }),
})
type World = typeof world extends fc.Arbitrary<infer W> ? W : never

const addressOf = ({ name, domain, form }: World['users'][number]): string => {
  const [first = '', last = ''] = (NAMES[name] ?? '').toLowerCase().split(' ')
  return `${[`${first}.${last}`, `${first}${last}`, 'team'][form]}@${DOMAINS[domain] ?? ''}`
}
const key = (prefix: string, no: number): string => `${prefix}${String(no).padStart(2, '0')}`

function datasetOf({ users, memberships, workspaces, contacts }: World) {
  const pairs = new Map(memberships.map(([user, workspace]) => [`${user} ${workspace}`, [user, workspace] as const]))
  return tables({
    users: users.map((user, i) => ({
      user_id: key('u', i),
      primary_email: addressOf(user),
      name: NAMES[user.name] ?? null,
      workspace_id: user.home < WORKSPACES ? key('w', user.home) : null,
      contact_id: i % 5 === 0 ? key('c', i % 20) : null,
    })),
    memberships: [...pairs.values()].map(([user, workspace]) => ({
      user_id: key('u', user),
      workspace_id: key('w', workspace),
    })),
    workspaces: workspaces.map(({ account, tenant, payer, entity, creator, name }, i) => ({
      workspace_id: key('w', i),
      workspace_name: ['Quark Works', 'Brandauer', 'Valdes Sandbox', 'Team', null][name] ?? null,
      account_id: account < 1 ? key('a', account) : null,
      sso_tenant: tenant < 2 ? `t${tenant}` : null,
      billing_contact_email: payer < 5 ? `billing@${DOMAINS[payer] ?? ''}` : null,
      billing_entity_id: entity < 2 ? `b${entity}` : null,
      creator_user_id: key('u', creator),
    })),
    accounts: [
      ...DOMAINS.slice(0, 3).map((domain, i) => ({
        account_id: key('a', i),
        name: domain.split('.')[0] ?? null,
        primary_domain: domain,
        billing_entity_id: i === 0 ? 'b0' : null,
      })),
      // Customers of the billing tool: one states its domain, one is billed to an address.
      { account_id: 'b1', billing_entity_id: 'b1', name: 'Another Name', primary_domain: DOMAINS[1] ?? null },
      { account_id: 'b2', billing_entity_id: 'b2', name: 'Valdes', billing_contact_email: `pay@${DOMAINS[2] ?? ''}` },
    ],
    contacts: contacts.map(([user, account, by], i) => ({
      contact_id: key('c', i),
      account_id: key('a', account),
      user_id: by === 0 ? key('u', user) : null,
      email: by === 1 ? addressOf({ name: user % 4, domain: user % 5, form: 0, home: 0 }) : null,
    })),
  })
}

const decision: fc.Arbitrary<IdentityDecision> = fc.oneof(
  fc.tuple(fc.constantFrom('must_link', 'cannot_link'), pick(USERS), pick(USERS)).map(([type, a, b]) => ({
    ...{ id: '1', type: type as 'must_link' },
    ...{ a: { object: 'user' as const, key: key('u', a) }, b: { object: 'user' as const, key: key('u', b) } },
  })),
  fc.tuple(fc.constantFrom('must_link', 'cannot_link'), pick(WORKSPACES), pick(WORKSPACES)).map(([type, a, b]) => ({
    ...{ id: '1', type: type as 'must_link' },
    ...{ a: { object: 'workspace' as const, key: key('w', a) }, b: { object: 'workspace' as const, key: key('w', b) } },
  })),
  fc.tuple(fc.constantFrom('must_link', 'cannot_link'), pick(3), fc.constantFrom('b1', 'b2')).map(([type, a, b]) => ({
    ...{ id: '1', type: type as 'must_link' },
    ...{ a: { object: 'account' as const, key: key('a', a) }, b: { object: 'account' as const, key: b } },
  })),
  fc
    .tuple(fc.constantFrom('assign', 'detach'), pick(2), fc.constantFrom('a00', 'a01', 'a02', 'b1', 'b2'))
    .map(([type, workspace, account]) => ({
      ...{ id: '1', type: type as 'assign', workspace: key('w', workspace), account },
    })),
  fc.constantFrom(7, 9, 12).map(auto => ({ id: '1', type: 'set_rules' as const, weights: {}, auto })),
)
const decisions = fc.array(decision, { maxLength: 4 })

test('decisions that are tried come to what they come to when they hold, whatever was tried before', () => {
  fc.assert(
    fc.property(world, decisions, fc.array(decisions, { minLength: 1, maxLength: 4 }), (rows, holding, trials) => {
      const dataset = datasetOf(rows)
      const activity = new Map<string, string[]>()
      for (const [user, workspace] of rows.active) {
        const users = activity.get(key('w', workspace)) ?? []
        activity.set(key('w', workspace), [...new Set([...users, key('u', user)])])
      }
      const options: IdentityOptions = {
        ...{ mode: 'matched', eventUsers: ['u00', 'e99'], activity, decisions: holding },
        roleOfAccount: id => (id.startsWith('b') ? 'billing' : 'crm'),
      }
      const { persons, joined } = finish(identitySteps(dataset, options, { wantsIdentifiers: false }))
      const earlier = { persons: () => persons, former: [], mergedWorkspaces: [] }
      const tried = finish(DecisionTrials.steps(dataset, { ...options, earlier }, joined))
      for (const further of [[], ...trials]) {
        const all = { ...options, earlier, decisions: [...holding, ...further] }
        const wanted = finish(identitySteps(dataset, all, { wantsIdentifiers: false }))
        const found = finish(tried.with(further))
        expect(found.persons).toEqual(wanted.persons)
        expect(found.personOfUser).toEqual(wanted.personOfUser)
        expect([...found.accountOfWorkspace]).toEqual([...wanted.accountOfWorkspace])
        expect(found.mergedWorkspaces).toEqual(wanted.mergedWorkspaces)
      }
    }),
    { numRuns: 60 },
  )
})
