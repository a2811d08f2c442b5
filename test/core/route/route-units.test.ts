import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarOf, DAY_MS } from '../../../core/lib/time.ts'
import { DEFAULT_POLICY, type RouteContext, routeUnits } from '../../../core/route/index.ts'
import type { JudgedUnit } from '../../../core/schema/findings.ts'
import type { RouteDecision } from '../../../core/schema/route.ts'
import { tables } from '../identity/rows.ts'
import { type Given, judged } from './judged.ts'
import { linksOf } from './links.ts'

/** 2026-05-27, a Wednesday. */
const TODAY = 20_600
const AS_OF = TODAY * DAY_MS + DAY_MS / 2

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

describe('play', () => {
  test.each<{ why: string; unit: JudgedUnit; want: RouteDecision['play'] }>([
    {
      why: 'a renewal in danger comes first',
      unit: paid('w', { health: { state: 'at_risk', hasRenewalRisk: true, isExpansion: true } }),
      want: 'renew',
    },
    { why: 'then saving', unit: paid('w', { health: { state: 'at_risk', isExpansion: true } }), want: 'save' },
    { why: 'then growing', unit: paid('w', { health: { isExpansion: true } }), want: 'expand' },
    { why: 'a high score is room to grow', unit: paid('w'), want: 'expand' },
    { why: 'no play outside customer success', unit: hot('w'), want: null },
  ])('$why', ({ unit, want }) => {
    expect(one(unit).play).toBe(want)
  })
})

describe('owner and team', () => {
  type Case = { why: string; unit: JudgedUnit; data?: Data; want: [team: string | null, owner: string | null] }
  const account = (rest: object): Data => ({
    accounts: [{ account_id: 'A', ...rest }],
    crm_users: [
      { owner_id: 'o1', name: 'Ada Ae', email: 'ada@us.com', team: 'AE' },
      { owner_id: 'o2', name: 'Sam Same', team: 'SDR' },
      { owner_id: 'o3', name: 'sam same', team: 'CSM' },
    ],
  })
  const inA = { unit: { accountId: 'A' } }
  test.each<Case>([
    { why: 'nothing routed, nobody owns it', unit: judged('w', { unit: { isDeleted: true } }), want: [null, null] },
    { why: 'sdr without reps has a team', unit: hot('w'), want: ['SDR', null] },
    { why: 'csm without people has a team', unit: paid('w'), want: ['CSM', null] },
    {
      why: 'csm of 1000 employees goes to the account executives',
      unit: paid('w', inA),
      data: { accounts: [{ account_id: 'A', employee_count: 1000 }] },
      want: ['AE', null],
    },
    {
      why: 'csm of 999 does not',
      unit: paid('w', inA),
      data: { accounts: [{ account_id: 'A', employee_count: 999 }] },
      want: ['CSM', null],
    },
    { why: 'lifecycle email', unit: judged('w', { score: { score: 80 } }), want: ['Lifecycle', null] },
    { why: 'nurture', unit: judged('w'), want: ['Lifecycle', null] },
    {
      why: 'in-app',
      unit: judged('w', { unit: { isPaid: true }, findings: { isActiveNow: true } }),
      want: ['Growth', null],
    },
    { why: 'customer', unit: judged('w', { unit: { isPaid: true } }), want: ['CSM', null] },
    {
      why: 'the account owner by email gives owner and team',
      unit: hot('w', 85, inA),
      data: account({ current_owner: 'ADA@us.com' }),
      want: ['AE', 'o1'],
    },
    {
      why: 'the account owner by name',
      unit: hot('w', 85, inA),
      data: account({ current_owner: 'ada  ae' }),
      want: ['AE', 'o1'],
    },
    {
      why: 'a name that two people bear stays a name',
      unit: hot('w', 85, inA),
      data: account({ current_owner: 'Sam Same' }),
      want: ['SDR', 'Sam Same'],
    },
    {
      why: 'an owner nobody knows stays as written',
      unit: hot('w', 85, inA),
      data: account({ current_owner: 'Zed' }),
      want: ['SDR', 'Zed'],
    },
    {
      why: 'Unassigned is nobody: the pool takes it',
      unit: hot('w', 85, inA),
      data: account({ current_owner: 'Unassigned' }),
      want: ['SDR', 'o2'],
    },
    {
      why: 'customers go to the csm owner first',
      unit: paid('w', inA),
      data: account({ current_owner: 'o1', csm_owner: 'o3' }),
      want: ['CSM', 'o3'],
    },
    {
      why: 'customers without a csm owner stay with the account owner',
      unit: paid('w', inA),
      data: account({ current_owner: 'o1' }),
      want: ['AE', 'o1'],
    },
    {
      why: 'the csm owner is not asked about sales work',
      unit: hot('w', 85, inA),
      data: account({ csm_owner: 'o3' }),
      want: ['SDR', 'o2'],
    },
    {
      why: 'lifecycle email keeps its team beside the owner',
      unit: judged('w', { ...inA, score: { score: 80 } }),
      data: account({ current_owner: 'o1' }),
      want: ['Lifecycle', 'o1'],
    },
  ])('$why', ({ unit, data = {}, want }) => {
    const { ownerTeam, owner } = one(unit, data)
    expect([ownerTeam, owner]).toEqual(want)
  })

  test('everything that is routed has a team', () => {
    const units = fc.array(
      fc.record({
        score: fc.integer({ min: 0, max: 100 }),
        isPaid: fc.boolean(),
        isDeleted: fc.boolean(),
        isActiveNow: fc.boolean(),
      }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(units, given => {
        const decisions = route(
          given.map(({ score, isPaid, isDeleted, isActiveNow }, i) =>
            judged(`w${i}`, { unit: { isPaid, isDeleted }, score: { score }, findings: { isActiveNow } }),
          ),
          { crm_users: [rep('r1', 'SDR', 1), rep('c1', 'CSM', 1)] },
        )
        for (const { destination, ownerTeam } of decisions) expect(ownerTeam === null).toBe(destination === 'none')
      }),
    )
  })
})

describe('capacity', () => {
  const owners = (decisions: readonly RouteDecision[]) =>
    Object.fromEntries(decisions.map(({ unitId, owner, isOverCapacity }) => [unitId, isOverCapacity ? 'over' : owner]))

  test('best score first, round robin by owner id, ties by unit id, in the order that came in', () => {
    const units = [hot('d', 81), hot('b', 90), hot('a', 90), hot('c', 99)]
    const decisions = route(units, { crm_users: [rep('r2', 'sdr'), rep('r1', 'SDR'), rep('x', 'AE')] })
    expect(decisions.map(({ unitId }) => unitId)).toEqual(['d', 'b', 'a', 'c'])
    expect(owners(decisions)).toEqual({ c: 'r1', a: 'r2', b: 'r1', d: 'r2' })
  })

  test('who is full is passed over; what nobody can take is kept, without owner, and marked', () => {
    const units = ['a', 'b', 'c', 'd', 'e'].map((id, i) => hot(id, 99 - i))
    const decisions = route(units, { crm_users: [rep('r1', 'SDR', 1), rep('r2', 'SDR', 2)] })
    expect(owners(decisions)).toEqual({ a: 'r1', b: 'r2', c: 'r2', d: 'over', e: 'over' })
    expect(decisions[4]).toMatchObject({ destination: 'sdr', ownerTeam: 'SDR', owner: null })
  })

  test('shares differ by at most one where nobody is full', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 6 }), (count, reps) => {
        const units = Array.from({ length: count }, (_, i) => hot(`w${i}`, 80 + (i % 20)))
        const crm_users = Array.from({ length: reps }, (_, i) => rep(`r${i}`, 'SDR'))
        const shares = Map.groupBy(route(units, { crm_users }), ({ owner }) => owner)
        const sizes = crm_users.map(({ owner_id }) => shares.get(owner_id)?.length ?? 0)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('nobody gets more than the capacity, and nothing waits while there is room', () => {
    const capacity = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25 }), capacity, (count, limits) => {
        const crm_users = limits.map((limit, i) => rep(`r${i}`, 'SDR', limit))
        const decisions = route(
          Array.from({ length: count }, (_, i) => hot(`w${i}`)),
          { crm_users },
        )
        const shares = Map.groupBy(decisions, ({ owner }) => owner)
        for (const [i, limit] of limits.entries()) expect(shares.get(`r${i}`)?.length ?? 0).toBeLessThanOrEqual(limit)
        const room = limits.reduce((sum, limit) => sum + limit, 0)
        expect(decisions.filter(({ isOverCapacity }) => isOverCapacity).length).toBe(Math.max(0, count - room))
      }),
    )
  })

  const crm_users = [rep('r1', 'SDR', 2), rep('r2', 'SDR', 2), rep('c1', 'CSM')]
  const given = (...entries: [string, string, string, number | null][]): Partial<RouteContext> => ({
    assignments: new Map(entries.map(([unit, owner, team, at]) => [unit, { owner, team, at }])),
  })
  test('an assignment lasts over runs', () => {
    const units = [hot('a', 99), hot('b', 98)]
    expect(owners(route(units, { crm_users }, given(['a', 'r2', 'SDR', AS_OF])))).toEqual({ a: 'r2', b: 'r1' })
  })
  test('a run on its own outcome changes nothing', () => {
    const units = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => hot(id, 99 - i))
    const first = route(units, { crm_users })
    const kept = first.flatMap(({ unitId, owner, ownerTeam }) =>
      owner === null || ownerTeam === null
        ? []
        : ([[unitId, owner, ownerTeam, AS_OF]] as [string, string, string, number][]),
    )
    const again = first.map(decision =>
      decision.owner === null ? decision : { ...decision, ownerFrom: 'earlier_run' },
    )
    expect(first.map(({ ownerFrom }) => ownerFrom)).toEqual(['pool', 'pool', 'pool', 'pool', null, null])
    expect(route(units, { crm_users }, given(...kept))).toEqual(again)
  })
  test('what was given this week takes room, what was given last week does not', () => {
    const taken = (at: number | null) =>
      owners(
        route([hot('a'), hot('b'), hot('c')], { crm_users }, given(['x', 'r1', 'SDR', at], ['y', 'r1', 'SDR', at])),
      )
    expect(taken(AS_OF - 2 * DAY_MS)).toEqual({ a: 'r2', b: 'r2', c: 'over' })
    expect(taken(null)).toEqual({ a: 'r2', b: 'r2', c: 'over' })
    expect(taken(AS_OF - 3 * DAY_MS)).toEqual({ a: 'r1', b: 'r2', c: 'r1' })
  })
  test('an owner who is gone gives the unit back', () => {
    expect(one(hot('a'), { crm_users }, given(['a', 'gone', 'SDR', null])).owner).toBe('r1')
  })
  test('a sales assignment does not last once the unit is a customer', () => {
    expect(one(paid('a'), { crm_users }, given(['a', 'r1', 'SDR', null]))).toMatchObject({
      ownerTeam: 'CSM',
      owner: 'c1',
    })
  })
  test('each team keeps its own assignment', () => {
    const assignments = new Map([
      [
        'a',
        [
          { owner: 'c1', team: 'CSM', at: AS_OF },
          { owner: 'r2', team: 'SDR', at: AS_OF },
        ],
      ],
    ])
    const data = { crm_users: [...crm_users, rep('b1', 'CSM')] }
    expect(one(hot('a'), data, { assignments })).toMatchObject({
      owner: 'r2',
      ownerTeam: 'SDR',
      ownerFrom: 'earlier_run',
    })
    expect(one(paid('a'), data, { assignments })).toMatchObject({
      owner: 'c1',
      ownerTeam: 'CSM',
      ownerFrom: 'earlier_run',
    })
  })
  test("the account's owner goes before an assignment", () => {
    const data = { crm_users, accounts: [{ account_id: 'A', current_owner: 'r2' }] }
    const unit = hot('a', 85, { unit: { accountId: 'A' } })
    expect(one(unit, data, given(['a', 'r1', 'SDR', null])).owner).toBe('r2')
  })
})
