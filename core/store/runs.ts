import { invariant } from '#lib/errors'
import type { IdentityMode } from '#schema/identity'
import type { Anomaly } from '#schema/rollups'
import type { Level } from '#schema/unit'
import { type Readable, statement, transaction, type Writable } from './connection.ts'
import { saveUnitRows } from './run-list.ts'
import { decodePage, decodePageUnit, encodePage, PAGE_UNITS, type RunUnit } from './run-page.ts'

/** What a run came to, as the pipeline strip shows it. */
export type RunSummary = Readonly<{
  modelName: string
  policyName: string
  persons: number
  linkedWorkspaces: number
  stages: Readonly<Record<string, number>>
  destinations: Readonly<Record<string, number>>
  setAside: readonly Readonly<{ reason: string; count: number }>[]
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

type StoredRun = Omit<ScoreRun, 'summary' | 'anomalies'> & Readonly<{ summary: string; anomalies: string }>

const COLUMNS = `
  run_id AS runId, as_of AS asOf, level, identity_mode AS identityMode, model_hash AS modelHash,
  policy_hash AS policyHash, cells_key AS cellsKey, data_state AS dataState, unit_count AS unitCount, summary, anomalies,
  created_at AS createdAt`
const ADD = `
  INSERT INTO score_run (as_of, level, identity_mode, model_hash, policy_hash, cells_key, data_state, unit_count, summary,
    anomalies, created_at)
  VALUES (:asOf, :level, :identityMode, :modelHash, :policyHash, :cellsKey, :dataState, :unitCount, :summary, :anomalies,
    :createdAt)`
const NEWEST = `SELECT ${COLUMNS} FROM score_run ORDER BY run_id DESC LIMIT 1`
const BY_ID = `SELECT ${COLUMNS} FROM score_run WHERE run_id = ?`
const LIST = `SELECT ${COLUMNS} FROM score_run ORDER BY run_id DESC`
const ADD_PAGE = 'INSERT INTO score_page (run_id, first_unit_no, content) VALUES (?, ?, ?)'
const PAGE = 'SELECT content FROM score_page WHERE run_id = ? AND first_unit_no = ?'
const UNIT_NO = 'SELECT unit_no FROM score_unit WHERE run_id = ? AND unit_id = ?'

/**
 * Keeps a run as one transaction and returns its number.
 *
 * @param units sorted by id (code points): the position of a unit is its number in the run
 */
export function saveRun(db: Writable, run: NewRun, units: readonly RunUnit[]): number {
  return transaction(db, () => {
    const texts = { summary: JSON.stringify(run.summary), anomalies: JSON.stringify(run.anomalies) }
    const { lastInsertRowid } = statement(db, ADD).run({ ...run, ...texts, unitCount: units.length })
    const runId = Number(lastInsertRowid)
    saveUnitRows(db, runId, units)
    const addPage = statement(db, ADD_PAGE)
    for (let first = 0; first < units.length; first += PAGE_UNITS)
      addPage.run(runId, first, encodePage(units.slice(first, first + PAGE_UNITS)))
    return runId
  })
}

export function newestRun(db: Readable): ScoreRun | null {
  const found = statement<StoredRun>(db, NEWEST).get()
  return found === undefined ? null : asRun(found)
}

export function readRun(db: Readable, runId: number): ScoreRun | null {
  const found = statement<StoredRun>(db, BY_ID).get(runId)
  return found === undefined ? null : asRun(found)
}

/** Every run, newest first. */
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
  return { unitNo, ...decodePageUnit(content, unitNo - first) }
}

/** The units with these numbers, ascending; each page is opened once. Numbers that the run does not have are left out. */
export function readUnits(db: Readable, runId: number, unitNos: readonly number[]): readonly RunUnit[] {
  const pages = Map.groupBy(
    [...new Set(unitNos)].sort((a, b) => a - b),
    unitNo => unitNo - (unitNo % PAGE_UNITS),
  )
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

function asRun(stored: StoredRun): ScoreRun {
  // Both were written by saveRun from values of these types.
  const summary = JSON.parse(stored.summary) as RunSummary
  return { ...stored, summary, anomalies: JSON.parse(stored.anomalies) as Anomaly[] }
}
