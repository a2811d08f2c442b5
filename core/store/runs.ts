import { invariant } from '#lib/errors'
import type { IdentityMode } from '#schema/identity'
import type { Anomaly } from '#schema/rollups'
import type { Level, Unit } from '#schema/unit'
import { type Readable, statement, transaction, type Writable } from './connection.ts'
import { saveUnitRows } from './run-list.ts'
import { decodeFrames, decodePage, encodePage, PAGE_UNITS, type RunUnit } from './run-page.ts'

/** What a run came to, as the pipeline strip shows it. */
export type RunSummary = Readonly<{
  modelName: string
  policyName: string
  persons: number
  linkedWorkspaces: number
  stages: Readonly<Record<string, number>>
  destinations: Readonly<Record<string, number>>
  setAside: readonly Readonly<{ reason: string; count: number }>[]
  /** Counted events whose name has no kind, of all counted ones; runs of earlier versions have none. */
  withoutKind?: Readonly<{ events: number; of: number }>
}>

/** One judgement of all units at one instant, and all that it rests on. Never rewritten. */
export type NewRun = Readonly<{
  /** ms since epoch */
  asOf: number
  level: Level
  identityMode: IdentityMode
  /** Versions that are kept (`saveVersion`). */
  modelHash: string
  policyHash: string
  cellsKey: string
  /** `dataState` of what was judged. */
  dataState: string
  summary: RunSummary
  anomalies: readonly Anomaly[]
  /** ms since epoch */
  createdAt: number
}>
export type ScoreRun = NewRun & Readonly<{ runId: number; unitCount: number }>

/** Runs of a level that are kept whole however many follow, beside those that an export wrote. */
export const KEPT_RUNS = 10

type StoredRun = Omit<ScoreRun, 'summary' | 'anomalies'> & Readonly<{ summary: string; anomalies: string }>

const COLUMNS = `
  run_id AS runId, as_of AS asOf, level, identity_mode AS identityMode, model_hash AS modelHash,
  policy_hash AS policyHash, cells_key AS cellsKey, data_state AS dataState, unit_count AS unitCount, summary, anomalies,
  created_at AS createdAt`
const ADD = `
  INSERT INTO score_run (as_of, level, identity_mode, model_hash, policy_hash, cells_key, data_state, unit_count, summary,
    anomalies, created_at, state)
  VALUES (:asOf, :level, :identityMode, :modelHash, :policyHash, :cellsKey, :dataState, :unitCount, :summary, :anomalies,
    :createdAt, 'draft')`
const FINISH = `UPDATE score_run SET state = 'whole' WHERE run_id = ?`
const NEWEST = `SELECT ${COLUMNS} FROM score_run WHERE state = 'whole' AND level = ? ORDER BY run_id DESC LIMIT 1`
const BY_ID = `SELECT ${COLUMNS} FROM score_run WHERE run_id = ? AND state = 'whole'`
const LIST = `SELECT ${COLUMNS} FROM score_run WHERE state = 'whole' ORDER BY run_id DESC`
const INSTANTS = `SELECT run_id AS runId, as_of AS asOf FROM score_run WHERE state <> 'draft' ORDER BY run_id`
const DRAFTS = `SELECT run_id FROM score_run WHERE state = 'draft' ORDER BY run_id`
/** Of each level all but the newest, those that were exported aside. */
const OLD = `
  SELECT run_id FROM (
    SELECT run_id, row_number() OVER (PARTITION BY level ORDER BY run_id DESC) AS place FROM score_run WHERE state = 'whole'
  ) WHERE place > ? AND run_id NOT IN (SELECT run_id FROM export_run) ORDER BY run_id`
const FORGET_UNITS = 'DELETE FROM score_unit WHERE run_id = ?'
const FORGET_PAGES = 'DELETE FROM score_page WHERE run_id = ?'
const FORGET_PARTS = 'DELETE FROM run_part WHERE run_id = ?'
const MARK_FORGOTTEN = `UPDATE score_run SET state = 'forgotten' WHERE run_id = ?`
const DROP = 'DELETE FROM score_run WHERE run_id = ?'
const ADD_PAGE = 'INSERT INTO score_page (run_id, first_unit_no, content) VALUES (?, ?, ?)'
const PAGE = 'SELECT content FROM score_page WHERE run_id = ? AND first_unit_no = ?'
const UNIT_NO = 'SELECT unit_no FROM score_unit WHERE run_id = ? AND unit_id = ?'

/** A run that is being written. Nobody sees it before it is finished, whatever becomes of the program. */
export type RunDraft = Readonly<{
  runId: number
  /** Adds the units that come next, sorted by id over the whole run: their position is their number. By one transaction. */
  add(units: readonly RunUnit[]): void
  /** Makes it the newest run, forgets what is too old to be kept, and does what belongs to it, by one transaction. */
  finish(rest: () => void): void
  /** As if it had never been begun. */
  discard(): void
}>

/**
 * Begins a run. Drafts that were left behind go.
 *
 * @param unitCount units that will be added
 */
export function beginRun(db: Writable, run: NewRun, unitCount: number): RunDraft {
  const runId = transaction(db, () => {
    for (const draft of statement<number>(db, DRAFTS, 'values').all()) drop(db, draft)
    const texts = { summary: JSON.stringify(run.summary), anomalies: JSON.stringify(run.anomalies) }
    return Number(statement(db, ADD).run({ ...run, ...texts, unitCount }).lastInsertRowid)
  })
  let added = 0
  return {
    runId,
    add: units => {
      invariant(added % PAGE_UNITS === 0, 'all pages but the last one are full')
      transaction(db, () => {
        saveUnitRows(db, runId, { first: added, units })
        const addPage = statement(db, ADD_PAGE)
        for (let from = 0; from < units.length; from += PAGE_UNITS)
          addPage.run(runId, added + from, encodePage(units.slice(from, from + PAGE_UNITS)))
      })
      added += units.length
    },
    finish: rest =>
      transaction(db, () => {
        invariant(added === unitCount, 'a run has all its units when it is finished')
        rest()
        statement(db, FINISH).run(runId)
        for (const old of statement<number>(db, OLD, 'values').all(KEPT_RUNS)) forget(db, old)
      }),
    discard: () => transaction(db, () => drop(db, runId)),
  }
}

/** Keeps a run of units that are there already, by one transaction, and returns its number. */
export function saveRun(db: Writable, run: NewRun, units: readonly RunUnit[]): number {
  return transaction(db, () => {
    const draft = beginRun(db, run, units.length)
    draft.add(units)
    draft.finish(() => undefined)
    return draft.runId
  })
}

/** Forgets all of a run but its head, which owners name. */
function forget(db: Writable, runId: number): void {
  for (const sql of [FORGET_UNITS, FORGET_PAGES, FORGET_PARTS, MARK_FORGOTTEN]) statement(db, sql).run(runId)
}

function drop(db: Writable, runId: number): void {
  for (const sql of [FORGET_UNITS, FORGET_PAGES, FORGET_PARTS, DROP]) statement(db, sql).run(runId)
}

/** The run of a level that was made last. */
export function newestRun(db: Readable, level: Level = 'workspace'): ScoreRun | null {
  const found = statement<StoredRun>(db, NEWEST).get(level)
  return found === undefined ? null : asRun(found)
}

/** A run that is kept whole. */
export function readRun(db: Readable, runId: number): ScoreRun | null {
  const found = statement<StoredRun>(db, BY_ID).get(runId)
  return found === undefined ? null : asRun(found)
}

/** Instants of all runs that were ever made, by number: also of those of which nothing else is kept. */
export function runInstants(db: Readable): ReadonlyMap<number, number> {
  const rows = statement<{ runId: number; asOf: number }>(db, INSTANTS).all()
  return new Map(rows.map(({ runId, asOf }) => [runId, asOf]))
}

/** Every run that is kept whole, newest first. */
export function listRuns(db: Readable): readonly ScoreRun[] {
  return statement<StoredRun>(db, LIST).all().map(asRun)
}

/** Everything about one unit of a run, or null where the run has no such unit. */
export function readUnit(db: Readable, runId: number, unitId: string): (RunUnit & Readonly<{ unitNo: number }>) | null {
  const unitNo = statement<number>(db, UNIT_NO, 'values').get(runId, unitId)
  if (unitNo === undefined) return null
  const first = unitNo - (unitNo % PAGE_UNITS)
  const content = statement<Uint8Array>(db, PAGE, 'values').get(runId, first)
  invariant(content !== undefined, 'every unit of a run is in a page')
  const unit = decodePage(content)[unitNo - first]
  invariant(unit !== undefined, 'a page has all units that are in it')
  return { unitNo, ...unit }
}

/** The units with these ids, by number; each page is opened once. Ids that the run does not have are left out. */
export function readUnits(db: Readable, runId: number, unitIds: readonly string[]): readonly RunUnit[] {
  const number = statement<number>(db, UNIT_NO, 'values')
  const unitNos = [...new Set(unitIds)].flatMap(unitId => number.get(runId, unitId) ?? []).sort((a, b) => a - b)
  const pages = Map.groupBy(unitNos, unitNo => unitNo - (unitNo % PAGE_UNITS))
  return [...pages].flatMap(([first, wanted]) => {
    const content = statement<Uint8Array>(db, PAGE, 'values').get(runId, first)
    const units = content === undefined ? [] : decodePage(content)
    return wanted.flatMap(unitNo => units[unitNo - first] ?? [])
  })
}

/** All units of a run by number, page after page: hold on to what is needed. */
export function* runUnits(db: Readable, runId: number): Generator<RunUnit> {
  const page = statement<Uint8Array>(db, PAGE, 'values')
  for (let first = 0; ; first += PAGE_UNITS) {
    const content = page.get(runId, first)
    if (content === undefined) return
    yield* decodePage(content)
  }
}

/** The frames alone of all units of a run by number: what they are, not what they score. A page of them at a time. */
export function* runFrames(db: Readable, runId: number): Generator<readonly Unit[]> {
  const page = statement<Uint8Array>(db, PAGE, 'values')
  for (let first = 0; ; first += PAGE_UNITS) {
    const content = page.get(runId, first)
    if (content === undefined) return
    yield decodeFrames(content)
  }
}

function asRun(stored: StoredRun): ScoreRun {
  // Both were written by saveRun from values of these types.
  const summary = JSON.parse(stored.summary) as RunSummary
  return { ...stored, summary, anomalies: JSON.parse(stored.anomalies) as Anomaly[] }
}
