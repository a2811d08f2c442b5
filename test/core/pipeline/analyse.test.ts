import { expect, test } from 'vitest'
import { takeRoster } from '#features'
import { emailReader } from '#identity'
import { calendarOf } from '#lib/time'
import { analyse, cellsKey, modelHash, policyHash } from '#pipeline'
import { DEFAULT_POLICY } from '#route'
import { DEFAULT_MODEL, parseModel } from '#score'
import { judged } from '../features/found.ts'
import { datasetOf, identitiesOf } from '../features/world.ts'
import { aged, day, modelWith } from '../score/scored.ts'

const ROWS = {
  users: [{ user_id: 'a', product_role: 'admin', workspace_id: 'w' }],
  workspaces: [
    { workspace_id: 'w', created_at: day(40) },
    { workspace_id: 'x', workspace_type: 'sandbox' },
  ],
  events: [
    { name: 'key_action_completed', at: aged(1), workspace: 'w', user: 'a' },
    { name: 'login', at: aged(2), workspace: 'x', user: 'b' },
    { name: 'login', at: aged(-1), workspace: 'w', user: 'a' },
  ],
}

test('one judged unit and one route per unit, in the order of ids', () => {
  const analysis = judged(ROWS)
  expect(analysis.judged.map(one => [one.unit.id, one.score.unitId])).toEqual([
    ['w', 'w'],
    ['x', 'x'],
  ])
  expect(analysis.routes.map(route => [route.unitId, route.destination])).toEqual([
    ['w', 'in_app'],
    ['x', 'none'],
  ])
  expect(analysis.setAside).toEqual([{ eventId: '', reason: 'after_as_of', count: 1 }])
  expect(analysis.today).toBe(Math.floor(aged(0) / 86_400_000))
})

test('a checklist scores by rollups; its lines add up, and rules see its stage', () => {
  const rows = [
    { signal: 'mau_30d', weight: 70, threshold: 1 },
    { signal: 'active_days_14d', weight: 45, threshold: 1 },
    { signal: 'mrr', weight: 9, threshold: 0 },
  ]
  const model = parseModel({ version: 1, kind: 'checklist', rows })
  const [w, x] = judged(ROWS, { model }).judged
  expect(w?.score).toMatchObject({
    total: 115,
    score: 100,
    stage: 'Hot PQL',
    coverage: 'admin',
    representativeId: 'a',
    range: [100, 100],
  })
  expect(w?.score.lines.map(({ signal, finalPoints }) => [signal, finalPoints])).toEqual([
    ['mau_30d', 70],
    ['active_days_14d', 45],
    ['clamp', -15],
  ])
  expect(new Set(Object.values(w?.score.buckets ?? {}))).toEqual(new Set([0]))
  expect(x?.score.score).toBe(100)
  const { routes } = judged(ROWS, { model })
  expect(routes[0]?.trace.flatMap(({ all }) => all).find(({ test }) => test.fact === 'score')?.value ?? 100).toBe(100)
})

test('cells built earlier give the same judgement, without a look at the events', () => {
  const first = judged(ROWS)
  const dataset = datasetOf(ROWS)
  const unread = {
    ...dataset,
    events: {
      ...dataset.events,
      chunks: () => {
        throw new Error('the events were read')
      },
    },
  }
  const again = analyse({
    dataset: unread,
    identities: identitiesOf(dataset),
    model: DEFAULT_MODEL,
    policy: DEFAULT_POLICY,
    asOf: aged(0),
    level: 'workspace',
    dismissedAnomalies: new Set(),
    assignments: new Map(),
    readAddress: emailReader(),
    cells: first.cells,
  })
  expect(again.judged).toEqual(first.judged)
  expect(again.routes).toEqual(first.routes)
})

test.each([
  { why: 'nobody is newer than as-of: as it is', newest: aged(1), isRead: false },
  { why: 'somebody comes at as-of: as it is', newest: aged(0), isRead: false },
  { why: 'somebody comes after as-of: looked up again', newest: aged(0) + 1, isRead: true },
])('who exists is taken from another instant where $why', ({ newest, isRead }) => {
  const late = { user_id: 'z', workspace_id: 'x', created_at: new Date(newest).toISOString() }
  const rows = { ...ROWS, users: [...ROWS.users, late] }
  const dataset = datasetOf(rows)
  const roster = takeRoster(dataset, calendarOf('UTC'), Number.POSITIVE_INFINITY)
  let walks = 0
  const counted = {
    ...dataset,
    memberships: {
      *[Symbol.iterator]() {
        walks++
        yield* dataset.memberships
      },
    },
  }
  const given = {
    identities: identitiesOf(dataset),
    model: DEFAULT_MODEL,
    policy: DEFAULT_POLICY,
    asOf: aged(0),
    level: 'workspace',
    dismissedAnomalies: new Set<string>(),
    assignments: new Map(),
    readAddress: emailReader(),
  } as const
  const once = analyse({ ...given, dataset: counted, roster })
  expect(walks).toBe(isRead ? 1 : 0)
  const anew = analyse({ ...given, dataset })
  expect([once.judged, once.routes]).toEqual([anew.judged, anew.routes])
})

test('identity may be asked once it is known who is active where', () => {
  const dataset = datasetOf(ROWS)
  const seen: unknown[] = []
  analyse({
    dataset,
    identities: activity => {
      seen.push([...activity])
      return identitiesOf(dataset)
    },
    model: DEFAULT_MODEL,
    policy: DEFAULT_POLICY,
    asOf: aged(0),
    level: 'workspace',
    dismissedAnomalies: new Set(),
    assignments: new Map(),
    readAddress: emailReader(),
  })
  expect(seen).toEqual([
    [
      ['w', ['a']],
      ['x', ['b']],
    ],
  ])
})

test('equal models have one hash, however they were written', () => {
  const { name, ...rest } = JSON.parse(JSON.stringify(DEFAULT_MODEL))
  expect(modelHash(parseModel({ ...rest, name }))).toBe(modelHash(DEFAULT_MODEL))
  expect(modelHash(modelWith({ name: 'Other' }))).not.toBe(modelHash(DEFAULT_MODEL))
  expect(policyHash(DEFAULT_POLICY)).toMatch(/^[0-9a-f]{64}$/)
})

test('a weight leaves the key of cells as it is; taxonomy, loop rule, zone, asOf and level do not', () => {
  const key = (changes: Partial<typeof DEFAULT_MODEL>, more = {}): string =>
    cellsKey({ dataState: 's', identity: 'matched', model: modelWith(changes), asOf: 0, level: 'workspace', ...more })
  const base = key({})
  expect(key({ signals: DEFAULT_MODEL.signals.map(signal => ({ ...signal, points: signal.points * 2 })) })).toBe(base)
  expect(key({ stages: { warm: 1, pql: 2, hot: 3 } })).toBe(base)
  const others = [
    key({ loop: { events: 5 } }),
    key({ timeZone: 'Europe/Berlin' }),
    key({ taxonomy: DEFAULT_MODEL.taxonomy.slice(1) }),
    key({}, { asOf: 1 }),
    key({}, { level: 'account' }),
    key({}, { dataState: 't' }),
    key({}, { identity: 'explicit' }),
  ]
  expect(new Set([base, ...others]).size).toBe(8)
})
