import { type Readable, statement } from './connection.ts'

/** What a unit of a run scored. */
export type UnitScoreRow = Readonly<{ unitId: string; score: number }>

const SCORES = 'SELECT unit_id AS unitId, score FROM score_unit WHERE run_id = ? ORDER BY unit_no'

/** The score of every unit of a run, by number. */
export function unitScores(db: Readable, runId: number): readonly UnitScoreRow[] {
  return statement<UnitScoreRow>(db, SCORES).all(runId)
}
