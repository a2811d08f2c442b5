import type { Assignment } from '#pipeline'
import type { Level } from '#schema/unit'
import { lastingAssignments, type Readable, runInstants } from '#store'

/** Who works each unit since which earlier run, one entry per team. */
export function lastingAssignmentsOf(db: Readable, level: Level): ReadonlyMap<string, readonly Assignment[]> {
  const since = runInstants(db)
  const byUnit = new Map<string, Assignment[]>()
  for (const { unitId, owner, team, sinceRun } of lastingAssignments(db, level)) {
    const assignment = { owner, team, at: since.get(sinceRun) ?? null }
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), assignment])
  }
  return byUnit
}
