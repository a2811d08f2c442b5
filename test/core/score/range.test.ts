import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainUnit } from '#score'
import type { WorldRows } from '../features/world.ts'
import { event, model } from './random-world.ts'
import { scoreOf } from './scored.ts'

type User = NonNullable<WorldRows['users']>[number]

const ACCOUNT = { account_id: 'x', icp_fit_score: 40 }
const FIELDS = {
  seniority: ['vp', 'ic', 'student'],
  department: ['sales', null],
  product_role: ['admin', 'viewer'],
}
const user = (user_id: string): fc.Arbitrary<User> =>
  fc.record({
    user_id: fc.constant(user_id),
    seniority: fc.constantFrom('vp', 'ic', 'student', null, null),
    department: fc.constantFrom('sales', null),
    product_role: fc.constantFrom('admin', 'viewer', null),
    persona: fc.constantFrom('champion', null),
    buying_role_weight: fc.constantFrom(0.3, 2, null, null, null),
  })

/** Every user record that the known fields leave possible. */
function completions(known: User): readonly User[] {
  return Object.entries(FIELDS).reduce<readonly User[]>(
    (rows, [field, values]) =>
      rows.flatMap(row => {
        const own = Object.entries(row).find(([name]) => name === field)?.[1] ?? null
        return own === null ? values.map(value => ({ ...row, [field]: value })) : [row]
      }),
    [known],
  )
}

function everyWorld(rows: WorldRows): readonly WorldRows[] {
  const users = (rows.users ?? []).reduce<readonly (readonly User[])[]>(
    (lists, one) => lists.flatMap(list => completions(one).map(complete => [...list, complete])),
    [[]],
  )
  return users.map(list => ({ ...rows, users: list }))
}

test('lowest and highest score are those of all data that the known fields leave possible', () => {
  const few = fc.record({
    users: fc.tuple(user('a'), user('b')),
    workspaces: fc.constant([{ workspace_id: 'w1', account_id: 'x' }]),
    accounts: fc.constant([ACCOUNT]),
    events: fc.array(
      event.map(one => ({ ...one, workspace: 'w1', user: one.user === 'a' || one.user === 'c' ? 'a' : 'b' })),
      { minLength: 1, maxLength: 14 },
    ),
  })
  const factors = fc.constantFrom([1.3, 1.2, 1, 0.6], [0.5, 1.5, 0.8, 1], [1, 0, 2, 1])
  fc.assert(
    fc.property(few, model, factors, (rows, random, [admin = 1, manager = 1, contributor = 1, other = 1]) => {
      const changed = { ...random, roles: { ...random.roles, admin, manager, contributor, other } }
      const found = everyWorld(rows).map(world => scoreOf(world, { model: changed }).score('w1').score)
      expect(scoreOf(rows, { model: changed }).score('w1').range).toEqual([Math.min(...found), Math.max(...found)])
    }),
    { numRuns: 25 },
  )
})

test('people that were kept before their rows were go by the range of their factors', () => {
  const events = [{ name: 'key_action_completed', at: '2026-05-31', workspace: 'w', user: 'u' }]
  const { ground } = scoreOf({ workspaces: [{ workspace_id: 'w', account_id: 'x' }], accounts: [ACCOUNT], events })
  const [unit] = ground.units
  const people = unit?.people.map(({ openRows: _, ...kept }) => kept) ?? []
  const old = { ...ground, units: unit === undefined ? [] : [{ ...unit, people }] }
  expect(people).toHaveLength(1)
  expect(explainUnit(old, 0).range).toEqual(explainUnit(ground, 0).range)
  expect(explainUnit(old, 0).range).toEqual([15, 25.5])
})

test('unknown fit lies anywhere between 0 and its maximum', () => {
  const events = [{ name: 'upgrade_click', at: '2026-05-31', workspace: 'w', user: 'u' }]
  const users = [{ user_id: 'u', product_role: 'admin' }]
  const { score, range } = scoreOf({ workspaces: [{ workspace_id: 'w' }], users, events }).score('w')
  expect(range).toEqual([score, score + 10])
})
