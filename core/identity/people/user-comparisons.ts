import { once } from '#lib/once'
import type { KeyKind } from '../block/block-keys.ts'
import { type LazyColumn, mixedColumns, singleKeys } from '../block/block-keys.ts'
import { personKeys } from '../block/person-keys.ts'
import { hashText } from '../columns/hash-text.ts'
import { codeColumn } from '../columns/list.ts'
import { personComparisons } from '../compare/all-comparisons.ts'
import { attributeComparison, identifierComparison } from '../compare/code-comparison.ts'
import { type Comparison, ofMany } from '../compare/comparison.ts'
import { contestedValues } from '../compare/contested-values.ts'
import type { EmailTables } from '../compare/email-tables.ts'
import { isAnotherName } from '../compare/name-comparison.ts'
import { UNKNOWN_OTHERS } from '../weigh/steps.ts'
import type { Weights } from '../weigh/weight-rules.ts'
import { deviceComparison } from './device-comparison.ts'
import type { Coded, UserColumns } from './user-columns.ts'

/** Users of one device before it says nothing. */
const MOST_ON_DEVICE = 3
const INITIAL = 31

/**
 * What is compared between user records: what every table of people has, then identifiers of products, then the small attributes.
 *
 * @param users columns
 * @param weights default ones, or those that somebody set
 * @param tables where they are made already
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function userComparisons(
  users: UserColumns,
  { person, user }: Weights,
  tables?: EmailTables,
): readonly Comparison[] {
  const { sso, contact, billing, device, network, title, locale, company, people } = users
  const { emails, email } = people
  // Codes lie within their tables; offsets have one entry more than there are records.
  const domainOf = (i: number): number => {
    const at = email.offsets[i] as number
    return at === email.offsets[i + 1] ? 0 : (emails.domain[email.codes[at] as number] as number)
  }
  const isDomainPaid = (a: number, b: number): boolean => domainOf(a) !== 0 && domainOf(a) === domainOf(b)
  const mailboxOf = (i: number): number => {
    const at = email.offsets[i] as number
    return at === email.offsets[i + 1] ? 0 : (emails.canonical[email.codes[at] as number] as number)
  }
  const isContactPaid = (a: number, b: number): boolean =>
    (mailboxOf(a) !== 0 && mailboxOf(a) === mailboxOf(b)) ||
    (contact.codes[a] !== 0 && contact.codes[a] === contact.codes[b])
  const persons = personComparisons(people, UNKNOWN_OTHERS, person, tables)
  const [names] = persons
  const isUnlike = (a: number, b: number): boolean => names !== undefined && isAnotherName(names, a, b)
  const isContested = contestedValues(people, device.codes, isUnlike)
  const all: readonly (readonly [Coded, Comparison])[] = [
    [sso, identifierComparison({ name: 'SSO subject', ...sso }, user['SSO subject'].precision)],
    [contact, identifierComparison({ name: 'CRM contact', ...contact }, user['CRM contact'].precision)],
    [
      billing,
      identifierComparison({ name: 'billing contact', ...billing }, user['billing contact'].precision, undefined, {
        isPaid: isContactPaid,
      }),
    ],
  ]
  const small: readonly (readonly [Coded, Comparison])[] = [
    [company, ofMany(attributeComparison({ name: 'company', ...company }, user.company, isDomainPaid))],
    [title, ofMany(attributeComparison({ name: 'job title', ...title }, user['job title']))],
    [locale, ofMany(attributeComparison({ name: 'locale', ...locale }, user.locale))],
  ]
  const known = (list: typeof all): Comparison[] =>
    list.filter(([{ texts }]) => texts.length > 1).map(([, comparison]) => comparison)
  const isDeviceKnown = device.texts.length + network.texts.length > 2
  const ground = { weights: user.device, most: MOST_ON_DEVICE, isContested }
  const devices = isDeviceKnown ? [ofMany(deviceComparison({ device, network }, ground))] : []
  return [...persons, ...known(all), ...devices, ...known(small)]
}

/**
 * Kinds of keys for user records: those of any table of people, and SSO subject, CRM contact, billing contact, device with up to three users,
 * family name in one workspace, one inviter.
 *
 * @param users columns
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function userKeys({
  people,
  sso,
  contact,
  billing,
  device,
  workspace,
  inviter,
}: UserColumns): readonly KeyKind[] {
  const { size, names, name } = people
  const of = (codeOf: (i: number) => number): LazyColumn => once(() => codeColumn(size, codeOf))
  const codesOf =
    ({ codes }: Coded): LazyColumn =>
    () =>
      codes
  const initialOf = once(() =>
    Uint32Array.from(names.tokens.texts, text => (text === '' ? 0 : hashText(text.slice(0, 1), INITIAL))),
  )
  // Codes lie within their tables; one code per record.
  const family = of(i => names.sound[names.family[name[i] as number] as number] as number)
  const initial = once(() => {
    const initials = initialOf()
    return codeColumn(size, i => initials[names.given[name[i] as number] as number] as number)
  })
  const familyAndInitial = mixedColumns(family, initial)
  const core = of(i => names.core[name[i] as number] as number)
  const own = [
    singleKeys('SSO subject', codesOf(sso), [core]),
    singleKeys('CRM contact', codesOf(contact), [core]),
    singleKeys('billing contact', codesOf(billing), [core]),
    singleKeys('device', codesOf(device), [], MOST_ON_DEVICE),
    singleKeys('family name and initial in one workspace', mixedColumns(familyAndInitial, codesOf(workspace)), [core]),
    singleKeys('family name and inviter', mixedColumns(family, codesOf(inviter)), [core]),
  ]
  return [...own, ...personKeys(people).filter(({ name: kind }) => !LOOSE.has(kind))]
}

/** Kinds that only pay where there is more than a name and an address to compare. */
const LOOSE = new Set(['sound of the family name', 'sound of the given name'])
