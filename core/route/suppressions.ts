import { normaliseName } from '#lib/text'
import { type Calendar, formatDay, type Instant, instantOfMoment, type Moment } from '#lib/time'
import type { JudgedRow, JudgedTables } from '#schema/dataset'
import type { JudgedUnit } from '#schema/findings'
import { type RoutedChannel, type RoutingPolicy, SUPPRESSIONS, type Suppression } from '#schema/policy'
import type { RouteDecision } from '#schema/route'
import type { Row } from '#schema/tables'
import type { CrmPeople } from './crm-people.ts'
import type { Contact, ContactBook } from './unit-contacts.ts'

/** Channels that each reason stops; what a customer or the product itself is owed is never stopped. */
const STOPS: Readonly<Record<Suppression, readonly RoutedChannel[]>> = {
  opted_out: ['sdr', 'sdr_light', 'ae_assist', 'lifecycle_email', 'nurture'],
  open_deal: ['sdr', 'sdr_light', 'lifecycle_email', 'nurture'],
  disqualified: ['sdr', 'sdr_light', 'ae_assist'],
  contacted: ['sdr', 'sdr_light'],
  worked_by_owner: ['sdr', 'sdr_light'],
  has_csm: ['sdr', 'sdr_light', 'ae_assist'],
}

/** Stages of a contact in which a salesperson has taken it up. */
const WORKED_STAGES = new Set([
  'sql',
  'sal',
  'sales_qualified_lead',
  'salesqualifiedlead',
  'sales_accepted_lead',
  'opportunity',
  'working',
  'in_progress',
  'engaged',
  'connected',
  'meeting_booked',
  'demo_booked',
])

type SoldWorkspace = Pick<JudgedRow<'workspaces'>, 'sales_owner'>
/** A deal; what only an explanation shows may be missing. */
type SuppressingDeal = JudgedRow<'deals'> & Partial<Pick<Row<'deals'>, 'deal_id' | 'stage'>>

/** Who owns a unit's account, for sales and for success. */
export type AccountOwners = Readonly<{ owner: string | null; csm: string | null }>

/** A unit as far as suppressions look at it. */
type Approached = Pick<JudgedUnit, 'unit'> & Readonly<{ score: Pick<JudgedUnit['score'], 'representativeId'> }>

/** What suppressions are judged from; made once for all units. */
export type SuppressionGround = Readonly<{
  suppress: RoutingPolicy['suppress']
  asOf: Instant
  calendar: Calendar
  contacts: ContactBook
  people: CrmPeople
  dealsOfAccount: ReadonlyMap<string | null, readonly SuppressingDeal[]>
  dealsOfContact: ReadonlyMap<string | null, readonly SuppressingDeal[]>
  workspaces: ReadonlyMap<string, SoldWorkspace>
}>

/**
 * Which reasons to leave a unit alone hold.
 *
 * @param judged a unit
 * @param owners owner of its account, whose own work is no reason, and its success manager; null where there is none
 * @param ground tables and lookups
 * @returns the reasons in the order of `SUPPRESSIONS`, whatever channels the unit has
 *
 * Source: docs/methods/route.md, "Suppressions".
 */
export function suppressionsOf(
  judged: Approached,
  { owner: accountOwner, csm }: AccountOwners,
  ground: SuppressionGround,
): readonly Suppression[] {
  const contacts = ground.contacts.ofUnit(judged.unit)
  const { disqualifiedWithinDays, contactedWithinDays, customersWithCsm } = ground.suppress
  const holds: Record<Suppression, boolean> = {
    opted_out: isOptedOut(judged, contacts, ground),
    open_deal: openDeals(judged, contacts, ground).length > 0,
    disqualified: contacts.some(row => isWithin(row.disqualified_at, disqualifiedWithinDays, ground)),
    contacted: contacts.some(row => isWithin(row.last_contacted_at, contactedWithinDays, ground)),
    worked_by_owner: ownersAtWork(judged, contacts, ground).some(owner => owner !== null && owner !== accountOwner),
    has_csm: customersWithCsm === true && csm !== null,
  }
  return SUPPRESSIONS.filter(reason => holds[reason])
}

/**
 * The reasons of a decision that stop one channel.
 *
 * @param suppressedBy reasons of a decision
 * @param channel one of its channels
 * @returns those that stop it; empty: the unit is on that channel's list
 *
 * Source: docs/methods/route.md, "Suppressions".
 */
export function reasonsAgainst(suppressedBy: RouteDecision['suppressedBy'], channel: string): readonly Suppression[] {
  return SUPPRESSIONS.filter(
    reason => suppressedBy.includes(reason) && STOPS[reason].some(stopped => stopped === channel),
  )
}

/** Where a suppression comes from: the record that says it. */
export type SuppressionEvidence = Readonly<{
  table: 'contacts' | 'deals' | 'workspaces' | 'accounts'
  key: string
  text: string
}>

/**
 * The records that a reason to leave a unit alone rests on.
 *
 * @param reason one that holds
 * @param judged the unit
 * @param owners of its account
 * @param ground tables and lookups; deals may have their ids
 *
 * Source: docs/methods/route.md, "Suppressions".
 */
export function evidenceOf(
  reason: Suppression,
  judged: Approached,
  owners: AccountOwners,
  ground: SuppressionGround,
): readonly SuppressionEvidence[] {
  const contacts = ground.contacts.ofUnit(judged.unit)
  const { disqualifiedWithinDays, contactedWithinDays } = ground.suppress
  const of = (rows: readonly Contact[], text: (row: Contact) => string): readonly SuppressionEvidence[] =>
    rows.map(row => ({ table: 'contacts', key: row.contact_id, text: text(row) }))
  switch (reason) {
    case 'opted_out':
      return of(
        contacts.filter(row => row.opted_out === true),
        () => 'opted out',
      )
    case 'disqualified':
      return of(
        contacts.filter(row => isWithin(row.disqualified_at, disqualifiedWithinDays, ground)),
        row => `disqualified ${dayText(row.disqualified_at, ground)}`,
      )
    case 'contacted':
      return of(
        contacts.filter(row => isWithin(row.last_contacted_at, contactedWithinDays, ground)),
        row => `last contacted ${dayText(row.last_contacted_at, ground)}`,
      )
    case 'open_deal':
      return openDeals(judged, contacts, ground).map(({ deal_id, stage, created_at }) => ({
        table: 'deals',
        key: deal_id ?? '',
        text: `open${stage === undefined || stage === null ? '' : `, ${stage}`}${created_at === null ? '' : `, since ${dayText(created_at, ground)}`}`,
      }))
    case 'worked_by_owner':
      return workEvidence(judged, contacts, owners, ground)
    case 'has_csm':
      return [{ table: 'accounts', key: judged.unit.accountId ?? '', text: `success manager ${owners.csm ?? ''}` }]
  }
}

function workEvidence(
  { unit }: Approached,
  contacts: readonly Contact[],
  { owner: accountOwner }: AccountOwners,
  { people, workspaces }: SuppressionGround,
): readonly SuppressionEvidence[] {
  const isOther = (owner: string | null): owner is string => owner !== null && owner !== accountOwner
  const ofWorkspaces = unit.workspaceIds.flatMap((key): SuppressionEvidence[] => {
    const owner = people.named(workspaces.get(key)?.sales_owner ?? null)
    return isOther(owner) ? [{ table: 'workspaces', key, text: `sales owner ${owner}` }] : []
  })
  const ofContacts = contacts.filter(isAtWork).flatMap((row): SuppressionEvidence[] => {
    const owner = people.named(row.owner)
    if (!isOther(owner)) return []
    return [{ table: 'contacts', key: row.contact_id, text: `${row.lifecycle_stage ?? ''}, owned by ${owner}` }]
  })
  return [...ofWorkspaces, ...ofContacts]
}

function dayText(moment: Moment | null, { calendar }: SuppressionGround): string {
  return moment === null ? '' : formatDay(calendar.dayOf(instantOfMoment(moment, calendar)))
}

function isAtWork({ lifecycle_stage }: Contact): boolean {
  return WORKED_STAGES.has(normaliseName(lifecycle_stage ?? ''))
}

/**
 * Channels that a reason stops.
 *
 * Source: docs/methods/route.md, "Suppressions".
 */
export function stoppedBy(reason: Suppression): readonly RoutedChannel[] {
  return STOPS[reason]
}

function isOptedOut(judged: Approached, contacts: readonly Contact[], ground: SuppressionGround): boolean {
  const { unit, score } = judged
  const addressed = unit.people.filter(
    ({ isAdmin, isChampion, personId }) => isAdmin || isChampion || personId === score.representativeId,
  )
  if (addressed.length > 0 && addressed.every(({ personId }) => hasOptedOut(personId, ground.contacts))) return true
  const linked = new Set(unit.people.flatMap(({ personId }) => ground.contacts.ofPerson(personId)))
  return contacts.some(contact => !linked.has(contact)) && contacts.every(({ opted_out }) => opted_out === true)
}

/**
 * Has a person asked not to be contacted, in any of its contacts?
 *
 * @param personId id of a person
 * @param contacts links of contacts to persons
 *
 * Source: docs/methods/route.md, "Suppressions".
 */
export function hasOptedOut(personId: string, contacts: ContactBook): boolean {
  return contacts.ofPerson(personId).some(({ opted_out }) => opted_out === true)
}

function openDeals(
  { unit }: Approached,
  contacts: readonly Contact[],
  ground: SuppressionGround,
): readonly SuppressingDeal[] {
  const ofAccount = unit.accountId === null ? [] : (ground.dealsOfAccount.get(unit.accountId) ?? [])
  const ofContacts = contacts.flatMap(({ contact_id }) => ground.dealsOfContact.get(contact_id) ?? [])
  return [...new Set([...ofAccount, ...ofContacts])].filter(deal => isOpen(deal, ground))
}

/** A deal is open at asOf from its creation until it is closed; without dates its status decides. */
function isOpen({ status, created_at, closed_at }: JudgedRow<'deals'>, { asOf, calendar }: SuppressionGround): boolean {
  const at = (moment: Moment | null): Instant | null => (moment === null ? null : instantOfMoment(moment, calendar))
  const created = at(created_at)
  const closed = at(closed_at)
  if (created !== null && created > asOf) return false
  if (status === 'won' || status === 'lost') return closed !== null && closed > asOf
  return status === 'open' || closed === null || closed > asOf
}

function isWithin(moment: Moment | null, days: number, { asOf, calendar }: SuppressionGround): boolean {
  if (moment === null) return false
  const at = instantOfMoment(moment, calendar)
  const age = calendar.dayOf(asOf) - calendar.dayOf(at)
  return at <= asOf && age < days
}

function ownersAtWork(
  { unit }: Approached,
  contacts: readonly Contact[],
  { people, workspaces }: SuppressionGround,
): readonly (string | null)[] {
  return [
    ...unit.workspaceIds.map(id => people.named(workspaces.get(id)?.sales_owner ?? null)),
    ...contacts.filter(isAtWork).map(({ owner }) => people.named(owner)),
  ]
}

/**
 * Gathers what suppressions are judged from.
 *
 * Source: docs/methods/route.md, "Suppressions".
 */
export function suppressionGroundOf(
  tables: Pick<JudgedTables, 'deals' | 'workspaces'>,
  rest: Omit<SuppressionGround, 'dealsOfAccount' | 'dealsOfContact' | 'workspaces'>,
): SuppressionGround {
  const deals = [...tables.deals]
  const workspaces = new Map<string, SoldWorkspace>()
  for (const { workspace_id, sales_owner } of tables.workspaces)
    if (sales_owner !== null) workspaces.set(workspace_id, { sales_owner })
  return {
    ...rest,
    dealsOfAccount: Map.groupBy(deals, ({ account_id }) => account_id),
    dealsOfContact: Map.groupBy(deals, ({ contact_id }) => contact_id),
    workspaces,
  }
}
