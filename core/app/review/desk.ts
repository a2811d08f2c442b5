import { activeUsers, kindTable, rosterSteps, surveySteps } from '#features'
import {
  clusterUsers,
  type IdentitySettings,
  identitySteps,
  type ProjectIdentities,
  settingsIn,
  type WeighedUsers,
} from '#identity'
import { AppError } from '#lib/errors'
import { calendarOf, type Instant } from '#lib/time'
import type { JudgedData } from '#schema/dataset'
import type { Activity, IdentityDecision } from '#schema/identity'
import {
  dataState,
  eventCount,
  identityDecisions,
  type NewDecision,
  newestRun,
  openEventLog,
  type Readable,
  readCells,
  recordState,
  type Writable,
} from '#store'
import { accountRoles } from '../account-companies.ts'
import { identityTableSteps, judgedTables } from '../dataset.ts'
import { asOfForSteps } from '../default-as-of.ts'
import { earlierEntities } from '../former-entities.ts'
import { inTurns, type Job } from '../jobs.ts'
import { modelInForce } from '../judgement.ts'
import { keepPairsWherePossible, newPairs, weighingOf } from '../kept-pairs.ts'
import { openPairThread } from '../pair-thread.ts'
import { pairsTold } from '../pairs-told.ts'
import { seenEventSteps } from '../stitched-events.ts'
import { type PersonLineup, personLineup } from './person-lineup.ts'

/** Who is who as the review room looks at it: kept while the project is open, and made anew where the data change. */
export type Desk = Readonly<{
  /** State of data and decisions at which persons, links and accounts were found. */
  state: string
  /** Decisions that they were found with, by number. */
  decided: ReadonlySet<string>
  ground: Ground
  activity: Readonly<{ of: Activity; eventUsers: readonly string[] }>
  found: ProjectIdentities
  /** Row of each user that has one. */
  rowOf: ReadonlyMap<string, number>
  lineup: PersonLineup
  settings: IdentitySettings
}>

/** What a desk rests on: as long as a part is the same, what was made of it is kept. */
type Ground = Readonly<{
  /** Imported data. */
  data: string
  /** Blocked values, weights, domains. */
  settings: string
  /** Instant and zone of activity. */
  activity: string
}>

const desks = new WeakMap<Readable, Desk>()

/**
 * The desk of a project where it is good for the data as they are. Decisions may have been taken since; one that it was found with and that
 * was taken back leaves it good for nothing, as what followed from that decision cannot be told from the rest.
 *
 * @param decisions those that hold, or are imagined to
 */
export function deskAtHand(db: Readable, decisions = identityDecisions(db)): Desk | null {
  const desk = desks.get(db)
  if (desk === undefined) return null
  const { data, settings, activity } = groundOf(db, decisions)
  const { ground } = desk
  if (ground.data !== data || ground.settings !== settings || ground.activity !== activity) return null
  const holding = numbersOf(decisions)
  return [...desk.decided].every(number => holding.has(number)) ? desk : null
}

/** Is there a desk whose comparisons would be the same by these decisions? */
export function isComparedAlike(db: Readable, decisions: readonly IdentityDecision[]): boolean {
  return deskAtHand(db)?.ground.settings === settingsKey(decisions)
}

function numbersOf(decisions: readonly IdentityDecision[]): ReadonlySet<string> {
  return new Set(decisions.map(({ id }) => id))
}

/** Users that were weighed for the data as they are; undefined where none were. */
export function weighedAtHand(db: Readable): WeighedUsers | undefined {
  const desk = desks.get(db)
  const { data, settings } = groundOf(db, identityDecisions(db))
  return desk?.ground.data === data && desk.ground.settings === settings ? desk.found.joined : undefined
}

/** The desk for data and decisions as they are. What was weighed for the same data is not weighed again. */
export async function freshDesk(db: Writable, job: Job): Promise<Desk> {
  const atHand = deskAtHand(db)
  if (atHand?.state === dataState(db)) return atHand
  const desk = await makeDesk(db, identityDecisions(db), job)
  desks.set(db, desk)
  return desk
}

/** The desk as further decisions would make it, which leave weights, words, domains and blocked values as they are. Nothing is kept. */
export async function imaginedDesk(db: Writable, further: readonly NewDecision[], job: Job): Promise<Desk> {
  return await makeDesk(db, identityDecisions(db, further), job)
}

/** Takes an imagined desk as that of the project, once what was imagined is kept. */
export function takeDesk(db: Writable, imagined: Desk): Desk {
  const desk = { ...imagined, state: dataState(db), decided: numbersOf(identityDecisions(db)) }
  desks.set(db, desk)
  return desk
}

/** Decisions that change what records are compared by. */
const SETTINGS: readonly string[] = ['block_value', 'allow_value', 'set_domain', 'set_word', 'set_rules']

function groundOf(db: Readable, decisions: readonly IdentityDecision[]): Ground {
  const activity = [newestRun(db)?.asOf ?? null, modelInForce(db).model.timeZone]
  return { data: recordState(db), settings: settingsKey(decisions), activity: JSON.stringify(activity) }
}

function settingsKey(decisions: readonly IdentityDecision[]): string {
  return JSON.stringify(decisions.filter(({ type }) => SETTINGS.includes(type)))
}

async function makeDesk(db: Writable, decisions: readonly IdentityDecision[], job: Job): Promise<Desk> {
  const before = desks.get(db)
  const say = async (phase: string): Promise<void> => {
    job.report({ phase, done: 0, total: null, unit: 'steps', subject: null })
    await job.turn()
  }
  const [state, ground] = [dataState(db), groundOf(db, decisions)]
  const hasData = before?.ground.data === ground.data
  const weighed = weighedAtHand(db) === undefined ? undefined : before
  await say('Reading who was active')
  const isKnown = hasData && before.ground.activity === ground.activity
  const activity = isKnown ? before.activity : await activityOf(db, job)
  await say('Comparing records')
  const earlier = earlierEntities(db)
  const options = {
    mode: 'matched',
    activity: activity.of,
    eventUsers: activity.eventUsers,
    decisions,
    earlier,
    roleOfAccount: accountRoles(db),
    openSecond: openPairThread,
    onPairs: pairsTold(job, null),
  } as const
  const tables = await inTurns(identityTableSteps(db), job)
  const kept = weighed === undefined ? weighingOf(db, tables, decisions) : null
  const known = weighed?.found.joined ?? kept?.known
  const found = await inTurns(identitySteps(tables, options, { weighed: known, wantsIdentifiers: false }), job)
  if (kept !== null && kept.known === undefined) keepPairsWherePossible(db, newPairs(kept.key, found.joined))
  const rowOf = weighed?.rowOf ?? new Map(found.joined.ids.map((id, row) => [id, row]))
  await say('Sorting candidates')
  const settings = settingsIn(decisions)
  const lineup =
    weighed?.lineup ?? personLineup(found.joined, clusterUsers(found.joined, [], rowOf).forest, settings.autoSteps)
  return { state, decided: numbersOf(decisions), ground, activity, found, rowOf, lineup, settings }
}

/** Who has an event where; taken from the newest run where it judged the data as they are. */
async function activityOf(db: Readable, job: Job): Promise<Desk['activity']> {
  if (eventCount(db) === 0) return { of: new Map(), eventUsers: [] }
  const { model } = modelInForce(db)
  const calendar = calendarOf(model.timeZone)
  const stated = openEventLog(db, calendar)
  const dataset: JudgedData = { ...judgedTables(db), events: stated }
  const eventUsers = stated.users.filter(user => user !== '')
  const run = newestRun(db)
  const asOf = run?.asOf ?? (await defaultAsOf(db, dataset, model.timeZone, job))
  if (asOf === null) return { of: new Map(), eventUsers }
  const events = await inTurns(seenEventSteps(db, stated, { timeZone: model.timeZone, asOf }), job)
  const roster = await inTurns(rosterSteps(dataset, calendar, asOf), job)
  const stored = run === null || run.dataState !== dataState(db) ? null : readCells(db, run.cellsKey)
  const presence =
    stored?.bundle.presence ??
    (
      await inTurns(
        surveySteps({ log: events, roster, kinds: kindTable(model), loopEvents: model.loop.events, asOf }),
        job,
      )
    ).presence
  return { of: activeUsers(roster, presence, events.users), eventUsers }
}

/** Null where no event is of a known workspace: then nobody was active anywhere that identity looks at. */
async function defaultAsOf(db: Readable, dataset: JudgedData, timeZone: string, job: Job): Promise<Instant | null> {
  try {
    return (await inTurns(asOfForSteps(db, dataset, { timeZone, wanted: undefined }), job)).asOf
  } catch (error) {
    if (error instanceof AppError && error.code === 'import/no-events') return null
    throw error
  }
}
