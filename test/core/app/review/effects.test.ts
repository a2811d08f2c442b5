import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bestFirst } from '../../../../core/app/review/best-first.ts'
import { IMPACT_PARTS } from '../../../../core/app/review/impact.ts'
import { reachOf } from '../../../../core/app/review/reach.ts'
import { startProject, type TestEngine } from '../support/engine.ts'
import { csv, EVENTS, WORKSPACES } from '../support/exports.ts'

describe('what joining two people is likely to move', () => {
  const users = ['a', 'b', 'c', 'd', 'e']
  const reach = reachOf({
    desk: {
      rowOf: new Map(users.map((id, row) => [id, row])),
      // b and c are one person by evidence.
      lineup: { groupOfRow: Uint32Array.of(0, 1, 1, 3, 4) },
    },
    units: [
      {
        score: 80,
        accountId: null,
        people: [
          { userIds: ['a'], points: 9, roleFactor: 1 },
          { userIds: ['c'], points: 4, roleFactor: 1 },
          { userIds: ['d'], points: 2, roleFactor: 2 },
        ],
      },
      { score: 40, accountId: 'acc', people: [{ userIds: ['b'], points: 6, roleFactor: 1 }] },
      { score: 62, accountId: 'acc', people: [{ userIds: ['d'], points: 8, roleFactor: 1 }] },
    ],
    borders: [30, 50, 70],
    barred: new Set([4]),
  })
  test.each([
    { why: 'a unit that both are in: the points of the smaller', pair: ['a', 'b'], is: 4 },
    { why: 'over another record of the person', pair: ['a', 'c'], is: 4 },
    { why: 'the higher role counts for both, and where a stage is crossed, the whole score', pair: ['a', 'd'], is: 80 },
    { why: 'barred, whoever is the other', pair: ['b', 'e'], is: 40 },
    { why: 'barred: half of the score of the other', pair: ['e', 'a'], is: 40 },
  ] as const)('$why', ({ pair: [x, y], is }) => {
    expect(reach.between(users.indexOf(x), users.indexOf(y))).toBe(is)
    expect(reach.between(users.indexOf(y), users.indexOf(x))).toBe(is)
  })

  test('an account that both are in counts half; without unit or account in common nothing moves', () => {
    const people = (id: string, points: number) => [{ userIds: [id], points, roleFactor: 1 }]
    const apart = reachOf({
      desk: {
        rowOf: new Map(users.map((id, row) => [id, row])),
        lineup: { groupOfRow: Uint32Array.of(0, 1, 2, 3, 4) },
      },
      units: [
        { score: 40, accountId: 'acc', people: people('a', 6) },
        { score: 62, accountId: 'acc', people: people('b', 8) },
        { score: 62, accountId: null, people: people('c', 8) },
        { score: 62, accountId: null, people: people('d', 8) },
      ],
      borders: [],
      barred: new Set(),
    })
    expect([apart.between(0, 1), apart.between(0, 2), apart.between(2, 3), apart.between(4, 0)]).toEqual([3, 0, 0, 0])
  })
})

describe('the best first', () => {
  test('what was known before is not looked at again, and takes no look from others', () => {
    const looked: number[] = []
    const look = (i: number): number => {
      looked.push(i)
      return [3, 5, 7, 1][i] ?? 0
    }
    expect(bestFirst([3, 8, 7, 6], look, { first: 2, most: 2, known: [0] })).toEqual([2, 3, 1, 0])
    expect(looked).toEqual([1, 2])
    expect(bestFirst([3, 8, 7, 6], look, { first: 2, most: 9, known: [0] })).toEqual([2, 1, 0, 3])
  })

  const thing = fc.record({ estimated: fc.nat(20), share: fc.nat(20) })

  test('no more are looked at than may be, the order is by what is known, and the first is right where one may be looked at', () => {
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 12 }), fc.nat(6), (things, most) => {
        const looked = new Set<number>()
        const real = (i: number): number => things[i]?.share ?? 0
        const look = (i: number): number => {
          looked.add(i)
          return real(i)
        }
        const order = bestFirst(
          things.map(({ estimated }) => estimated),
          look,
          { first: most, most },
        )
        expect(looked.size).toBeLessThanOrEqual(most)
        expect(order.toSorted((a, b) => a - b)).toEqual([...things.keys()])
        const worth = order.map(i => (looked.has(i) ? real(i) : (things[i]?.estimated ?? 0)))
        expect(worth).toEqual(worth.toSorted((a, b) => b - a))
      }),
    )
  })

  test('all looked at: as if everything had been known', () => {
    expect(bestFirst([9, 8, 7], i => [1, 5, 7][i] ?? 0, { first: 3, most: 3 })).toEqual([2, 1, 0])
    expect(bestFirst([9, 8, 7], i => [1, 5, 7][i] ?? 0, { first: 1, most: 1 })).toEqual([1, 2, 0])
  })
})

test('people who share a workspace come first; those of one name elsewhere are counted, left out when asked, and reachable', async () => {
  const engine = await startProject()
  const { client } = engine
  const user = (user_id: string, primary_email: string, name: string, workspace_id: string | null) => {
    return { user_id, primary_email, name, workspace_id }
  }
  const users = [
    user('u1', 'zebulon.quark@one.com', 'Zebulon Quark', 'w1'),
    user('u2', 'zebulonquark@two.com', 'Zebulon Quark', 'w1'),
    user('v1', 'ottoline.marsh@one.com', 'Ottoline Marsh', null),
    user('v2', 'ottolinemarsh@two.com', 'Ottoline Marsh', null),
    ...Array.from({ length: 40 }, (_, i) => user(`z${i + 10}`, `p${i}@other${i}.com`, `Person${i} Family${i}`, null)),
  ]
  const files = { users, workspaces: WORKSPACES, events: EVENTS }
  await client['import.run']({
    sources: Object.entries(files).map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))),
  })
  const ask = async (leastEffect: number) => {
    const { candidates, ...rest } = await client['review.queue']({ question: 'persons', leastEffect })
    return { ...rest, pairs: candidates.map(({ pair }) => pair.a), effects: candidates.map(({ effect }) => effect) }
  }
  expect(await ask(1)).toMatchObject({ little: 0, effects: [null, null] })
  await client['score.run']({})
  const all = await ask(0)
  expect(all).toMatchObject({ matching: 2, little: 0, pairs: ['u1', 'v1'] })
  expect(all.effects[1]).toBe(0)
  expect(await ask(1)).toMatchObject({ matching: 1, little: 1, pairs: ['u1'] })
  const { candidates } = await client['review.queue']({ question: 'persons' })
  expect(candidates[0]).toMatchObject({ isJudged: true })
  const { impact } = await client['review.card']({ pair: { question: 'persons', a: 'u1', b: 'u2' } })
  const moved = impact?.before.map((one, i) => Math.abs(one.score - (impact.after[i]?.score ?? 0))) ?? []
  expect(candidates[0]?.effect).toBeGreaterThanOrEqual(Math.max(0, ...moved) - 1e-9)
})

describe('an answer that touches very much', () => {
  const DAY = 86_400_000
  const KINDS = ['core_feature_used', 'automation_run', 'invite_sent', 'pricing_page_view', 'usage_limit_hit']
  const IDS = Array.from({ length: 24 }, (_, i) => `w${i + 10}`)
  const pair = { question: 'persons', a: 'a', b: 'b' } as const
  type Seen = Readonly<{ workspace: number; user: number; kind: number; day: number; isPlaceless: boolean }>
  const seen = fc.record({
    workspace: fc.nat(IDS.length - 1),
    user: fc.nat(5),
    kind: fc.nat(KINDS.length - 1),
    day: fc.nat(20),
    isPlaceless: fc.constantFrom(false, false, false, true),
  })

  /** `a` is a member everywhere, `b` only where it was seen; others are in one workspace, and some of their events name none. */
  async function scored(events: readonly Seen[]): Promise<TestEngine> {
    const engine = await startProject()
    const users = ['a', 'b', 'c', 'd', 'e', 'f']
    const start = Date.parse('2026-04-01T10:00:00Z')
    const rows = {
      users: users.map(user_id => ({ user_id, primary_email: `${user_id}@one.com`, name: `Zebulon ${user_id}quark` })),
      memberships: [
        ...IDS.map(workspace_id => ({ user_id: 'a', workspace_id })),
        ...users.slice(2).map((user_id, i) => ({ user_id, workspace_id: IDS[i] ?? '' })),
      ],
      workspaces: IDS.map(workspace_id => ({ workspace_id, workspace_name: `Name ${workspace_id}` })),
      events: [
        ...IDS.map((workspace_id, i) => ({ workspace_id, user_id: 'a', kind: 0, at: start + i * 1000 })),
        ...IDS.map((workspace_id, i) => ({ workspace_id, user_id: 'b', kind: 1, at: start + i * 1000 + 500 })),
        ...events.map(({ workspace, user, kind, day, isPlaceless }, i) => ({
          workspace_id: isPlaceless ? '' : (IDS[workspace] ?? ''),
          user_id: users[user] ?? '',
          kind,
          at: start + day * DAY + i * 60_000,
        })),
      ].map(({ workspace_id, user_id, kind, at }, i) => ({
        // One id in two places: one of the two gives way.
        event_id: i % 17 === 16 ? `e${i - 5}` : `e${i}`,
        event_name: KINDS[kind] ?? '',
        timestamp: new Date(at).toISOString(),
        workspace_id,
        user_id,
      })),
    }
    await engine.client['import.run']({
      sources: Object.entries(rows).map(([name, own]) => engine.write(`${name}.csv`, csv(own))),
    })
    return engine
  }

  const statesOf = async ({ client }: TestEngine) => {
    const { rows } = await client['score.rows']({ unitNos: IDS.map((_, i) => i) })
    const states = rows.map(({ unitId, score, stage, destination }) => ({ unitId, score, stage, destination }))
    return states.toSorted((x, y) => (x.unitId < y.unitId ? -1 : 1))
  }
  const bare = (states: readonly Awaited<ReturnType<typeof statesOf>>[number][] = []) =>
    states.map(({ unitId, score, stage, destination }) => ({ unitId, score, stage, destination }))

  test('is said at once to do so, and worked out to what scoring anew comes to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(seen, { minLength: 20, maxLength: 120 }), async events => {
        const engine = await scored(events)
        const { client } = engine
        expect((await client['review.card']({ pair })).impactToCome).toBeNull()
        expect((await client['review.impact']({ pair })).impact).toBeNull()
        await client['score.run']({})
        const { impact: early, impactToCome } = await client['review.card']({ pair })
        expect(early).toBeNull()
        expect(impactToCome).toMatch(/^This answer touches 24 workspaces; the highest score among them is \d+\.\d\.$/)
        const told: string[] = []
        const { impact } = await client['review.impact']({ pair }, { onProgress: ({ phase }) => void told.push(phase) })
        expect(told).toEqual([...IMPACT_PARTS])
        expect(bare(impact?.before)).toEqual(await statesOf(engine))
        await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
        await client['score.run']({})
        expect(bare(impact?.after)).toEqual(await statesOf(engine))
      }),
      { numRuns: 4, endOnFailure: true },
    )
  })

  test('is left where nobody looks at it any more, or the answers change meanwhile', async () => {
    const engine = await scored([])
    const { client } = engine
    await client['score.run']({})
    await client['identity.overview']({})
    const left = new AbortController()
    const cancelled = client['review.impact']({ pair }, { signal: left.signal })
    left.abort()
    await expect(cancelled).rejects.toMatchObject({ code: 'run/cancelled' })
    const overtaken = client['review.impact'](
      { pair },
      {
        onProgress: () => {
          setDomain ??= client['review.decide']({
            answers: [{ pair: { ...pair, a: 'c', b: 'd' }, answer: 'different' }],
          })
        },
      },
    )
    let setDomain: Promise<unknown> | undefined
    await expect(overtaken).rejects.toMatchObject({ code: 'run/cancelled' })
    await setDomain
  })
})

test('no more than twelve are looked at for the order of a queue, however often it is made anew', async () => {
  const engine = await startProject()
  const { client } = engine
  const families = Array.from('abcdefghijklmnopqrst', letter => `Quark${letter}stein`)
  const users = families.flatMap((family, i) =>
    ['.', ''].map((dot, k) => ({
      user_id: `u${i}-${k}`,
      primary_email: `zebulon${dot}${family.toLowerCase()}@host${k}.com`,
      name: `Zebulon ${family}`,
      workspace_id: 'w1',
    })),
  )
  const files = { users, workspaces: WORKSPACES, events: EVENTS }
  await client['import.run']({
    sources: Object.entries(files).map(([file, rows]) => engine.write(`${file}.csv`, csv(rows))),
  })
  await client['score.run']({})
  const judged = async (): Promise<number> => {
    const { candidates } = await client['review.queue']({ question: 'persons', leastEffect: 0, limit: 100 })
    return candidates.filter(({ isJudged }) => isJudged).length
  }
  const first = await judged()
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThanOrEqual(12)
  for (let i = 0; i < 8; i++) {
    const { candidates } = await client['review.queue']({ question: 'persons', leastEffect: 0 })
    const [next] = candidates
    if (next !== undefined) await client['review.decide']({ answers: [{ pair: next.pair, answer: 'different' }] })
  }
  expect(await judged()).toBe(12 - 8)
})
