import type { RecordPlaces } from '../block/record-places.ts'
import { isKnown } from '../columns/list.ts'
import type { OrganisationColumns } from '../columns/organisation-columns.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { PERSON_WEIGHTS } from '../weigh/person-weights.ts'
import { UNKNOWN_OTHERS } from '../weigh/steps.ts'
import { addressComparison } from './address-comparison.ts'
import { birthDateComparison } from './birth-date-comparison.ts'
import { companyComparison } from './company-comparison.ts'
import { type Comparison, ofMany } from './comparison.ts'
import { contestedValues } from './contested-values.ts'
import { emailComparison } from './email-comparison.ts'
import { type EmailTables, type HandleTables, handleTables, type MailboxTables, mailboxTables } from './email-tables.ts'
import { isAnotherName, nameComparison } from './name-comparison.ts'
import { phoneComparison } from './phone-comparison.ts'

/**
 * All comparisons of records of persons, the name first, which turns most pairs away; those of fields that no record has are left out.
 *
 * @param records columns
 * @param unknownOthers as in `nameComparison`
 * @param weights default ones, or those that somebody set
 * @param tables where they are made already
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function personComparisons(
  records: PersonColumns,
  unknownOthers: number,
  weights: typeof PERSON_WEIGHTS = PERSON_WEIGHTS,
  tables?: EmailTables,
): readonly Comparison[] {
  const { phone, birthDate, address, postcode, city } = records
  const known = (): EmailTables =>
    tables ?? emailTablesOf(personTables(records, unknownOthers, weights).map(make => make()))
  const names = nameComparison(records, weights, unknownOthers)
  const isContested = contestedValues(records, phone, (a, b) => isAnotherName(names, a, b))
  return [
    names,
    ...(hasAddresses(records) ? [emailComparison(records, { weights, unknownOthers, tables: known() })] : []),
    ...(isKnown(phone) ? [ofMany(phoneComparison(records, weights.phone, isContested))] : []),
    ...(isKnown(birthDate) ? [birthDateComparison(records)] : []),
    ...([address, postcode, city].some(isKnown) ? [ofMany(addressComparison(records))] : []),
  ]
}

/**
 * All comparisons of records of organisations, the name first; those of fields that no record has are left out.
 *
 * @param records columns
 * @param unknownOthers as in `companyComparison`, where a table has nothing but names; where places are known, branches of one
 *   name are common, and the default holds
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function organisationComparisons(records: OrganisationColumns, unknownOthers: number): readonly Comparison[] {
  const { phone, address, postcode, city } = records
  const isElsewhereKnown = [phone, address, postcode, city].some(isKnown)
  return [
    companyComparison(records, isElsewhereKnown ? UNKNOWN_OTHERS : unknownOthers),
    ...(isKnown(phone) ? [phoneComparison(records)] : []),
    ...([address, postcode, city].some(isKnown) ? [addressComparison(records)] : []),
  ]
}

/**
 * What comparisons of persons need to have counted, in parts that two threads can share.
 *
 * @param records columns
 * @param unknownOthers as in `nameComparison`
 * @param weights as for `personComparisons`
 * @param places where what is read of each record for every pair lies
 * @returns none where no record has an address or a handle
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function personTables(
  records: PersonColumns,
  unknownOthers: number,
  weights: typeof PERSON_WEIGHTS = PERSON_WEIGHTS,
  places: RecordPlaces | null = null,
): readonly (() => MailboxTables | HandleTables)[] {
  if (!hasAddresses(records)) return []
  const isUnlike = (): ((a: number, b: number) => boolean) => {
    const names = nameComparison(records, weights, unknownOthers)
    return (a, b) => isAnotherName(names, a, b)
  }
  return [() => handleTables(records), () => mailboxTables(records, isUnlike(), places)]
}

/**
 * The tables from their parts.
 *
 * @param parts made as `personTables` says, in its order
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function emailTablesOf(parts: readonly unknown[]): EmailTables {
  const [handles, mailboxes] = parts as readonly [HandleTables, MailboxTables] // made in this order
  return { handles, mailboxes }
}

function hasAddresses({ email, handle }: PersonColumns): boolean {
  return email.codes.length + handle.codes.length > 0
}
