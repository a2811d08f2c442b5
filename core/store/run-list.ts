import type { Output, Parsed } from '#contract/contract'
import { invariant } from '#lib/errors'
import type { Stage } from '#schema/score'
import { type Readable, type SqlValue, statement, type Writable } from './connection.ts'
import { MATCHES, scoreOrderSql } from './run-order.ts'
import type { RunUnit } from './run-page.ts'

/** One line of the score table, as the contract has it. */
export type ScoreListRow = Output<'score.rows'>['rows'][number]
export type ScoreFilter = Parsed<'score.order'>['filter']
export type ScoreSort = Parsed<'score.order'>['sort']

/** Units per bin of one point (101 bins, the last is 100), and per stage and destination. */
export type ScoreHistogram = Readonly<{
  units: number
  counts: Uint32Array
  stageCounts: Readonly<Record<string, number>>
  destinationCounts: Readonly<Record<string, number>>
}>

/** What the next run asks of the one before: since when does a stage hold? */
export type ScoreMark = Readonly<{ unitId: string; stage: Stage; lastChangedAt: number | null }>

const STAGE_RANKS: Readonly<Record<Stage, number>> = { 'Not PQL': 0, Warm: 1, PQL: 2, 'Hot PQL': 3 }
const BINS = 101

// biome-ignore format: one list
const FIELDS = [
  'run_id', 'unit_no', 'unit_id', 'unit_name', 'account_id', 'account_name', 'score', 'total', 'stage', 'stage_rank',
  'activation', 'depth', 'expansion', 'intent', 'fit', 'negative', 'coverage', 'representative_id',
  'representative_name', 'destination', 'also', 'owner', 'owner_name', 'owner_team', 'health', 'reason', 'next_best_action',
  'last_active_at', 'last_changed_at', 'is_paid', 'plan', 'search_text',
]
const ADD = `INSERT INTO score_unit (${FIELDS.join(', ')}) VALUES (${FIELDS.map(() => '?').join(', ')})`
const ROW = `
  SELECT unit_no AS unitNo, unit_id AS unitId, unit_name AS unitName, account_id AS accountId,
    account_name AS accountName, score, stage, activation, depth, expansion, intent, fit, negative, coverage,
    representative_id AS representativeId, representative_name AS representativeName, destination, also, owner,
    owner_name AS ownerName, owner_team AS ownerTeam, health, reason, next_best_action AS nextBestAction, last_active_at AS lastActiveAt,
    is_paid AS isPaid, plan
  FROM score_unit WHERE run_id = ? AND unit_no = ?`
const MARKS = `
  SELECT unit_id AS unitId, stage, last_changed_at AS lastChangedAt FROM score_unit WHERE run_id = ? ORDER BY unit_no`
const BIN_COUNTS = `
  SELECT min(100, max(0, CAST(score AS INTEGER))) AS bin, stage, destination, count(*) AS units FROM score_unit
  WHERE run_id = :run AND ${MATCHES} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
const COUNT = 'SELECT unit_count FROM score_run WHERE run_id = ?'

/** Writes what lists need of units of a run, the first of them with the number given, within the caller's transaction. */
export function saveUnitRows(
  db: Writable,
  runId: number,
  { first, units }: Readonly<{ first: number; units: readonly RunUnit[] }>,
): void {
  const add = statement(db, ADD)
  units.forEach((unit, i) => {
    add.run([runId, first + i, ...unitValues(unit)])
  })
}

/** Numbers of the units that a filter leaves, in the order asked for. */
export function scoreOrder(
  db: Readable,
  runId: number,
  order: Readonly<{ sort: ScoreSort; descending: boolean; filter: ScoreFilter }>,
): Uint32Array {
  const filter = bindingsOf(order.filter)
  const sql = scoreOrderSql(order.sort, order.descending, filter !== null)
  return Uint32Array.from(statement<number>(db, sql, 'values').all({ run: runId, ...filter }))
}

/** Rows of the score table by unit number, in the order asked for; numbers that the run does not have are left out. */
export function scoreRows(db: Readable, runId: number, unitNos: readonly number[]): readonly ScoreListRow[] {
  const row = statement<StoredRow>(db, ROW)
  return unitNos.flatMap(unitNo => {
    const found = row.get(runId, unitNo)
    return found === undefined ? [] : [asListRow(found)]
  })
}

export function scoreHistogram(db: Readable, runId: number, filter: ScoreFilter): ScoreHistogram {
  const counts = new Uint32Array(BINS)
  const stageCounts: Record<string, number> = {}
  const destinationCounts: Record<string, number> = {}
  let total = 0
  const bindings = { run: runId, ...(bindingsOf(filter) ?? UNFILTERED) }
  for (const { bin, stage, destination, units } of statement<BinCount>(db, BIN_COUNTS).all(bindings)) {
    counts[bin] = (counts[bin] ?? 0) + units
    stageCounts[stage] = (stageCounts[stage] ?? 0) + units
    destinationCounts[destination] = (destinationCounts[destination] ?? 0) + units
    total += units
  }
  return { units: total, counts, stageCounts, destinationCounts }
}

/** Stage of every unit of a run and since when it holds, by unit number. */
export function scoreMarks(db: Readable, runId: number): readonly ScoreMark[] {
  return statement<ScoreMark>(db, MARKS).all(runId)
}

/** Number of units of a run, whatever the filter. */
export function countUnits(db: Readable, runId: number): number {
  return statement<number>(db, COUNT, 'values').get(runId) ?? 0
}

type BinCount = Readonly<{ bin: number; stage: string; destination: string; units: number }>
type Buckets = ScoreListRow['buckets']
type StoredRow = Omit<ScoreListRow, 'buckets' | 'also' | 'isPaid'> & Buckets & Readonly<{ also: string; isPaid: 0 | 1 }>

const UNFILTERED = { search: '', stages: null, destinations: null, min: -Infinity, max: Infinity }

/** Null: the filter leaves everything. */
function bindingsOf(filter: ScoreFilter): Readonly<Record<string, SqlValue>> | null {
  const { stages, destinations, minScore, maxScore } = filter
  const search = filter.search.trim().toLowerCase()
  const isOpen = search === '' && minScore === undefined && maxScore === undefined
  if (isOpen && stages.length === 0 && destinations.length === 0) return null
  return {
    search,
    stages: stages.length === 0 ? null : JSON.stringify(stages),
    destinations: destinations.length === 0 ? null : JSON.stringify(destinations),
    min: minScore ?? -Infinity,
    max: maxScore ?? Infinity,
  }
}

function asListRow(stored: StoredRow): ScoreListRow {
  const { activation, depth, expansion, intent, fit, negative, also, isPaid, ...row } = stored
  const buckets = { activation, depth, expansion, intent, fit, negative }
  return { ...row, buckets, also: JSON.parse(also) as string[], isPaid: isPaid === 1 } // written by unitValues
}

/** Values of `FIELDS` after run and number. */
function unitValues({ judged, route, reason, ...names }: RunUnit): readonly SqlValue[] {
  const { unit, score, findings } = judged
  const { activation, depth, expansion, intent, fit, negative } = score.buckets
  const points = [score.score, score.total, activation, depth, expansion, intent, fit, negative]
  invariant(points.every(Number.isFinite), `the score of ${unit.id} is a number`)
  return [
    unit.id,
    unit.name,
    unit.accountId,
    names.accountName,
    score.score,
    score.total,
    score.stage,
    STAGE_RANKS[score.stage],
    activation,
    depth,
    expansion,
    intent,
    fit,
    negative,
    score.coverage,
    score.representativeId,
    names.representativeName,
    route.destination,
    JSON.stringify(route.also),
    route.owner,
    names.ownerName,
    route.ownerTeam,
    findings.health.state,
    reason,
    findings.nextBestAction?.id ?? null,
    findings.rollups.last_active_at,
    names.lastChangedAt,
    unit.isPaid ? 1 : 0,
    names.plan,
    searchText(unit.id, unit.name, unit.accountId, names.accountName),
  ]
}

/** What a search looks through, one per line so that no match runs from one into the next. */
function searchText(...texts: readonly (string | null)[]): string {
  return texts
    .filter(text => text !== null)
    .map(text => text.toLowerCase())
    .join('\n')
}
