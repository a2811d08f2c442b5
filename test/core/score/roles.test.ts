import { describe, expect, test } from 'vitest'
import type { Row } from '#schema/tables'
import type { UnitPerson } from '#schema/unit'
import { DEFAULT_MODEL } from '#score'
import { aged, modelWith, scoreOf } from './scored.ts'

type User = Partial<Row<'users'>>
type Want = Partial<UnitPerson>

/** The one person `u` of workspace `w`, with an event there. */
function personOf(
  user: User,
  more: { membership?: Partial<Row<'memberships'>>; owner?: string; targets?: string[] } = {},
): UnitPerson {
  const model = modelWith({ roles: { ...DEFAULT_MODEL.roles, targetDepartments: more.targets ?? [] } })
  const scored = scoreOf(
    {
      users: [{ user_id: 'u', ...user }],
      workspaces: [{ workspace_id: 'w', owner_user_id: more.owner ?? null }],
      memberships: more.membership === undefined ? [] : [{ user_id: 'u', workspace_id: 'w', ...more.membership }],
      events: [{ name: 'login', at: aged(1), workspace: 'w', user: 'u' }],
    },
    { model },
  )
  return scored.unit('w').people[0] as UnitPerson
}

describe('role factor of a person', () => {
  test.each<{ why: string; user: User; want: Want }>([
    { why: 'nothing known is other', user: {}, want: { role: 'other', roleFactor: 0.6, isChampion: false } },
    { why: 'a weight of 0 is a weight', user: { buying_role_weight: 0 }, want: { role: 'weight', roleFactor: 0 } },
    {
      why: 'a weight of 1.0 makes a champion',
      user: { buying_role_weight: 1 },
      want: { role: 'weight', isChampion: true },
    },
    {
      why: 'a weight under 1.0 does not',
      user: { buying_role_weight: 0.99 },
      want: { role: 'weight', isChampion: false },
    },
    { why: 'a negative weight is none', user: { buying_role_weight: -1 }, want: { role: 'other', roleFactor: 0.6 } },
    {
      why: 'an admin with a weight keeps the weight and stays an admin',
      user: { buying_role_weight: 0.2, product_role: 'Admin' },
      want: { role: 'weight', roleFactor: 0.2, isAdmin: true, isChampion: false },
    },
    {
      why: 'is_workspace_admin',
      user: { is_workspace_admin: true },
      want: { role: 'admin', roleFactor: 1.3, isAdmin: true },
    },
    { why: 'product role owner', user: { product_role: 'OWNER' }, want: { role: 'admin', roleFactor: 1.3 } },
    { why: 'product role member is nobody', user: { product_role: 'member' }, want: { role: 'other', isAdmin: false } },
    {
      why: 'seniority given, normalised',
      user: { seniority: 'C-Level' },
      want: { role: 'manager', roleFactor: 1.2, isChampion: true },
    },
    { why: 'seniority in words', user: { seniority: 'Senior Manager' }, want: { role: 'manager' } },
    {
      why: 'seniority read from the title',
      user: { job_title: 'VP of Sales' },
      want: { role: 'manager', isManager: true },
    },
    {
      why: 'a given seniority wins over the title',
      user: { seniority: 'senior', job_title: 'Director' },
      want: { role: 'other' },
    },
    {
      why: 'an unknown word is given all the same',
      user: { seniority: 'student', job_title: 'Director', department: 'ops' },
      want: { role: 'other' },
    },
    { why: '"unknown" is not given', user: { seniority: 'unknown', job_title: 'Director' }, want: { role: 'manager' } },
    {
      why: 'a product manager is not a manager',
      user: { job_title: 'Senior Product Manager' },
      want: { role: 'other' },
    },
    {
      why: 'department and contributor',
      user: { department: 'Sales', seniority: 'IC' },
      want: { role: 'contributor', roleFactor: 1, isChampion: true },
    },
    { why: 'department alone', user: { department: 'Sales' }, want: { role: 'contributor', roleFactor: 1 } },
    { why: 'contributor without department', user: { seniority: 'lead' }, want: { role: 'other' } },
    {
      why: 'a product manager with a department is a contributor',
      user: { department: 'product', job_title: 'Product Manager' },
      want: { role: 'contributor' },
    },
    {
      why: 'persona champion with nothing else',
      user: { persona: 'Champion' },
      want: { role: 'other', roleFactor: 0.6, isChampion: true },
    },
    {
      why: 'an admin is no champion, persona or not',
      user: { persona: 'champion', product_role: 'admin' },
      want: { isAdmin: true, isChampion: false },
    },
    {
      why: 'a free-mail address changes nothing',
      user: { primary_email: 'x@gmail.com', department: 'Sales' },
      want: { role: 'contributor' },
    },
  ])('$why', ({ user, want }) => {
    expect(personOf(user)).toMatchObject(want)
  })

  test('only target departments count where there are any', () => {
    expect(personOf({ department: 'Rev-Ops' }, { targets: ['RevOps', 'rev ops'] }).role).toBe('contributor')
    expect(personOf({ department: 'Legal' }, { targets: ['Rev Ops'] }).role).toBe('other')
  })

  test('a membership with a role decides in its workspace', () => {
    expect(personOf({ product_role: 'admin' }, { membership: { role: 'viewer' } }).isAdmin).toBe(false)
    expect(personOf({ is_workspace_admin: true }, { membership: { role: 'member' } }).isAdmin).toBe(false)
    expect(personOf({}, { membership: { role: 'Owner' } }).isAdmin).toBe(true)
    expect(personOf({ product_role: 'admin' }, { membership: {} }).isAdmin).toBe(true)
  })

  test('the owner of the workspace is an owner, whatever the membership says', () => {
    expect(personOf({}, { membership: { role: 'viewer' }, owner: 'u' }).isAdmin).toBe(true)
  })
})

test('a user that only an event names has nothing known; one that only owns is a member', () => {
  const { people, memberCount } = scoreOf({
    workspaces: [{ workspace_id: 'w', owner_user_id: 'boss' }],
    events: [{ name: 'login', at: aged(1), workspace: 'w', user: 'guest' }],
  }).unit('w')
  expect(people.map(({ personId, role }) => [personId, role])).toEqual([
    ['boss', 'admin'],
    ['guest', 'other'],
  ])
  expect(memberCount).toBe(1)
})

test('of a person with several records, those in the unit meet the rows, the first row wins', () => {
  const rows = {
    users: [
      { user_id: 'a', seniority: 'vp' },
      { user_id: 'b', department: 'sales' },
      { user_id: 'c', product_role: 'admin', buying_role_weight: 0.9 },
    ],
    workspaces: [{ workspace_id: 'w' }, { workspace_id: 'x' }],
    memberships: [
      { user_id: 'a', workspace_id: 'w' },
      { user_id: 'b', workspace_id: 'w' },
      { user_id: 'c', workspace_id: 'x' },
    ],
  }
  const scored = scoreOf(rows, { joined: [['a', 'b', 'c']] })
  expect(scored.unit('w').people).toMatchObject([{ personId: 'a', role: 'manager', isAdmin: false }])
  expect(scored.unit('x').people).toMatchObject([{ personId: 'a', role: 'weight', roleFactor: 0.9, isAdmin: true }])
})

test('a department and a fitting seniority of two records do not make one contributor', () => {
  const scored = scoreOf(
    {
      users: [
        { user_id: 'a', department: 'sales', seniority: 'student' },
        { user_id: 'b', seniority: 'ic' },
      ],
      workspaces: [{ workspace_id: 'w' }],
      memberships: ['a', 'b'].map(user_id => ({ user_id, workspace_id: 'w' })),
    },
    { joined: [['a', 'b']] },
  )
  expect(scored.unit('w').people[0]?.role).toBe('other')
})

describe('factor range: what unknown fields could make of it', () => {
  test.each<{ why: string; user: User; want: [number, number] }>([
    { why: 'a weight is certain', user: { buying_role_weight: 0.7 }, want: [0.7, 0.7] },
    { why: 'an admin is certain', user: { product_role: 'admin' }, want: [1.3, 1.3] },
    { why: 'a manager of unknown role may be an admin', user: { seniority: 'vp' }, want: [1.2, 1.3] },
    { why: 'a manager of known role is certain', user: { seniority: 'vp', product_role: 'viewer' }, want: [1.2, 1.2] },
    { why: 'nothing known may be anything', user: {}, want: [0.6, 1.3] },
    {
      why: 'department alone may be a student or a manager',
      user: { department: 'ops', product_role: 'viewer' },
      want: [0.6, 1.2],
    },
    {
      why: 'a contributor without department may have one',
      user: { seniority: 'ic', product_role: 'viewer' },
      want: [0.6, 1],
    },
    { why: 'all known is certain', user: { seniority: 'ic', department: 'ops', product_role: 'viewer' }, want: [1, 1] },
    {
      why: 'a student of known role is certain',
      user: { seniority: 'student', product_role: 'viewer' },
      want: [0.6, 0.6],
    },
  ])('$why', ({ user, want }) => {
    expect(personOf(user).factorRange).toEqual(want)
  })
})

describe('titles', () => {
  test.each([
    ['VP Sales', true],
    ['Vice President, Marketing', true],
    ['Head of Growth', true],
    ['Director of Product Management', true],
    ['Engineering Manager', true],
    ['Chief Technology Officer', true],
    ['CEO & Co-Founder', true],
    ['Founder', true],
    ['Managing Director', true],
    ['CMO / Partner', true],
    ['Product Manager', false],
    ['Technical Program Manager', false],
    ['Key Account Manager', false],
    ['Community Manager', false],
    ['Customer Success Manager', false],
    ['Office Manager', false],
    ['Product Owner', false],
    ['HR Business Partner', false],
    ['Executive Assistant to CEO', false],
    ['Software Engineer', false],
    ['Team Lead', false],
  ])('%s', (title, isManager) => {
    expect(personOf({ job_title: title }).isManager).toBe(isManager)
  })
})
