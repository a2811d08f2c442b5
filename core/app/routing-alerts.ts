import type { Output } from '#contract/contract'
import { compareCodePoints } from '#lib/text'
import { calendarOf, type Day, formatDay, instantOfMoment, type Moment } from '#lib/time'
import { writtenDay } from '#lib/written'
import type { Fit, Unit } from '#schema/unit'
import { ICP_TIERS } from '#score'
import {
  type Readable,
  runFrames,
  runInstants,
  type ScoreListRow,
  type ScoreMark,
  type ScoreRun,
  scoreMarks,
  scoreRows,
  seenAlerts,
  walkTable,
} from '#store'
import type { Job } from './jobs.ts'
import { modelOfRun, policyInForce } from './judgement.ts'
import { type NewProposed, newProposals } from './proposed-alerts.ts'
import { peopleInForce } from './routing-owners.ts'
import { keptRecords } from './run-parts.ts'

type Alert = Output<'routing.alerts'>['alerts'][number]

/** Days for which something is new, where the rules do not say. */
const DEFAULT_DAYS = 7

/** What owners and territories should hear of a run, by unit. `days`: for which something is new, other than the rules say. */
export async function alertsOf(db: Readable, run: ScoreRun, job: Job, days = alertDays(db)): Promise<readonly Alert[]> {
  const ground = groundOf(db, run, days)
  const alerts: Alert[] = []
  const toldAccounts = new Set<string>()
  /** An account of several workspaces is told of once. */
  const isFirst = ({ kind, subject }: Told): boolean => {
    if (kind !== 'new_icp_account') return true
    const isNew = !toldAccounts.has(subject)
    toldAccounts.add(subject)
    return isNew
  }
  const marks = scoreMarks(db, run.runId)
  const proposed = newProposals(db, run, { isNew: ground.isNew, dayOf: ground.dayOfMoment })
  const wanted = new Set(proposed.flatMap(({ workspaceIds }) => workspaceIds))
  const wantedOf = ({ workspaceIds }: Unit): readonly string[] => workspaceIds.filter(id => wanted.has(id))
  const units = new Map<string, number>()
  let first = 0
  for (const page of runFrames(db, run.runId)) {
    for (const [i, frame] of page.entries()) {
      const told = toldOf(frame, marks[first + i], ground).filter(isFirst)
      const rows = told.length === 0 ? [] : scoreRows(db, run.runId, [first + i])
      alerts.push(...rows.flatMap(row => told.map(one => alertOf(row, one, ground))))
      for (const id of wantedOf(frame)) units.set(id, first + i)
    }
    first += page.length
    await job.breathe()
  }
  for (const one of proposed) {
    const unitNos = new Set(one.workspaceIds.flatMap(id => units.get(id) ?? []))
    const [best] = scoreRows(db, run.runId, [...unitNos]).toSorted(byScore)
    if (best !== undefined) alerts.push(proposedAlert(best, one, ground))
  }
  return alerts
}

function byScore(x: ScoreListRow, y: ScoreListRow): number {
  return y.score - x.score || compareCodePoints(x.unitId, y.unitId)
}

/** Days for which something is new by the rules in force. */
export function alertDays(db: Readable): number {
  return policyInForce(db).policy.alertDays ?? DEFAULT_DAYS
}

type Account = Readonly<{
  name: string | null
  owner: string | null
  ownerName: string | null
  territory: string | null
  isStrategic: boolean
  country: string
}>

function groundOf(db: Readable, run: ScoreRun, days: number) {
  const calendar = calendarOf(modelOfRun(db, run).timeZone)
  const people = peopleInForce(db)
  const accounts = new Map<string, Account>()
  const columns = ['account_id', 'name', 'current_owner', 'territory', 'is_strategic', 'hq_country'] as const
  for (const row of walkTable(db, 'accounts', columns)) {
    const { account_id, name, current_owner, territory, is_strategic, hq_country } = row
    const owner = people.named(current_owner)
    const ownerName = owner === null ? null : (people.byId.get(owner)?.name ?? owner)
    const country = countryOf(hq_country)
    accounts.set(account_id, { name, owner, ownerName, territory, isStrategic: is_strategic === true, country })
  }
  const today = calendar.dayOf(run.asOf)
  const dayOfMoment = (moment: Moment): Day => calendar.dayOf(instantOfMoment(moment, calendar))
  const isNew = (day: Day | null): day is Day => day !== null && day <= today && today - day < days
  const several = new Map<string, readonly string[]>()
  for (const { id, userIds } of keptRecords(db, run.runId, 'persons')) if (userIds.length > 1) several.set(id, userIds)
  const seen = seenAlerts(db)
  return {
    accounts,
    dayOf: calendar.dayOf,
    dayOfMoment,
    holders: territoryHolders(db),
    seen,
    firstRun: Math.min(...runInstants(db).values()),
    isNew,
    firstSeen: newcomersOf(db, {
      several,
      isNew,
      today,
      dayOf: dayOfMoment,
    }),
  }
}

const countryOf = (text: string | null): string => text?.trim().toLowerCase() ?? ''

/** Who has a territory, by the CRM and by the rules in force, which go before. */
function territoryHolders(db: Readable): ReadonlyMap<string, readonly Holder[]> {
  const holders = new Map<string, Holder>()
  for (const { owner_id, name, territory } of walkTable(db, 'crm_users', ['owner_id', 'name', 'territory']))
    holders.set(owner_id, { id: owner_id, name, territory })
  for (const { owner_id, name, territory } of policyInForce(db).policy.reps ?? [])
    holders.set(owner_id, { id: owner_id, name: name ?? holders.get(owner_id)?.name ?? null, territory })
  return Map.groupBy(holders.values(), ({ territory }) => territory ?? '')
}

type Holder = Readonly<{ id: string; name: string | null; territory: string | null }>

type UsersGround = Readonly<{
  /** Persons of several user ids. */
  several: ReadonlyMap<string, readonly string[]>
  isNew(day: Day): boolean
  today: Day
  dayOf(moment: Moment): Day
}>

/** Who is new: the first user record of a person, where it was made in the days asked for; null where somebody is not new. */
function newcomersOf(
  db: Readable,
  { several, isNew, today, dayOf }: UsersGround,
): (personId: string) => FirstSeen | null {
  const ofSeveral = new Set([...several.values()].flat())
  const fresh = new Map<string, FirstSeen>()
  const known = new Set<string>()
  const columns = ['user_id', 'created_at', 'name', 'primary_email'] as const
  for (const { user_id: userId, created_at, name, primary_email } of walkTable(db, 'users', columns)) {
    if (created_at === null) continue
    const day = dayOf(created_at)
    if (isNew(day)) fresh.set(userId, { userId, day, name: name ?? primary_email })
    else if (day <= today && ofSeveral.has(userId)) known.add(userId)
  }
  return personId => {
    const userIds = several.get(personId) ?? [personId]
    if (userIds.some(userId => known.has(userId))) return null
    return userIds.reduce<FirstSeen | null>((first, userId) => {
      const own = fresh.get(userId)
      return own === undefined || (first !== null && first.day <= own.day) ? first : own
    }, null)
  }
}

type FirstSeen = Readonly<{ userId: string; day: Day; name: string | null }>
type Ground = ReturnType<typeof groundOf>

type Told = Pick<Alert, 'kind' | 'text' | 'evidence' | 'contactId'> & Readonly<{ day: Day; subject: string }>

function toldOf(frame: Unit, mark: ScoreMark | undefined, ground: Ground): readonly Told[] {
  return [...newPql(frame, mark, ground), ...newAccount(frame, ground), ...newContacts(frame, ground)]
}

function alertOf(row: ScoreListRow, told: Told, { accounts, seen }: Ground): Alert {
  const { kind, subject, day, text, evidence, contactId } = told
  const account = row.accountId === null ? undefined : accounts.get(row.accountId)
  const alertId = `${kind}:${subject}:${formatDay(day)}`
  return {
    alertId,
    kind,
    unitId: row.unitId,
    accountId: row.accountId,
    contactId,
    owner: account?.owner ?? row.owner,
    ownerName: account?.ownerName ?? row.ownerName,
    territory: account?.territory ?? null,
    at: formatDay(day),
    text: kind === 'new_pql' ? `${text}, score ${row.score.toFixed(1)}` : text,
    evidence,
    seenAt: seen.get(alertId) ?? null,
  }
}

/**
 * Of a company that the CRM does not know: for the owner of its workspace with the highest score; else for whoever alone has the
 * territory that all accounts of its country are in; else for nobody.
 */
function proposedAlert(row: ScoreListRow, proposed: NewProposed, { accounts, holders, seen }: Ground): Alert {
  const { domain, name, country, day, fit, firstUser, workspaceIds } = proposed
  const here = country === null ? [] : [...accounts.values()].filter(one => one.country === countryOf(country))
  const [territory = null, ...others] = new Set(here.map(one => one.territory))
  const known = others.length === 0 ? territory : null
  const [holder, ...further] = known === null ? [] : (holders.get(known) ?? [])
  const stand = row.owner === null && further.length === 0 ? holder : undefined
  const alertId = `new_icp_account:${domain}:${formatDay(day)}`
  const score = fit.low === fit.high ? `score ${fit.low}` : `score ${fit.low} to ${fit.high}`
  return {
    alertId,
    kind: 'new_icp_account',
    unitId: row.unitId,
    accountId: null,
    contactId: null,
    owner: row.owner ?? stand?.id ?? null,
    ownerName: row.ownerName ?? stand?.name ?? stand?.id ?? null,
    territory: known,
    at: formatDay(day),
    text: `${name === domain ? domain : `${name} (${domain})`} has no account and passes the ICP check, ${score}`,
    evidence: [
      { table: 'users', key: firstUser, text: `first user of ${domain}, made on ${writtenDay(day)}` },
      ...unitEvidence(workspaceIds, `only people of ${domain} are in it`),
    ],
    seenAt: seen.get(alertId) ?? null,
  }
}

/** In the first scores of a project every stage is new, and nothing is told. */
function newPql(frame: Unit, mark: ScoreMark | undefined, ground: Ground): readonly Told[] {
  if (mark === undefined || (mark.stage !== 'PQL' && mark.stage !== 'Hot PQL')) return []
  if (mark.lastChangedAt === null || mark.lastChangedAt <= ground.firstRun) return []
  const day = ground.dayOf(mark.lastChangedAt)
  if (!ground.isNew(day)) return []
  const text = `${frame.name ?? frame.id} is ${mark.stage}`
  const evidence = unitEvidence(frame.workspaceIds, `${mark.stage} since ${writtenDay(day)}`)
  return [{ kind: 'new_pql', day, subject: frame.id, contactId: null, text, evidence }]
}

function newAccount({ accountId, createdDay: day, fit, workspaceIds }: Unit, ground: Ground): readonly Told[] {
  const tier = fit.tier?.trim().toUpperCase() ?? ''
  if (accountId === null || !ICP_TIERS.includes(tier) || !ground.isNew(day)) return []
  const text = `${ground.accounts.get(accountId)?.name ?? accountId} is new and of tier ${tier}`
  const evidence: Alert['evidence'] = [
    { table: 'accounts', key: accountId, text: `tier ${tier}, ${fitWords(fit)}` },
    ...unitEvidence(workspaceIds, `made on ${writtenDay(day)}`),
  ]
  return [{ kind: 'new_icp_account', day, subject: accountId, contactId: null, text, evidence }]
}

function newContacts({ accountId, people }: Unit, ground: Ground): readonly Told[] {
  const account = accountId === null ? undefined : ground.accounts.get(accountId)
  if (account?.isStrategic !== true || accountId === null) return []
  return people.flatMap(({ personId }) => {
    const first = ground.firstSeen(personId)
    if (first === null) return []
    const text = `${first.name ?? personId} is new at ${account.name ?? accountId}`
    const evidence: Alert['evidence'] = [
      { table: 'users', key: first.userId, text: `user made on ${writtenDay(first.day)}` },
      { table: 'accounts', key: accountId, text: 'strategic account' },
    ]
    return [{ kind: 'new_strategic_contact', day: first.day, subject: personId, contactId: personId, text, evidence }]
  })
}

const FIT_SOURCES: Readonly<Record<Fit['source'], string>> = {
  'given score': 'score given by the CRM',
  'given tier': 'given by the CRM',
  rules: 'by the ICP rules',
  unknown: 'unknown',
}

const fitWords = ({ score, source }: Fit): string =>
  score === null ? FIT_SOURCES[source] : `score ${score}, ${FIT_SOURCES[source]}`

function unitEvidence([key]: readonly string[], text: string): Alert['evidence'] {
  return key === undefined ? [] : [{ table: 'workspaces', key, text }]
}
