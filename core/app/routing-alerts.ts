import type { Output } from '#contract/contract'
import { calendarOf, type Day, formatDay, instantOfMoment } from '#lib/time'
import { crmPeopleOf, withReps } from '#route'
import { JUDGED_COLUMNS } from '#schema/dataset'
import { type Readable, type RunUnit, runInstants, runUnits, type ScoreRun, walkTable } from '#store'
import type { Job } from './jobs.ts'
import { modelOfRun, policyInForce } from './judgement.ts'
import { keptRecords } from './run-parts.ts'

type Alert = Output<'routing.alerts'>['alerts'][number]

/** Days for which something is new, where the rules do not say. */
const DEFAULT_DAYS = 7
const ICP_TIERS = ['A', 'B']

/** What owners and territories should hear of a run, by unit. */
export async function alertsOf(db: Readable, run: ScoreRun, job: Job): Promise<readonly Alert[]> {
  const ground = groundOf(db, run)
  const alerts: Alert[] = []
  const toldAccounts = new Set<string>()
  for (const unit of runUnits(db, run.runId)) {
    for (const alert of [...newPql(unit, ground), ...newAccount(unit, ground), ...newContacts(unit, ground)]) {
      // An account of several workspaces is told of once.
      if (alert.kind === 'new_icp_account' && toldAccounts.has(alert.accountId ?? '')) continue
      if (alert.kind === 'new_icp_account') toldAccounts.add(alert.accountId ?? '')
      alerts.push(alert)
    }
    await job.breathe()
  }
  return alerts
}

type Account = Readonly<{
  name: string | null
  owner: string | null
  ownerName: string | null
  territory: string | null
  isStrategic: boolean
}>

function groundOf(db: Readable, run: ScoreRun) {
  const calendar = calendarOf(modelOfRun(db, run).timeZone)
  const { policy } = policyInForce(db)
  const people = crmPeopleOf(withReps(walkTable(db, 'crm_users', JUDGED_COLUMNS.crm_users), policy.reps))
  const accounts = new Map<string, Account>()
  const columns = ['account_id', 'name', 'current_owner', 'territory', 'is_strategic'] as const
  for (const { account_id, name, current_owner, territory, is_strategic } of walkTable(db, 'accounts', columns)) {
    const owner = people.named(current_owner)
    const ownerName = owner === null ? null : (people.byId.get(owner)?.name ?? owner)
    accounts.set(account_id, { name, owner, ownerName, territory, isStrategic: is_strategic === true })
  }
  const created = new Map<string, Day>()
  for (const { user_id, created_at } of walkTable(db, 'users', ['user_id', 'created_at']))
    if (created_at !== null) created.set(user_id, calendar.dayOf(instantOfMoment(created_at, calendar)))
  const usersOf = new Map<string, readonly string[]>()
  for (const { id, userIds } of keptRecords(db, run.runId, 'persons')) usersOf.set(id, userIds)
  const today = calendar.dayOf(run.asOf)
  const days = policy.alertDays ?? DEFAULT_DAYS
  return {
    accounts,
    dayOf: calendar.dayOf,
    firstRun: Math.min(...runInstants(db).values()),
    isNew: (day: Day | null): day is Day => day !== null && day <= today && today - day < days,
    /** The day on which the first of a person's user records was made. */
    firstSeen: (personId: string): Day | null =>
      (usersOf.get(personId) ?? [personId]).reduce<Day | null>((least, user) => {
        const day = created.get(user)
        return day === undefined ? least : Math.min(day, least ?? day)
      }, null),
  }
}

type Ground = ReturnType<typeof groundOf>

function alertOf(
  unit: RunUnit,
  account: Account | undefined,
  rest: Pick<Alert, 'kind' | 'text'> & Readonly<{ day: Day; subject: string; contactId?: string }>,
): Alert {
  const { unit: frame } = unit.judged
  return {
    alertId: `${rest.kind}:${rest.subject}:${formatDay(rest.day)}`,
    kind: rest.kind,
    unitId: frame.id,
    accountId: frame.accountId,
    contactId: rest.contactId ?? null,
    owner: account?.owner ?? unit.route.owner,
    ownerName: account?.ownerName ?? unit.ownerName,
    territory: account?.territory ?? null,
    at: formatDay(rest.day),
    text: rest.text,
  }
}

const accountOf = ({ judged }: RunUnit, { accounts }: Ground): Account | undefined =>
  judged.unit.accountId === null ? undefined : accounts.get(judged.unit.accountId)

/** In the first scores of a project every stage is new, and nothing is told. */
function newPql(unit: RunUnit, ground: Ground): readonly Alert[] {
  const { score, unit: frame } = unit.judged
  const since = unit.lastChangedAt
  if ((score.stage !== 'PQL' && score.stage !== 'Hot PQL') || since === null || since <= ground.firstRun) return []
  const day = ground.dayOf(since)
  if (!ground.isNew(day)) return []
  const text = `${frame.name ?? frame.id} is ${score.stage}, score ${score.score.toFixed(1)}`
  return [alertOf(unit, accountOf(unit, ground), { kind: 'new_pql', day, subject: frame.id, text })]
}

function newAccount(unit: RunUnit, ground: Ground): readonly Alert[] {
  const { unit: frame } = unit.judged
  const tier = frame.fit.tier?.trim().toUpperCase() ?? ''
  if (frame.accountId === null || !ICP_TIERS.includes(tier) || !ground.isNew(frame.createdDay)) return []
  const account = accountOf(unit, ground)
  const text = `${account?.name ?? frame.accountId} is new and of tier ${tier}`
  return [alertOf(unit, account, { kind: 'new_icp_account', day: frame.createdDay, subject: frame.accountId, text })]
}

function newContacts(unit: RunUnit, ground: Ground): readonly Alert[] {
  const account = accountOf(unit, ground)
  if (account?.isStrategic !== true) return []
  return unit.judged.unit.people.flatMap(({ personId }) => {
    const day = ground.firstSeen(personId)
    if (!ground.isNew(day)) return []
    const text = `Somebody new of ${account.name ?? unit.judged.unit.accountId ?? ''}: ${personId}`
    const contact = { kind: 'new_strategic_contact', day, subject: personId, contactId: personId, text } as const
    return [alertOf(unit, account, contact)]
  })
}
