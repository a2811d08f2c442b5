import type { Client, Input, Output, Result } from '#contract/contract'
import { DESTINATIONS } from '#schema/policy'
import { stagesOf } from '../../../renderer/src/state/simulator.ts'
import { AS_OF } from './fake-row.ts'

type Row = Output<'score.rows'>['rows'][number]
type Parameter = Output<'simulate.open'>['parameters'][number]
type Scenario = Input<'simulate.set'>['scenario']
type Mover = Output<'simulate.movers'>['rows'][number]
type Handlers = Pick<Client, 'simulate.open' | 'simulate.set' | 'simulate.movers' | 'simulate.cell'>

const STAGE_NAMES = ['Not PQL', 'Warm', 'PQL', 'Hot PQL']
const BASE = { warm: 50, pql: 65, hot: 80 }
const INTENT_DAYS = 7
const CAPACITIES: Readonly<Record<string, number>> = { sdr: 40, csm: 15 }

const number = (
  path: readonly string[],
  place: Pick<Parameter, 'group' | 'subject' | 'field'>,
  value: number | null,
  range: Pick<Parameter, 'min' | 'max' | 'step' | 'unit'>,
): Parameter => ({
  id: path.filter(step => step !== 'model').join('.'),
  path: [...path],
  ...place,
  value,
  kind: 'number',
  ...range,
  choices: [],
})
const POINTS = { min: 0, max: 30, step: 0.5, unit: 'points' } as const
const DAYS = { min: 1, max: 120, step: 1, unit: 'days' } as const

const PARAMETERS: readonly Parameter[] = [
  ...(['activation', 'depth', 'expansion', 'intent'] as const).flatMap((bucket, place) => [
    number(['model', 'buckets', bucket, 'max'], { group: 'buckets', subject: bucket, field: 'max' }, 25, POINTS),
    number(
      ['model', 'buckets', bucket, 'decayDays'],
      { group: 'buckets', subject: bucket, field: 'decayDays' },
      [30, 14, 21, INTENT_DAYS][place] ?? 7,
      DAYS,
    ),
    {
      id: `buckets.${bucket}.curve`,
      path: ['model', 'buckets', bucket, 'curve'],
      group: 'buckets' as const,
      subject: bucket,
      field: 'curve',
      value: 'time_constant',
      kind: 'choice' as const,
      min: 0,
      max: 0,
      step: 0,
      unit: null,
      choices: ['time_constant', 'half_life', 'linear', 'none'],
    },
  ]),
  ...['key_action_completed', 'pricing_page_view', 'usage_limit_hit'].flatMap(signal => [
    number(['model', 'signals', signal, 'points'], { group: 'signals', subject: signal, field: 'points' }, 10, POINTS),
    number(
      ['model', 'signals', signal, 'cap', 'points'],
      { group: 'signals', subject: signal, field: 'cap.points' },
      null,
      POINTS,
    ),
    number(
      ['model', 'signals', signal, 'cap', 'days'],
      { group: 'signals', subject: signal, field: 'cap.days' },
      null,
      DAYS,
    ),
  ]),
  number(
    ['model', 'conditions', 'inactive_14d', 'points'],
    { group: 'conditions', subject: 'inactive_14d', field: 'points' },
    -20,
    { min: -40, max: 0, step: 1, unit: 'points' },
  ),
  number(['model', 'roles', 'admin'], { group: 'roles', subject: 'admin', field: 'admin' }, 1.3, {
    min: 0,
    max: 2.6,
    step: 0.05,
    unit: 'factor',
  }),
  ...(['warm', 'pql', 'hot'] as const).map(stage =>
    number(['model', 'stages', stage], { group: 'stages', subject: stage, field: stage }, BASE[stage], {
      min: 0,
      max: 100,
      step: 0.5,
      unit: 'score',
    }),
  ),
  number(['routing', 'sdr_hot', '>='], { group: 'routing', subject: 'sdr_hot', field: '>=' }, 80, {
    min: 0,
    max: 100,
    step: 0.5,
    unit: 'score',
  }),
  number(['identity', 'threshold'], { group: 'identity', subject: 'threshold', field: 'threshold' }, 7, {
    min: 7,
    max: 24,
    step: 0.25,
    unit: 'bits',
  }),
  ...Object.entries(CAPACITIES).map(([channel, value]) =>
    number(['capacities', channel], { group: 'capacities', subject: channel, field: 'capacity' }, value, {
      min: 0,
      max: 200,
      step: 1,
      unit: 'units a week',
    }),
  ),
]

/** Workspaces that are merged are one less; an answer about u_1007 cannot hold. */
function toldOf({ identity = {} }: Scenario, units: number): Output<'simulate.set'>['identity'] {
  const { decisions = [], threshold } = identity
  if (decisions.length === 0 && threshold === undefined) return null
  const merged = decisions.filter(({ question, answer }) => question === 'workspaces' && answer === 'same')
  const refused = decisions
    .filter(({ a }) => a === 'u_1007')
    .map(({ question, a, b }) => ({
      pair: { question, a, b },
      sentence: `Answer 3 keeps ${a} and ${b} apart.`,
      path: [],
    }))
  return { units: units - merged.length, persons: 4000, personsBase: 4001, moved: [], refused }
}

export type Judged = Readonly<{ score: number; stage: string; destination: string }>

/** Intent decays at a rate, thresholds move, and nothing else has an effect. */
export function judgedBy(row: Row, scenario: Scenario): Judged {
  const stages = stagesOf({ opened: null, scenario })
  const days = scenario.model?.buckets?.intent?.decayDays ?? INTENT_DAYS
  const grown = row.score + row.buckets.intent * (days / INTENT_DAYS - 1)
  const score = days === INTENT_DAYS ? row.score : Math.floor(Math.min(100, Math.max(0, grown)) * 10 + 0.5) / 10
  const stage =
    score >= stages.hot ? 'Hot PQL' : score >= stages.pql ? 'PQL' : score >= stages.warm ? 'Warm' : 'Not PQL'
  const isRouted = row.destination === 'sdr' || row.destination === 'lifecycle_email' || row.destination === 'nurture'
  const routed = stage === 'Hot PQL' ? 'sdr' : stage === 'PQL' ? 'lifecycle_email' : 'nurture'
  return { score, stage, destination: isRouted ? routed : row.destination }
}

const tally = (names: readonly string[], found: readonly string[]): number[] =>
  names.map(name => found.filter(one => one === name).length)

export function ladder(scores: readonly number[]): Pick<Result<'simulate.set'>['columns'], 'histogram' | 'reaching'> {
  const histogram = new Uint32Array(101)
  const reaching = new Uint32Array(1001)
  for (const score of scores) {
    const bin = Math.floor(score)
    histogram[bin] = (histogram[bin] ?? 0) + 1
    for (let step = 0; step <= Math.round(score * 10); step++) reaching[step] = (reaching[step] ?? 0) + 1
  }
  return { histogram, reaching }
}

function matrix(names: readonly string[], pairs: readonly (readonly [string, string])[]): Uint32Array {
  const cells = new Uint32Array(names.length ** 2)
  for (const [from, to] of pairs) {
    const place = names.indexOf(from) * names.length + names.indexOf(to)
    cells[place] = (cells[place] ?? 0) + 1
  }
  return cells
}

export function simulatorHandlers(rows: readonly Row[]): Handlers {
  const both = (scenario: Scenario): readonly Readonly<{ row: Row; base: Judged; now: Judged }>[] =>
    rows.map(row => ({ row, base: judgedBy(row, { version: 1 }), now: judgedBy(row, scenario) }))
  const volumes = (scenario: Scenario): Output<'simulate.set'>['volumes'] =>
    DESTINATIONS.map(destination => {
      const units = both(scenario)
      const [base, now] = [
        units.filter(one => one.base.destination === destination).length,
        units.filter(one => one.now.destination === destination).length,
      ]
      const changed = scenario.capacities?.[destination as 'sdr']
      const given = CAPACITIES[destination] ?? null
      return {
        destination,
        base,
        scenario: now,
        entrantsBase: Math.round(base / 4),
        entrantsScenario: Math.round(now / 4),
        capacity: changed ?? given,
        capacityFrom: changed !== undefined ? 'scenario' : given === null ? null : 'crm',
      }
    })
  const moverOf = ({ row, base, now }: ReturnType<typeof both>[number]): Mover => ({
    unitNo: row.unitNo,
    unitId: row.unitId,
    unitName: row.unitName,
    accountName: row.accountName,
    base,
    scenario: now,
    difference: now.score - base.score,
    cause:
      now.score === base.score
        ? null
        : {
            parameterId: 'buckets.intent.decayDays',
            path: ['model', 'buckets', 'intent', 'decayDays'],
            from: INTENT_DAYS,
            to: 14,
            points: now.score - base.score,
            isAlone: true,
          },
  })
  const page = (found: readonly Mover[], offset = 0, limit = 50): Output<'simulate.movers'> => ({
    total: found.length,
    rows: found.slice(offset, offset + limit),
    nextOffset: offset + limit < found.length ? offset + limit : null,
  })
  return {
    'simulate.open': async ({ level }) => {
      const units = both({ version: 1 })
      return {
        runId: 1,
        asOf: AS_OF,
        level: level ?? 'workspace',
        units: rows.length,
        modelName: 'Recipe',
        modelHash: 'b7c19f0e5d2a4c3e',
        isStale: false,
        stageNames: [...STAGE_NAMES],
        destinationNames: [...DESTINATIONS],
        stages: BASE,
        stageCounts: tally(
          STAGE_NAMES,
          units.map(one => one.base.stage),
        ),
        destinationCounts: tally(
          DESTINATIONS,
          units.map(one => one.base.destination),
        ),
        volumes: volumes({ version: 1 }),
        parameters: [...PARAMETERS],
        columns: ladder(rows.map(row => row.score)),
      }
    },
    'simulate.set': async ({ runId, seq, scenario }) => {
      const units = both(scenario)
      const moved = units.filter(one => one.base.score !== one.now.score)
      return {
        runId,
        seq,
        isSuperseded: false,
        stages: stagesOf({ opened: null, scenario }),
        stageCounts: tally(
          STAGE_NAMES,
          units.map(one => one.now.stage),
        ),
        destinationCounts: tally(
          DESTINATIONS,
          units.map(one => one.now.destination),
        ),
        movers: {
          stage: units.filter(one => one.base.stage !== one.now.stage).length,
          destination: units.filter(one => one.base.destination !== one.now.destination).length,
          up: moved.filter(one => one.now.score > one.base.score).length,
          down: moved.filter(one => one.now.score < one.base.score).length,
        },
        volumes: volumes(scenario),
        identity: toldOf(scenario, rows.length),
        columns: {
          ...ladder(units.map(one => one.now.score)),
          stageMatrix: matrix(
            STAGE_NAMES,
            units.map(one => [one.base.stage, one.now.stage]),
          ),
          destinationMatrix: matrix(
            DESTINATIONS,
            units.map(one => [one.base.destination, one.now.destination]),
          ),
        },
      }
    },
    'simulate.movers': async ({ scenario, by, offset, limit }) => {
      const isMoved = ({ base, now }: ReturnType<typeof both>[number]): boolean =>
        (by !== 'destination' && base.stage !== now.stage) || (by !== 'stage' && base.destination !== now.destination)
      return page(both(scenario).filter(isMoved).map(moverOf), offset, limit)
    },
    'simulate.cell': async ({ scenario, matrix: of, from, to, offset, limit }) =>
      page(
        both(scenario)
          .filter(({ base, now }) => base[of] === from && now[of] === to)
          .map(moverOf),
        offset,
        limit,
      ),
  }
}
