import { eachInSteps, finish, type Steps } from '#lib/steps'
import { newestRun, type Readable, runUnits, type ScoreRun, unitScores, walkTable } from '#store'
import { modelInForce } from '../judgement.ts'
import { keptPart } from '../run-parts.ts'
import type { Desk } from './desk.ts'
import { type Reach, type ReachedUnit, reachOf } from './reach.ts'

/** What the newest run scored, by what candidates are about. */
export type Scores = Readonly<{
  runId: number | null
  ofWorkspace: ReadonlyMap<string, number>
  ofAccount: AccountScores
  /** Highest score among the workspaces of each user row, NaN for none. */
  ofRow: Float64Array
  /** What joining two users may move. */
  reach: LazyReach
}>

/** Highest score among the workspaces that an account is a candidate of, among those that are ambiguous, and of those without any. */
type AccountScores = Readonly<{ any: ReadonlyMap<string, number>; open: ReadonlyMap<string, number>; without: number }>

const known = new WeakMap<Desk['found'], Scores>()

/** Scores of the newest run; read once for what was found, and for a run. */
export function scoresFor(db: Readable, desk: Desk): Scores {
  return finish(scoreSteps(db, desk))
}

/** The same with halts. */
export function* scoreSteps(db: Readable, desk: Desk): Steps<Scores> {
  const run = newestRun(db)
  const runId = run?.runId ?? null
  const found = known.get(desk.found)
  if (found?.runId === runId) return found
  const own = yield* figureSteps(db, desk, runId)
  const ofAccount = yield* accountSteps(desk, own.ofWorkspace)
  const scores = { ...own, ofAccount, reach: reachFor(db, desk, run) }
  known.set(desk.found, scores)
  return scores
}

type Figures = Omit<Scores, 'ofAccount' | 'reach'>

const figures = new WeakMap<Desk['lineup'], Figures>()

/** Rows of users and workspaces with their scores: answers make desks anew, and leave both as they are. */
function* figureSteps(db: Readable, desk: Desk, runId: number | null): Steps<Figures> {
  const found = figures.get(desk.lineup)
  if (found?.runId === runId) return found
  const ofWorkspace = runId === null ? new Map<string, number>() : workspaceScores(db, runId)
  yield
  const made = { runId, ofWorkspace, ofRow: yield* rowSteps(db, desk, ofWorkspace) }
  figures.set(desk.lineup, made)
  return made
}

/** Units between two halts. */
const STRETCH = 256

/** What joining two users may move; units are read beforehand, or when somebody first asks. */
export type LazyReach = Reach & Readonly<{ read(): Steps<void> }>

const reaches = new WeakMap<Desk['lineup'], Readonly<{ runId: number | null; reach: LazyReach }>>()

/** Answers make desks anew, and leave the evidence and the run as they are. */
function reachFor(db: Readable, desk: Desk, run: ScoreRun | null): LazyReach {
  const runId = run?.runId ?? null
  const found = reaches.get(desk.lineup)
  if (found?.runId === runId) return found.reach
  const reach = lazyReach(db, desk, run)
  reaches.set(desk.lineup, { runId, reach })
  return reach
}

function lazyReach(db: Readable, desk: Desk, run: ScoreRun | null): LazyReach {
  let reach: Reach | null = null
  function* read(): Steps<void> {
    if (reach !== null || run === null) return
    const { warm, pql, hot } = modelInForce(db).model.stages
    const units: ReachedUnit[] = []
    for (const unit of reachedUnits(db, run.runId)) if (units.push(unit) % STRETCH === 0) yield
    reach = reachOf({ desk, units, borders: [warm, pql, hot], barred: barredRows(db, desk) })
  }
  return {
    read,
    between: (a, b) => {
      finish(read())
      return reach?.between(a, b) ?? 0
    },
  }
}

function* reachedUnits(db: Readable, runId: number): Generator<ReachedUnit> {
  for (const { judged, people } of runUnits(db, runId))
    yield {
      score: judged.score.score,
      accountId: judged.unit.accountId,
      people: people.map(({ userIds, userScore }, i) => ({
        userIds,
        points: userScore,
        roleFactor: judged.unit.people[i]?.roleFactor ?? 0,
      })),
    }
}

function workspaceScores(db: Readable, runId: number): Map<string, number> {
  const scores = new Map(unitScores(db, runId).map(({ unitId, score }) => [unitId, score]))
  for (const group of keptPart(db, runId, 'merged workspaces')) {
    const score = group.map(id => scores.get(id)).find(own => own !== undefined)
    if (score !== undefined) for (const id of group) scores.set(id, score)
  }
  return scores
}

function* accountSteps({ found }: Desk, ofWorkspace: ReadonlyMap<string, number>): Steps<AccountScores> {
  const [any, open, placed] = [new Map<string, number>(), new Map<string, number>(), new Set<string>()]
  yield* eachInSteps(found.workspaceAccounts, ({ workspaceId, accountId, status }) => {
    placed.add(workspaceId)
    const score = ofWorkspace.get(workspaceId) ?? 0
    for (const scores of status === 'ambiguous' ? [any, open] : [any])
      scores.set(accountId, Math.max(score, scores.get(accountId) ?? 0))
  })
  let without = 0
  for (const [id, score] of ofWorkspace) if (!placed.has(id)) without = Math.max(without, score)
  return { any, open, without }
}

function* rowSteps(db: Readable, { rowOf }: Desk, ofWorkspace: ReadonlyMap<string, number>): Steps<Float64Array> {
  const scores = new Float64Array(rowOf.size).fill(Number.NaN)
  if (ofWorkspace.size === 0) return scores
  const add = (userId: string, workspaceId: string | null): void => {
    const row = rowOf.get(userId)
    const score = workspaceId === null ? undefined : ofWorkspace.get(workspaceId)
    if (row === undefined || score === undefined) return
    const own = scores[row] as number // one per row
    if (!(own >= score)) scores[row] = score
  }
  for (const table of ['memberships', 'users'] as const)
    yield* eachInSteps(walkTable(db, table, ['user_id', 'workspace_id']), row => add(row.user_id, row.workspace_id))
  return scores
}

/** Rows of users whom a contact of the CRM, of their id or address, keeps from being contacted. */
function barredRows(db: Readable, { rowOf }: Desk): ReadonlySet<number> {
  const [ids, addresses, contacts] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const columns = ['contact_id', 'user_id', 'email', 'opted_out', 'disqualified_at'] as const
  for (const { contact_id, user_id, email, opted_out, disqualified_at } of walkTable(db, 'contacts', columns)) {
    if (opted_out !== true && disqualified_at === null) continue
    contacts.add(contact_id)
    if (user_id !== null) ids.add(user_id)
    if (email !== null) addresses.add(email.toLowerCase())
  }
  const isBarred = (contact: string | null, address: string | null): boolean =>
    (contact !== null && contacts.has(contact)) || (address !== null && addresses.has(address.toLowerCase()))
  const rows = new Set<number>()
  if (contacts.size === 0) return rows
  for (const { user_id, contact_id, primary_email } of walkTable(db, 'users', [
    'user_id',
    'contact_id',
    'primary_email',
  ]))
    if (ids.has(user_id) || isBarred(contact_id, primary_email)) rows.add(rowOf.get(user_id) ?? -1)
  return rows
}
