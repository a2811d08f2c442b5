import type { Addressee } from '../address-book.ts'
import { type TextGround, UnitTexts } from '../hand-off/unit-texts.ts'
import { type ExportUnit, unitRow } from '../score-files.ts'
import { nameParts } from './crm-file.ts'
import type { CrmSnapshot, KnownRecord } from './crm-snapshot.ts'
import { joinByDomain, joinByEmail } from './crm-twins.ts'
import { type CompanyHandOff, type HandOff, handOffOf, type PersonHandOff } from './hand-off.ts'

/** A unit with its company and people, as far as they are held on to. */
type Held = Readonly<{ unit: HandOff; company: CompanyHandOff | null; people: readonly PersonHandOff[] }>

/** A unit with whom it belongs to and the texts that are made of it. */
export type HandedUnit = Held & Readonly<{ texts: UnitTexts }>

export type HandOffsGround = TextGround &
  Readonly<{ snapshot: Pick<CrmSnapshot, 'accountsOf' | 'contactsOf' | 'domainOf' | 'namesakesOf'> }>

type Growing<T> = { -readonly [K in keyof T]: T[K] }
type GrowingPerson = Growing<Omit<PersonHandOff, 'unitIds'>> & { readonly unitIds: string[] }

/**
 * The units of a run as CRMs get them, with their companies and persons, each of those with the best of its units (the first by id on a
 * tie). Units are walked twice in the order of their ids: first each is added, then, when all are, each is asked for. What is asked for
 * may go to several CRMs: nothing of it is one CRM's own.
 *
 * Source: docs/methods/export.md, "What a CRM gets".
 */
export class HandOffs {
  private readonly ground: HandOffsGround
  private readonly units = new Map<string, Held>()
  private readonly companies = new Map<string, Growing<CompanyHandOff>>()
  private readonly persons = new Map<string, GrowingPerson>()
  /** Companies and persons that stand for several, whose places are after the others. */
  private joined = { companies: 0, persons: 0 }

  constructor(ground: HandOffsGround) {
    this.ground = ground
  }

  /** Companies and persons so far; their places are below. */
  get sizes(): Readonly<{ companies: number; persons: number }> {
    const { companies, persons } = this.joined
    return { companies: this.companies.size + companies, persons: this.persons.size + persons }
  }

  /** The first walk. */
  add(exported: ExportUnit): void {
    const unit = handOffOf(unitRow(exported, this.ground), this.ground)
    if (unit === null) return
    const company = unit.accountId === null ? null : this.companyOf(unit.accountId, unit)
    const people = unit.people.map(addressee => this.personOf(addressee, unit))
    this.units.set(unit.unitId, { unit, company, people })
  }

  /** Between the walks: persons get the company of their best unit, and what CRMs take for one is joined. */
  finish(): void {
    for (const person of this.persons.values()) {
      const { accountId } = person.best
      person.company = accountId === null ? null : (this.companies.get(accountId) ?? null)
    }
    this.joined = {
      companies: joinByDomain(this.companies.values(), this.companies.size),
      persons: joinByEmail(this.persons.values(), this.persons.size),
    }
  }

  /** The second walk; null where no CRM has any business with the unit. */
  of(exported: ExportUnit): HandedUnit | null {
    const held = this.units.get(exported.route.unitId)
    if (held === undefined) return null
    return { ...held, texts: new UnitTexts(held.unit, exported.judged, this.ground) }
  }

  private companyOf(accountId: string, unit: HandOff): CompanyHandOff {
    const before = this.companies.get(accountId)
    if (before !== undefined) {
      before.units++
      grow(before, unit)
      return before
    }
    const row = this.ground.book.account(accountId)
    const company = {
      place: this.companies.size,
      accountId,
      name: row?.name ?? null,
      website: row?.primary_domain ?? null,
      domain: this.ground.snapshot.domainOf(accountId),
      industry: row?.industry ?? null,
      country: row?.hq_country ?? null,
      employees: row?.employee_count ?? null,
      known: this.ground.snapshot.accountsOf(accountId),
      namesakes: this.ground.snapshot.namesakesOf(accountId, row?.name ?? null),
      best: unit,
      units: 1,
      isCreating: unit.isCreating,
    } as Growing<CompanyHandOff> // the last field is itself
    company.byDomain = company
    this.companies.set(accountId, company)
    return company
  }

  private personOf({ personId, name, email, badEmail, title, part }: Addressee, unit: HandOff): PersonHandOff {
    const before = this.persons.get(personId)
    if (before !== undefined) {
      before.unitIds.push(unit.unitId)
      grow(before, unit)
      return before
    }
    const known: readonly KnownRecord[] = this.ground.snapshot.contactsOf(personId, email)
    const { isCreating } = unit
    const place = this.persons.size
    const unitIds = [unit.unitId]
    const { first: firstName, last: lastName } = nameParts(name)
    const person = {
      place,
      personId,
      name,
      firstName,
      lastName,
      email,
      badEmail,
      title,
      part,
      known,
      best: unit,
      unitIds,
      company: null,
      isCreating,
    } as GrowingPerson // the last field is itself
    person.byEmail = person
    this.persons.set(personId, person)
    return person
  }
}

function grow(party: Growing<Pick<CompanyHandOff, 'best' | 'isCreating'>>, unit: HandOff): void {
  if (unit.score > party.best.score) party.best = unit
  if (unit.isCreating) party.isCreating = true
}
