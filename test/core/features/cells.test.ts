import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindTable } from '#features'
import type { CellBundle, Cells } from '#schema/cells'
import { DEFAULT_MODEL } from '#score'
import { aged, modelWith, type Setting, scoreOf } from '../score/scored.ts'
import { plainCells } from './plain-cells.ts'
import { datasetOf, type EventRow, identitiesOf, type WorldRows } from './world.ts'

const MODEL = modelWith({ loop: { events: 4 } })

/** Cells one by one: [kind, slot, day, n]. */
function listOf({ kinds, runs, days }: Cells): (readonly [kind: string, slot: number, day: number, n: number])[] {
  return runs.flatMap(({ subject, start, day, n }, kind) =>
    Array.from(subject).flatMap((slot, run) =>
      Array.from(day.subarray(start[run], start[run + 1]), (code, i) => {
        const at = (start[run] as number) + i
        return [kinds[kind] as string, slot, days[code] as number, n[at] as number] as const
      }),
    ),
  )
}

/** Cells as sorted texts `kind|unit|person|day|n`. */
function textOf(rows: WorldRows, setting: Setting): string[] {
  const { bundle, units, dataset } = scoreOf(rows, setting)
  const persons = identitiesOf(dataset, setting.joined).persons
  const { cells } = bundle
  expect(cells.count).toBe(listOf(cells).length)
  return listOf(cells)
    .map(([kind, slot, day, n]) => {
      const person = cells.slots.person[slot] as number
      return [kind, units[cells.slots.unit[slot] as number]?.id, persons[person]?.id ?? '', day, n].join('|')
    })
    .sort()
}

function isInOrder({ cells }: CellBundle): boolean {
  const list = listOf(cells)
  return list.every(([kind, slot, day], i) => {
    const [beforeKind, beforeSlot, beforeDay] = list[i - 1] ?? ['no kind', -1, 0]
    return kind !== beforeKind || slot > beforeSlot || (slot === beforeSlot && day < beforeDay)
  })
}

const event: fc.Arbitrary<EventRow> = fc.record(
  {
    id: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
    name: fc.constantFrom('login', 'Logged In', 'core_feature_used', 'usageLimitHit', 'nonsense', 'event_loop'),
    at: fc
      .tuple(fc.integer({ min: -1, max: 5 }), fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 5 }))
      .map(([age, hour, ms]) => aged(age, hour * 3_600_000 + ms)),
    workspace: fc.constantFrom('w1', 'w2', 'w3', 'gone'),
    user: fc.constantFrom('a', 'b', 'c', 'd'),
  },
  { requiredKeys: ['name', 'at'] },
)
const TABLES = {
  users: [
    { user_id: 'a', workspace_id: 'w1' },
    { user_id: 'b', workspace_id: 'w2' },
  ],
  workspaces: [{ workspace_id: 'w1' }, { workspace_id: 'w2', owner_user_id: 'c' }, { workspace_id: 'w3' }],
  memberships: [
    { user_id: 'b', workspace_id: 'w3' },
    { user_id: 'd', workspace_id: 'gone' },
    { user_id: 'd', workspace_id: 'w1' },
  ],
}

describe('cells against the plain reading of the rules', () => {
  const kinds = kindTable(MODEL)
  const kindOf = (name: string): string => kinds.kinds[kinds.codeOfName(name)] ?? ''

  test('the same cells, in order, whatever the chunks, merges and joined users', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 120 }),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        fc.boolean(),
        (events, chunkSize, isMerged, isJoined) => {
          const rows = { ...TABLES, events, chunkSize }
          const joined = isJoined ? [['a', 'c']] : []
          const mergedWorkspaces = isMerged ? [['w1', 'w3']] : []
          const setting = { model: MODEL, joined, identities: { mergedWorkspaces } }
          const dataset = datasetOf(rows)
          const identities = identitiesOf(dataset, joined)
          const unitOf = (workspace: string): string => (isMerged && workspace === 'w3' ? 'w1' : workspace)
          const want = plainCells({ dataset, events, identities, asOf: aged(0), loopEvents: 4, kindOf, unitOf })
          expect(textOf(rows, setting)).toEqual(want)
          expect(isInOrder(scoreOf(rows, setting).bundle)).toBe(true)
        },
      ),
    )
  })

  test('account level: a sandbox counts towards loops but has no cells', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), events => {
        const workspaces = [
          { workspace_id: 'w1', account_id: 'x' },
          { workspace_id: 'w2', account_id: 'x', workspace_type: 'sandbox' },
          { workspace_id: 'w3', account_id: 'y' },
        ]
        const rows = { ...TABLES, workspaces, events }
        const dataset = datasetOf(rows)
        const unitOf = (workspace: string): string | null => ({ w1: 'x', w3: 'y' })[workspace] ?? null
        const identities = identitiesOf(dataset)
        const want = plainCells({ dataset, events, identities, asOf: aged(0), loopEvents: 4, kindOf, unitOf })
        expect(textOf(rows, { model: MODEL, level: 'account' })).toEqual(want)
      }),
    )
  })

  test('the order of the events changes nothing', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (events, keys) => {
        // Which of two copies that agree in time, workspace, user and name is kept may depend on what was loaded first.
        const shuffled = events.map(row => ({ row, key: keys.next().value })).sort((a, b) => a.key - b.key)
        const before = scoreOf({ ...TABLES, events }, { model: MODEL })
        const after = scoreOf({ ...TABLES, events: shuffled.map(({ row }) => row) }, { model: MODEL })
        expect(after.scores).toEqual(before.scores)
        expect(after.bundle.loops).toEqual(before.bundle.loops)
        expect(after.bundle.unmappedNames).toEqual(before.bundle.unmappedNames)
      }),
    )
  })
})

const HOUR = 3_600_000
const run = (n: number, more: Partial<EventRow>, from = aged(2)): EventRow[] =>
  Array.from({ length: n }, (_, i) => ({ name: 'login', at: from + i, workspace: 'w', user: 'u', ...more }))
const oneOf = ({ cells }: CellBundle, wanted: string): number =>
  listOf(cells).reduce((sum, [kind, , , n]) => sum + (kind === wanted ? n : 0), 0)

describe('loops', () => {
  const W = { workspaces: [{ workspace_id: 'w' }, { workspace_id: 'x' }] }
  test.each<{ why: string; events: EventRow[]; logins: number; loops: number; model?: typeof MODEL }>([
    { why: '99 events in an hour are none', events: run(99, {}), logins: 99, loops: 0 },
    { why: '100 events in an hour are one', events: run(100, {}), logins: 0, loops: 1 },
    { why: 'two users do not add up', events: [...run(99, {}), ...run(99, { user: 'v' })], logins: 198, loops: 0 },
    { why: 'two kinds do not add up', events: [...run(99, {}), ...run(99, { name: 'signup' })], logins: 99, loops: 0 },
    {
      why: 'names of one kind add up',
      events: [...run(50, {}), ...run(50, { name: 'Signed In' })],
      logins: 0,
      loops: 1,
    },
    {
      why: 'an hour starts on the hour in UTC',
      events: [...run(50, {}, aged(2, 50)), ...run(50, {})],
      logins: 100,
      loops: 0,
    },
    {
      why: 'two workspaces add up, each gets one',
      events: [...run(60, {}), ...run(40, { workspace: 'x' })],
      logins: 0,
      loops: 2,
    },
    {
      why: 'an unknown workspace does not add',
      events: [...run(60, {}), ...run(40, { workspace: 'gone' })],
      logins: 60,
      loops: 0,
    },
    { why: 'kind none never loops', events: run(200, { name: 'nonsense' }), logins: 0, loops: 0 },
    { why: 'a derived kind is no event', events: run(200, { name: 'event_loop' }), logins: 0, loops: 0 },
    {
      why: 'nobody never loops',
      events: Array.from({ length: 200 }, (_, i) => ({ name: 'login', at: aged(2) + i, workspace: 'w' })),
      logins: 200,
      loops: 0,
    },
    {
      why: 'events after asOf do not add',
      events: [...run(60, {}, aged(0, 59)), ...run(60, {}, aged(0) + 1)],
      logins: 60,
      loops: 0,
    },
    { why: 'two hours are two', events: [...run(100, {}), ...run(100, {}, aged(2, HOUR))], logins: 0, loops: 2 },
  ])('$why', ({ events, logins, loops }) => {
    const { bundle } = scoreOf({ ...W, events })
    expect([oneOf(bundle, 'login'), oneOf(bundle, 'event_loop')]).toEqual([logins, loops])
  })

  test('copies that are not counted do not loop', () => {
    const events = Array.from({ length: 100 }, (_, i) => ({
      id: `e${i % 99}`,
      name: 'login',
      at: aged(2) + i,
      workspace: 'w',
      user: 'u',
    }))
    expect(oneOf(scoreOf({ ...W, events }).bundle, 'login')).toBe(99)
  })

  test('looped events are no activity: neither new active person nor last event, though the person is one of the unit', () => {
    const scored = scoreOf({ ...W, events: run(100, {}) })
    expect(scored.unit('w').people.map(person => person.personId)).toEqual(['u'])
    expect([oneOf(scored.bundle, 'new_active_user'), scored.bundle.facts.lastEventAt[0]]).toEqual([0, Number.NaN])
    expect(scored.bundle.setAside).toEqual([{ eventId: '', reason: 'looped', count: 100 }])
    expect(scored.setAsideAt.looped).toHaveLength(100)
  })

  test('in a zone the loop lies on the day of its earliest event in the unit; the hour stays UTC', () => {
    // 23:50..00:10 in Paris within one UTC hour does not exist; Kolkata is half an hour off: 18:30 UTC is its midnight.
    const start = Date.parse('2026-05-29T18:20:00Z')
    const events = [...run(60, {}, start), ...run(60, { workspace: 'x' }, start + 20 * 60_000)]
    const { bundle } = scoreOf({ ...W, events }, { model: { ...DEFAULT_MODEL, timeZone: 'Asia/Kolkata' } })
    const today = Math.floor(Date.parse('2026-05-29T00:00:00Z') / 86_400_000)
    expect(bundle.loops.map(loop => loop.units)).toEqual([
      [
        { unit: 0, day: today, count: 60 },
        { unit: 1, day: today + 1, count: 60 },
      ],
    ])
  })
})

describe('events that count', () => {
  const world = (events: EventRow[], more: Partial<WorldRows> = {}) =>
    scoreOf({ workspaces: [{ workspace_id: 'w' }, { workspace_id: 'x' }], ...more, events })

  test('of the copies of an id the earliest counts, then the smallest workspace, user, name', () => {
    const copy = (at: number, workspace: string, user: string, name: string): EventRow => ({
      id: 'e',
      at,
      workspace,
      user,
      name,
    })
    const kept = (events: EventRow[]): string[] =>
      textOf({ workspaces: [{ workspace_id: 'w' }, { workspace_id: 'x' }], events }, {}).filter(
        text => !text.startsWith('new_'),
      )
    const today = Math.floor(aged(0) / 86_400_000)
    expect(kept([copy(aged(1), 'w', 'a', 'login'), copy(aged(2), 'x', 'b', 'signup')])).toEqual([
      `signup|x|b|${today - 2}|1`,
    ])
    expect(kept([copy(aged(1), 'x', 'a', 'login'), copy(aged(1), 'w', 'b', 'login')])).toEqual([
      `login|w|b|${today - 1}|1`,
    ])
    expect(kept([copy(aged(1), 'w', 'b', 'login'), copy(aged(1), 'w', 'a', 'signup')])).toEqual([
      `signup|w|a|${today - 1}|1`,
    ])
    expect(kept([copy(aged(1), 'w', 'a', 'signup'), copy(aged(1), 'w', 'a', 'login')])).toEqual([
      `login|w|a|${today - 1}|1`,
    ])
  })

  test('a copy after asOf does not exist; the others are set aside under their id', () => {
    const scored = world([
      { id: 'e', name: 'login', at: aged(1), workspace: 'w' },
      { id: 'e', name: 'login', at: aged(2), workspace: 'w' },
      { id: 'e', name: 'login', at: aged(-1), workspace: 'w' },
    ])
    expect(scored.bundle.setAside).toEqual([
      { eventId: 'e', reason: 'duplicate_id', count: 1 },
      { eventId: '', reason: 'after_as_of', count: 1 },
    ])
  })

  test('an event without workspace goes to the one its user belongs to, else it is set aside', () => {
    const users = ['a', 'b', 'c', 'd'].map(name => ({ name: 'login', at: aged(1), user: name }))
    const scored = world([...users, { name: 'login', at: aged(1) }], {
      users: [
        { user_id: 'a', workspace_id: 'w' },
        { user_id: 'c', workspace_id: 'gone' },
      ],
      memberships: [
        { user_id: 'b', workspace_id: 'w' },
        { user_id: 'b', workspace_id: 'x' },
        { user_id: 'd', workspace_id: 'x' },
      ],
    })
    expect(scored.unit('w').people.map(person => person.personId)).toEqual(['a', 'b'])
    expect(oneOf(scored.bundle, 'login')).toBe(2)
    expect(scored.bundle.setAside).toEqual([{ eventId: '', reason: 'no_workspace', count: 3 }])
  })

  test('asOf itself is in, a millisecond later is not; nothing is before the creation of a workspace', () => {
    const scored = world(
      [
        { name: 'login', at: aged(0), workspace: 'w' },
        { name: 'login', at: aged(0) + 1, workspace: 'w' },
        { name: 'login', at: aged(30), workspace: 'w' },
      ],
      {
        workspaces: [{ workspace_id: 'w', created_at: '2026-05-20' }],
      },
    )
    expect(oneOf(scored.bundle, 'login')).toBe(2)
  })

  test('names that no entry matches are listed with their counts', () => {
    expect(
      world(['zeta', 'Login', 'alpha', 'zeta'].map(name => ({ name, at: aged(1), workspace: 'w' }))).bundle
        .unmappedNames,
    ).toEqual([
      { name: 'alpha', count: 1 },
      { name: 'zeta', count: 2 },
    ])
  })
})
