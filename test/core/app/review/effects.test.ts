import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bestFirst } from '../../../../core/app/review/best-first.ts'
import { reachOf } from '../../../../core/app/review/reach.ts'
import { startProject } from '../support/engine.ts'
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
          most,
        )
        expect(looked.size).toBeLessThanOrEqual(most)
        expect(order.toSorted((a, b) => a - b)).toEqual([...things.keys()])
        const worth = order.map(i => (looked.has(i) ? real(i) : (things[i]?.estimated ?? 0)))
        expect(worth).toEqual(worth.toSorted((a, b) => b - a))
      }),
    )
  })

  test('all looked at: as if everything had been known', () => {
    expect(bestFirst([9, 8, 7], i => [1, 5, 7][i] ?? 0, 3)).toEqual([2, 1, 0])
    expect(bestFirst([9, 8, 7], i => [1, 5, 7][i] ?? 0, 1)).toEqual([1, 2, 0])
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

test('an answer that touches too much says what it touches, and what is at stake', async () => {
  const { client, write } = await startProject()
  const ids = Array.from({ length: 21 }, (_, i) => `w${i}`)
  const rows = {
    users: ['a', 'b'].map(user_id => ({ user_id, primary_email: `${user_id}@one.com`, name: 'Zebulon Quark' })),
    memberships: ids.map(workspace_id => ({ user_id: 'a', workspace_id })),
    workspaces: ids.map(workspace_id => ({ workspace_id, workspace_name: workspace_id })),
    events: EVENTS,
  }
  await client['import.run']({ sources: Object.entries(rows).map(([name, own]) => write(`${name}.csv`, csv(own))) })
  const pair = { question: 'persons', a: 'a', b: 'b' } as const
  expect((await client['review.card']({ pair })).impactLeftOut).toBeNull()
  await client['score.run']({})
  const { impact, impactLeftOut } = await client['review.card']({ pair })
  expect(impact).toBeNull()
  expect(impactLeftOut).toMatch(
    /^This answer touches 21 workspaces; more than 20 are not judged while somebody looks\. The highest score among them is \d+\.\d; /,
  )
})
