import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestEngine } from '../support/engine.ts'
import { persons, queue, startRoom, USERS } from './small-room.ts'

describe('a room that is only looked at', () => {
  let shared: TestEngine
  let end = async (): Promise<void> => undefined
  beforeAll(async () => {
    shared = await startRoom({
      onEnd: stop => {
        end = stop
      },
    })
  })
  afterAll(async () => await end())

  test('the overview counts, and its histogram holds every pair', async () => {
    const overview = await shared.client['identity.overview']({})
    const { counts, columns } = overview
    expect(overview.records).toEqual({ users: USERS.length, workspaces: 3, accounts: 2 })
    expect(overview.persons).toBe(USERS.length - 1) // a1 and a2 are one
    expect([overview.mergedUsers, overview.mergedPersons]).toEqual([2, 1])
    expect(overview.personsWithoutRecord).toBe(4) // four more users have events alone
    const { figures, thresholds } = await shared.client['identity.thresholds']({})
    expect(figures.findLast(({ bits }) => bits >= thresholds.auto)?.clusters).toBe(overview.persons)
    const own = counts.find(({ question }) => question === 'persons')
    expect(own?.auto).toBe(1)
    expect(own?.review).toBeGreaterThan(0)
    expect(columns.histogram.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(
      (own?.auto ?? 0) + (own?.review ?? 0) + (own?.watch ?? 0),
    )
  })

  test('the queue has one pair per two groups, and pages fit together', async () => {
    const { candidates, matching } = await shared.client['review.queue']({
      question: 'persons',
      bands: ['review', 'watch'],
    })
    expect(candidates.length).toBe(matching)
    const withJane = candidates.filter(({ pair }) => pair.a === 'a3' || pair.b === 'a3')
    expect(withJane.length).toBeLessThanOrEqual(1)
    const pages = await Promise.all(
      candidates.map(async (_, offset) => {
        const page = await shared.client['review.queue']({
          question: 'persons',
          bands: ['review', 'watch'],
          offset,
          limit: 1,
        })
        return page.candidates[0]
      }),
    )
    expect(pages).toEqual(candidates)
  })

  test('a search keeps the candidates that are named so', async () => {
    const { client } = shared
    const { candidates } = await client['review.queue']({ question: 'persons', search: 'QUARK' })
    expect(candidates.length).toBeGreaterThan(0)
    for (const { left } of candidates) expect(left.title).toBe('Zebulon Quark')
    expect((await client['review.queue']({ question: 'persons', search: 'nobody' })).matching).toBe(0)
  })

  test('the bars of a card add up to its bits, and its fields say what differs', async () => {
    for (const question of ['persons', 'workspaces', 'accounts'] as const)
      for (const { pair } of await queue(shared, question)) {
        const card = await shared.client['review.card']({ pair })
        expect(card.waterfall.reduce((sum, { bits }) => sum + bits, 0)).toBe(card.candidate.bits)
      }
    const card = await shared.client['review.card']({ pair: persons('b1', 'b2') })
    expect(card.fields.find(({ name }) => name === 'name')).toMatchObject({ state: 'same' })
    expect(card.fields.find(({ name }) => name === 'primary_email')).toMatchObject({ state: 'different' })
    expect(card.places).toEqual({ left: { file: 'users.csv', line: 5 }, right: { file: 'users.csv', line: 6 } })
  })

  test('a workspace card proposes a merge, and a sandbox is an environment', async () => {
    const { candidates } = await shared.client['review.queue']({ question: 'workspaces', bands: ['review', 'auto'] })
    expect(candidates.map(({ pair, relation, band }) => [pair.a, relation, pair.b, band])).toEqual([
      ['w1', 'merge', 'w2', 'review'],
      ['w3', 'environment-of', 'w1', 'auto'],
      ['w3', 'environment-of', 'w2', 'auto'],
    ])
    const [first] = candidates
    const card = await shared.client['review.card']({ pair: first?.pair ?? persons('', '') })
    expect(card.relations.filter(({ isProposed }) => isProposed).map(({ relation }) => relation)).toEqual(['merge'])
  })

  test('why: over which records two are one, and what keeps two apart', async () => {
    const { client } = shared
    const one = await client['identity.why']({ question: 'persons', a: 'a1', b: 'a2' })
    expect(one).toMatchObject({ isOne: true, compared: true, path: [{ a: 'a1', b: 'a2', by: 'evidence' }] })
    const addresses = one.waterfall.find(({ comparison }) => comparison === 'email')?.value
    expect(addresses).toBe('jane@gmail.com | ja.ne@gmail.com')
    const apart = await client['identity.why']({ question: 'persons', a: 'c1', b: 'c2' })
    expect(apart).toMatchObject({ isOne: false, refusals: [{ reason: 'unique_id' }] })
    const strangers = await client['identity.why']({ question: 'persons', a: 'z10', b: 'z11' })
    expect(strangers).toMatchObject({ isOne: false, compared: false, sharedKeys: [], path: [] })
    await expect(client['identity.why']({ question: 'persons', a: 'a1', b: 'none' })).rejects.toMatchObject({
      code: 'usage/bad-argument',
    })
  })

  test('clusters, thresholds and moves tell one story', async () => {
    const { client } = shared
    const { figures, records } = await shared.client['identity.thresholds']({})
    const lowest = figures.at(-1)?.bits ?? 0
    for (const { bits, clusters, mergedRecords, largest } of figures) {
      const page = await client['identity.clusters']({ bits, limit: 500 })
      const sizes = page.page.map(({ size }) => size)
      expect([page.clusters, sizes.reduce((sum, size) => sum + size, 0), Math.max(1, ...sizes)]).toEqual([
        clusters,
        mergedRecords,
        largest,
      ])
      const moves = await client['identity.moves']({ from: 40, to: bits })
      expect(moves.total).toBe(records - clusters)
    }
    const back = await client['identity.moves']({ from: lowest, to: 7 })
    expect(back.direction).toBe('apart')
    for (const { left, right } of back.moves) expect(left.size * right.size).toBeGreaterThan(0)
  })

  test('the graph of a cluster has its bridge and the refused edge of a neighbour', async () => {
    const { client } = shared
    const graph = await client['identity.cluster']({ key: 'a2' })
    expect(graph.nodes.map(({ key, cluster }) => [key, cluster])).toEqual([
      ['a1', 0],
      ['a2', 0],
    ])
    expect(graph.edges).toMatchObject([{ isBridge: true, refused: null }])
    const refused = await client['identity.cluster']({ key: 'c1' })
    expect(refused.nodes.map(({ key, cluster }) => [key, cluster])).toEqual([
      ['c1', 0],
      ['c2', 1],
    ])
    expect(refused.edges).toMatchObject([{ refused: 'unique_id' }])
  })
})
