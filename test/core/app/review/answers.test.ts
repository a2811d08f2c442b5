import { describe, expect, test } from 'vitest'
import { csv } from '../support/exports.ts'
import { answer, countsOf, pairs, persons, queue, startRoom, USERS } from './small-room.ts'

describe('answers', () => {
  test('say at which bits the evidence alone joins what was answered', async () => {
    const engine = await startRoom()
    const { client } = engine
    const answered = async () => (await client['identity.thresholds']({})).answered
    expect(await answered()).toEqual({ same: [], different: [], bCubed: [] })
    const [near, far] = [persons('b1', 'b2'), persons('b1', 'z10')]
    const bits = (await client['review.card']({ pair: near })).candidate.bits
    await client['review.decide']({ answers: [{ pair: near, answer: 'same' }] })
    await client['review.decide']({ answers: [{ pair: far, answer: 'different' }] })
    // The weakest join on the way between the two, which may go over a third record, is never above their own bits by chance.
    const { same, different, bCubed } = await answered()
    // Of three records two are one: 1, 1/2 and 1/2 of each is found above all joins.
    expect(bCubed).toEqual([
      { bits: null, precision: 1, recall: 2 / 3 },
      { bits: same[0], precision: 1, recall: 1 },
    ])
    expect(same).toEqual([expect.any(Number)])
    expect(same[0]).toBeGreaterThanOrEqual(bits ?? 0)
    expect(different).toEqual([null])
    await client['review.undo']({})
    expect((await answered()).different).toEqual([])
  })

  test('alone join records above every threshold', async () => {
    const engine = await startRoom()
    const above = async () => (await engine.client['identity.thresholds']({})).above
    const size = USERS.length
    expect(await above()).toMatchObject({ clusters: size, mergedRecords: 0, largest: 1 })
    await answer(engine, 'b1', 'b2')
    expect(await above()).toMatchObject({ clusters: size - 1, mergedRecords: 2, largest: 2 })
    const { before } = await engine.client['identity.moves']({ from: 60, to: 7 })
    expect(before.clusters).toBe(size - 1)
  })

  test('an answer leaves the queue, joins the persons, and is taken back and up again', async () => {
    const engine = await startRoom()
    const { client } = engine
    const before = await pairs(engine)
    const persons0 = (await client['identity.overview']({})).persons
    const [first] = await queue(engine)
    const [a, b] = [first?.pair.a ?? '', first?.pair.b ?? '']
    const decided = await answer(engine, a, b)
    expect(decided).toMatchObject({
      kept: 1,
      decisionNos: [1],
      contradictions: [],
      steps: { canUndo: true, canRedo: false },
    })
    expect(await pairs(engine)).not.toContain(`${a} ${b}`)
    expect((await client['identity.overview']({})).persons).toBe(persons0 - 1)
    expect(await countsOf(engine)).toMatchObject({ decided: 1 })
    const undone = await client['review.undo']({})
    expect(undone).toMatchObject({ steps: { canUndo: false, canRedo: true }, entries: [{ kind: 'undo', reverts: 1 }] })
    expect(await pairs(engine)).toEqual(before)
    expect((await client['identity.overview']({})).persons).toBe(persons0)
    await client['review.redo']({})
    expect((await client['identity.overview']({})).persons).toBe(persons0 - 1)
    expect((await client['review.history']({})).entries.map(({ kind }) => kind)).toEqual(['redo', 'undo', 'must_link'])
    const page = await client['review.history']({ offset: 1, limit: 1 })
    expect(page).toMatchObject({ total: 3, entries: [{ decisionNo: 2, kind: 'undo' }] })
  })

  test('the history names records, and says the key where both have one name', async () => {
    const engine = await startRoom()
    await answer(engine, 'b1', 'b2')
    await answer(engine, 'b3', 'z10', 'different')
    const { entries } = await engine.client['review.history']({})
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      'Zebulon Quark and Person0 Family0 are two persons',
      'Zebulon Quark (b1) and Zebulon Quark (b2) are one person',
    ])
  })

  test('a batch is taken back as a whole; a dry run keeps nothing', async () => {
    const engine = await startRoom()
    const { client } = engine
    const answers = [
      { pair: persons('b1', 'b2'), answer: 'same' as const },
      { pair: persons('b1', 'b3'), answer: 'same' as const },
    ]
    const dry = await client['review.decide']({ answers, dryRun: true })
    expect(dry).toMatchObject({ kept: 2, decisionNos: [null, null], steps: { canUndo: false } })
    expect(dry.samples.map(({ pair }) => pair)).toEqual(answers.map(({ pair }) => pair))
    await client['review.decide']({ answers })
    const undone = await client['review.undo']({})
    expect(undone.entries.map(({ reverts }) => reverts)).toEqual([1, 2])
    const { entries } = await client['review.history']({})
    expect(entries.filter(({ isInForce }) => isInForce)).toEqual([])
    expect(entries.map(({ kind }) => kind)).toEqual(['undo', 'undo', 'must_link', 'must_link'])
  })

  test('an answer that contradicts others is not kept, and comes back with the chain', async () => {
    const engine = await startRoom()
    await answer(engine, 'b1', 'b2', 'different')
    await answer(engine, 'b2', 'b3')
    const against = await answer(engine, 'b1', 'b3')
    expect(against).toMatchObject({ kept: 0, decisionNos: [null] })
    expect(against.contradictions[0]?.path.map(({ a, b, by, decisionNo }) => [a, by, b, decisionNo])).toEqual([
      ['b1', 'cannot_link', 'b2', 1],
      ['b2', 'must_link', 'b3', 2],
    ])
    expect(against.contradictions[0]?.path.map(({ names }) => names)).toEqual([
      ['Zebulon Quark (zebulon.quark@one.com)', 'Zebulon Quark (zebulonquark@two.com)'],
      ['Zebulon Quark (zebulonquark@two.com)', 'Zebulon Quark (zebulon@three.com)'],
    ])
    const sso = await answer(engine, 'c1', 'c2')
    expect(sso.contradictions[0]?.sentence).toContain('two SSO subjects')
    const changed = await answer(engine, 'b1', 'b2')
    expect(changed).toMatchObject({ kept: 1, contradictions: [] })
  })

  test('two that are kept apart are not joined over a third record', async () => {
    const engine = await startRoom()
    await answer(engine, 'b1', 'b3', 'different')
    await answer(engine, 'b1', 'b2')
    const why = await engine.client['identity.why']({ question: 'persons', a: 'b1', b: 'b3' })
    expect(why.isOne).toBe(false)
    const joined = await engine.client['identity.why']({ question: 'persons', a: 'b1', b: 'b2' })
    expect(joined).toMatchObject({ isOne: true, path: [{ by: 'must_link', decisionNo: 2 }] })
  })

  test('what is skipped comes last, and scores stay good', async () => {
    const engine = await startRoom()
    await engine.client['score.run']({})
    const [first] = await pairs(engine)
    const [a, b] = (first ?? '').split(' ') as [string, string]
    await answer(engine, a, b, 'skip')
    expect((await pairs(engine)).at(-1)).toBe(first)
    expect((await engine.client['project.summary']({})).scoreRun?.isStale).toBe(false)
    await answer(engine, 'b1', 'b2')
    expect((await engine.client['project.summary']({})).scoreRun?.isStale).toBe(true)
  })

  test('an answer outlives the import of a changed file, and is asked again where its evidence changed', async () => {
    const engine = await startRoom()
    const { client } = engine
    await answer(engine, 'b1', 'b2')
    await answer(engine, 'a1', 'a3', 'different')
    const changed = USERS.map(row => (row.user_id === 'b2' ? { ...row, name: 'Peter Quill' } : row))
    await client['import.run']({ sources: [engine.write('users.csv', csv(changed))] })
    expect(await countsOf(engine)).toMatchObject({ decided: 1, reconfirm: 1 })
    const [first] = await queue(engine)
    expect(first).toMatchObject({ band: 'reconfirm', pair: persons('b1', 'b2'), decision: { answer: 'same' } })
    expect(await client['identity.why']({ question: 'persons', a: 'b1', b: 'b2' })).toMatchObject({ isOne: true })
    await answer(engine, 'b1', 'b2')
    expect(await countsOf(engine)).toMatchObject({ decided: 2, reconfirm: 0 })
  })

  test('workspaces are one unit only after the answer, and two again after it is taken back', async () => {
    const engine = await startRoom()
    const { client } = engine
    expect((await client['score.run']({})).units).toBe(3)
    await client['review.decide']({ answers: [{ pair: { question: 'workspaces', a: 'w1', b: 'w2' }, answer: 'same' }] })
    expect((await client['score.run']({})).units).toBe(2)
    await client['review.undo']({})
    expect((await client['score.run']({})).units).toBe(3)
    await client['review.decide']({
      answers: [{ pair: { question: 'workspaces', a: 'w1', b: 'w2' }, answer: 'same', relation: 'group' }],
    })
    expect((await client['score.run']({})).units).toBe(3)
  })

  test('what a merge is said to do is what it does', async () => {
    const engine = await startRoom()
    const { client } = engine
    const stateOf = async (unitId: string) => {
      const { row } = await client['score.unit']({ unitId })
      return { unitId, score: row.score, stage: row.stage, destination: row.destination }
    }
    const pair = { question: 'workspaces', a: 'w1', b: 'w2' } as const
    expect((await client['review.card']({ pair })).impact).toBe(null)
    await client['score.run']({})
    const { impact } = await client['review.card']({ pair })
    const bare = (states: NonNullable<typeof impact>['before'] = []) =>
      states.map(({ unitId, score, stage, destination }) => ({ unitId, score, stage, destination }))
    expect(bare(impact?.before)).toEqual([await stateOf('w1'), await stateOf('w2')])
    expect(impact?.sentence).toMatch(/^2 workspaces become 1; score [^_]+; stage [^_]+; route [^_]+$/)
    await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    await client['score.run']({})
    expect(bare(impact?.after)).toEqual([await stateOf('w1')])
    expect((await client['review.card']({ pair })).impact).toBe(null)
  })

  test('a merge with a unit that was merged before is said to keep its id, as it does', async () => {
    const { client } = await startRoom()
    const merge = async (a: string, b: string): Promise<void> => {
      await client['review.decide']({ answers: [{ pair: { question: 'workspaces', a, b }, answer: 'same' }] })
      await client['score.run']({})
    }
    await merge('w2', 'w3')
    await client['identity.overview']({})
    const { impact } = await client['review.card']({ pair: { question: 'workspaces', a: 'w1', b: 'w2' } })
    expect(impact?.after).toMatchObject([{ unitId: 'w2', workspaces: 3 }])
    await merge('w1', 'w2')
    expect((await client['score.unit']({ unitId: 'w2' })).row.score).toBe(impact?.after[0]?.score)
  })

  test('an account is assigned by an answer, and detached by another', async () => {
    const engine = await startRoom()
    const { client } = engine
    const pair = { question: 'accounts', a: 'w1', b: 'acc1' } as const
    await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    await client['score.run']({})
    const accountOf = async () => (await client['score.unit']({ unitId: 'w1' })).row.accountId
    expect(await accountOf()).toBe('acc1')
    await client['review.decide']({ answers: [{ pair, answer: 'different' }] })
    await client['score.run']({})
    expect(await accountOf()).toBe(null)
  })

  test('an answer about a record that is not there is refused', async () => {
    const engine = await startRoom()
    await expect(answer(engine, 'b1', 'none')).rejects.toMatchObject({ code: 'usage/bad-argument' })
    await expect(answer(engine, 'b1', 'b1')).rejects.toMatchObject({ code: 'usage/bad-argument' })
  })

  test('a file of answers is one batch; who is who is written as files', async () => {
    const engine = await startRoom()
    const { client } = engine
    const rows = [
      { question: 'persons', a: 'b1', b: 'b2', answer: 'same' },
      { question: 'accounts', a: 'w1', b: 'acc1', answer: 'same' },
      { question: 'persons', a: 'b1', b: 'none', answer: 'same' },
    ]
    const source = engine.write('decisions.csv', csv(rows))
    expect(await client['review.load']({ source, dryRun: true })).toMatchObject({ kept: 2, steps: { canUndo: false } })
    const loaded = await client['review.load']({ source })
    expect(loaded).toMatchObject({ rows: 3, kept: 2, broken: [{ record: 3 }], steps: { canUndo: true } })
    const { files } = await client['identity.export']({ target: engine.path('out') })
    expect(files.filter(({ name }) => name !== 'manifest.json').map(({ name }) => name)).toEqual([
      'persons.csv',
      'person_ladder.csv',
      'former_ids.csv',
      'workspace_links.csv',
      'workspace_accounts.csv',
      'account_pairs.csv',
      'signup_matches.csv',
    ])
    expect((await client['review.undo']({})).steps).toEqual({ canUndo: false, canRedo: true })
  })
})
