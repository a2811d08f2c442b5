import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Client, Input, Output } from '#contract/contract'
import type { Progress } from '#contract/method'
import { startProject, type TestEngine } from './support/engine.ts'
import { csv, event } from './support/exports.ts'

type Scenario = Input<'simulate.set'>['scenario']
type Level = 'workspace' | 'account'
type Answer = Input<'review.decide'>['answers'][number]
type ImaginedAnswer = NonNullable<NonNullable<Scenario['identity']>['decisions']>[number]
type ImaginedPair = Pick<ImaginedAnswer, 'question' | 'a' | 'b'>

const DAY = 86_400_000
const LAST = Date.UTC(2026, 4, 31)
const KINDS = ['core_feature_used', 'usage_limit_hit', 'pricing_page_view', 'invite_sent', 'automation_run', 'login']
const ROLES = ['owner', 'admin', 'member', null]

type Act = Readonly<{ user: number; workspace: number; kind: number; age: number; times: number }>
type World = Readonly<{ homes: readonly number[]; roles: readonly number[]; acts: readonly Act[]; young: boolean }>

const PEOPLE = 4
const ADDRESSES = ['one.com', 'two.com', 'gmail.com']
const WORKSPACES = 5

const world: fc.Arbitrary<World> = fc.record({
  homes: fc.array(fc.nat(WORKSPACES - 1), { minLength: PEOPLE * 3, maxLength: PEOPLE * 3 }),
  roles: fc.array(fc.nat(ROLES.length - 1), { minLength: PEOPLE * 3, maxLength: PEOPLE * 3 }),
  acts: fc.array(
    fc.record({
      user: fc.nat(PEOPLE * 3 - 1),
      workspace: fc.nat(WORKSPACES - 1),
      kind: fc.nat(KINDS.length - 1),
      age: fc.nat(40),
      times: fc.integer({ min: 1, max: 12 }),
    }),
    { minLength: 12, maxLength: 40 },
  ),
  young: fc.boolean(),
})

const NAMES = ['Zebulon Quark', 'Ottilie Brandauer', 'Ximena Valdes', 'Jane Roe']

/** People with three records each, under other addresses; workspaces of two companies, two of one name. */
function filesOf({ homes, roles, acts, young }: World, quiet: number): Readonly<Record<string, string>> {
  const users = homes.map((home, i) => {
    const name = NAMES[Math.floor(i / 3)] ?? ''
    const local = i % 3 === 2 ? name.toLowerCase().replace(' ', '') : name.toLowerCase().replace(' ', '.')
    const address = `${local}@${ADDRESSES[i % 3] ?? ''}`
    return {
      user_id: `u${i}`,
      primary_email: address,
      name,
      product_role: ROLES[roles[i] ?? 0] ?? null,
      workspace_id: `w${home}`,
    }
  })
  const strangers = Array.from({ length: 30 }, (_, i) => ({
    ...{ user_id: `z${i + 10}`, primary_email: `p${i}@other${i}.com`, name: `Person${i} Family${i}` },
    ...{ product_role: null, workspace_id: i % 2 === 0 && i < quiet ? `${i % 3 === 0 ? 'a' : 'x'}${i}` : null },
  }))
  const workspaces = Array.from({ length: WORKSPACES }, (_, i) => ({
    workspace_id: `w${i}`,
    workspace_name: i < 3 ? 'Orvo Link' : `Other ${i}`,
    account_id: i === 3 ? 'acc1' : null,
    workspace_primary_domain: i % 2 === 0 ? 'one.com' : 'two.com',
    created_at: young && i === 0 ? '2026-05-29' : '2026-01-01',
  }))
  // Those that no answer touches, with somebody in every other one.
  const others = Array.from({ length: quiet }, (_, i) => ({
    ...{ workspace_id: `${i % 3 === 0 ? 'a' : 'x'}${i}`, workspace_name: `Quiet ${i}`, account_id: null },
    ...{ workspace_primary_domain: null, created_at: '2026-02-01' },
  }))
  const accounts = [
    { account_id: 'acc1', name: 'Orvo', primary_domain: 'one.com', icp_fit_tier: 'A', employee_count: 900 },
    { account_id: 'acc2', name: 'Two', primary_domain: 'two.com', icp_fit_tier: 'B', employee_count: 20 },
  ]
  // Called otherwise than the account whose domain it is billed to.
  const customer = { id: 'cus_2', Description: '', Email: 'billing@two.com', Name: 'Studio Quark' }
  let no = 0
  // The first of every second stretch names nobody, now and then no workspace either: the next login says whose it is.
  const events = acts.flatMap(({ user, workspace, kind, age, times }, act) =>
    Array.from({ length: times }, (_, i) => {
      const isAnonymous = i === 0 && act % 2 === 0
      const place = [isAnonymous && act % 4 === 0 ? '' : `w${workspace}`, isAnonymous ? '' : `u${user}`] as const
      return { ...event(++no, KINDS[kind] ?? '', place, LAST - age * DAY + i * 60_000), anonymous_id: `x${user}` }
    }),
  )
  const last = [event(++no, 'login', ['w0', 'u0'], LAST)]
  for (let i = 0; i < quiet; i++)
    last.push(event(++no, KINDS[i % 6] ?? '', [`${i % 3 === 0 ? 'a' : 'x'}${i}`, `z${i + 10}`], LAST - i * DAY))
  return {
    users: csv([...users, ...strangers]),
    workspaces: csv([...workspaces, ...others]),
    accounts: csv(accounts),
    customers: csv([{ ...customer, 'Created (UTC)': '2026-01-05 09:58', Delinquent: 'false' }]),
    events: csv([...events, ...last.map(one => ({ ...one, anonymous_id: '' }))]),
  }
}

async function startWorld(rows: World, onEnd: (end: () => Promise<void>) => void, quiet = 0): Promise<TestEngine> {
  const engine = await startProject({ onEnd })
  const sources = Object.entries(filesOf(rows, quiet)).map(([name, text]) => engine.write(`${name}.csv`, text))
  await engine.client['import.run']({ sources })
  return engine
}

type Row = Output<'score.rows'>['rows'][number]

async function rowsOf(client: Client, level: Level): Promise<ReadonlyMap<string, Row>> {
  const { columns } = await client['score.order']({ sort: 'id', descending: false, filter: {}, level })
  const unitNos = [...(Object.values(columns)[0] as Uint32Array)]
  const { rows } = await client['score.rows']({ unitNos, level })
  return new Map(rows.map(row => [row.unitId, row]))
}

async function candidates(client: Client): Promise<ImaginedPair[]> {
  const found: ImaginedPair[] = []
  for (const question of ['persons', 'workspaces', 'companies', 'accounts'] as const)
    found.push(...(await client['review.queue']({ question })).candidates.map(({ pair }) => ({ ...pair, question })))
  return found
}

/** What every unit comes to in the simulator: as in the base, but for those that it lists as moved. */
async function simulated(client: Client, level: Level, scenario: Scenario) {
  const { runId } = await client['simulate.open']({ level })
  const answer = await client['simulate.set']({ runId, seq: 1, scenario })
  const moved = await client['simulate.movers']({ runId, scenario, by: 'score', limit: 500 })
  const routed = await client['simulate.movers']({ runId, scenario, by: 'any', limit: 500 })
  const outcomes = new Map([...moved.rows, ...routed.rows].map(row => [row.unitId, row.scenario]))
  return { answer, outcomes, causes: [...moved.rows, ...routed.rows].map(({ cause }) => cause?.parameterId) }
}

async function decideAll(client: Client, { decisions = [], threshold }: NonNullable<Scenario['identity']>) {
  const answers = decisions.map(
    ({ answer, relation, ...pair }): Answer => ({ pair, answer, ...(relation === undefined ? {} : { relation }) }),
  )
  if (answers.length > 0) await client['review.decide']({ answers, dryRun: false })
  if (threshold === undefined) return
  const { hash, thresholds } = await client['identity.rules']({})
  await client['identity.setRules']({
    changes: [],
    thresholds: { ...thresholds, auto: threshold },
    hash,
    dryRun: false,
  })
}

const said = (pairs: readonly ImaginedPair[], picks: readonly number[]): ImaginedAnswer[] =>
  picks.flatMap((pick, i): ImaginedAnswer[] => {
    const pair = pairs[pick % Math.max(1, pairs.length)]
    if (pair === undefined || picks.slice(0, i).some(other => other % pairs.length === pick % pairs.length)) return []
    return [
      {
        ...pair,
        answer: pick % 4 === 3 ? 'different' : 'same',
        ...(pair.question === 'workspaces' ? mergeOf(pick) : {}),
      },
    ]
  })
const mergeOf = (pick: number) => (pick % 4 === 3 ? {} : ({ relation: pick % 2 === 0 ? 'merge' : 'group' } as const))

const close = (row: Row | undefined) => ({
  stage: row?.stage,
  destination: row?.destination,
  score: row?.score.toFixed(9),
})

test.each([
  { why: 'where most units are touched', quiet: 0 },
  { why: 'where most are not, and stay as they are', quiet: 24 },
])(
  'what is imagined of who is who is what comes of deciding it, unit by unit, $why',
  async ({ quiet }) => {
    const ends: (() => Promise<void>)[] = []
    const picks = fc.array(fc.nat(200), { minLength: 1, maxLength: 5 })
    const auto = fc.option(fc.constantFrom(8, 10, 12.5, 20), { nil: undefined })
    await fc.assert(
      fc.asyncProperty(
        world,
        picks,
        auto,
        fc.constantFrom<Level>('workspace', 'account'),
        async (rows, wanted, bits, level) => {
          const { client } = await startWorld(rows, end => void ends.push(end), quiet)
          await client['score.run']({ level })
          const base = await rowsOf(client, level)
          const decisions = said(await candidates(client), wanted)
          const identity = { decisions, ...(bits === undefined ? {} : { threshold: bits }) }
          const { answer, outcomes } = await simulated(client, level, { version: 1, identity })
          await decideAll(client, identity)
          await client['score.run']({ level })
          const decided = await rowsOf(client, level)
          expect(answer.identity?.units).toBe(decided.size)
          const into = new Map(answer.identity?.moved.map(one => [one.unitId, one.into]))
          for (const [unitId, row] of base) {
            const place = into.has(unitId) ? into.get(unitId) : unitId
            const now = decided.get(place ?? '')
            const told = outcomes.get(unitId) ?? row
            if (place === null) expect(told).toMatchObject({ score: 0, destination: 'none' })
            else expect(close({ ...row, ...told } as Row), unitId).toEqual(close(now))
          }
          const { columns } = await client['score.histogram']({ filter: {}, level })
          expect([...answer.columns.histogram]).toEqual([...columns.counts])
        },
      ),
      { numRuns: 8 },
    )
    for (const end of ends) await end()
  },
  240_000,
)

describe('in a small project', () => {
  const [rows] = fc.sample(world, { seed: 7, numRuns: 1 }) as [World]
  const start = async () => {
    const { client } = await startWorld(rows, onTestFinished)
    await client['score.run']({})
    const { runId } = await client['simulate.open']({})
    return { client, runId }
  }
  const merge: ImaginedAnswer = { question: 'workspaces', a: 'w0', b: 'w1', answer: 'same', relation: 'merge' }
  const of = (...decisions: ImaginedAnswer[]): Scenario => ({ version: 1, identity: { decisions } })

  test('an answer that contradicts one that holds is told of, and left out', async () => {
    const { client, runId } = await start()
    const apart: Answer = { pair: { question: 'workspaces', a: 'w0', b: 'w1' }, answer: 'different' }
    await client['review.decide']({ answers: [apart, { ...apart, pair: { ...apart.pair, b: 'w2' } }], dryRun: false })
    const stale = client['simulate.set']({ runId, seq: 1, scenario: of(merge) })
    await expect(stale).rejects.toMatchObject({ code: 'score/no-run', message: expect.stringContaining('score again') })
    await client['score.run']({})
    const opened = await client['simulate.open']({})
    const scenario = of({ ...merge, a: 'w1', b: 'w2' }, merge)
    const { identity } = await client['simulate.set']({ runId: opened.runId, seq: 1, scenario })
    // The answer about w0 and w1 takes the place of the old one; that about w0 and w2 still stands against both.
    expect(identity?.refused.map(({ pair }) => [pair.a, pair.b])).toEqual([['w0', 'w1']])
    expect(identity?.moved).toEqual([{ unitId: 'w2', into: 'w1' }])
    const { identity: diff } = await client['scenario.diff']({ scenario })
    expect(diff.refused).toHaveLength(1)
    expect(diff.answers).toMatchObject([{ pair: { a: 'w1', b: 'w2' }, answer: 'same', relation: 'merge' }])
  })

  test('the newest scenario wins; an older one is given up', async () => {
    const { client, runId } = await start()
    const ask = (seq: number, scenario: Scenario) => client['simulate.set']({ runId, seq, scenario })
    const answers = await Promise.all([
      ask(1, { version: 1, identity: { threshold: 9 } }),
      ask(2, { version: 1, identity: { threshold: 12 } }),
      ask(3, of(merge)),
      ask(4, { ...of(merge), model: { stages: { hot: 90 } } }),
    ])
    expect(answers.map(({ isSuperseded }) => isSuperseded)).toEqual([true, true, true, false])
    expect(answers[3]).toMatchObject({ stages: { hot: 90 }, identity: { units: WORKSPACES - 1 } })
  })

  test('tells how far it is to all who wait; a call that is given up ends', async () => {
    const { client, runId } = await start()
    const scenario: Scenario = { version: 1, identity: { threshold: 9 } }
    const told: Progress[][] = [[], []]
    const ask = (place: number) =>
      client['simulate.set']({ runId, seq: 1, scenario }, { onProgress: progress => told[place]?.push(progress) })
    await Promise.all([ask(0), ask(1)])
    for (const own of told) {
      const parts = own.filter(({ total }) => total === 3)
      expect(parts.map(({ phase }) => phase)).toEqual([
        'Finding who is who',
        'Pooling what they did',
        'Looking at their findings',
      ])
      expect(parts.map(({ done }) => done)).toEqual([0, 1, 2])
    }
    const stop = new AbortController()
    const other: Scenario = { version: 1, identity: { threshold: 12 } }
    const options = { signal: stop.signal, onProgress: () => stop.abort() }
    const { isSuperseded } = await client['simulate.set']({ runId, seq: 2, scenario: other }, options)
    expect(isSuperseded).toBe(true)
  })

  test.each([0, 1, 2, 5])('a project that is closed meanwhile ends it, after %i turns', async turns => {
    const engine = await startWorld(rows, onTestFinished)
    const { client, reports } = engine
    await client['score.run']({})
    const { runId } = await client['simulate.open']({})
    const asked = client['simulate.set']({ runId, seq: 1, scenario: { version: 1, identity: { threshold: 9 } } })
    for (let turn = 0; turn < turns; turn++) await new Promise<void>(resolve => setImmediate(resolve))
    await client['project.close']({})
    expect(await asked).toMatchObject({ isSuperseded: true })
    expect(reports).toEqual([])
  })

  test('who is who is the one cause of what it alone moves', async () => {
    const { client, runId } = await start()
    const scenario = of(merge)
    const { rows: moved } = await client['simulate.movers']({ runId, scenario, by: 'score' })
    expect(moved.length).toBeGreaterThan(0)
    for (const { cause } of moved) expect(cause).toMatchObject({ parameterId: 'identity', path: ['identity'] })
    const beside: Scenario = { ...scenario, model: { stages: { warm: 100, pql: 100, hot: 100 } } }
    const staged = await client['simulate.movers']({ runId, scenario: beside, by: 'stage' })
    for (const { cause } of staged.rows) expect(cause?.parameterId).toMatch(/^stages/)
  })

  test('is applied with versions and decisions, and taken back, in one step each', async () => {
    const { client } = await start()
    const scenario: Scenario = { ...of(merge), model: { stages: { hot: 90 } } }
    const threshold: Scenario = { ...scenario, identity: { ...scenario.identity, threshold: 12 } }
    const before = [await client['model.get']({}), await client['identity.rules']({})]
    const { modelHash, policyHash, dataState, identity } = await client['scenario.diff']({ scenario: threshold })
    expect(identity).toMatchObject({ threshold: { before: 7, after: 12 }, answers: [{ answer: 'same' }], refused: [] })
    const applied = await client['scenario.apply']({ scenario: threshold, modelHash, policyHash, dataState })
    expect(applied.decisionNos).toHaveLength(2)
    const { entries } = await client['review.history']({})
    expect(entries.map(({ kind }) => kind)).toEqual(['set_rules', 'must_link'])
    expect(await client['identity.rules']({})).toMatchObject({ thresholds: { auto: 12 } })
    const again = client['scenario.apply']({ scenario: threshold, modelHash, policyHash, dataState })
    await expect(again).rejects.toMatchObject({ code: 'usage/overtaken' })
    await client['scenario.revert'](applied)
    expect([await client['model.get']({}), await client['identity.rules']({})]).toEqual(before)
    await expect(client['scenario.revert'](applied)).rejects.toMatchObject({ code: 'usage/overtaken' })
  })

  test.each([
    { why: 'a threshold below the least one', identity: { threshold: 5 } },
    { why: 'a record that is not there', identity: { decisions: [{ ...merge, b: 'nowhere' }] } },
  ])('$why is refused', async ({ identity }) => {
    const { client, runId } = await start()
    const call = client['simulate.set']({ runId, seq: 1, scenario: { version: 1, identity } })
    await expect(call).rejects.toMatchObject({ code: 'usage/bad-argument' })
  })
})
