import { losingCopies, maskOf, NameCounter, type NameCounts, rosterSteps, stitchedLog } from '#features'
import { AppError } from '#lib/errors'
import { finish } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { calendarOf, type Instant } from '#lib/time'
import type { JudgedData } from '#schema/dataset'
import type { EventLog } from '#schema/event'
import { dataState, newestRun, openEventCodes, openEventLog, type Readable } from '#store'
import { judgedTables } from './dataset.ts'
import { asOfFor } from './default-as-of.ts'
import type { Job } from './jobs.ts'
import { projectStitching } from './stitched-events.ts'
import type { CountedNames } from './taxonomy-view.ts'

/** Names shown at most, and their letters together: what is sent has to be of a size that can be sent. */
const MOST_LISTED = 20_000
const MOST_LETTERS = 4_000_000

const known = new WeakMap<Readable, Readonly<{ key: string; counted: CountedNames }>>()

/**
 * The counts of the project's names. They are kept for the data as they are; where they are new, the events are walked
 * once, with a turn for others between segments.
 *
 * @param job null: nobody waits in between, and nobody is told
 */
export async function countedNames(db: Readable, timeZone: string, job: Job | null): Promise<CountedNames> {
  for (;;) {
    const state = dataState(db)
    const key = `${state} ${newestRun(db)?.runId ?? 0} ${timeZone}`
    const found = known.get(db)
    if (found?.key === key) return found.counted
    const counted = await count(db, timeZone, job)
    // Published or undone meanwhile: what was walked is not what is there.
    if (counted === null || dataState(db) !== state) continue
    known.set(db, { key, counted })
    return counted
  }
}

/** Null where the data changed while they were walked. */
async function count(db: Readable, timeZone: string, job: Job | null): Promise<CountedNames | null> {
  const state = dataState(db)
  const step = async (phase: string): Promise<void> => {
    job?.report({ phase, done: 0, total: null, unit: 'rows', subject: null })
    await job?.turn()
  }
  await step('Reading who belongs where')
  const calendar = calendarOf(timeZone)
  const codes = openEventCodes(db, calendar)
  const dataset: JudgedData = { ...judgedTables(db), events: codes }
  await step('Finding the date')
  const asOf = instantFor(db, dataset, timeZone)
  const at = asOf ?? 0
  await step('Counting event names')
  const stated = openEventLog(db, calendar)
  const log = stitchedLog(codes, finish(projectStitching(db, stated, { timeZone, asOf: at })))
  const roster = finish(rosterSteps(dataset, calendar, at))
  const losing = losingCopies(log, at)
  const counter = new NameCounter({ log, roster, calendar, asOf: at })
  for (const chunk of log.chunks()) {
    counter.take(chunk, maskOf(losing, chunk))
    const done = chunk.base + chunk.count
    job?.report({ phase: 'Counting event names', done, total: log.count, unit: 'rows', subject: null })
    await job?.breathe()
    if (dataState(db) !== state) return null
  }
  const counts = counter.finish()
  const workspaces = roster.workspaces.map(row => ({ id: row.workspace_id, name: row.workspace_name }))
  return { counts, ...listOf(counts), workspaces, asOf }
}

/**
 * The instant of the newest scores where they judged this data, else the default one; the newest event where no workspace
 * is known yet, so that names can be looked at before anything else is imported.
 */
function instantFor(db: Readable, dataset: JudgedData, timeZone: string): Instant | null {
  const run = newestRun(db)
  if (run !== null && run.dataState === dataState(db)) return run.asOf
  if (dataset.events.count === 0) return null
  try {
    return asOfFor(db, dataset, { timeZone, wanted: undefined }).asOf
  } catch (error) {
    if (error instanceof AppError && error.code === 'import/no-events') return newestEvent(dataset.events)
    throw error
  }
}

function newestEvent(log: EventLog): Instant {
  let newest = Number.NEGATIVE_INFINITY
  for (const { timestamp } of log.chunks()) {
    for (const at of timestamp) if (at > newest) newest = at
  }
  return newest
}

function listOf({ names, events, later }: NameCounts): Pick<CountedNames, 'listed' | 'unlisted'> {
  const present = names.flatMap((name, code) => {
    const count = events[code] ?? 0
    return code > 0 && (count > 0 || (later[code] ?? 0) > 0) ? [{ code, name, count }] : []
  })
  present.sort((a, b) => b.count - a.count || compareCodePoints(a.name, b.name))
  let letters = 0
  const beyond = present.findIndex(({ name }, place) => {
    letters += name.length
    return place >= MOST_LISTED || letters > MOST_LETTERS
  })
  const shown = beyond === -1 ? present : present.slice(0, beyond)
  const hidden = beyond === -1 ? [] : present.slice(beyond)
  return {
    listed: Uint32Array.from(shown, ({ code }) => code),
    unlisted: { names: hidden.length, events: hidden.reduce((total, { count }) => total + count, 0) },
  }
}
