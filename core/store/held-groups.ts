import type { Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { textHash } from '#lib/text-hash'
import type { HeldState } from '#schema/held'
import { type Readable, statement } from './connection.ts'
import { type HeldRule, type HeldTotals, NOW } from './held.ts'
import { heldPages, OF_PAGE, type PageBounds } from './held-pages.ts'

/**
 * Held rows of one import that share rule and column and were not fixed. `supersededBy`: the imports that have superseded rows again, oldest
 * first. `line`: of the first such row.
 */
export type HeldGroup = HeldRule &
  Readonly<{
    importId: number
    state: Exclude<HeldState, 'fixed'>
    line: number
    supersededBy: readonly number[]
  }>

/** What the held rows of an import have come to. */
export type HeldTally = Readonly<{ groups: readonly HeldGroup[]; totals: HeldTotals }>

type Part = HeldRule & Readonly<{ state: HeldState; line: number; supersededBy: string }>
type Growing = Omit<Part, 'count' | 'supersededBy'> & { count: number; readonly supersededBy: Set<number> }

/** The bare columns are those of the first row. */
const PARTS = `
  SELECT state, code, column_name AS "column", count(*) AS "count", value AS example, message, line,
    iif(state = 'superseded', json_group_array(DISTINCT superseded_by), '[]') AS supersededBy, min(held_id)
  FROM ${NOW} WHERE ${OF_PAGE} GROUP BY state, code, column_name`

/** Files of which several published imports hold rows: one for each table that they feed. */
const FILES = `
  SELECT json_group_array(id) FROM import WHERE status = 'published' AND held > 0
  GROUP BY batch_id, file, sha256 HAVING count(*) > 1`
const RECORDS = `SELECT line, raw, coalesce(overlay, '') AS overlay FROM ${NOW} WHERE ${OF_PAGE} AND state = 'held'`

/** Groups of the rows that an import held, those with the most rows first, and their number by state. */
export function* heldTallySteps(db: Readable, importId: number): Steps<HeldTally> {
  const found = new Map<string, Growing>()
  for (const parts of heldPages(db, importId, bounds => statement<Part>(db, PARTS).all(bounds))) {
    for (const part of parts) addPart(found, part)
    yield
  }
  const all = [...found.values()].map(({ supersededBy, ...group }) => ({
    ...group,
    importId,
    supersededBy: [...supersededBy].toSorted((a, b) => a - b),
  }))
  const of = (state: HeldState): number => all.reduce((sum, own) => sum + (own.state === state ? own.count : 0), 0)
  return {
    groups: all.filter((group): group is typeof group & HeldGroup => group.state !== 'fixed').toSorted(byWeight),
    totals: { held: of('held'), leftOut: of('left-out'), fixed: of('fixed'), superseded: of('superseded') },
  }
}

function addPart(found: Map<string, Growing>, { state, code, column, count, example, message, line, ...part }: Part) {
  const name = JSON.stringify([state, code, column])
  const group = found.get(name) ?? { state, code, column, count: 0, example, message, line, supersededBy: new Set() }
  group.count += count
  for (const importId of JSON.parse(part.supersededBy) as number[]) group.supersededBy.add(importId) // as SQLite wrote it
  found.set(name, group)
}

function byWeight(a: HeldGroup, b: HeldGroup): number {
  return (
    compareCodePoints(a.state, b.state) ||
    b.count - a.count ||
    compareCodePoints(a.code, b.code) ||
    compareCodePoints(a.column, b.column)
  )
}

/**
 * Rows that are told with another one: of records that several tables of a file hold, as many count as the table with most of them holds. A
 * record is told by its line, its text and what was said of it.
 */
export function* mergedHeldSteps(db: Readable): Steps<number> {
  let merged = 0
  for (const ids of statement<string>(db, FILES, 'values').all()) {
    const records = new Map<number, Shared>()
    // As SQLite wrote it.
    for (const importId of JSON.parse(ids) as number[]) yield* addRecords(db, importId, records)
    for (const { all, most } of records.values()) merged += all - most
  }
  return merged
}

/** Rows of one record: of all tables, of the one with most of them, and of the import that is counted now. */
type Shared = { all: number; most: number; own: number; importId: number }

function* addRecords(db: Readable, importId: number, records: Map<number, Shared>): Steps<void> {
  for (const names of heldPages(db, importId, bounds => namesOf(db, bounds))) {
    for (const name of names) {
      const record = records.get(name) ?? { all: 0, most: 0, own: 0, importId }
      record.own = record.importId === importId ? record.own + 1 : 1
      record.importId = importId
      record.all++
      record.most = Math.max(record.most, record.own)
      records.set(name, record)
    }
    yield
  }
}

function namesOf(db: Readable, bounds: PageBounds): readonly number[] {
  return statement<{ line: number; raw: string; overlay: string }>(db, RECORDS)
    .all(bounds)
    .map(({ line, raw, overlay }) => textHash(`${line}\0${overlay}\0${raw}`))
}
