import { describe, expect, test } from 'vitest'
import { resolveFully } from '../../../../core/identity/index.ts'
import type { FullResolution } from '../../../../core/schema/identity.ts'
import type { Row } from '../../../../core/schema/tables.ts'
import { tables } from '../rows.ts'

type Workspace = Partial<Row<'workspaces'>> & Readonly<{ workspace_id: string }>
/** A workspace and how many people of which company are in it; the people of a company are the same everywhere. */
type Crew = readonly [workspace: Workspace, people: Readonly<Record<string, number>>]

const ACCOUNTS = ['one', 'two'].map(name => ({ account_id: name, name, primary_domain: `${name}.com` }))

function resolve(crews: readonly Crew[]): FullResolution {
  const staff = (company: string, count: number) => Array.from({ length: count }, (_, i) => `${company}${i}`)
  const names = new Set(crews.flatMap(([, people]) => Object.keys(people)))
  const users = [...names].flatMap(company =>
    staff(company, 12).map(user_id => ({ user_id, primary_email: `${user_id}@${company}.com` })),
  )
  const members = crews.map(
    ([{ workspace_id }, people]) =>
      [workspace_id, Object.entries(people).flatMap(([company, count]) => staff(company, count))] as const,
  )
  const data = tables({
    users,
    accounts: ACCOUNTS,
    workspaces: crews.map(([workspace]) => workspace),
    memberships: members.flatMap(([workspace_id, userIds]) => userIds.map(user_id => ({ workspace_id, user_id }))),
  })
  const activity = new Map(members.map(([id, userIds]) => [id, [...userIds]]))
  return resolveFully(data, { mode: 'matched', eventUsers: [], activity, decisions: [] })
}

const links = (crews: readonly Crew[]): string[] =>
  resolve(crews).workspaceLinks.map(
    ({ workspaceA, workspaceB, relation, status }) => `${workspaceA} ${relation} ${workspaceB} ${status}`,
  )

const one = { workspace_id: 'w1', sso_domain: 'one.com' }
const two = { workspace_id: 'w2', sso_domain: 'two.com' }

describe('an agency whose people are the majority at two clients joins nothing', () => {
  test.each<{ why: string; crews: readonly Crew[] }>([
    {
      why: 'by SSO domain',
      crews: [
        [one, { agency: 3, one: 1 }],
        [two, { agency: 3, two: 1 }],
      ],
    },
    {
      why: 'who are as many',
      crews: [
        [one, { agency: 2, one: 2 }],
        [two, { agency: 2, two: 2 }],
      ],
    },
    {
      why: 'by who pays',
      crews: [
        [
          { workspace_id: 'w1', billing_contact_email: 'fin@one.com' },
          { agency: 3, one: 1 },
        ],
        [
          { workspace_id: 'w2', billing_contact_email: 'fin@two.com' },
          { agency: 3, two: 1 },
        ],
      ],
    },
    {
      why: 'which pays for both',
      crews: [
        [
          { ...one, billing_contact_email: 'fin@agency.com' },
          { agency: 3, one: 1 },
        ],
        [
          { ...two, billing_contact_email: 'fin@agency.com' },
          { agency: 3, two: 1 },
        ],
      ],
    },
  ])('$why', ({ crews }) => {
    expect(links(crews)).toEqual([])
    expect(links(crews.toReversed())).toEqual([])
  })

  test('a third client, of which nothing but its people is known', () => {
    const crews: Crew[] = [
      [one, { agency: 3, one: 1 }],
      [two, { agency: 3, two: 1 }],
      [{ workspace_id: 'w3' }, { agency: 3, three: 1 }],
      [{ workspace_id: 'w4' }, { agency: 3, four: 1 }],
    ]
    expect(links(crews)).toEqual([])
  })

  test('a third client that has nobody there yet', () => {
    const crews: Crew[] = [
      [one, { agency: 3, one: 1 }],
      [two, { agency: 3, two: 1 }],
      [{ workspace_id: 'w3', sso_domain: 'three.com' }, { agency: 3 }],
      [{ workspace_id: 'w4', sso_domain: 'four.com' }, { agency: 3 }],
    ]
    expect(links(crews)).toEqual([])
  })

  test('a third client, where more of its people are than at the others but not most', () => {
    const crews: Crew[] = [
      [one, { agency: 3, one: 1 }],
      [two, { agency: 3, two: 1 }],
      [{ workspace_id: 'w3' }, { agency: 5, three: 7 }],
      [{ workspace_id: 'w4' }, { agency: 5, four: 7 }],
    ]
    expect(links(crews)).toEqual([])
  })

  test('of two clients, one known by its people alone, the one does not get the account of the other', () => {
    const crews: Crew[] = [
      [one, { agency: 3, one: 1 }],
      [{ workspace_id: 'w2' }, { agency: 3, two: 1 }],
    ]
    expect(links(crews)).toEqual(['w2 agency-of w1 review'])
    expect([...resolve(crews).accountOfWorkspace]).toEqual([['w1', 'one']])
  })

  test('its own workspace is the agency of both', () => {
    const crews: Crew[] = [
      [{ workspace_id: 'w0' }, { agency: 4 }],
      [one, { agency: 3, one: 1 }],
      [two, { agency: 3, two: 1 }],
    ]
    expect(links(crews)).toEqual(['w0 agency-of w1 review', 'w0 agency-of w2 review'])
  })

  test.each<{ why: string; office: Partial<Row<'workspaces'>>; people: Readonly<Record<string, number>> }>([
    { why: 'with a guest who is of no client', office: {}, people: { agency: 10, guest: 1 } },
    { why: 'under the SSO domain of its old name', office: { sso_domain: 'studio.com' }, people: { agency: 10 } },
  ])('its own workspaces, $why, are still one company', ({ office, people }) => {
    const crews: Crew[] = [
      [{ ...office, workspace_id: 'w0' }, people],
      [{ ...office, workspace_id: 'w00' }, people],
      [one, { agency: 3, one: 1 }],
      [two, { agency: 3, two: 1 }],
      [{ workspace_id: 'w9' }, { guest: 4 }],
    ]
    const between = links(crews)
    expect(between).toContain('w0 group w00 auto')
    expect(between.filter(link => link !== 'w0 group w00 auto')).toEqual([
      'w0 agency-of w1 review',
      'w0 agency-of w2 review',
      'w00 agency-of w1 review',
      'w00 agency-of w2 review',
    ])
  })

  test("a client's guest among many of its people does not make its workspace the client's", () => {
    const crews: Crew[] = [
      [{ workspace_id: 'w0' }, { agency: 10, one: 1 }],
      [one, { agency: 3, one: 3 }],
      [two, { agency: 3, two: 3 }],
    ]
    expect(links(crews)).toEqual([])
  })

  test("another workspace with people of a client is not the agency's own, however many of its people are in it", () => {
    const crews: Crew[] = [
      [one, { agency: 3, one: 3 }],
      [two, { agency: 3, two: 3 }],
      [{ workspace_id: 'w3' }, { agency: 6, one: 2 }],
      [{ workspace_id: 'w4' }, { agency: 6, two: 2 }],
    ]
    expect(links(crews)).toEqual(['w1 group w3 review', 'w2 group w4 review'])
  })
})

describe('what is no agency', () => {
  test.each<{ why: string; crews: readonly Crew[] }>([
    {
      why: 'a company with guests of two others',
      crews: [
        [{ workspace_id: 'w1' }, { acme: 4, one: 1 }],
        [{ workspace_id: 'w2' }, { acme: 4, two: 1 }],
      ],
    },
    {
      why: 'a company with guests of two others, one of whose people is a guest at a third',
      crews: [
        [{ workspace_id: 'w1' }, { acme: 4, one: 1 }],
        [{ workspace_id: 'w2' }, { acme: 4, two: 1 }],
        [
          { workspace_id: 'w9', sso_domain: 'nine.com' },
          { nine: 9, acme: 1 },
        ],
      ],
    },
    {
      why: 'a company with guests of two others, whose people are guests there',
      crews: [
        [{ workspace_id: 'w1' }, { acme: 4, one: 1 }],
        [{ workspace_id: 'w2' }, { acme: 4, two: 1 }],
        [
          { workspace_id: 'w8', sso_domain: 'one.com' },
          { one: 9, acme: 2 },
        ],
        [
          { workspace_id: 'w9', sso_domain: 'two.com' },
          { two: 9, acme: 2 },
        ],
      ],
    },
    {
      why: 'a company, one of whose people works with one of each of two partners, who are its guests',
      crews: [
        [{ workspace_id: 'w1' }, { acme: 12, one: 1 }],
        [{ workspace_id: 'w2' }, { acme: 12, two: 1 }],
        [
          { workspace_id: 'w8', sso_domain: 'one.com' },
          { acme: 1, one: 1 },
        ],
        [
          { workspace_id: 'w9', sso_domain: 'two.com' },
          { acme: 1, two: 1 },
        ],
      ],
    },
    {
      why: 'a company of a new name, whose SSO domains are the old ones of two countries',
      crews: [
        [{ workspace_id: 'w1', sso_domain: 'acme.com' }, { acmehq: 10 }],
        [{ workspace_id: 'w2', sso_domain: 'acme.de' }, { acmehq: 10 }],
      ],
    },
    {
      why: 'a company whose mail is at another domain than its SSO',
      crews: [
        [{ workspace_id: 'w1', sso_domain: 'acme.com' }, { 'acme-mail': 4 }],
        [{ workspace_id: 'w2' }, { 'acme-mail': 4 }],
      ],
    },
    {
      why: 'a company for which accountants pay',
      crews: [
        [{ workspace_id: 'w1', billing_contact_email: 'x@books.com' }, { acme: 4 }],
        [{ workspace_id: 'w2', billing_contact_email: 'x@ledger.com' }, { acme: 4 }],
      ],
    },
  ])('$why', ({ crews }) => {
    expect(links(crews)).toContain('w1 group w2 auto')
  })
})
