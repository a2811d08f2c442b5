import type { Output } from '#contract/contract'
import { withLastingNames } from '#identity'
import { finish, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { judgementSteps } from '#pipeline'
import type { JudgedData } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import type { Person } from '#schema/unit'
import { type Readable, type ScoreRun, walkTable } from '#store'
import { addressReader } from '../address-reader.ts'
import { earlierMerges } from '../former-entities.ts'
import { modelInForce, policyInForce } from '../judgement.ts'
import { lastingAssignmentsOf } from '../lasting-owners.ts'
import { dismissedAnomalies } from '../routing-facts.ts'
import type { Pair } from './answers.ts'
import { isTriedAtOnce } from './company-trials.ts'
import { dataSteps, type Limits, type Touched, touchedSteps } from './impact-data.ts'
import { impactSentence } from './impact-words.ts'
import type { Room } from './room.ts'

export type Impact = NonNullable<Output<'review.card'>['impact']>
type UnitState = Impact['before'][number]

/** Units and events up to which the effect of an answer is worked out at once. */
const QUICK: Limits = { units: 20, events: 60_000 }
const NO_LIMITS: Limits = { units: Number.POSITIVE_INFINITY, events: Number.POSITIVE_INFINITY }

/** What an answer would do, or that working it out takes a while; both null where there is nothing to work out. */
export type JudgedImpact = Readonly<{ impact: Impact | null; toCome: string | null }>

const NOBODY_MOVES = 'No workspace that is scored gets another account, so that no score, stage, route or owner changes'
const NOTHING: JudgedImpact = { impact: null, toCome: null }

/**
 * What the answer "same" would do to score, stage and route of the units that it touches: they are judged twice, as they are and
 * as they would be, by the model and the policy in force, from their own rows and events alone. Null before the first run and where
 * no unit is touched. Where very much is touched, it is only said what: `impactSteps` works it out.
 */
export function quickImpact(room: Room, pair: Pair): JudgedImpact {
  if (pair.question === 'companies' && !isTriedAtOnce(room))
    return room.scores.runId === null ? NOTHING : { impact: null, toCome: 'Which workspaces it moves is asked of all.' }
  const touched = finish(touchedSteps(room, pair))
  if (touched === null) return NOTHING
  const impact = touched.workspaceIds.length > QUICK.units ? null : finish(judgedTwice(room, pair, touched, QUICK))
  return impact === null ? { impact, toCome: sizeOf(room, touched) } : { impact, toCome: null }
}

/** What is worked out, in the order of the work: each way of judging has its steps. */
export const IMPACT_PARTS = ['Reading what they did', 'Judging as it is', 'Judging as it would be'] as const

/** Whatever is touched: steps that name the part that begins, and come to what `quickImpact` says. */
export function* impactSteps(room: Room, pair: Pair): Steps<Impact | null, unknown> {
  const touched = yield* touchedSteps(room, pair)
  return touched === null ? null : yield* judgedTwice(room, pair, touched, NO_LIMITS)
}

function* judgedTwice(room: Room, pair: Pair, touched: Touched, limits: Limits): Steps<Impact | null, unknown> {
  const { db } = room
  const { run, workspaceIds, reassigned } = touched
  if (workspaceIds.length === 0) return { sentence: NOBODY_MOVES, before: [], after: [] }
  yield IMPACT_PARTS[0]
  const data = yield* dataSteps(room, pair, touched, limits)
  if (data === null) return null
  const wanted = new Set(workspaceIds)
  const all = room.desk.found.accountOfWorkspace
  const now = { ...identitiesNow(room, data), accountOfWorkspace: accountsIn(data, reassigned?.before ?? all) }
  const other = reassigned === null ? now.accountOfWorkspace : accountsIn(data, reassigned.after)
  yield IMPACT_PARTS[1]
  const before = yield* stateSteps(db, run, { data, identities: now, wanted })
  yield IMPACT_PARTS[2]
  const after = yield* stateSteps(db, run, {
    data,
    identities: imagined(db, { ...now, accountOfWorkspace: other }, pair),
    wanted,
  })
  return { sentence: impactSentence(pair, before, after), before, after }
}

/** What is too much to be judged at once, and what is at stake. */
function sizeOf({ scores }: Room, { workspaceIds, units }: Touched): string {
  const highest = workspaceIds.reduce((most, id) => Math.max(most, scores.ofWorkspace.get(id) ?? 0), 0)
  const touched =
    units === 1
      ? 'one workspace with many events; its score is'
      : `${units} workspaces; the highest score among them is`
  return `This answer touches ${touched} ${highest.toFixed(1)}.`
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

/** The accounts of the workspaces of the data: judging walks all that it is given, and a project has very many. */
function accountsIn({ workspaces }: JudgedData, of: ReadonlyMap<string, string>): Map<string, string> {
  const own = new Map<string, string>()
  for (const { workspace_id: id } of workspaces) {
    const account = of.get(id)
    if (account !== undefined) own.set(id, account)
  }
  return own
}

function withPersons(list: readonly Person[]): Pick<Identities, 'persons' | 'personOfUser'> {
  const persons = list.toSorted((a, b) => compareCodePoints(a.id, b.id))
  return { persons, personOfUser: new Map(persons.flatMap(({ userIds }, i) => userIds.map(id => [id, i] as const))) }
}

function imagined(db: Readable, identities: Identities, { question, a, b }: Pair): Identities {
  if (question === 'companies') return identities
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

function* stateSteps(db: Readable, run: ScoreRun, { data, identities, wanted }: Judging): Steps<UnitState[], unknown> {
  const { units, unitAt } = yield* judgementSteps({
    dataset: data,
    identities,
    model: modelInForce(db).model,
    policy: policyInForce(db).policy,
    asOf: run.asOf,
    level: 'workspace',
    dismissedAnomalies: dismissedAnomalies(db),
    assignments: lastingAssignmentsOf(db, 'workspace'),
    readAddress: addressReader(db),
  })
  const owners = new Map([...walkTable(db, 'crm_users', ['owner_id', 'name'])].map(row => [row.owner_id, row.name]))
  const states: UnitState[] = []
  for (const [u, unit] of units.entries()) {
    if (!unit.workspaceIds.some(id => wanted.has(id))) continue
    const { judged, route } = unitAt(u)
    states.push({
      unitId: unit.id,
      unitName: unit.name,
      score: judged.score.score,
      stage: judged.score.stage,
      destination: route.destination,
      owner: route.owner === null ? null : (owners.get(route.owner) ?? route.owner),
      workspaces: unit.workspaceIds.length,
    })
    yield
  }
  return states
}
