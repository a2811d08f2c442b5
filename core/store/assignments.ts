import type { Level } from '#schema/unit'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** A unit that a team's owner works, from the run that gave it to him until one releases it. */
export type Assignment = Readonly<{ unitId: string; owner: string; team: string; sinceRun: number }>

const ADD = `
  INSERT INTO owner_assignment (level, unit_id, owner, team, since_run) VALUES (:level, :unitId, :owner, :team, :sinceRun)
  ON CONFLICT (level, unit_id, team) WHERE released_run IS NULL DO NOTHING`
const RELEASE = `
  UPDATE owner_assignment SET released_run = :run
  WHERE level = :level AND unit_id = :unitId AND team = :team AND released_run IS NULL`
const LASTING = `
  SELECT unit_id AS unitId, owner, team, since_run AS sinceRun FROM owner_assignment
  WHERE level = ? AND released_run IS NULL ORDER BY unit_id, team`

const ENDED = `
  SELECT unit_id AS unitId, owner, team, since_run AS sinceRun FROM owner_assignment
  WHERE level = ? AND released_run = ? ORDER BY unit_id, team`
const OTHERS = `
  SELECT
    EXISTS (
      SELECT 1 FROM owner_assignment gone JOIN score_unit unit ON unit.run_id = :run AND unit.unit_id = gone.unit_id
      WHERE gone.level = :level AND gone.released_run = :run AND unit.owner = gone.owner AND NOT EXISTS (
        SELECT 1 FROM owner_assignment lasting WHERE lasting.level = gone.level AND lasting.unit_id = gone.unit_id
          AND lasting.team = gone.team AND lasting.owner = gone.owner AND lasting.released_run IS NULL))
    OR EXISTS (
      SELECT 1 FROM owner_assignment given JOIN score_unit unit ON unit.run_id = :run AND unit.unit_id = given.unit_id
      WHERE given.level = :level AND given.since_run = :run AND given.released_run IS NULL AND unit.owner IS NOT given.owner)`

/** Assignments that last, by unit id, then team. */
export function lastingAssignments(db: Readable, level: Level): readonly Assignment[] {
  return statement<Assignment>(db, LASTING).all(level)
}

/** Assignments that were ended as of a run, and so after it was made. */
export function endedAssignments(db: Readable, level: Level, run: number): readonly Assignment[] {
  return statement<Assignment>(db, ENDED).all(level, run)
}

/** Adds assignments; a unit that a team has an owner for keeps that one until it is released. */
export function assignOwners(db: Writable, level: Level, assignments: readonly Assignment[]): void {
  transaction(db, () => {
    for (const { unitId, owner, team, sinceRun } of assignments)
      statement(db, ADD).run({ level, unitId, owner, team, sinceRun })
  })
}

/** Ends assignments as of a run. */
export function releaseOwners(
  db: Writable,
  level: Level,
  units: readonly Pick<Assignment, 'unitId' | 'team'>[],
  run: number,
): void {
  transaction(db, () => {
    for (const { unitId, team } of units) statement(db, RELEASE).run({ level, unitId, team, run })
  })
}

/** Was an assignment released, or given to another, since a run, and not brought back? The run does not know of it then. */
export function hasOtherOwners(db: Readable, level: Level, run: number): boolean {
  return statement<0 | 1>(db, OTHERS, 'values').get({ level, run }) === 1
}
