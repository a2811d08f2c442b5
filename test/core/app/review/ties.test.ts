import { describe, expect, test } from 'vitest'
import type { Input } from '#contract/contract'
import { listDecisions } from '#store'
import { settle } from '../../../../core/app/review/settle.ts'
import { startEngine, type TestEngine, watch } from '../support/engine.ts'
import { csv } from '../support/exports.ts'
import { onSmallDisk } from '../support/full-disk.ts'
import { ALIKE_USERS, startAlike } from './alike-accounts.ts'

type Question = Input<'review.queue'>['question']
const TIED = ['companies', 'accounts', 'signups'] as const

const listOf = async ({ client }: TestEngine, question: Question, more: Partial<Input<'review.queue'>> = {}) =>
  await client['review.queue']({ question, ...more })
const openCounts = async ({ client }: TestEngine): Promise<(readonly number[])[]> => {
  const { counts } = await client['identity.overview']({})
  return TIED.map(question => {
    const own = counts.find(one => one.question === question)
    return [(own?.review ?? 0) + (own?.ambiguous ?? 0), own?.following ?? -1, own?.ties ?? -1, own?.reconfirm ?? -1]
  })
}
const accountsOf = async ({ client }: TestEngine) =>
  await Promise.all(['w1', 'w2'].map(async id => (await client['identity.workspace']({ id })).account?.key ?? null))

const WAITING = [
  [2, 2, 1, 0],
  [5, 5, 1, 0],
  [10, 10, 1, 0],
]
const NOTHING = [
  [0, 0, 0, 0],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
]

describe('one company twice in the CRM', () => {
  test('is one question, which all others follow from', async () => {
    const engine = await startAlike()
    expect(await openCounts(engine)).toEqual(WAITING)
    const { ties, following, candidates } = await listOf(engine, 'signups', { foldsTies: true })
    expect([following, candidates]).toEqual([10, []])
    expect(ties).toMatchObject({
      total: 1,
      shown: {
        accounts: [
          { key: '9001', title: 'Blueharbor Inc.' },
          { key: '9009', title: 'Blueharbor' },
        ],
        sentence:
          'Both state blueharbor.io and fit equally: 1 billing record, 2 workspaces and 5 new users wait for which of the two is right.',
        waiting: { companies: 1, accounts: 2, signups: 5 },
      },
    })
    const fields = ties.shown?.fields.map(({ name, left, right }) => [name, left, right])
    expect(fields).toContainEqual(['lifecycle_stage', 'customer', 'lead'])
    expect(fields?.map(([name]) => name)).not.toContain('account_id')
    const unfolded = await listOf(engine, 'signups')
    expect([unfolded.following, unfolded.matching, unfolded.ties.total]).toEqual([0, 10, 1])
    expect((await listOf(engine, 'persons', { foldsTies: true })).ties).toEqual({ total: 0, shown: null })
  })

  test('is settled by one answer, as one step; what follows from it is not answered', async () => {
    const engine = await startAlike()
    const { client } = engine
    const settled = await client['review.settle']({ accounts: ['9009', '9001'], account: '9001' })
    // The billing record, two workspaces, and the two users without one of these.
    expect(settled).toMatchObject({ kept: 5, followed: 3, contradictions: [] })
    expect(await openCounts(engine)).toEqual(NOTHING)
    expect(settled.counts).toEqual((await client['identity.overview']({})).counts)
    expect(await accountsOf(engine)).toEqual(['9001', '9001'])
    for (const a of ['dan', 'eve'])
      expect((await client['review.card']({ pair: { question: 'signups', a, b: '9001' } })).candidate.band).toBe(
        'decided',
      )
    for (const question of TIED) expect((await listOf(engine, question)).candidates).toEqual([])
    const { entries } = await client['review.undo']({})
    expect(entries).toHaveLength(5)
    expect(await openCounts(engine)).toEqual(WAITING)
    expect(await accountsOf(engine)).toEqual([null, null])
    await client['review.redo']({})
    expect(await accountsOf(engine)).toEqual(['9001', '9001'])
  })

  test('is settled for the account for which less speaks, too', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['review.settle']({ accounts: ['9001', '9009'], account: '9009' })
    expect(await openCounts(engine)).toEqual(NOTHING)
    expect(await accountsOf(engine)).toEqual(['9009', '9009'])
    await client['score.run']({})
    expect(await openCounts(engine)).toEqual(NOTHING)
  })

  test('nothing is settled where nothing waits, or for an account that is none of them', async () => {
    const engine = await startAlike()
    const { client } = engine
    const refused = async (accounts: string[], account: string): Promise<string> =>
      await client['review.settle']({ accounts, account }).then(
        () => 'kept',
        (error: Error) => error.message,
      )
    expect(await refused(['9001', '9009'], '9002')).toBe('9002 is none of 9001, 9009: choose one of them')
    expect(await refused(['9001', '9002'], '9002')).toContain('nothing waits for which of 9001, 9002 is right any more')
    expect((await client['review.history']({})).total).toBe(0)
    await client['review.settle']({ accounts: ['9001', '9009'], account: '9001' })
    expect(await refused(['9001', '9009'], '9009')).toContain('it was answered, or the data have changed')
  })

  test('what was answered by itself is a question of its own', async () => {
    const engine = await startAlike()
    const { client } = engine
    const pair = { question: 'signups', a: 'dan', b: '9009' } as const
    const { counts } = await client['review.decide']({ answers: [{ pair, answer: 'different' }] })
    expect(counts.find(({ question }) => question === 'signups')).toMatchObject({ following: 8, ties: 1 })
    expect((await listOf(engine, 'signups', { foldsTies: true })).candidates.map(one => one.pair)).toEqual([
      { question: 'signups', a: 'dan', b: '9001' },
    ])
  })

  test('a lone record that two accounts fit is no such case', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['review.settle']({ accounts: ['9001', '9009'], account: '9001' })
    const late = { user_id: 'fay', primary_email: 'fay@blueharbor.io', name: 'Fay Lund', workspace_id: null }
    await client['import.run']({ sources: [engine.write('users.csv', csv([...ALIKE_USERS, late]))] })
    expect(await openCounts(engine)).toEqual([NOTHING[0], NOTHING[1], [2, 0, 0, 0]])
    expect((await listOf(engine, 'signups', { foldsTies: true })).matching).toBe(2)
  })
})

const ALIKE = { accounts: ['9001', '9009'], account: '9001' }
const looked = async (engine: TestEngine) =>
  await Promise.all(
    TIED.map(async question => {
      const { matching, ties } = await listOf(engine, question)
      return [matching, ties.total]
    }),
  )
type Counted = Readonly<{ question: Question; review: number; ambiguous: number; ties: number }>
const counted = (counts: readonly Counted[]): (readonly number[])[] =>
  TIED.map(question => {
    const own = counts.find(one => one.question === question)
    return [(own?.review ?? 0) + (own?.ambiguous ?? 0), own?.ties ?? -1]
  })

describe('one answer for several records is kept whole or not at all', () => {
  test('cancelled wherever it may be, it has kept nothing', async () => {
    const engine = await startAlike()
    const { client } = engine
    const before = await looked(engine)
    for (let reports = 1; ; reports++) {
      let seen = 0
      const { options } = watch((_progress, cancel) => {
        if (++seen === reports) cancel()
      })
      const outcome = await client['review.settle'](ALIKE, options).catch((error: Error) => error.message)
      if (typeof outcome !== 'string') {
        expect(reports).toBeGreaterThan(6) // it was cancelled between the questions, too
        expect(outcome.kept).toBe(5)
        break
      }
      expect(outcome).toMatch(/cancelled; what was there before is unchanged|nothing was begun/)
      expect((await client['review.history']({})).total).toBe(0)
      expect(await looked(engine)).toEqual(before)
    }
    expect((await client['review.undo']({})).entries).toHaveLength(5)
    expect((await client['review.history']({})).total).toBe(10)
  })

  test('where one of the answers cannot be written, none is', async () => {
    const engine = await startAlike()
    await engine.close()
    const disk = onSmallDisk(engine.folder, 'p.pql', 'refusing.pql')
    disk.db.exec(`CREATE TEMP TRIGGER refusing BEFORE INSERT ON main.decision WHEN NEW.subject LIKE '%"eve"%'
      BEGIN SELECT RAISE(ABORT, 'as if by power cut'); END`)
    const call = { signal: new AbortController().signal, onProgress: () => undefined }
    await expect(settle(disk.ctx, ALIKE, call)).rejects.toThrow('power cut')
    expect(listDecisions(disk.db)).toEqual([])
    const [, sure] = [disk.db.exec('DROP TRIGGER refusing'), await settle(disk.ctx, ALIKE, call)]
    expect([sure.kept, listDecisions(disk.db).length]).toEqual([5, 5])
    disk.close()
  })

  test('what is answered by itself meanwhile is left to that answer', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['identity.overview']({})
    const pair = { question: 'signups', a: 'dan', b: '9009' } as const
    let own: Promise<unknown> | null = null
    const { options } = watch(({ phase }) => {
      if (phase === 'Sorting candidates') own ??= client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    })
    const { kept } = await client['review.settle'](ALIKE, options)
    await own
    expect(kept).toBe(4)
    expect(await accountsOf(engine)).toEqual(['9001', '9001'])
    expect((await client['review.card']({ pair })).candidate.decision?.answer).toBe('same')
    const other = await client['review.card']({ pair: { ...pair, b: '9001' } })
    expect(other.candidate.decision).toBeNull()
  })
})

describe('what is taken back leaves list, counts and cases at once', () => {
  const OPEN = [
    [2, 1],
    [5, 1],
    [10, 1],
  ]
  const SETTLED = [
    [0, 0],
    [0, 0],
    [0, 0],
  ]

  test('of one answer for several records, and taken up again', async () => {
    const engine = await startAlike()
    const { client } = engine
    expect(await looked(engine)).toEqual(OPEN)
    await client['review.settle'](ALIKE)
    expect(await looked(engine)).toEqual(SETTLED)
    for (const _ of [1, 2]) {
      const undone = await client['review.undo']({})
      expect(undone.entries).toHaveLength(5)
      expect(counted(undone.counts)).toEqual(OPEN)
      expect(await looked(engine)).toEqual(OPEN)
      expect((await client['identity.overview']({})).counts).toEqual(undone.counts)
      const redone = await client['review.redo']({})
      expect(redone.entries).toHaveLength(5)
      expect(counted(redone.counts)).toEqual(SETTLED)
      expect(await looked(engine)).toEqual(SETTLED)
      expect((await client['identity.overview']({})).counts).toEqual(redone.counts)
    }
  })

  test('as somebody finds it who opens the project anew', async () => {
    const engine = await startAlike()
    const settled = await engine.client['review.settle'](ALIKE)
    await engine.close()
    const later = startEngine({ folder: engine.folder })
    await later.client['project.open']({ source: later.path('p.pql') })
    expect((await later.client['identity.overview']({})).counts).toEqual(settled.counts)
  })

  test.each([false, true])('of a single answer; found anew with it: %s', async isWorkedIn => {
    const engine = await startAlike()
    const { client } = engine
    expect(await looked(engine)).toEqual(OPEN)
    const pair = { question: 'companies', a: '9001', b: 'cus_1' } as const
    await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    if (isWorkedIn) await client['identity.overview']({})
    const { counts } = await client['review.undo']({})
    expect(counted(counts)).toEqual(OPEN)
    expect(await looked(engine)).toEqual(OPEN)
  })

  test('of one of the answers by its number', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['review.settle'](ALIKE)
    const { entries } = await client['review.history']({})
    const eve = entries.find(({ pair }) => pair?.a === 'eve')
    const { counts } = await client['review.undo']({ decisionNo: eve?.decisionNo ?? 0 })
    expect(counted(counts)).toEqual([SETTLED[0], SETTLED[1], [2, 0]])
    expect(await looked(engine)).toEqual([SETTLED[0], SETTLED[1], [2, 0]])
  })

  test('cancelled, nothing was taken back', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['review.settle'](ALIKE)
    const { options } = watch(({ phase }, cancel) => {
      if (phase === 'Comparing records') cancel()
    })
    await expect(client['review.undo']({}, options)).rejects.toThrow('what was there before is unchanged')
    expect((await client['review.history']({})).total).toBe(5)
    expect(await looked(engine)).toEqual(SETTLED)
  })
})

describe('a record is of one account', () => {
  test.each([
    { question: 'companies', one: ['9001', 'cus_1'], other: ['9009', 'cus_1'] },
    { question: 'accounts', one: ['w2', '9001'], other: ['w2', '9009'] },
    { question: 'signups', one: ['eve', '9001'], other: ['eve', '9009'] },
  ] as const)('$question: once it is said, list and counts have no other one, at once and later', async case_ => {
    const engine = await startAlike()
    const { client } = engine
    const { question, one, other } = case_
    const hasOther = async (): Promise<boolean> =>
      (await listOf(engine, question)).candidates.some(({ pair: { a, b } }) => a === other[0] && b === other[1])
    const open = (counts: readonly Readonly<{ question: Question; review: number; ambiguous: number }>[]): number =>
      counts.filter(own => own.question === question).reduce((sum, own) => sum + own.review + own.ambiguous, 0)
    expect(await hasOther()).toBe(true)
    const { counts } = await client['review.decide']({
      answers: [{ pair: { question, a: one[0], b: one[1] }, answer: 'same' }],
    })
    expect(await hasOther()).toBe(false)
    expect((await listOf(engine, question)).matching).toBe(open(counts))
    const later = (await client['identity.overview']({})).counts
    expect(await hasOther()).toBe(false)
    expect((await listOf(engine, question)).matching).toBe(open(later))
    await client['review.undo']({})
    expect(open((await client['identity.overview']({})).counts)).toBe((await listOf(engine, question)).matching)
    expect(await hasOther()).toBe(true)
  })
})

test.each([
  { answer: 'same', reconfirm: 0 },
  { answer: 'different', reconfirm: 1 },
] as const)('what only speaks more for an account asks nobody again who chose it: $answer', async case_ => {
  const engine = await startAlike()
  const { client } = engine
  const { answer, reconfirm } = case_
  await client['review.decide']({ answers: [{ pair: { question: 'accounts', a: 'w1', b: '9001' }, answer }] })
  const company = { question: 'companies', a: '9001', b: 'cus_1' } as const
  await client['review.decide']({ answers: [{ pair: company, answer: 'same' }] })
  const own = (await client['identity.overview']({})).counts.find(({ question }) => question === 'accounts')
  expect([own?.decided, own?.reconfirm]).toEqual([1 - reconfirm, reconfirm])
})

test('what is said of other workspaces does not keep an account from one', async () => {
  const { client } = await startAlike()
  const say = async (a: string, b: string, answer: 'same' | 'different'): Promise<number> =>
    (await client['review.decide']({ answers: [{ pair: { question: 'accounts', a, b }, answer }] })).kept
  expect([await say('w1', '9001', 'same'), await say('w2', '9001', 'same'), await say('w2', '9009', 'same')]).toEqual([
    1, 1, 1,
  ])
  expect(await say('w1', '9009', 'different')).toBe(1)
})
