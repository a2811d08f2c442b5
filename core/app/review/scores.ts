import { newestRun, type Readable, unitScores, walkTable } from '#store'
import { keptPart } from '../run-parts.ts'
import type { Desk } from './desk.ts'

/** What the newest run scored, by what candidates are about. */
export type Scores = Readonly<{
  runId: number | null
  ofWorkspace: ReadonlyMap<string, number>
  /** Highest score among the workspaces of each user row, NaN for none. */
  ofRow: Float64Array
}>

const known = new WeakMap<Desk, Scores>()

/** Scores of the newest run; read once per desk and run. */
export function scoresFor(db: Readable, desk: Desk): Scores {
  const runId = newestRun(db)?.runId ?? null
  const found = known.get(desk)
  if (found?.runId === runId) return found
  const ofWorkspace = runId === null ? new Map<string, number>() : workspaceScores(db, runId)
  const scores = { runId, ofWorkspace, ofRow: rowScores(db, desk, ofWorkspace) }
  known.set(desk, scores)
  return scores
}

function workspaceScores(db: Readable, runId: number): Map<string, number> {
  const scores = new Map(unitScores(db, runId).map(({ unitId, score }) => [unitId, score]))
  for (const group of keptPart(db, runId, 'merged workspaces')) {
    const score = group.map(id => scores.get(id)).find(own => own !== undefined)
    if (score !== undefined) for (const id of group) scores.set(id, score)
  }
  return scores
}

function rowScores(db: Readable, { rowOf }: Desk, ofWorkspace: ReadonlyMap<string, number>): Float64Array {
  const scores = new Float64Array(rowOf.size).fill(Number.NaN)
  if (ofWorkspace.size === 0) return scores
  const add = (userId: string, workspaceId: string | null): void => {
    const row = rowOf.get(userId)
    const score = workspaceId === null ? undefined : ofWorkspace.get(workspaceId)
    if (row === undefined || score === undefined) return
    const own = scores[row] as number // one per row
    if (!(own >= score)) scores[row] = score
  }
  for (const { user_id, workspace_id } of walkTable(db, 'memberships', ['user_id', 'workspace_id']))
    add(user_id, workspace_id)
  for (const { user_id, workspace_id } of walkTable(db, 'users', ['user_id', 'workspace_id']))
    add(user_id, workspace_id)
  return scores
}
