import { type TextIndex, textIndex } from '#lib/bucket-index'
import type { Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import type { JudgedData } from '#schema/dataset'
import type { EventLog } from '#schema/event'
import type { Activity } from '#schema/identity'
import { newestRun, type Readable, rowsBy, type ScoreRun } from '#store'
import { judgedTables } from '../dataset.ts'
import { modelInForce } from '../judgement.ts'
import { keptPart, keptRecords } from '../run-parts.ts'
import { keptEventSteps } from '../stitched-events.ts'
import { keyOf, type Pair } from './answers.ts'
import { type Reassigned, reassignedSteps } from './company-trials.ts'
import { partOfLog, projectLosers } from './part-of-log.ts'
import type { Room } from './room.ts'

/** Events that are held in memory while they are judged. */
const MOST_HELD = 120_000

/** Up to how much is read. */
export type Limits = Readonly<{ units: number; events: number }>

/** The workspaces of all units that an answer touches. */
export type Touched = Readonly<{
  run: ScoreRun
  workspaceIds: readonly string[]
  units: number
  /** Of two rows of accounts: which account each workspace has, and would have. */
  reassigned: Reassigned | null
}>

/** What the answer "same" touches; null where nothing is asked, was scored or is touched. Two rows of accounts may touch nothing. */
export function* touchedSteps(room: Room, pair: Pair): Steps<Touched | null> {
  const { db, answers, scores } = room
  const run = newestRun(db)
  if (run === null || pair.question === 'signups' || answers.decided.get(keyOf(pair))?.decision.answer === 'same')
    return null
  const reassigned = pair.question === 'companies' ? yield* reassignedSteps(room, pair) : null
  const { groupOf } = runPlaces(db, run.runId)
  const scored = [...(reassigned?.workspaceIds ?? touchedWorkspaces(room, pair))].filter(id =>
    scores.ofWorkspace.has(id),
  )
  const units = new Set(scored.map(id => groupOf.get(id) ?? id))
  const workspaceIds = [...new Set([...units].flat())].sort(compareCodePoints)
  return units.size === 0 && reassigned === null ? null : { run, workspaceIds, units: units.size, reassigned }
}

/** Workspaces that a run took as one, and the users whom it gave a workspace, by that. */
type RunPlaces = Readonly<{
  groupOf: ReadonlyMap<string, readonly string[]>
  placedIn: ReadonlyMap<string, readonly string[]>
}>

const runs = new WeakMap<Readable, Readonly<{ runId: number; of: RunPlaces }>>()

/** Read once for a run: what one kept never changes. */
function runPlaces(db: Readable, runId: number): RunPlaces {
  const found = runs.get(db)
  if (found?.runId === runId) return found.of
  const groups = keptPart(db, runId, 'merged workspaces')
  const placedIn = new Map<string, string[]>()
  for (const { userId, workspaceId } of keptRecords(db, runId, 'placed users')) {
    const own = placedIn.get(workspaceId)
    if (own === undefined) placedIn.set(workspaceId, [userId])
    else own.push(userId)
  }
  const of = { groupOf: new Map(groups.flatMap(group => group.map(id => [id, group] as const))), placedIn }
  runs.set(db, { runId, of })
  return of
}

function touchedWorkspaces({ db, desk }: Room, { question, a, b }: Pair): ReadonlySet<string> {
  if (question !== 'persons') return new Set(question === 'workspaces' ? [a, b] : [a])
  const { persons, personOfUser } = desk.found
  const userIds = new Set([a, b].flatMap(id => persons[personOfUser.get(id) ?? -1]?.userIds ?? []))
  const touched = new Set<string>()
  for (const { workspace_id } of rowsBy(db, 'memberships', 'user_id', userIds)) touched.add(workspace_id)
  for (const id of texts(rowsBy(db, 'users', 'user_id', userIds), 'workspace_id')) touched.add(id)
  for (const { workspace_id } of rowsBy(db, 'workspaces', 'owner_user_id', userIds)) touched.add(workspace_id)
  for (const id of activePlaces(desk.activity.of, userIds)) touched.add(id)
  return touched
}

type Places = Readonly<{ of: readonly (readonly [id: string, users: readonly string[]])[]; byUser: TextIndex }>

const places = new WeakMap<Activity, Places>()

/** Workspaces by the users who were active there; made once for an activity. */
export function activePlaces(activity: Activity, userIds: ReadonlySet<string>): readonly string[] {
  const { of, byUser } = places.get(activity) ?? placesOf(activity)
  const near = new Set([...userIds].flatMap(id => byUser.find(id)))
  return [...near].flatMap(at => {
    const [id, users] = of[at] ?? ['', []]
    return users.some(user => userIds.has(user)) ? [id] : []
  })
}

function placesOf(activity: Activity): Places {
  const of = [...activity]
  const entries = function* (): Generator<[string, number]> {
    for (const [at, [, users]] of of.entries()) for (const user of users) yield [user, at]
  }
  const made = { of, byUser: textIndex(entries()) }
  places.set(activity, made)
  return made
}

/** Rows and events of units, and what their people and accounts have besides. Null where there is too much. */
export function* dataSteps(
  { db, desk }: Room,
  pair: Pair,
  { run, workspaceIds, reassigned }: Touched,
  limits: Limits,
): Steps<JudgedData | null> {
  const events = yield* eventsOf(db, run, workspaceIds, limits)
  if (events === null) return null
  const own = rowsBy(db, 'workspaces', 'workspace_id', workspaceIds)
  const userIds = new Set([
    ...rowsBy(db, 'memberships', 'workspace_id', workspaceIds).map(({ user_id }) => user_id),
    ...rowsBy(db, 'users', 'workspace_id', workspaceIds).map(({ user_id }) => user_id),
    ...own.flatMap(({ owner_user_id }) => (owner_user_id === null ? [] : [owner_user_id])),
    ...events.users,
  ])
  userIds.delete('')
  yield
  const users = rowsBy(db, 'users', 'user_id', userIds)
  yield
  const memberships = rowsBy(db, 'memberships', 'user_id', userIds)
  const accounts = new Set(workspaceIds.flatMap(id => desk.found.accountOfWorkspace.get(id) ?? []))
  if (pair.question === 'accounts') accounts.add(pair.b)
  const assigned = reassigned === null ? [] : [reassigned.before, reassigned.after]
  for (const id of assigned.flatMap(one => workspaceIds.flatMap(own => one.get(own) ?? []))) accounts.add(id)
  const all = new Set([...workspaceIds, ...memberships.map(row => row.workspace_id), ...texts(users, 'workspace_id')])
  yield
  const contacts = byKey('contact_id', [
    ...rowsBy(db, 'contacts', 'account_id', accounts),
    ...rowsBy(db, 'contacts', 'user_id', userIds),
    ...rowsBy(db, 'contacts', 'contact_id', texts(users, 'contact_id')),
    ...rowsBy(db, 'contacts', 'email', texts(users, 'primary_email')),
  ])
  yield
  return {
    users,
    memberships,
    contacts,
    workspaces: rowsBy(db, 'workspaces', 'workspace_id', all),
    subscriptions: byKey('subscription_id', [
      ...rowsBy(db, 'subscriptions', 'workspace_id', workspaceIds),
      ...rowsBy(db, 'subscriptions', 'account_id', accounts),
    ]),
    accounts: rowsBy(db, 'accounts', 'account_id', accounts),
    deals: dealsOf(
      db,
      accounts,
      contacts.map(({ contact_id }) => contact_id),
    ),
    crm_users: judgedTables(db).crm_users,
    events,
  }
}

function* eventsOf(
  db: Readable,
  run: ScoreRun,
  workspaceIds: readonly string[],
  limits: Limits,
): Steps<EventLog | null> {
  const { timeZone } = modelInForce(db).model
  const { asOf } = run
  const log = yield* keptEventSteps(db, { timeZone, asOf })
  const { placedIn } = runPlaces(db, run.runId)
  yield
  const losing = projectLosers(db, log, asOf)
  return yield* partOfLog(log, {
    workspaceIds: new Set(workspaceIds),
    placedUsers: new Set(workspaceIds.flatMap(id => placedIn.get(id) ?? [])),
    asOf,
    losing,
    most: limits.events,
    mostHeld: MOST_HELD,
  })
}

function dealsOf(db: Readable, accounts: ReadonlySet<string>, contacts: readonly string[]): JudgedData['deals'] {
  return byKey('deal_id', [
    ...rowsBy(db, 'deals', 'account_id', accounts),
    ...rowsBy(db, 'deals', 'contact_id', contacts),
  ])
}

function texts<C extends string>(rows: readonly Readonly<Record<C, string | null>>[], column: C): string[] {
  return rows.flatMap(row => row[column] ?? [])
}

/** Rows once each, in the order of their ids. */
function byKey<C extends string, R extends Readonly<Record<C, string>>>(key: C, rows: readonly R[]): readonly R[] {
  const once = new Map(rows.map(row => [row[key], row]))
  return [...once.values()].sort((a, b) => compareCodePoints(a[key], b[key]))
}
