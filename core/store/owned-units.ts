import { type Readable, statement } from './connection.ts'

const COUNTS = 'SELECT owner, count(*) AS units FROM score_unit WHERE run_id = ? AND owner IS NOT NULL GROUP BY owner'
const UNITS = `
  SELECT unit_no AS unitNo, unit_id AS unitId FROM score_unit WHERE run_id = ? AND owner = ? ORDER BY score DESC, unit_no`
const NUMBER = 'SELECT unit_no FROM score_unit WHERE run_id = ? AND unit_id = ?'

/** Units that each owner has in a run, by owner. */
export function ownedCounts(db: Readable, runId: number): ReadonlyMap<string, number> {
  const rows = statement<Readonly<{ owner: string; units: number }>>(db, COUNTS).all(runId)
  return new Map(rows.map(({ owner, units }) => [owner, units]))
}

/** Units that an owner has in a run, best score first. */
export function ownedUnits(
  db: Readable,
  runId: number,
  owner: string,
): readonly Readonly<{ unitNo: number; unitId: string }>[] {
  return statement<Readonly<{ unitNo: number; unitId: string }>>(db, UNITS).all(runId, owner)
}

/** Numbers of units of a run by their ids; those that the run does not have are left out. */
export function unitNumbers(db: Readable, runId: number, unitIds: Iterable<string>): ReadonlyMap<string, number> {
  const number = statement<number>(db, NUMBER, 'values')
  const found = new Map<string, number>()
  for (const unitId of unitIds) {
    const unitNo = number.get(runId, unitId)
    if (unitNo !== undefined) found.set(unitId, unitNo)
  }
  return found
}
