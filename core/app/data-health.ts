import type { Output } from '#contract/contract'
import { type EventRowsGround, type EventTally, EventWalk, healthSteps } from '#features'
import { AppError } from '#lib/errors'
import { compareCodePoints } from '#lib/text'
import { type Calendar, calendarOf, DAY_MS, formatInstant, type Instant, instantOfMoment } from '#lib/time'
import { VERSION } from '#lib/version'
import { resolveAsOf } from '#pipeline'
import type { CheckCode, HealthReport, HealthRows } from '#schema/data-health'
import type { Dataset } from '#schema/dataset'
import type { Anomaly } from '#schema/rollups'
import { type ProjectEvents, type Readable, readHealthReport, saveHealthReport } from '#store'
import { anomalyViews } from './anomaly-decisions.ts'
import type { Context, OpenProject } from './context.ts'
import { type FoundUnits, findUnits, foundKey, groundKey, say } from './data-health-ground.ts'
import { healthInput } from './data-health-input.ts'
import { readDataset } from './dataset.ts'
import { asOfFor } from './default-as-of.ts'
import { inTurns, type Job } from './jobs.ts'
import { modelInForce } from './judgement.ts'
import { type SeenEvents, seenEventSteps } from './stitched-events.ts'

export type ReportView = Output<'health.run'>

/** Anomalies that are kept with a report: more are no longer decided about one by one. */
const MOST_ANOMALIES = 500

/** A check of the data with all that its rows are found by; valid for one state of the data. */
export type CheckedData = Readonly<{
  report: HealthReport
  /** Rows that are no events. */
  rows: ReadonlyMap<CheckCode, HealthRows>
  ground: EventRowsGround
  walk: EventWalk
  tally: EventTally
  events: SeenEvents
  found: FoundUnits
}>

type Held = { checked: CheckedData | null; found: FoundUnits | null }

/** What is at hand of each open project. Dear to make again; it goes with the project. */
const HELD = new WeakMap<OpenProject, Held>()

function heldOf(open: OpenProject): Held {
  const held = HELD.get(open) ?? { checked: null, found: null }
  HELD.set(open, held)
  return held
}

type Wanted = Readonly<{ asOf: string | undefined; job: Job }>

/** Checks the data as of an instant and keeps the report. */
export async function checkData(ctx: Context, open: OpenProject, wanted: Wanted): Promise<ReportView> {
  const { db } = open.project
  const checked = await check(open, wanted)
  const createdAt = ctx.now()
  saveHealthReport(db, { report: checked.report, createdAt })
  return { ...viewOf(db, checked.report), checkedAt: createdAt, isStale: false }
}

/** The report that is kept. One of another version of the program is none. */
export function keptReport(db: Readable): ReportView | null {
  const kept = readHealthReport(db)
  if (kept === null || !kept.report.key.startsWith(`${VERSION} `)) return null
  return {
    ...viewOf(db, kept.report),
    checkedAt: kept.createdAt,
    isStale: kept.report.key !== keyOf(db, kept.report.asOf),
  }
}

/** Anomalies that the last check found. */
export function keptAnomalies(db: Readable): readonly Anomaly[] {
  return readHealthReport(db)?.report.anomalies?.newest ?? []
}

/** Decides something that no check rests on: what was checked before still holds. */
export function whileChecked(open: OpenProject, decide: () => void): void {
  const { db } = open.project
  const held = heldOf(open)
  const kept = readHealthReport(db)
  const isKept = kept !== null && kept.report.key === keyOf(db, kept.report.asOf)
  const isHeld = held.checked !== null && isAtHand(open, null)
  const { found } = held
  const isFound = found !== null && found.key === foundKey(db, found.asOf)
  decide()
  if (isKept) saveHealthReport(db, { ...kept, report: { ...kept.report, key: keyOf(db, kept.report.asOf) } })
  if (isHeld && held.checked !== null) held.checked = rekeyed(db, held.checked)
  if (isFound) held.found = { ...found, key: foundKey(db, found.asOf) }
}

function rekeyed(db: Readable, checked: CheckedData): CheckedData {
  const { report, found } = checked
  return {
    ...checked,
    report: { ...report, key: keyOf(db, report.asOf) },
    found: { ...found, key: foundKey(db, found.asOf) },
  }
}

function newestOf(anomalies: readonly Anomaly[]): NonNullable<HealthReport['anomalies']> {
  const newest = anomalies.toSorted((a, b) => b.lastAt - a.lastAt || compareCodePoints(a.id, b.id))
  return { newest: newest.slice(0, MOST_ANOMALIES), of: anomalies.length }
}

/** The check whose rows are asked for, of the data as they are now: the one at hand, or made again as of the kept report. */
export async function checkedData(open: OpenProject, job: Job): Promise<CheckedData> {
  const { db } = open.project
  const { checked } = heldOf(open)
  const kept = readHealthReport(db)?.report
  const asOf = kept?.asOf ?? checked?.report.asOf
  if (asOf === undefined) return await check(open, { asOf: undefined, job })
  if (checked !== null && checked.report.key === keyOf(db, asOf)) return checked
  return await check(open, { asOf: formatInstant(asOf), job })
}

/** Is what is asked for at hand, so that no other job need be waited for? */
export function isAtHand(open: OpenProject, asOf: Instant | null): boolean {
  const { db } = open.project
  const { checked, found } = heldOf(open)
  if (asOf === null) return checked !== null && checked.report.key === keyOf(db, checked.report.asOf)
  return [checked?.found, found].some(one => one?.asOf === asOf && one.key === foundKey(db, asOf))
}

/** All units as of an instant; without one, as of the kept report, else of the data's own. */
export async function foundUnits(open: OpenProject, { asOf: wanted, job }: Wanted): Promise<FoundUnits> {
  const { db } = open.project
  const held = heldOf(open)
  const given = wantedAsOf(db, wanted)
  if (given !== null) {
    const known = [held.checked?.found, held.found].find(one => one?.asOf === given && one.key === foundKey(db, given))
    if (known !== undefined && known !== null) return known
  }
  await say(job, 'Reading the project')
  const dataset = readDataset(db, calendarOf(modelInForce(db).model.timeZone))
  const asOf = given ?? (await asOfOf(db, dataset, { asOf: undefined, job })).asOf
  const { found } = await findUnits(db, await seenDataset(db, dataset, asOf, job), asOf, job)
  held.found = found
  return found
}

/** The instant that a text stands for, where it can be told without the data. */
export function wantedAsOf(db: Readable, wanted: string | undefined): Instant | null {
  if (wanted === undefined || wanted.trim() === '') return readHealthReport(db)?.report.asOf ?? null
  return resolveAsOf(NO_DATASET, calendarOf(modelInForce(db).model.timeZone), wanted)
}

/** A given instant is read without looking at the data. */
const NO_DATASET = {} as Dataset

function keyOf(db: Readable, asOf: Instant): string {
  return `${VERSION} ${groundKey(db, asOf)}`
}

async function check(open: OpenProject, wanted: Wanted): Promise<CheckedData> {
  const { job } = wanted
  const { db } = open.project
  await say(job, 'Reading the project')
  const stated = readDataset(db, calendarOf(modelInForce(db).model.timeZone))
  const { asOf, latest } = await asOfOf(db, stated, wanted)
  const dataset = await seenDataset(db, stated, asOf, job)
  const ground = await findUnits(db, dataset, asOf, job)
  const input = healthInput(db, dataset, ground, latest)
  const walk = new EventWalk(input)
  const tally = await tallied(walk, dataset.events.count, job)
  await say(job, 'Checking the records')
  const { report, rows } = await inTurns(healthSteps(input, tally), job)
  const checked: CheckedData = {
    report: { ...report, key: keyOf(db, asOf), anomalies: newestOf(ground.anomalies) },
    rows,
    ground: {
      setAsideAt: input.setAsideAt,
      anomalies: input.anomalies,
      units: input.units,
      workspaceIndex: ground.roster.workspaceIndex,
      copies: dataset.events.copies,
    },
    walk,
    tally,
    events: dataset.events,
    found: ground.found,
  }
  heldOf(open).checked = checked
  return checked
}

/** The data with the users of events as everybody who counts sees them. */
async function seenDataset(db: Readable, dataset: ReturnType<typeof readDataset>, asOf: Instant, job: Job) {
  const { timeZone } = modelInForce(db).model
  return { ...dataset, events: await inTurns(seenEventSteps(db, dataset.events, { timeZone, asOf }), job) }
}

async function tallied(walk: EventWalk, total: number, job: Job): Promise<EventTally> {
  const steps = walk.tally()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    job.report({ phase: 'Checking the events', done: step.value, total, unit: 'rows', subject: null })
    await job.breathe()
  }
}

/**
 * The instant to check at, and the newest one that can be believed. Data without an event of a known workspace have no
 * instant of their own: the newest event that is there is taken, else the newest creation of a user or workspace.
 */
async function asOfOf(
  db: Readable,
  dataset: ReturnType<typeof readDataset>,
  { asOf: wanted, job }: Wanted,
): Promise<Readonly<{ asOf: Instant; latest: Instant }>> {
  await say(job, 'Finding the date')
  const { timeZone } = modelInForce(db).model
  try {
    const { asOf } = asOfFor(db, dataset, { timeZone, wanted: undefined })
    const given = wanted === undefined ? asOf : resolveAsOf(dataset, calendarOf(timeZone), wanted)
    return { asOf: given, latest: asOf }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'import/no-events') throw error
    const newest = newestTime(dataset, calendarOf(timeZone))
    const asOf = wanted === undefined ? newest : resolveAsOf(dataset, calendarOf(timeZone), wanted)
    return { asOf, latest: newest }
  }
}

/**
 * Newest event with company, by the rule that holds for events of known workspaces; without any event, the newest creation
 * of a user or workspace.
 */
function newestTime(dataset: ReturnType<typeof readDataset>, calendar: Calendar): Instant {
  const times = allTimes(dataset.events)
  const need = Math.max(2, 0.001 * times.length)
  for (let last = times.length - 1, first = last; last >= 0; last--) {
    // Within range: first <= last < length.
    first = Math.min(first, last)
    while (first > 0 && (times[first - 1] as number) > (times[last] as number) - MONTH_MS) first--
    if (last - first + 1 >= need) return times[last] as number
  }
  const created = [...dataset.users, ...dataset.workspaces].flatMap(({ created_at }) => created_at ?? [])
  const newest = created.reduce((a, b) => (a > b ? a : b), '')
  return times.at(-1) ?? (newest === '' ? 0 : instantOfMoment(newest, calendar))
}

const MONTH_MS = 30 * DAY_MS

function allTimes(events: ProjectEvents): Float64Array {
  const times = new Float64Array(events.count)
  for (const { base, timestamp } of events.chunks()) times.set(timestamp, base)
  return times.sort()
}

function viewOf(
  db: Readable,
  { key: _key, anomalies, ...report }: HealthReport,
): Omit<ReportView, 'checkedAt' | 'isStale'> {
  return {
    ...report,
    anomalies: { newest: anomalyViews(db, anomalies?.newest ?? []), of: anomalies?.of ?? 0 },
    checks: report.checks.map(check => ({ ...check, noun: [...check.noun], evidence: [...check.evidence] })),
    coverage: [...report.coverage],
    freshness: [...report.freshness],
    fill: [...report.fill],
  }
}
