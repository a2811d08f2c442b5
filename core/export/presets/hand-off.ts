import type { Day, Instant } from '#lib/time'
import type { RoutedChannel } from '#schema/policy'
import type { AddressBook, Addressee } from '../address-book.ts'
import { planOf, signupSourceOf } from '../routing-columns.ts'
import { listsOf } from '../routing-files.ts'
import type { UnitRow } from '../score-files.ts'
import type { CrmSnapshot, KnownRecord } from './crm-snapshot.ts'

/** Channels that hand a workspace to people or to mail, for which a CRM gets records it does not have yet. */
const CREATING: readonly RoutedChannel[] = ['sdr', 'sdr_light', 'ae_assist', 'csm', 'lifecycle_email']
/** Channels that somebody has to do something for. */
export const TASK_CHANNELS = ['sdr', 'ae_assist', 'sdr_light', 'csm'] as const
export type TaskChannel = (typeof TASK_CHANNELS)[number]
/** People of one workspace that a CRM gets, at most. */
const MOST_PEOPLE = 10

/** Who takes care of a unit: as the CRM names people. */
export type HandOffOwner = Readonly<{ id: string; email: string | null; name: string | null }>

/** A unit as a CRM gets it. */
export type HandOff = Readonly<{
  row: UnitRow
  unitId: string
  name: string | null
  score: number
  stage: string
  /** Top reasons in one line. */
  reasons: string
  channels: readonly RoutedChannel[]
  /** Its records are made where the CRM does not have them; else they are only kept up to date. */
  isCreating: boolean
  owner: HandOffOwner | null
  accountId: string | null
  people: readonly Addressee[]
  plan: string | null
  signupSource: string | null
  stageSinceDay: Day
}>

/** A company with the best of its units. */
export type CompanyHandOff = Readonly<{
  accountId: string
  name: string | null
  domain: string | null
  industry: string | null
  country: string | null
  employees: number | null
  known: readonly KnownRecord[]
  /** The unit with the best score. */
  best: HandOff
  units: number
  isCreating: boolean
}>

/** A person with the best of its units. */
export type PersonHandOff = Readonly<{
  personId: string
  name: string | null
  email: string | null
  title: string | null
  part: Addressee['part']
  known: readonly KnownRecord[]
  best: HandOff
  unitIds: readonly string[]
  company: CompanyHandOff | null
  isCreating: boolean
}>

/** What hand-offs are made with. */
export type HandOffGround = Readonly<{
  book: AddressBook
  snapshot: CrmSnapshot
  dayOf(instant: Instant): Day
}>

/**
 * A unit as a CRM gets it; null where no CRM has any business with it: it goes to review or nowhere.
 *
 * Source: docs/methods/export.md, "What a CRM gets".
 */
export function handOffOf(row: UnitRow, { book, dayOf }: Pick<HandOffGround, 'book' | 'dayOf'>): HandOff | null {
  const { judged, route, reasons, stageSince } = row
  if (route.destination === 'none' || route.destination === 'review') return null
  const channels = listsOf(route)
  const people = book.addressees(judged).slice(0, MOST_PEOPLE)
  return {
    row,
    unitId: route.unitId,
    name: judged.unit.name,
    score: judged.score.score,
    stage: judged.score.stage,
    reasons: reasons()
      .map(({ sentence }) => sentence)
      .join('; '),
    channels,
    isCreating: channels.some(channel => CREATING.includes(channel)),
    owner: ownerOf(route.owner, book),
    accountId: judged.unit.accountId,
    people,
    plan: planOf(judged, book),
    signupSource: signupSourceOf({ judged, addressees: () => people }, book),
    stageSinceDay: dayOf(stageSince),
  }
}

function ownerOf(owner: string | null, { people }: AddressBook): HandOffOwner | null {
  if (owner === null) return null
  const row = people.byId.get(owner)
  const email = row?.email ?? (/^[^\s@]+@[^\s@]+$/.test(owner) ? owner : null)
  return { id: owner, email, name: row?.name ?? null }
}

/** Companies and persons of all units, by account and person id. */
export type HandOffParties = Readonly<{
  companies: ReadonlyMap<string, CompanyHandOff>
  persons: ReadonlyMap<string, PersonHandOff>
}>

/**
 * Companies and persons of the units that a CRM gets, each with the best of its units (the first by id on a tie).
 *
 * @param units in the order of their ids
 *
 * Source: docs/methods/export.md, "What a CRM gets".
 */
export class PartyCollector {
  private readonly companies = new Map<string, CompanyHandOff>()
  private readonly persons = new Map<string, PersonHandOff>()
  private readonly ground: Pick<HandOffGround, 'book' | 'snapshot'>

  constructor(ground: Pick<HandOffGround, 'book' | 'snapshot'>) {
    this.ground = ground
  }

  /** @returns the unit as it is held on to */
  add(unit: HandOff): HandOff {
    const light = { ...unit, row: lightRow(unit.row) }
    if (unit.accountId !== null) this.addCompany(unit.accountId, light)
    for (const addressee of unit.people) this.addPerson(addressee, light)
    return light
  }

  /** What was collected; persons have the company of their best unit. */
  finish(): HandOffParties {
    const persons = new Map<string, PersonHandOff>()
    for (const [id, person] of this.persons) {
      const { accountId } = person.best
      persons.set(id, { ...person, company: accountId === null ? null : (this.companies.get(accountId) ?? null) })
    }
    return { companies: this.companies, persons }
  }

  private addCompany(accountId: string, unit: HandOff): void {
    const before = this.companies.get(accountId)
    if (before !== undefined) {
      this.companies.set(accountId, {
        ...before,
        units: before.units + 1,
        best: better(before.best, unit),
        isCreating: before.isCreating || unit.isCreating,
      })
      return
    }
    const row = this.ground.book.account(accountId)
    this.companies.set(accountId, {
      accountId,
      name: row?.name ?? null,
      domain: row?.primary_domain ?? null,
      industry: row?.industry ?? null,
      country: row?.hq_country ?? null,
      employees: row?.employee_count ?? null,
      known: this.ground.snapshot.accountsOf(accountId),
      best: unit,
      units: 1,
      isCreating: unit.isCreating,
    })
  }

  private addPerson({ personId, name, email, title, part }: Addressee, unit: HandOff): void {
    const before = this.persons.get(personId)
    if (before === undefined) {
      const known = this.ground.snapshot.contactsOf(personId)
      const { isCreating } = unit
      const unitIds = [unit.unitId]
      this.persons.set(personId, {
        personId,
        name,
        email,
        title,
        part,
        known,
        best: unit,
        unitIds,
        company: null,
        isCreating,
      })
      return
    }
    this.persons.set(personId, {
      ...before,
      best: better(before.best, unit),
      unitIds: [...before.unitIds, unit.unitId],
      isCreating: before.isCreating || unit.isCreating,
    })
  }
}

const better = (one: HandOff, other: HandOff): HandOff => (other.score > one.score ? other : one)

/** A unit without what only its own texts are made of: it is held as long as the export goes on. */
function lightRow({ route, judged, stageSince }: UnitRow): UnitRow {
  const { trace: _, ...rest } = route
  return {
    route: { ...rest, trace: [] },
    judged: { ...judged, unit: { ...judged.unit, people: [] }, score: { ...judged.score, lines: [] } },
    stageSince,
    reasons: () => [],
  }
}
