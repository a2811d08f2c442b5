import { id, text } from '../column.ts'
import { type CrmColumn, type FilledIn, ruled } from './crm-file.ts'
import type { HandOff, PersonHandOff } from './hand-off.ts'
import { salesforceId } from './salesforce-id.ts'

/**
 * The owner's Salesforce id: its own, else the one that a Salesforce list of users has for the same address; null where there is none,
 * or more than one.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export const ownerId = (owner: HandOff['owner']): string | null =>
  owner === null ? null : (userId(owner.id) ?? soleOf(owner.otherIds))

const userId = (id: string): string | null => salesforceId(id, ['005', '00G'])

function soleOf(ids: readonly string[]): string | null {
  const [found = null, ...others] = new Set(ids.flatMap(id => userId(id) ?? []))
  return others.length === 0 ? found : null
}

/**
 * Why the owner of a row is not written; null: nobody owns it.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function whyNoOwnerId(owner: HandOff['owner']): string | null {
  if (owner === null) return null
  const who = owner.email || owner.name || owner.id
  const found = owner.otherIds.filter(id => userId(id) !== null)
  return found.length > 1
    ? `${who} is ${found.join(' and ')} in the imported CRM users; keep one`
    : `${who} has no Salesforce id; import the users of Salesforce as CRM users`
}

/**
 * The owner by its Salesforce id; empty where it is none.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function ownerColumn<R>(unitOf: (row: R) => HandOff): CrmColumn<R> {
  return ruled(
    id('OwnerId', row => ownerId(unitOf(row).owner)),
    { isOwner: true, whyEmpty: row => whyNoOwnerId(unitOf(row).owner) },
  )
}

/** A text without outer blanks. */
export const trimmed = (value: string | null | undefined): string | null => value?.trim() ?? null

/**
 * The first Salesforce id with one of these beginnings among what the CRM may have.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function knownId(rows: PersonHandOff['known'], prefixes: readonly string[]): string | null {
  for (const record of rows) {
    for (const value of [
      ...record.toldOf('salesforce'),
      ...[record.crmId ?? '', record.otherId].filter(provesItself),
    ]) {
      const found = salesforceId(value, prefixes)
      if (found !== null) return found
    }
  }
  return null
}

/** By its check, or by letters of both cases: numbers of 15 digits and codes in one case are other tools' as well. */
const provesItself = (id: string): boolean => id.length === 18 || (/[a-z]/.test(id) && /[A-Z]/.test(id))

/**
 * LastName is mandatory: where no name is known, the part of the address before the @.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function lastName({ lastName: own, email }: PersonHandOff): string | null {
  return own ?? localPart(email)
}

function localPart(email: string | null): string | null {
  return email === null ? null : (email.split('@')[0] ?? null) || null
}

/**
 * Company is mandatory for a lead: where no account is known, the workspace in brackets.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function companyName({ company, best }: PersonHandOff): string {
  return trimmed(company?.name) || `[${best.name ?? best.unitId}]`
}

/**
 * What was put where nothing is known, since Salesforce wants something there: each is a fact of its own.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function filledIn(row: PersonHandOff, withCompany: boolean): readonly FilledIn[] {
  const name = row.lastName === null ? lastName(row) : null
  const isCompanyUnknown = withCompany && !trimmed(row.company?.name)
  return [
    ...(name === null ? [] : [{ about: 'last name', text: `last name ${name}, from the address` }]),
    ...(isCompanyUnknown ? [{ about: 'company', text: `company ${companyName(row)}, from the workspace` }] : []),
  ]
}

/** Rating of a stage. */
export const RATINGS: Readonly<Record<string, string>> = {
  'Hot PQL': 'Hot',
  PQL: 'Warm',
  Warm: 'Warm',
  'Not PQL': 'Cold',
}

/**
 * Address and title of a person.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function contactFields(): readonly CrmColumn<PersonHandOff>[] {
  return [
    ruled(
      text('Email', ({ email }) => trimmed(email)),
      { maxLength: 80 },
    ),
    ruled(
      text('Title', ({ title }) => trimmed(title)),
      { maxLength: 128 },
    ),
  ]
}
