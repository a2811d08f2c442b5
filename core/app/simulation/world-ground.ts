import {
  activeUsers,
  countFeatures,
  type EventPlaces,
  type JudgedRoster,
  type KindTable,
  kindTable,
  type LosingCopies,
  losingCopies,
  placeEvents,
  rosterSteps,
} from '#features'
import { DecisionTrials, firstIdentities, type WeighedUsers } from '#identity'
import { AppError } from '#lib/errors'
import type { Steps } from '#lib/steps'
import { type Calendar, calendarOf } from '#lib/time'
import type { CellBundle } from '#schema/cells'
import { JUDGED_COLUMNS, type JudgedData, type JudgedRow } from '#schema/dataset'
import type { Activity, Identities, IdentityDecision } from '#schema/identity'
import type { Judge } from '#simulate'
import { identityDecisions, openEventLog, type Readable, readCells, type ScoreRun, walkTable } from '#store'
import { accountRoles } from '../account-companies.ts'
import { identityTables, judgedTables } from '../dataset.ts'
import { earlierEntities } from '../former-entities.ts'
import { hasCurrentCells } from '../kept-identities.ts'
import { dismissedAnomalies } from '../routing-facts.ts'
import { type SeenEvents, seenEventSteps } from '../stitched-events.ts'

/** Who is who with further decisions. */
type Trials = (imagined: readonly IdentityDecision[]) => Steps<Identities>

export type WorldOf = Readonly<{ run: ScoreRun; base: Judge }>

/** All that is the same for a run whoever is who: read once, and kept as long as worlds are made. */
export type WorldGround = WorldOf &
  Readonly<{
    calendar: Calendar
    kinds: KindTable
    events: SeenEvents
    accounts: readonly JudgedRow<'accounts'>[]
    subscriptions: readonly JudgedRow<'subscriptions'>[]
    roster: JudgedRoster
    places: EventPlaces
    losing: LosingCopies
    /** Workspaces, as positions in the roster, that get events which name none. */
    placed: ReadonlySet<number>
    presence: CellBundle['presence']
    loops: CellBundle['loops']
    featuresSeen: number
    dismissed: ReadonlySet<string>
    trials: Trials
    /** Who is who by the decisions that hold. */
    identities: Identities
  }>

/**
 * @param weighed users weighed for the data as they are
 * @returns a generator that halts now and then
 * @throws AppError score/no-run where the cells of the run are not kept
 */
export function* worldGroundSteps(db: Readable, { run, base }: WorldOf, weighed: WeighedUsers): Steps<WorldGround> {
  const { model } = base
  const { asOf } = run
  const calendar = calendarOf(model.timeZone)
  const kinds = kindTable(model)
  const bundle = hasCurrentCells(run, model) ? readCells(db, run.cellsKey)?.bundle : undefined
  if (bundle === undefined)
    throw new AppError(
      'score/no-run',
      'what these scores were added up from is not kept any more; run the scores again',
    )
  const { presence, loops } = bundle
  const featuresSeen = countFeatures(bundle.facts.values)
  yield
  const stated = openEventLog(db, calendar)
  const events = yield* seenEventSteps(db, stated, { timeZone: model.timeZone, asOf })
  const roster = yield* rosterSteps(judgedTables(db), calendar, asOf)
  const places = placeEvents(events, roster, kinds)
  yield
  const losing = losingCopies(events, asOf)
  yield
  const placed = yield* placedSteps(events, places)
  const accounts = [...walkTable(db, 'accounts', JUDGED_COLUMNS.accounts)]
  const subscriptions = [...walkTable(db, 'subscriptions', JUDGED_COLUMNS.subscriptions)]
  const activity = activeUsers(roster, presence, events.users)
  yield
  const trials = yield* trialSteps(db, weighed, { run, events, activity })
  yield
  const identities = yield* trials([])
  const still = { run, base, calendar, kinds, events, accounts, subscriptions, roster, places, losing, placed }
  return { ...still, presence, loops, featuresSeen, dismissed: dismissedAnomalies(db), trials, identities }
}

function* placedSteps(events: SeenEvents, { soleWorkspaceOfUser }: EventPlaces): Steps<ReadonlySet<number>> {
  const placed = new Set<number>()
  for (const { user } of events.chunksOf(new Set([0]))) {
    for (const code of user) placed.add(soleWorkspaceOfUser[code] as number) // codes lie within their dictionary
    yield
  }
  return placed
}

type Asking = Readonly<{ run: ScoreRun; events: SeenEvents; activity: Activity }>

/** Who is who with decisions beside those that hold. Where identity is explicit, none of them counts. */
function* trialSteps(db: Readable, weighed: WeighedUsers, { run, events, activity }: Asking): Steps<Trials> {
  const { identityMode: mode } = run
  const decisions = identityDecisions(db)
  const eventUsers = events.users.filter(user => user !== '')
  const tables = identityTables(db)
  yield
  const options = { mode, activity, eventUsers, decisions, roleOfAccount: accountRoles(db) }
  if (mode === 'explicit') {
    return function* (imagined) {
      yield
      return firstIdentities(tables, { ...options, decisions: [...decisions, ...imagined] })
    }
  }
  const earlier = earlierEntities(db)
  const persons = [...(earlier?.persons() ?? [])]
  const held = earlier === undefined ? undefined : { ...earlier, persons: () => persons }
  yield
  const trials = yield* DecisionTrials.steps(tables, { ...options, earlier: held }, weighed)
  return imagined => trials.with(imagined)
}

/** The tables and events that units of a run are read from. */
export function datasetOf({
  accounts,
  subscriptions,
  events,
}: WorldGround): Pick<JudgedData, 'accounts' | 'subscriptions' | 'events'> {
  return { accounts, subscriptions, events }
}
