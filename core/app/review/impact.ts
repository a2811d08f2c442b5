import type { Output } from '#contract/contract'
import { withLastingNames } from '#identity'
import { compareCodePoints } from '#lib/text'
import { calendarOf } from '#lib/time'
import { analyse } from '#pipeline'
import type { JudgedData } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import type { Destination } from '#schema/policy'
import type { Person } from '#schema/unit'
import {
  type EventDetail,
  newestRun,
  openEventLog,
  type Readable,
  readUnit,
  rowsBy,
  type ScoreRun,
  walkTable,
} from '#store'
import { judgedTables } from '../dataset.ts'
import { earlierMerges } from '../former-entities.ts'
import { modelInForce, policyInForce } from '../judgement.ts'
import { lastingAssignmentsOf } from '../lasting-owners.ts'
import { dismissedAnomalies } from '../routing-facts.ts'
import { keptPart } from '../run-parts.ts'
import { unitEvents } from '../unit-events.ts'
import type { StoredUnit } from '../unit-view.ts'
import { keyOf, type Pair } from './answers.ts'
import type { Room } from './room.ts'
import { smallLog } from './small-log.ts'

type Impact = NonNullable<Output<'review.card'>['impact']>
type UnitState = Impact['before'][number]

/** Units and events up to which the effect of an answer is worked out while somebody looks. */
const MOST_UNITS = 20
const MOST_EVENTS = 60_000

/**
 * What the answer "same" would do to score, stage and route of the units that it touches: they are judged twice, as they are and
 * as they would be, by the model and the policy in force, from their own rows and events alone. Null before the first run, where
 * no unit is touched, and where it would take too long to look.
 */
export function impactOf(room: Room, pair: Pair): Impact | null {
  return judgedImpact(room, pair).impact
}

/** What an answer would do, or why that is not worked out; both null where there is nothing to work out. */
export type JudgedImpact = Readonly<{ impact: Impact | null; leftOut: string | null }>

const NOTHING: JudgedImpact = { impact: null, leftOut: null }

/** As `impactOf`; where it would take too long to look, with a sentence that says what is touched. */
export function judgedImpact(room: Room, pair: Pair): JudgedImpact {
  const { db, answers } = room
  const run = newestRun(db)
  if (run === null || pair.question === 'signups' || answers.decided.get(keyOf(pair))?.decision.answer === 'same')
    return NOTHING
  const ids = touchedWorkspaces(room, pair)
  const units = ids.size > MOST_UNITS ? [] : touchedUnits(room, run, ids)
  const count = Math.max(units.length, ids.size)
  if (count > MOST_UNITS) return tooMany(`${count} workspaces; more than ${MOST_UNITS}`, highestScore(room, ids))
  if (units.length === 0) return NOTHING
  const data = dataOf(room, run, units, pair)
  if (data === null) return tooMany(`more than ${MOST_EVENTS / 1000},000 events, which`, highestScore(room, ids))
  const wanted = new Set(units.flatMap(({ judged }) => judged.unit.workspaceIds))
  const judge = (identities: Identities): UnitState[] => statesOf(db, run, { data, identities, wanted })
  const before = judge(identitiesNow(room, data))
  const after = judge(imagined(db, identitiesNow(room, data), pair))
  return { impact: { sentence: sentenceOf(pair, before, after), before, after }, leftOut: null }
}

/** What is too much to be judged while somebody looks, and what is at stake. Nothing is where nothing of it was scored. */
function tooMany(touched: string, highest: number | null): JudgedImpact {
  if (highest === null) return NOTHING
  const stake = `The highest score among them is ${highest.toFixed(1)}; the next scoring shows the effect.`
  return { impact: null, leftOut: `This answer touches ${touched} are not judged while somebody looks. ${stake}` }
}

function highestScore({ scores }: Room, workspaceIds: ReadonlySet<string>): number | null {
  const known = [...workspaceIds].flatMap(id => scores.ofWorkspace.get(id) ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

function touchedUnits(room: Room, run: ScoreRun, ids: ReadonlySet<string>): readonly StoredUnit[] {
  const groups = keptPart(room.db, run.runId, 'merged workspaces')
  const all = new Set([...ids].flatMap(id => groups.find(one => one.includes(id)) ?? [id]))
  return [...all].flatMap(id => readUnit(room.db, run.runId, id) ?? [])
}

function touchedWorkspaces({ db, desk }: Room, { question, a, b }: Pair): ReadonlySet<string> {
  if (question !== 'persons') return new Set(question === 'workspaces' ? [a, b] : [a])
  const { persons, personOfUser } = desk.found
  const userIds = [a, b].flatMap(id => persons[personOfUser.get(id) ?? -1]?.userIds ?? [])
  const memberships = rowsBy(db, 'memberships', 'user_id', userIds).map(({ workspace_id }) => workspace_id)
  return new Set([...memberships, ...texts(rowsBy(db, 'users', 'user_id', userIds), 'workspace_id')])
}

/** Rows and events of units, and what their people and accounts have besides. Null where there is too much. */
function dataOf({ db, desk }: Room, run: ScoreRun, units: readonly StoredUnit[], pair: Pair): JudgedData | null {
  const workspaceIds = units.flatMap(({ judged }) => judged.unit.workspaceIds)
  const events: EventDetail[] = []
  for (const unit of units)
    for (const event of unitEvents(db, run, unit).behind(null, MOST_EVENTS / 4))
      if (events.push(event) > MOST_EVENTS) return null
  const own = rowsBy(db, 'workspaces', 'workspace_id', workspaceIds)
  const userIds = new Set([
    ...rowsBy(db, 'memberships', 'workspace_id', workspaceIds).map(({ user_id }) => user_id),
    ...rowsBy(db, 'users', 'workspace_id', workspaceIds).map(({ user_id }) => user_id),
    ...own.flatMap(({ owner_user_id }) => (owner_user_id === null ? [] : [owner_user_id])),
    ...events.map(({ user }) => user),
  ])
  userIds.delete('')
  const users = rowsBy(db, 'users', 'user_id', userIds)
  const memberships = rowsBy(db, 'memberships', 'user_id', userIds)
  const accounts = new Set(workspaceIds.flatMap(id => desk.found.accountOfWorkspace.get(id) ?? []))
  if (pair.question === 'accounts') accounts.add(pair.b)
  const all = new Set([...workspaceIds, ...memberships.map(row => row.workspace_id), ...texts(users, 'workspace_id')])
  const contacts = byKey('contact_id', [
    ...rowsBy(db, 'contacts', 'account_id', accounts),
    ...rowsBy(db, 'contacts', 'user_id', userIds),
    ...rowsBy(db, 'contacts', 'contact_id', texts(users, 'contact_id')),
    ...rowsBy(db, 'contacts', 'email', texts(users, 'primary_email')),
  ])
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
    events: smallLog(events, openEventLog(db, calendarOf(modelInForce(db).model.timeZone)).copies),
  }
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

/** Who is who among the people of the data. */
function identitiesNow({ desk }: Room, { users, memberships, events, workspaces }: JudgedData): Identities {
  const { found } = desk
  const userIds = new Set([
    ...events.users,
    ...[...users].map(row => row.user_id),
    ...[...memberships].map(row => row.user_id),
  ])
  for (const { owner_user_id } of workspaces) if (owner_user_id !== null) userIds.add(owner_user_id)
  userIds.delete('')
  const known = new Set([...userIds].flatMap(id => found.personOfUser.get(id) ?? []))
  const persons = [...known].sort((a, b) => a - b).flatMap(at => found.persons[at] ?? [])
  const lone = [...userIds].filter(id => !found.personOfUser.has(id)).map(id => ({ id, userIds: [id] }))
  return { ...found, ...withPersons([...persons, ...lone]), identifiers: [] }
}

function withPersons(list: readonly Person[]): Pick<Identities, 'persons' | 'personOfUser'> {
  const persons = list.toSorted((a, b) => compareCodePoints(a.id, b.id))
  return { persons, personOfUser: new Map(persons.flatMap(({ userIds }, i) => userIds.map(id => [id, i] as const))) }
}

function imagined(db: Readable, identities: Identities, { question, a, b }: Pair): Identities {
  if (question === 'accounts')
    return { ...identities, accountOfWorkspace: new Map([...identities.accountOfWorkspace, [a, b]]) }
  if (question === 'workspaces') {
    const touched = identities.mergedWorkspaces.filter(group => group.includes(a) || group.includes(b))
    const group = [...new Set([a, b, ...touched.flat()])].sort(compareCodePoints)
    const others = identities.mergedWorkspaces.filter(one => !touched.includes(one))
    return { ...identities, mergedWorkspaces: withLastingNames([...others, group], earlierMerges(db)) }
  }
  const { persons, personOfUser } = identities
  const [x, y] = [persons[personOfUser.get(a) ?? -1], persons[personOfUser.get(b) ?? -1]]
  if (x === undefined || y === undefined || x === y) return identities
  const userIds = [...x.userIds, ...y.userIds].sort(compareCodePoints)
  const others = persons.filter(one => one !== x && one !== y)
  return { ...identities, ...withPersons([...others, { id: userIds[0] ?? '', userIds }]) }
}

type Judging = Readonly<{ data: JudgedData; identities: Identities; wanted: ReadonlySet<string> }>

function statesOf(db: Readable, run: ScoreRun, { data, identities, wanted }: Judging): UnitState[] {
  const { judged, routes } = analyse({
    dataset: data,
    identities,
    model: modelInForce(db).model,
    policy: policyInForce(db).policy,
    asOf: run.asOf,
    level: 'workspace',
    dismissedAnomalies: dismissedAnomalies(db),
    assignments: lastingAssignmentsOf(db, 'workspace'),
  })
  const owners = new Map([...walkTable(db, 'crm_users', ['owner_id', 'name'])].map(row => [row.owner_id, row.name]))
  return judged.flatMap(({ unit, score }, i) => {
    const route = routes[i]
    if (route === undefined || !unit.workspaceIds.some(id => wanted.has(id))) return []
    return [
      {
        unitId: unit.id,
        unitName: unit.name,
        score: score.score,
        stage: score.stage,
        destination: route.destination,
        owner: route.owner === null ? null : (owners.get(route.owner) ?? route.owner),
        workspaces: unit.workspaceIds.length,
      },
    ]
  })
}

const DESTINATION_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sdr: 'SDR',
    csm: 'CSM',
    lifecycle_email: 'lifecycle email',
    in_app: 'in-app',
    nurture: 'nurture',
    customer: 'customer',
    review: 'review',
    none: 'not routed',
  } satisfies Record<Destination, string>),
)

function sentenceOf({ question }: Pair, before: readonly UnitState[], after: readonly UnitState[]): string {
  if (question === 'workspaces') {
    const units = `${before.length === 1 ? 'One workspace becomes' : `${before.length} workspaces become`} ${after.length}`
    return [units, ...movesOf(before, after)].join('; ')
  }
  const changed = before.filter((one, i) => {
    const now = after[i]
    return now?.score !== one.score || now.stage !== one.stage || now.destination !== one.destination
  })
  if (changed.length === 0)
    return `It concerns ${before.length === 1 ? 'one workspace' : `${before.length} workspaces`}; no score, stage or route changes`
  const same = new Set(changed.map(({ unitId }) => unitId))
  const now = after.filter(({ unitId }) => same.has(unitId))
  return [changeOf(changed.length, before.length), ...movesOf(changed, now)].join('; ')
}

function changeOf(changed: number, touched: number): string {
  if (touched === 1) return 'One workspace changes'
  if (changed === touched) return `All ${touched} workspaces that it concerns change`
  return `${changed} of ${touched} workspaces ${changed === 1 ? 'changes' : 'change'}`
}

/** Score, stage and route before and after; what stays is said without an arrow. */
function movesOf(before: readonly UnitState[], after: readonly UnitState[]): string[] {
  const scores = (states: readonly UnitState[]): string => states.map(({ score }) => score.toFixed(1)).join(' and ')
  const stages = (states: readonly UnitState[]): string =>
    [...new Set(states.map(({ stage }) => stage.replaceAll('_', ' ')))].join(' and ')
  const routes = (states: readonly UnitState[]): string =>
    [...new Set(states.map(({ destination }) => DESTINATION_WORDS.get(destination) ?? destination))].join(' and ')
  return [['score', scores] as const, ['stage', stages] as const, ['route', routes] as const].map(([name, read]) => {
    const [from, to] = [read(before), read(after)]
    return from === to ? `${name} stays ${to}` : `${name} ${from} → ${to}`
  })
}
