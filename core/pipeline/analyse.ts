import {
  type BuiltCells,
  type CellIndex,
  findAnomalies,
  findingReader,
  indexCells,
  type JudgedRoster,
  type PlacedUser,
  placedUserSteps,
  rosterSteps,
  stitchedLog,
  stitchSteps,
} from '#features'
import type { EmailReading } from '#identity'
import { finish, type Steps } from '#lib/steps'
import { calendarOf, type Day, type Instant } from '#lib/time'
import {
  type ContactLink,
  contactLinkSteps,
  type RoutedUnit,
  type RouteVerdict,
  type Routing,
  routeSteps,
} from '#route'
import type { SetAside } from '#schema/cells'
import type { JudgedData } from '#schema/dataset'
import type { Findings, JudgedUnit } from '#schema/findings'
import type { Identities } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { RoutingPolicy } from '#schema/policy'
import type { Anomaly } from '#schema/rollups'
import type { RouteDecision } from '#schema/route'
import type { UnitScore } from '#schema/score'
import type { Level, Person, Unit } from '#schema/unit'
import { explainChecklist, explainUnit, type ScoreGround, STAGES, scoreGround, scoreUnits } from '#score'
import { during, type FrameStep, frameSteps, type IdentitySource } from './frame.ts'

/** Who works a unit since an earlier run. */
export type Assignment = Readonly<{ owner: string; team: string; at?: Instant | null }>

export type AnalysisInput = Readonly<{
  dataset: JudgedData
  identities: IdentitySource
  model: ScoringModel
  policy: RoutingPolicy
  asOf: Instant
  level: Level
  /** Ids of anomalies that somebody dismissed. */
  dismissedAnomalies: ReadonlySet<string>
  /** unit id -> who works it since an earlier run */
  assignments: ReadonlyMap<string, readonly Assignment[]>
  /** Who exists, where that was looked up already: at asOf or, where nobody is newer than asOf, at any later instant. */
  roster?: JudgedRoster | null
  /** Cells built earlier for the same key; without them the events are walked. */
  cells?: BuiltCells
  /** Whom contacts stand for, found earlier for the same data and identities. */
  contactLinks?: readonly ContactLink[]
  /** How identity reads addresses; nothing is read where `contactLinks` are there. */
  readAddress: (text: string | null) => EmailReading
  /** Units and anomalies of an earlier judgement by the same `frameKey`; they come with cells and identities. */
  known?: Readonly<{ units: readonly Unit[]; anomalies: readonly Anomaly[] }>
}>

/** A score as far as rules ask; the ledger it adds up from is worked out by `unitAt`. */
export type ScoreHead = Pick<UnitScore, 'score' | 'stage' | 'representativeId'>

/** The judgement of every unit at one instant, each of them whole when it is asked for. Lists go in the order of units. */
export type Judgement = Readonly<{
  asOf: Instant
  today: Day
  identities: Identities
  /** Sorted by id. */
  units: readonly Unit[]
  cells: BuiltCells
  index: CellIndex
  /** What scores are worked out from, for a re-score without the events. */
  ground: ScoreGround
  heads: readonly ScoreHead[]
  verdicts: readonly RouteVerdict[]
  /** What was found beside the scores where the events were walked; null where cells were given. */
  links: Links | null
  anomalies: readonly Anomaly[]
  setAside: readonly SetAside[]
  /** A unit with its ledger, findings and route; worked out anew each time. @param u its place among the units */
  unitAt(u: number): JudgedRoute
}>

/** Whom contacts stand for, and whose events without a workspace count where. */
export type Links = Readonly<{ contactLinks: readonly ContactLink[]; placedUsers: readonly PlacedUser[] }>

/** A unit with its score, findings and route. */
export type JudgedRoute = Readonly<{ judged: JudgedUnit; route: RouteDecision }>

/** The whole judgement at one instant. Lists go in the order of units, sorted by id. */
export type Analysis = Omit<Judgement, 'heads' | 'verdicts' | 'links' | 'unitAt'> &
  Readonly<{ persons: readonly Person[]; judged: readonly JudgedUnit[]; routes: readonly RouteDecision[] }>

/** What is worked out next; a host may let others have a turn before it. */
export type AnalysisStep = FrameStep | 'scores' | 'routes'

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
  const { heads: _, verdicts: __, links: ___, unitAt, ...judgement } = finish(judgementSteps(input))
  const whole = judgement.units.map((_unit, u) => unitAt(u))
  return {
    ...judgement,
    persons: judgement.identities.persons,
    judged: whole.map(({ judged }) => judged),
    routes: whole.map(({ route }) => route),
  }
}

/**
 * The judgement of every unit, halting before each of its steps and within the long ones, with ledgers and traces worked out
 * when they are asked for: so that very many units never are in memory with all that is known of them.
 *
 * @param input as for `analyse`
 * @returns a generator that yields the name of the step that comes next or goes on, and returns the judgement
 *
 * Source: docs/methods/score.md, docs/methods/features.md.
 */
export function* judgementSteps(input: AnalysisInput): Steps<Judgement, AnalysisStep> {
  return yield* judge(input, (yield* knownGround(input)) ?? (yield* freshGround(input)))
}

/** What scores and routes are worked out from. The roster is needed up to here, and let go. */
type Ground = Readonly<{
  identities: Identities
  cells: BuiltCells
  ground: ScoreGround
  anomalies: readonly Anomaly[]
  /** Null where the events were not walked. */
  placedUsers: readonly PlacedUser[] | null
}>

/** The ground of an earlier judgement: nobody and nothing has to be looked for again. Null where there is none. */
function* knownGround({ known, cells, identities, model, asOf }: AnalysisInput): Steps<Ground | null, AnalysisStep> {
  if (known === undefined || cells === undefined || typeof identities === 'function') return null
  yield 'cells'
  const { units, anomalies } = known
  const today = calendarOf(model.timeZone).dayOf(asOf)
  const ground = scoreGround(indexCells(cells.bundle.cells, units), units, model, today)
  return { identities, cells, ground, anomalies, placedUsers: null }
}

function* freshGround(input: AnalysisInput): Steps<Ground, AnalysisStep> {
  const { dataset, model, asOf } = input
  const calendar = calendarOf(model.timeZone)
  yield 'events'
  const known = input.roster ?? null
  const isCurrent = known !== null && known.since <= asOf
  const roster = isCurrent ? known : yield* during('events', rosterSteps(dataset, calendar, asOf))
  const events = stitchedLog(dataset.events, yield* during('events', stitchSteps(dataset.events, asOf)))
  const stitched = { ...input, dataset: { ...dataset, events } }
  const { survey, identities, units, cells, index } = yield* frameSteps({ ...stitched, roster, calendar })
  const scored = scoreGround(index, units, model, calendar.dayOf(asOf))
  const placedUsers = survey === null ? null : yield* during('cells', placedUserSteps(events, roster, asOf))
  yield 'scores'
  const { personOfUser } = identities
  const anomalies = findAnomalies({ index, units, roster, loops: cells.bundle.loops, personOfUser, calendar })
  return { identities, cells, ground: scored, anomalies, placedUsers }
}

function* judge(
  input: AnalysisInput,
  { identities, cells, ground, anomalies, placedUsers }: Ground,
): Steps<Judgement, AnalysisStep> {
  yield 'scores'
  const { model, asOf, policy, dataset, assignments, dismissedAnomalies } = input
  const { index, today, units } = ground
  const { bundle } = cells
  const { persons } = identities
  const calendar = calendarOf(model.timeZone)
  const findingsAt = findingReader({ bundle, index, units, model, anomalies, asOf, today })
  yield 'scores'
  const heads = scoreHeads(ground, persons, findingsAt)
  yield 'routes'
  const contactLinks =
    input.contactLinks ?? (yield* during('routes', contactLinkSteps(dataset, persons, input.readAddress)))
  const context = { dataset, asOf, calendar, assignments, dismissedAnomalies, contactLinks }
  const routing = yield* during('routes', routeSteps(routedUnits(units, findingsAt, heads), policy, context))
  const { verdicts } = routing
  const unitAt = wholeUnits(ground, findingsAt, routing)
  const { setAside } = bundle
  const found = { links: placedUsers === null ? null : { contactLinks, placedUsers }, anomalies, setAside }
  return { asOf, today, identities, units, cells, index, ground, heads, verdicts, unitAt, ...found }
}

/** Scores of all units without their ledgers; equal bit for bit to those with them. */
function scoreHeads(ground: ScoreGround, persons: readonly Person[], findingsAt: FindingsAt): readonly ScoreHead[] {
  if (ground.model.checklist !== undefined)
    return ground.units.map((unit, u) => {
      const { score, stage, representativeId } = scoreOf(ground, u, findingsAt(unit, u))
      return { score, stage, representativeId }
    })
  const { score, stage, representative } = scoreUnits(ground)
  return ground.units.map((_, u) => ({
    // One value per unit.
    score: score[u] as number,
    stage: STAGES[stage[u] as number] ?? 'Not PQL',
    representativeId: persons[representative[u] as number]?.id ?? null,
  }))
}

type FindingsAt = ReturnType<typeof findingReader>

function scoreOf(ground: ScoreGround, u: number, { rollups }: Findings): UnitScore {
  const { checklist } = ground.model
  return checklist === undefined ? explainUnit(ground, u) : explainChecklist(ground, checklist, { u, rollups })
}

function* routedUnits(
  units: readonly Unit[],
  findingsAt: FindingsAt,
  heads: readonly ScoreHead[],
): Generator<RoutedUnit> {
  for (const [u, unit] of units.entries()) yield { unit, findings: findingsAt(unit, u), score: heads[u] as ScoreHead } // one per unit
}

/** Findings are worked out a second time, which takes less than holding on to them does. */
function wholeUnits(ground: ScoreGround, findingsAt: FindingsAt, routing: Routing): Judgement['unitAt'] {
  return u => {
    const unit = ground.units[u]
    const verdict = routing.verdicts[u]
    if (unit === undefined || verdict === undefined) throw new Error(`there is no unit ${u}`)
    const findings = findingsAt(unit, u)
    const judged: JudgedUnit = { unit, score: scoreOf(ground, u, findings), findings }
    return { judged, route: { ...verdict, trace: routing.traceOf(judged) } }
  }
}
