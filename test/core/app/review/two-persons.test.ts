import { describe, expect, test } from 'vitest'
import { startProject, type TestEngine } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'
import { answer, countsOf, pairs, persons, startRoom } from './small-room.ts'

const user = (user_id: string, primary_email: string, name: string, phone: string | null = null) => ({
  user_id,
  primary_email,
  name,
  phone,
})
/** u4 and u5 are one by their address; u6 has the name of u4. */
const ZEBS = [
  user('u4', 'zq@one.com', 'Zebulon Quark'),
  user('u5', 'zq@one.com', 'Zeb Quark'),
  user('u6', 'zebulonquark@two.com', 'Zebulon Quark'),
]
/** The next export: u5 and u6 have one address, so that the evidence joins these two more than anything joins u4. */
const MOVED = [
  user('u4', 'zq@one.com', 'Zebulon Quark'),
  user('u5', 'zebulonquark@two.com', 'Zebulon Quark'),
  user('u6', 'zebulonquark@two.com', 'Zebulon Quark'),
]
const OTHERS = Array.from({ length: 30 }, (_, i) => user(`z${i + 10}`, `p${i}@other${i}.com`, `Person${i} Family${i}`))

async function startZebs(): Promise<TestEngine> {
  const engine = await startProject()
  await take(engine, ZEBS)
  return engine
}

async function take(
  engine: TestEngine,
  rows: readonly ReturnType<typeof user>[],
  mode: 'upsert' | 'replace' = 'upsert',
): Promise<void> {
  const sources = [engine.write('users.csv', csv([...rows, ...OTHERS])), engine.write('events.csv', csv(EVENTS))]
  await engine.client['import.run']({ sources, mode })
}

const isOne = async ({ client }: TestEngine, a: string, b: string): Promise<boolean> =>
  (await client['identity.why']({ question: 'persons', a, b })).isOne

describe('two persons that are two', () => {
  test('stay two when a record that was not answered about comes nearer to the other person', async () => {
    const engine = await startZebs()
    expect(await isOne(engine, 'u4', 'u5')).toBe(true)
    await answer(engine, 'u4', 'u6', 'different')
    await take(engine, MOVED)
    expect(await isOne(engine, 'u5', 'u6')).toBe(false)
    expect(await pairs(engine)).not.toContain('u5 u6')
    const { refusals } = await engine.client['identity.why']({ question: 'persons', a: 'u5', b: 'u6' })
    expect(refusals).toMatchObject([{ reason: 'cannot_link' }])
    await engine.client['review.undo']({})
    expect(await isOne(engine, 'u5', 'u6')).toBe(true)
    await engine.client['review.redo']({})
    expect(await isOne(engine, 'u5', 'u6')).toBe(false)
  })

  test('stay two without the record that was answered about', async () => {
    const engine = await startZebs()
    await answer(engine, 'u4', 'u6', 'different')
    await take(
      engine,
      MOVED.filter(({ user_id }) => user_id !== 'u4'),
      'replace',
    )
    expect(await isOne(engine, 'u5', 'u6')).toBe(false)
    expect(await countsOf(engine)).toMatchObject({ auto: 0 })
  })

  test('are one answer, and one again once it is changed', async () => {
    const engine = await startZebs()
    await answer(engine, 'u4', 'u6', 'different')
    expect(await countsOf(engine)).toMatchObject({ decided: 1 })
    await take(engine, MOVED)
    expect(await answer(engine, 'u4', 'u6')).toMatchObject({ kept: 1, contradictions: [] })
    expect([await isOne(engine, 'u4', 'u6'), await isOne(engine, 'u5', 'u6')]).toEqual([true, true])
  })

  test('are told by every record of each when the answers before have not been taken in yet', async () => {
    const engine = await startZebs()
    await answer(engine, 'z10', 'u5')
    await answer(engine, 'u4', 'u6', 'different')
    const against = await answer(engine, 'z10', 'u6')
    expect(against).toMatchObject({ kept: 0 })
    expect(against.contradictions[0]?.path.at(-1)).toMatchObject({ by: 'cannot_link', decisionNo: 2 })
  })

  test('say nothing of a record that was taken out of one of them, or given to the other', async () => {
    const out = await startZebs()
    await answer(out, 'u4', 'u6', 'different')
    await out.client['identity.split']({ users: ['u5'] })
    await take(out, MOVED)
    expect(await isOne(out, 'u5', 'u6')).toBe(true)
    const given = await startZebs()
    await answer(given, 'u4', 'u6', 'different')
    expect(await answer(given, 'u5', 'u6')).toMatchObject({ kept: 1, contradictions: [] })
    expect([await isOne(given, 'u5', 'u6'), await isOne(given, 'u4', 'u6')]).toEqual([true, false])
  })
})

describe('an answer that two are one', () => {
  test('holds beyond five addresses', async () => {
    const engine = await startProject()
    const mine = Array.from({ length: 7 }, (_, i) => user(`m${i}`, `zq${i}kk@h${i}corp.com`, 'Zebulon Quark'))
    await take(engine, mine)
    for (const { user_id } of mine.slice(1))
      expect(await answer(engine, 'm0', user_id)).toMatchObject({ kept: 1, contradictions: [] })
    expect(await isOne(engine, 'm1', 'm6')).toBe(true)
    expect((await engine.client['identity.overview']({})).contradictions).toEqual([])
  })

  test('is refused at once, with the chain, where answers would bring two SSO subjects of one provider together', async () => {
    const engine = await startRoom()
    await answer(engine, 'c1', 'b1')
    await answer(engine, 'b2', 'c2')
    const against = await answer(engine, 'b1', 'b2')
    expect(against).toMatchObject({ kept: 0, decisionNos: [null] })
    expect(against.contradictions[0]?.sentence).toMatch(/cannot be joined: one provider gave .+ two SSO subjects/)
    expect(against.contradictions[0]?.path.map(({ a, b, by, decisionNo }) => [a, by, b, decisionNo])).toEqual([
      ['c1', 'must_link', 'b1', 1],
      ['b2', 'must_link', 'c2', 2],
    ])
    const together = [
      { pair: persons('z10', 'c1'), answer: 'same' as const },
      { pair: persons('z10', 'c2'), answer: 'same' as const },
    ]
    expect(await engine.client['review.decide']({ answers: together })).toMatchObject({ kept: 1 })
  })
})

test('the card of workspaces that are not grouped says why, and that it is enough but for that', async () => {
  const engine = await startProject()
  const workspaces = ['wA', 'wB', 'wC'].map(workspace_id => ({
    workspace_id,
    billing_entity_id: 'b1',
    card_fingerprint: 'k1',
  }))
  const sources = Object.entries({ workspaces, users: OTHERS, events: EVENTS })
  await engine.client['import.run']({ sources: sources.map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))) })
  const pair = (a: string, b: string) => ({ question: 'workspaces', a, b }) as const
  await engine.client['review.decide']({ answers: [{ pair: pair('wA', 'wC'), answer: 'different' }] })
  await engine.client['identity.overview']({})
  const { candidate, guards, sentence } = await engine.client['review.card']({ pair: pair('wB', 'wC') })
  expect(candidate.band).toBe('review')
  expect(guards).toEqual(['Not grouped: an answer keeps apart what they are grouped with.'])
  expect(sentence).toMatch(/ bits: enough, and something keeps them apart\.$/)
})
