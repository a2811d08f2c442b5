import { describe, expect, test } from 'vitest'
import type { Input } from '#contract/contract'
import { DEFAULT_POLICY } from '#route'
import { DEFAULT_CHECKLIST, DEFAULT_MODEL } from '#score'
import { parseScenario, scenarioModel, scenarioPolicy } from '#simulate'
import { startProject, type TestEngine } from './support/engine.ts'
import { importSmall } from './support/exports.ts'

type Scenario = Input<'simulate.set'>['scenario']
const plain: Scenario = { version: 1 }
const LOWER: Scenario = {
  version: 1,
  name: 'Lower',
  model: {
    signals: { usage_limit_hit: { points: 1 }, pricing_page_view: { cap: null } },
    buckets: { intent: { decayDays: 14 } },
    roles: { other: 1 },
    stages: { warm: 20, pql: 40, hot: 60 },
  },
  routing: { '6': { '>=': 60 }, '7': { '>=': 20, '<': 60 } },
}

async function startOpen(level: 'workspace' | 'account' = 'workspace') {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['score.run']({ level })
  return { ...engine, opened: await engine.client['simulate.open']({ level }) }
}

const filter = {}
const numbersOf = (counts: Uint32Array | undefined) => [...(counts ?? [])]

async function shown({ client }: TestEngine) {
  const { stages, stageCounts, destinationCounts, columns } = await client['score.histogram']({ filter })
  return { stages, stageCounts, destinationCounts, histogram: numbersOf(columns.counts) }
}

type Counted = Readonly<{ stages: object; stageCounts: number[]; destinationCounts: number[] }>

function named(names: readonly string[], counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.flatMap((name, i) => ((counts[i] ?? 0) > 0 ? [[name, counts[i] ?? 0]] : [])))
}

const simulated = (
  { opened }: Awaited<ReturnType<typeof startOpen>>,
  { stages, stageCounts, destinationCounts, columns }: Counted & { columns: { histogram: Uint32Array } },
) => ({
  stages,
  stageCounts: named(opened.stageNames, stageCounts),
  destinationCounts: named(opened.destinationNames, destinationCounts),
  histogram: numbersOf(columns.histogram),
})

describe('what is simulated is what comes of it', () => {
  test('the base is the newest run', async () => {
    const engine = await startOpen()
    expect(simulated(engine, engine.opened)).toEqual(await shown(engine))
    expect(engine.opened).toMatchObject({ units: 4, isStale: false, level: 'workspace' })
  })

  test('a scenario is the model and the rules that it would be applied as', async () => {
    const engine = await startOpen()
    const { client, opened } = engine
    const answer = await client['simulate.set']({ runId: opened.runId, seq: 1, scenario: LOWER })
    const policy = scenarioPolicy(DEFAULT_POLICY, parseScenario(LOWER).routing)
    await client['policy.apply']({ json: JSON.stringify(policy) })
    const model = scenarioModel(DEFAULT_MODEL, parseScenario(LOWER).model)
    await client['model.apply']({ json: JSON.stringify(model) })
    await client['score.run']({})
    expect(simulated(engine, answer)).toEqual(await shown(engine))
    expect(answer.movers.stage).toBeGreaterThan(0)
  })

  test('a draft of a checklist is judged whole', async () => {
    const engine = await startOpen()
    const { client, opened } = engine
    const model = JSON.stringify(DEFAULT_CHECKLIST)
    const answer = await client['simulate.set']({ runId: opened.runId, seq: 1, scenario: plain, model })
    await client['model.apply']({ json: model })
    await client['score.run']({})
    expect(simulated(engine, answer)).toEqual(await shown(engine))
    expect(answer.volumes.every(({ entrantsScenario }) => entrantsScenario === null)).toBe(true)
  })

  test('stages and rules over a checklist move as a run by them does', async () => {
    const engine = await startProject()
    const { client } = engine
    await importSmall(engine)
    const checklist = (hot: number) => JSON.stringify({ ...DEFAULT_CHECKLIST, stages: { warm: 5, pql: 10, hot } })
    await client['model.apply']({ json: checklist(90) })
    await client['score.run']({})
    const opened = await client['simulate.open']({})
    const scenario: Scenario = { version: 1, model: { stages: { hot: 10 } }, routing: { '7': { '>=': 10 } } }
    const answer = await client['simulate.set']({ runId: opened.runId, seq: 1, scenario })
    const { rows } = await client['simulate.movers']({ runId: opened.runId, scenario, by: 'stage' })
    expect(rows.length).toBeGreaterThan(0)
    for (const { cause } of rows) expect(cause?.parameterId).toBe('stages.hot')
    await client['model.apply']({ json: checklist(10) })
    await client['policy.apply']({
      json: JSON.stringify(scenarioPolicy(DEFAULT_POLICY, parseScenario(scenario).routing)),
    })
    await client['score.run']({})
    expect(simulated({ ...engine, opened }, answer)).toEqual(await shown(engine))
  })

  test('accounts are simulated by themselves', async () => {
    const { client, opened } = await startOpen('account')
    expect(opened).toMatchObject({ level: 'account', units: 2 })
    const answer = await client['simulate.set']({ runId: opened.runId, seq: 1, scenario: LOWER })
    expect(answer.stageCounts.reduce((a, b) => a + b)).toBe(2)
  })
})

test('the newest call wins; what waits behind it is told so', async () => {
  const { client, opened } = await startOpen()
  const calls = [1, 2, 3].map(seq => client['simulate.set']({ runId: opened.runId, seq, scenario: LOWER }))
  const answers = await Promise.all(calls)
  expect(answers.map(({ seq, isSuperseded }) => [seq, isSuperseded])).toEqual([
    [1, true],
    [2, true],
    [3, false],
  ])
})

describe('movers', () => {
  test('each has the one change that moved it', async () => {
    const { client, opened } = await startOpen()
    const scenario: Scenario = { version: 1, model: { stages: { hot: 100 }, roles: { admin: 1.31 } } }
    const page = await client['simulate.movers']({ runId: opened.runId, scenario, by: 'stage' })
    expect(page.total).toBeGreaterThan(0)
    for (const { base, scenario: after, difference, cause } of page.rows) {
      expect(base.stage).not.toBe(after.stage)
      expect(difference).toBe(after.score - base.score)
      expect(cause).toMatchObject({ parameterId: 'stages.hot', path: ['model', 'stages', 'hot'], from: 80, to: 100 })
      expect(cause?.isAlone).toBe(true)
    }
  })

  test('the list behind a ribbon holds as many units as the ribbon is wide', async () => {
    const { client, opened } = await startOpen()
    const { runId, stageNames } = opened
    const { columns } = await client['simulate.set']({ runId, seq: 1, scenario: LOWER })
    const sizes: number[] = []
    for (const from of stageNames)
      for (const to of stageNames)
        sizes.push((await client['simulate.cell']({ runId, scenario: LOWER, matrix: 'stage', from, to })).total)
    expect(sizes).toEqual(numbersOf(columns.stageMatrix))
  })

  test('pages join to the whole list', async () => {
    const { client, opened } = await startOpen()
    const { runId } = opened
    const whole = await client['simulate.movers']({ runId, scenario: LOWER, by: 'score' })
    const ids: string[] = []
    for (let offset: number | null = 0; offset !== null; ) {
      const page: typeof whole = await client['simulate.movers']({
        ...{ runId, scenario: LOWER, by: 'score', offset, limit: 1 },
      })
      ids.push(...page.rows.map(({ unitId }) => unitId))
      offset = page.nextOffset
    }
    expect(ids).toEqual(whole.rows.map(({ unitId }) => unitId))
  })
})

describe('figures', () => {
  test('a tornado, a solved threshold, edges and flips are of the open scores', async () => {
    const { client, opened } = await startOpen()
    const asked = { runId: opened.runId, scenario: plain }
    const { count, bars } = await client['simulate.tornado'](asked)
    expect(count).toBe((opened.stageCounts[2] ?? 0) + (opened.stageCounts[3] ?? 0))
    expect(bars.length).toBeGreaterThan(40)
    const goal = { kind: 'capacity', units: 1 } as const
    const { solved, current, columns } = await client['simulate.solve']({
      ...{ ...asked, goal, target: { kind: 'rule', ruleId: '7' } as const },
    })
    expect(current).toMatchObject({ threshold: 60, entrants: columns.entrants[600], stock: columns.stock[600] })
    expect(solved?.entrants).toBeLessThanOrEqual(1)
    const { units, rows } = await client['simulate.fragility'](asked)
    expect([units, rows.length]).toEqual([4, 4])
    const [first] = rows
    const { flips } = await client['simulate.flips']({ ...asked, unitNo: first?.unitNo ?? 0 })
    expect(flips.length).toBeGreaterThan(0)
    for (const { outcome } of flips) expect(outcome.destination).not.toBe(first?.destination)
  })

  test('scenarios side by side are what each is by itself', async () => {
    const { client, opened } = await startOpen()
    const { runId } = opened
    const { scenarios } = await client['simulate.compare']({ runId, scenarios: [plain, LOWER] })
    const { columns, movers, volumes } = await client['simulate.set']({ runId, seq: 1, scenario: LOWER })
    expect(scenarios[1]).toMatchObject({ name: 'Lower', movers, volumes, histogram: numbersOf(columns.histogram) })
    expect(scenarios[0]?.movers).toEqual({ stage: 0, destination: 0, up: 0, down: 0 })
  })
})

describe('refused', () => {
  test('a run that is not open, and a project without scores', async () => {
    const { client, opened } = await startOpen()
    const unknown = client['simulate.set']({ runId: opened.runId + 1, seq: 1, scenario: plain })
    await expect(unknown).rejects.toMatchObject({ code: 'score/no-run' })
    await expect(client['simulate.open']({ level: 'account' })).rejects.toMatchObject({ code: 'score/no-run' })
  })

  test.each<{ why: string; scenario: Scenario; code: string }>([
    {
      why: 'an unknown signal',
      scenario: { version: 1, model: { signals: { x: { points: 1 } } } },
      code: 'usage/bad-model',
    },
    { why: 'an unknown rule', scenario: { version: 1, routing: { x: { '>=': 1 } } }, code: 'usage/bad-policy' },
    { why: 'a test no rule has', scenario: { version: 1, routing: { '6': { '<': 1 } } }, code: 'usage/bad-policy' },
  ])('$why', async ({ scenario, code }) => {
    const { client, opened } = await startOpen()
    const call = client['simulate.set']({ runId: opened.runId, seq: 1, scenario })
    await expect(call).rejects.toMatchObject({ code })
  })
})
