import type { JudgedRoster } from '#features'
import { finish, type Steps } from '#lib/steps'
import { compareCodePoints, normaliseName } from '#lib/text'
import { type Calendar, dayOfMoment, type Instant, instantOfMoment } from '#lib/time'
import type { Presence } from '#schema/cells'
import type { JudgedData, JudgedRow } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import { WORKSPACE_STATUS } from '#schema/known-words'
import type { ScoringModel } from '#schema/model'
import type { SubscriptionState } from '#schema/subscription'
import type { Row } from '#schema/tables'
import type { Level, Unit } from '#schema/unit'
import {
  accountMoney,
  type Billing,
  billingAt,
  isSandbox,
  sumKnown,
  type WorkspaceBilling,
  workspaceBilling,
} from './billing.ts'
import { fitOf } from './fit.ts'
import { PeopleFinder } from './people.ts'

/** The tables that units are read from, and the users of the event log. */
type JudgedUnitData = Pick<JudgedData, 'accounts' | 'subscriptions'> &
  Readonly<{ events: Pick<JudgedData['events'], 'users'> }>

export type UnitInput = Readonly<{
  dataset: JudgedUnitData
  /** Users and workspaces that exist at asOf. */
  roster: JudgedRoster
  presence: Presence
  identities: Identities
  model: Pick<ScoringModel, 'roles' | 'fit' | 'buckets'>
  calendar: Calendar
  asOf: Instant
  level: Level
  /** Positions in the roster: units of these workspaces alone. Nothing said: all units. */
  within?: ReadonlySet<number>
}>

/**
 * The units of a level at asOf, sorted by id.
 *
 *   workspace level  each workspace, and each group of workspaces whose merge was decided (id: the one that names it)
 *   account level    each account with at least one workspace that is not sandbox or dev, those workspaces pooled
 *   pooled           created = the earliest, paid if one is, on trial if not paid and one is, trial end = the latest, seats and
 *                    MRR summed, deleted or sandbox only if all are, fit from the account (of two, the one with most persons)
 *
 * @returns frames with their people; attributes without history (role, title, fit) are taken as exported
 *
 * Source: docs/methods/score.md, "Units".
 */
export function buildUnits(input: UnitInput): Unit[] {
  return finish(unitSteps(input))
}

/**
 * Which unit each workspace of the roster is in.
 *
 * @returns the unit's id per position in the roster; null where the workspace is in none
 *
 * Source: docs/methods/score.md, "Units".
 */
export function unitIdsOf(input: Pick<UnitInput, 'roster' | 'identities' | 'level'>): readonly (string | null)[] {
  const ids = new Array<string | null>(input.roster.workspaces.length).fill(null)
  for (const { id, places } of groupsOf(input)) for (const place of places) ids[place] = id
  return ids
}

/** Units between two halts. */
const STRETCH = 512
const DELETED: ReadonlySet<string> = new Set(WORKSPACE_STATUS.deleted)

/** `buildUnits`, halting now and then. */
export function* unitSteps(input: UnitInput): Steps<Unit[]> {
  const frame = new UnitFrame(input)
  const all = groupsOf(input)
  const { within } = input
  const groups = within === undefined ? all : all.filter(({ places }) => places.some(place => within.has(place)))
  groups.sort((a, b) => compareCodePoints(a.id, b.id))
  const units: Unit[] = []
  for (const group of groups) {
    if (units.length % STRETCH === 0) yield
    units.push(frame.unitOf(group))
  }
  return units
}

/** Workspaces (positions in the roster, ascending) that make one unit. */
type Group = Readonly<{ id: string; places: readonly number[]; accountId: string | null }>

type Grouping = Pick<UnitInput, 'roster' | 'identities'>

function groupsOf({ level, ...input }: Grouping & Pick<UnitInput, 'level'>): Group[] {
  return level === 'account' ? accountGroups(input) : workspaceGroups(input)
}

function workspaceGroups({ roster, identities }: Grouping): Group[] {
  const merged = new Set<number>()
  const groups: Group[] = []
  for (const ids of identities.mergedWorkspaces) {
    const places = ids.flatMap(id => roster.workspaceIndex.get(id) ?? []).sort((a, b) => a - b)
    if (places.length < 2) continue
    for (const place of places) merged.add(place)
    // The first one that is there names it.
    const id = ids.find(own => roster.workspaceIndex.has(own)) ?? ''
    groups.push({ id, places, accountId: null })
  }
  for (let place = 0; place < roster.workspaces.length; place++) {
    if (!merged.has(place))
      groups.push({ id: roster.workspaces[place]?.workspace_id ?? '', places: [place], accountId: null })
  }
  return groups
}

function accountGroups({ roster, identities }: Grouping): Group[] {
  const places = new Map<string, number[]>()
  for (const [place, row] of roster.workspaces.entries()) {
    const accountId = identities.accountOfWorkspace.get(row.workspace_id)
    if (accountId === undefined || isSandbox(row)) continue
    const own = places.get(accountId) ?? []
    places.set(accountId, own)
    own.push(place)
  }
  return [...places].map(([id, own]) => ({ id, places: own, accountId: id }))
}

class UnitFrame {
  private readonly input: UnitInput
  private readonly accounts: ReadonlyMap<string, Row<'accounts'>>
  private readonly billing: Billing
  private readonly people: PeopleFinder

  constructor(input: UnitInput) {
    const { dataset, roster, identities, presence, model } = input
    this.input = input
    const linked = new Set(identities.accountOfWorkspace.values())
    const accounts = new Map<string, Row<'accounts'>>()
    for (const row of dataset.accounts) if (linked.has(row.account_id)) accounts.set(row.account_id, row)
    this.accounts = accounts
    this.billing = billingAt(dataset, roster, identities, input)
    this.people = new PeopleFinder({ roster, presence, users: dataset.events.users, identities, model })
  }

  unitOf({ id, places, accountId: pooledAccount }: Group): Unit {
    const { level, model, roster, calendar } = this.input
    // Positions come from the roster.
    const rows = places.map(place => roster.workspaces[place] as JudgedRow<'workspaces'>)
    const accountIds = pooledAccount === null ? this.accountsOf(places) : [pooledAccount]
    const accountId = accountIds[0] ?? null
    const account = accountId === null ? null : (this.accounts.get(accountId) ?? null)
    const created = rows.flatMap(row => row.created_at ?? [])
    const { people, memberCount } = this.people.of(places)
    return {
      id,
      level,
      name: level === 'account' ? (account?.name ?? null) : (rows[0]?.workspace_name ?? null),
      workspaceIds: rows.map(row => row.workspace_id),
      accountId,
      otherAccountIds: accountIds.slice(1),
      createdAt: smallest(created.map(moment => instantOfMoment(moment, calendar))),
      createdDay: smallest(created.map(moment => dayOfMoment(moment, calendar))),
      ...this.moneyOf(places, rows, accountId),
      seatsGiven: sumKnown(rows.map(row => row.seat_count_total)),
      isDeleted: rows.every(row => row.workspace_status !== null && DELETED.has(normaliseName(row.workspace_status))),
      isSandbox: rows.every(isSandbox),
      fit: fitOf(account, model),
      people,
      memberCount,
    }
  }

  /** Accounts of the workspaces: most persons first, then by id. */
  private accountsOf(places: readonly number[]): string[] {
    const { roster, identities } = this.input
    const persons = new Map<string, Set<number>>()
    for (const place of places) {
      const accountId = identities.accountOfWorkspace.get(roster.workspaces[place]?.workspace_id ?? '')
      if (accountId === undefined) continue
      const own = persons.get(accountId) ?? new Set()
      persons.set(accountId, own)
      if (places.length > 1) for (const person of this.people.personsOf(place)) own.add(person)
    }
    return [...persons]
      .sort(([a, x], [b, y]) => y.size - x.size || compareCodePoints(a, b))
      .map(([accountId]) => accountId)
  }

  private moneyOf(
    places: readonly number[],
    rows: readonly JudgedRow<'workspaces'>[],
    accountId: string | null,
  ): Pick<Unit, 'isPaid' | 'isOnTrial' | 'isPastDue' | 'trialEndDay' | 'mrr' | 'arr' | 'subscriptions'> &
    SeatsAndRenewal {
    const { calendar, level, asOf } = this.input
    const own = places.map(place => this.billing.ofWorkspace[place] ?? [])
    const each = rows.map((row, i) => workspaceBilling(row, own[i] ?? [], this.sharedBy(row), calendar))
    const shared = accountId === null ? [] : (this.billing.ofAccount.get(accountId) ?? [])
    const pooled = level === 'account' ? accountMoney(shared) : { mrr: null, arr: null }
    const counted = [...own.flat(), ...(level === 'account' ? shared : [])]
    const isPaid = each.some(one => one.isPaid)
    return {
      isPaid,
      isOnTrial: !isPaid && each.some(one => one.isOnTrial),
      isPastDue: each.some(one => one.isPastDue),
      trialEndDay: largest(each.flatMap(one => one.trialEndDay ?? [])),
      mrr: sumKnown([...each.map((one: WorkspaceBilling) => one.mrr), pooled.mrr]),
      arr: sumKnown([...each.map(one => one.arr), pooled.arr]),
      subscriptions: [...own.flat(), ...shared],
      ...seatsAndRenewal(counted, [...own.flat(), ...shared], calendar.dayOf(asOf)),
    }
  }

  private sharedBy(row: JudgedRow<'workspaces'>): readonly SubscriptionState[] {
    if (isSandbox(row)) return []
    const accountId = this.input.identities.accountOfWorkspace.get(row.workspace_id)
    return accountId === undefined ? [] : (this.billing.ofAccount.get(accountId) ?? [])
  }
}

type SeatsAndRenewal = Pick<Unit, 'seatsPurchased' | 'seatsUsed' | 'renewalDay'>

/** Seats of live subscriptions; the earliest renewal that is not over. */
function seatsAndRenewal(
  counted: readonly SubscriptionState[],
  all: readonly SubscriptionState[],
  today: number,
): SeatsAndRenewal {
  const isLive = ({ status }: SubscriptionState): boolean => status === 'active' || status === 'past_due'
  const live = counted.filter(isLive)
  const renewals = all.filter(isLive).flatMap(({ renewalDay }) => renewalDay ?? [])
  return {
    seatsPurchased: sumKnown(live.map(one => one.seatsPurchased)),
    seatsUsed: sumKnown(live.map(one => one.seatsUsed)),
    renewalDay: smallest(renewals.filter(day => day >= today)),
  }
}

const smallest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values))
const largest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values))
