import {
  activeUsers,
  type BuiltCells,
  buildCells,
  type CellIndex,
  type EventSurvey,
  findAnomalies,
  findingsOf,
  indexCells,
  type KindTable,
  kindTable,
  type Roster,
  surveyEvents,
  takeRoster,
} from '#features'
import { type Calendar, calendarOf, type Day, type Instant } from '#lib/time'
import { routeUnits } from '#route'
import type { Presence, SetAside } from '#schema/cells'
import type { Dataset } from '#schema/dataset'
import type { JudgedUnit } from '#schema/findings'
import type { Activity, Identities } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { RoutingPolicy } from '#schema/policy'
import type { Anomaly } from '#schema/rollups'
import type { RouteDecision } from '#schema/route'
import type { Level, Person, Unit } from '#schema/unit'
import { buildUnits, explainUnit, type ScoreGround, scoreGround } from '#score'

/** Who works a unit since an earlier run. */
export type Assignment = Readonly<{ owner: string; team: string; at?: Instant | null }>

/** The answers of identity, or how to get them once it is known who is active where. */
export type IdentitySource = Identities | ((activity: Activity) => Identities)

export type AnalysisInput = Readonly<{
  dataset: Dataset
  identities: IdentitySource
  model: ScoringModel
  policy: RoutingPolicy
  asOf: Instant
  level: Level
  /** Ids of anomalies that somebody dismissed. */
  dismissedAnomalies: ReadonlySet<string>
  /** unit id -> who works it since an earlier run */
  assignments: ReadonlyMap<string, readonly Assignment[]>
  /** Cells built earlier for the same key; without them the events are walked. */
  cells?: BuiltCells
}>

/** The whole judgement at one instant. Lists go in the order of units, sorted by id. */
export type Analysis = Readonly<{
  asOf: Instant
  today: Day
  identities: Identities
  units: readonly Unit[]
  persons: readonly Person[]
  cells: BuiltCells
  index: CellIndex
  /** What scores are worked out from, for a re-score without the events. */
  ground: ScoreGround
  judged: readonly JudgedUnit[]
  routes: readonly RouteDecision[]
  anomalies: readonly Anomaly[]
  setAside: readonly SetAside[]
}>

/** What is worked out next; a host may let others have a turn before it. */
export type AnalysisStep = 'events' | 'identities' | 'cells' | 'scores' | 'routes'

/**
 * The whole judgement, as one pure function: who exists, cells, rollups, scores with their ledgers, routes. The app runs it on
 * stored data, the simulator on imagined data.
 *
 * @param input everything as values; nothing is read from elsewhere
 * @returns one judged unit and one route per unit; equal input gives equal values
 *
 * Source: docs/methods/score.md, docs/methods/features.md.
 */
export function analyse(input: AnalysisInput): Analysis {
  const steps = analysisSteps(input)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/**
 * `analyse`, halting before each of its steps.
 *
 * @param input as for `analyse`
 * @returns a generator that yields the name of the step that comes next, and returns the analysis
 *
 * Source: docs/methods/score.md, docs/methods/features.md.
 */
export function* analysisSteps(input: AnalysisInput): Generator<AnalysisStep, Analysis, void> {
  const { dataset, model, asOf } = input
  const calendar = calendarOf(model.timeZone)
  yield 'events'
  const roster = takeRoster(dataset, calendar, asOf)
  const kinds = kindTable(model)
  const survey =
    input.cells === undefined
      ? surveyEvents({ log: dataset.events, roster, kinds, loopEvents: model.loop.events, asOf })
      : null
  const presence = survey?.presence ?? input.cells?.bundle.presence ?? NOBODY
  yield 'identities'
  const identities = identitiesOf(input, roster, presence)
  const units = buildUnits({ ...input, roster, presence, identities, calendar })
  yield 'cells'
  const cells =
    input.cells ?? cellsOf(input, { survey: survey as EventSurvey, roster, kinds, units, identities, calendar })
  const index = indexCells(cells.bundle.cells, units)
  const ground = scoreGround(index, units, model, calendar.dayOf(asOf))
  const judged = yield* judge(input, { calendar, roster, identities, units, cells, ground })
  return { ...judged, asOf, cells, index, ground, units }
}

const NOBODY: Presence = { workspace: new Uint32Array(0), user: new Uint32Array(0) }

function identitiesOf({ identities, dataset }: AnalysisInput, roster: Roster, presence: Presence): Identities {
  return typeof identities === 'function' ? identities(activeUsers(roster, presence, dataset.events.users)) : identities
}

type Walked = Readonly<{
  survey: EventSurvey
  roster: Roster
  kinds: KindTable
  units: readonly Unit[]
  identities: Identities
  calendar: Calendar
}>

function cellsOf({ dataset, model, asOf }: AnalysisInput, walked: Walked): BuiltCells {
  return buildCells({ ...walked, log: dataset.events, model, asOf, personOfUser: walked.identities.personOfUser })
}

type Grounds = Readonly<{
  calendar: Calendar
  roster: Roster
  identities: Identities
  units: readonly Unit[]
  cells: BuiltCells
  ground: ScoreGround
}>

type Judgement = Pick<Analysis, 'today' | 'identities' | 'persons' | 'judged' | 'routes' | 'anomalies' | 'setAside'>

function* judge(
  input: AnalysisInput,
  { calendar, roster, identities, units, cells, ground }: Grounds,
): Generator<AnalysisStep, Judgement, void> {
  yield 'scores'
  const { model, asOf } = input
  const { index, today } = ground
  const { bundle } = cells
  const { personOfUser, persons } = identities
  const anomalies = findAnomalies({ index, units, roster, loops: bundle.loops, personOfUser, calendar })
  const findings = findingsOf({ bundle, index, units, model, anomalies, asOf, today })
  const judged = units.map((unit, u): JudgedUnit => {
    const found = findings[u]
    if (found === undefined) throw new Error(`unit ${unit.id} has no findings`)
    return { unit, score: explainUnit(ground, u), findings: found }
  })
  yield 'routes'
  const { dataset, assignments, dismissedAnomalies } = input
  const context = { dataset, asOf, calendar, assignments, dismissedAnomalies, persons }
  const routes = routeUnits(judged, input.policy, context)
  return { today, identities, persons, judged, routes, anomalies, setAside: bundle.setAside }
}
