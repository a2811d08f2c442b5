import { describe, expect, test } from 'vitest'
import { calendarOf, DAY_MS, formatDay } from '../../../core/lib/time.ts'
import { DEFAULT_POLICY, type RouteContext, reasonsAgainst, routeUnits } from '../../../core/route/index.ts'
import type { JudgedUnit } from '../../../core/schema/findings.ts'
import type { RouteDecision } from '../../../core/schema/route.ts'
import { tables } from '../identity/rows.ts'
import { type Given, judged, person } from './judged.ts'
import { linksOf } from './links.ts'

/** 2026-05-27, a Wednesday. */
const TODAY = 20_600
const AS_OF = TODAY * DAY_MS + DAY_MS / 2
const daysAgo = (days: number): string => formatDay(TODAY - days)

type Data = Parameters<typeof tables>[0]

const context = (data: Data = {}, rest: Partial<RouteContext> = {}): RouteContext => ({
  dataset: tables(data),
  asOf: AS_OF,
  calendar: calendarOf('UTC'),
  assignments: new Map(),
  dismissedAnomalies: new Set(),
  contactLinks: linksOf(tables(data)),
  ...rest,
})
const route = (units: readonly JudgedUnit[], data: Data = {}, rest: Partial<RouteContext> = {}) =>
  routeUnits(units, DEFAULT_POLICY, context(data, rest))
const one = (unit: JudgedUnit, data: Data = {}, rest: Partial<RouteContext> = {}): RouteDecision =>
  route([unit], data, rest)[0]!

const tierA = { points: 10, score: null, tier: 'A', source: 'given tier' } as const
const hot = (id: string, score = 85, rest: Given = {}): JudgedUnit =>
  judged(id, {
    unit: { fit: tierA, ...rest.unit },
    score: { score, ...rest.score },
    findings: { hasHighIntent30d: true, hasAdmin: true },
  })
const paid = (id: string, rest: Given = {}): JudgedUnit =>
  judged(id, { ...rest, unit: { isPaid: true, ...rest.unit }, score: { score: 75 } })
const rep = (owner_id: string, team: string, weekly_capacity: number | null = null) => ({
  owner_id,
  team,
  weekly_capacity,
})

describe('suppressions', () => {
  const people = [person('u1', { isAdmin: true }), person('u2')]
  const sdr = hot('w', 85, { unit: { accountId: 'A', people }, score: { representativeId: 'u1' } })
  const contact = (rest: object) => ({ contacts: [{ contact_id: 'c', account_id: 'A', ...rest }] })
  const deal = (rest: object) => ({ deals: [{ deal_id: 'd', account_id: 'A', ...rest }] })
  test.each<{ why: string; unit?: JudgedUnit; data: Data; want: string[] }>([
    { why: 'nothing known, nothing stopped', data: {}, want: [] },
    { why: 'the one to talk to opted out', data: contact({ user_id: 'u1', opted_out: true }), want: ['opted_out'] },
    {
      why: 'found by email',
      data: {
        ...contact({ email: 'J.Ane@gmail.com', opted_out: true }),
        users: [{ user_id: 'u1', primary_email: 'jane@gmail.com' }],
      },
      want: ['opted_out'],
    },
    {
      why: "found by the user's contact",
      data: { ...contact({ opted_out: true }), users: [{ user_id: 'u1', contact_id: 'c' }] },
      want: ['opted_out'],
    },
    {
      why: 'somebody else opted out: the others may be asked',
      data: {
        contacts: [
          { contact_id: 'c', user_id: 'u2', opted_out: true },
          { contact_id: 'd', user_id: 'u1' },
        ],
      },
      want: [],
    },
    {
      why: 'the only contact the CRM has is somebody else, who opted out',
      data: { contacts: [{ contact_id: 'c', user_id: 'u2', opted_out: true }] },
      want: [],
    },
    { why: 'every contact of the account opted out', data: contact({ opted_out: true }), want: ['opted_out'] },
    {
      why: 'a contact of the account who is a user elsewhere says nothing here',
      data: contact({ user_id: 'u9', opted_out: true }),
      want: [],
    },
    { why: 'an open deal', data: deal({ status: 'open' }), want: ['open_deal'] },
    {
      why: 'an open deal of a contact',
      data: { ...contact({ user_id: 'u2' }), deals: [{ deal_id: 'd', contact_id: 'c', status: 'open' }] },
      want: ['open_deal'],
    },
    { why: 'a lost deal', data: deal({ status: 'lost', closed_at: daysAgo(1) }), want: [] },
    {
      why: 'a deal that was still open at asOf',
      data: deal({ status: 'won', closed_at: daysAgo(-1) }),
      want: ['open_deal'],
    },
    { why: 'a deal that did not exist yet', data: deal({ status: 'open', created_at: daysAgo(-1) }), want: [] },
    { why: 'disqualified 89 days ago', data: contact({ disqualified_at: daysAgo(89) }), want: ['disqualified'] },
    { why: 'disqualified 90 days ago', data: contact({ disqualified_at: daysAgo(90) }), want: [] },
    { why: 'contacted 13 days ago', data: contact({ last_contacted_at: daysAgo(13) }), want: ['contacted'] },
    { why: 'contacted 14 days ago', data: contact({ last_contacted_at: daysAgo(14) }), want: [] },
    { why: 'contacted after asOf', data: contact({ last_contacted_at: daysAgo(-1) }), want: [] },
    {
      why: 'a contact that is being worked',
      data: contact({ owner: 'Eve', lifecycle_stage: 'Sales Qualified Lead' }),
      want: ['worked_by_owner'],
    },
    {
      why: 'an owner of a contact that nobody works',
      data: contact({ owner: 'Eve', lifecycle_stage: 'Lead' }),
      want: [],
    },
    {
      why: 'a workspace with a sales owner',
      data: { workspaces: [{ workspace_id: 'w', sales_owner: 'Eve' }] },
      want: ['worked_by_owner'],
    },
    {
      why: 'the account owner at work on the own account',
      data: {
        ...contact({ owner: 'Eve', lifecycle_stage: 'SQL' }),
        accounts: [{ account_id: 'A', current_owner: 'Eve' }],
      },
      want: [],
    },
    {
      why: 'several reasons, in their order',
      data: { ...contact({ opted_out: true, last_contacted_at: daysAgo(0) }), ...deal({ status: 'open' }) },
      want: ['opted_out', 'open_deal', 'contacted'],
    },
    {
      why: 'customer success is not stopped',
      unit: paid('w', { unit: { accountId: 'A' } }),
      data: deal({ status: 'open' }),
      want: [],
    },
    {
      why: 'a nurture email is stopped by an open deal',
      unit: judged('w', { unit: { accountId: 'A' } }),
      data: deal({ status: 'open' }),
      want: ['open_deal'],
    },
    {
      why: 'but not by a call last week',
      unit: judged('w', { unit: { accountId: 'A' } }),
      data: contact({ last_contacted_at: daysAgo(1) }),
      want: [],
    },
  ])('$why', ({ unit = sdr, data, want }) => {
    const decision = one(unit, data)
    expect(decision.suppressedBy).toEqual(want)
    expect(decision.destination).toBe(one(unit).destination)
  })

  test('a suppressed unit takes no capacity', () => {
    const data = { ...deal({ status: 'open' }), crm_users: [rep('r1', 'SDR', 1)] }
    const [stopped, free] = route([sdr, hot('z', 81)], data)
    expect(stopped).toMatchObject({ ownerTeam: 'SDR', owner: null, isOverCapacity: false })
    expect(free).toMatchObject({ owner: 'r1' })
  })

  test('contacts of any of a person’s user ids count where persons are given', () => {
    const data = contact({ user_id: 'u1-second', opted_out: true, account_id: null })
    expect(one(sdr, data).suppressedBy).toEqual([])
    const contactLinks = linksOf(tables(data), [{ id: 'u1', userIds: ['u1', 'u1-second'] }])
    expect(one(sdr, data, { contactLinks }).suppressedBy).toEqual(['opted_out'])
  })

  test('each channel knows what stops it', () => {
    expect(reasonsAgainst(['open_deal', 'contacted'], 'sdr')).toEqual(['open_deal', 'contacted'])
    expect(reasonsAgainst(['open_deal', 'contacted'], 'lifecycle_email')).toEqual(['open_deal'])
    expect(
      reasonsAgainst(['opted_out', 'open_deal', 'disqualified', 'contacted', 'worked_by_owner'], 'in_app'),
    ).toEqual([])
  })
})
