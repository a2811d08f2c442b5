import { describe, expect, test } from 'vitest'
import type { Input } from '#contract/contract'
import type { Room } from '../../../../core/app/review/room.ts'
import { tiesOf } from '../../../../core/app/review/ties.ts'
import type { TestEngine } from '../support/engine.ts'
import { csv } from '../support/exports.ts'
import { ALIKE_USERS, accountsOf, startAlike } from './alike-accounts.ts'

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

/** The same two accounts, their domain written in two ways. */
async function startWritten(): Promise<TestEngine> {
  const engine = await startAlike()
  const rows = `Record ID,Company name,Company Domain Name,Industry,Company owner,Lifecycle Stage
9001,Blueharbor Inc.,https://www.blueharbor.io/,RETAIL,Kim Reyes,customer
`
  await engine.client['import.run']({ sources: [engine.write('written.csv', rows)] })
  return engine
}

/** Another company that is twice in the CRM, with two new users. */
async function startTwice(): Promise<TestEngine> {
  const engine = await startAlike()
  const rows = `Record ID,Company name,Company Domain Name,Industry,Company owner,Lifecycle Stage
9003,Quillon,quillon.dev,RETAIL,Kim Reyes,customer
9004,Quillon GmbH,quillon.dev,RETAIL,Kim Reyes,lead
`
  const users = ['gus', 'hal'].map(id => ({
    user_id: id,
    primary_email: `${id}@quillon.dev`,
    name: `${id} Quill`,
    workspace_id: null,
  }))
  await engine.client['import.run']({
    sources: [engine.write('more.csv', rows), engine.write('more-users.csv', csv([...ALIKE_USERS, ...users]))],
  })
  return engine
}

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

  test('one domain written in two ways is no difference, and stands as it is written', async () => {
    const engine = await startWritten()
    const { ties } = await listOf(engine, 'companies', { foldsTies: true })
    expect(ties.shown?.sentence).toContain('Both state blueharbor.io')
    expect(ties.shown?.fields).toContainEqual({
      name: 'primary_domain',
      left: 'https://www.blueharbor.io/',
      right: 'blueharbor.io',
      state: 'case',
    })
  })

  test('says where each of the accounts is from', async () => {
    const { ties } = await listOf(await startAlike(), 'companies', { foldsTies: true })
    expect(ties.shown?.sources).toEqual([
      { tools: ['HubSpot'], place: { file: 'companies.csv', line: 2 } },
      { tools: ['HubSpot'], place: { file: 'companies.csv', line: 3 } },
    ])
  })

  test('another account that a billing record may be opens with this record', async () => {
    const { client } = await startAlike()
    const { rivals } = await client['review.card']({ pair: { question: 'companies', a: '9001', b: 'cus_1' } })
    expect(rivals.map(({ pair, side }) => [pair.a, pair.b, side.key])).toEqual([['9009', 'cus_1', '9009']])
  })

  test('is put off by a skip, as one answer that can be taken back', async () => {
    const engine = await startTwice()
    const { client } = engine
    const shownAt = async (tie: number) => {
      const { shown } = (await listOf(engine, 'signups', { foldsTies: true, tie })).ties
      return [shown?.accounts[0]?.key, shown?.isPutOff]
    }
    const { shown } = (await listOf(engine, 'signups', { foldsTies: true })).ties
    expect([await shownAt(0), await shownAt(1)]).toEqual([
      ['9001', false],
      ['9003', false],
    ])
    if (shown?.later == null) throw new Error('a tie names the candidate that puts it off')
    await client['review.decide']({ answers: [{ pair: shown.later, answer: 'skip' }] })
    expect([await shownAt(0), await shownAt(1)]).toEqual([
      ['9003', false],
      ['9001', true],
    ])
    await client['review.undo']({})
    expect(await shownAt(0)).toEqual(['9001', false])
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

describe('accounts fit equally', () => {
  type Candidates = readonly (readonly [accountId: string, bits: number])[]
  /** Two workspaces with these candidates; the customer may be either of two accounts. */
  const isEven = (candidates: Candidates): boolean | undefined => {
    const pairs = ['9001', '9009'].map(accountId => ({ accountId, billingId: 'cus_1', isOne: false, status: 'review' }))
    const workspaceAccounts = ['w1', 'w2'].flatMap(workspaceId =>
      candidates.map(([accountId, bits]) => ({ workspaceId, accountId, bits, status: 'ambiguous' })),
    )
    const answers = { decided: new Map(), skipped: new Set() }
    const room = { answers, desk: { found: { companies: { pairs }, workspaceAccounts, signups: [] } } }
    return tiesOf(room as unknown as Room).list.find(({ waiting }) => waiting.accounts.length > 0)?.isEven // all that is looked at
  }

  test.each<[string, Candidates, boolean]>([
    [
      'the same bits for both',
      [
        ['9001', 9],
        ['9009', 9],
      ],
      true,
    ],
    [
      'other bits',
      [
        ['9001', 9],
        ['9009', 6.5],
      ],
      false,
    ],
    [
      'a customer that may be both beside the same bits',
      [
        ['9001', 9],
        ['9009', 9],
        ['cus_1', 7],
      ],
      true,
    ],
    [
      'a customer that may be both beside other bits',
      [
        ['9001', 9],
        ['9009', 6.5],
        ['cus_1', 7],
      ],
      false,
    ],
    [
      'one by itself, the other by the customer alone',
      [
        ['9001', 8],
        ['cus_1', 7],
      ],
      false,
    ],
  ])('%s', (_why, candidates, expected) => {
    expect(isEven(candidates)).toBe(expected)
  })
})
