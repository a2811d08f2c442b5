import { sharedBytes, sharedWords } from '#lib/shared-words'
import type { RecordPlaces } from '../block/record-places.ts'
import { countsOf } from '../columns/dictionary.ts'
import { accountHandles } from '../columns/handle-lists.ts'
import { through } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { highest } from '../weigh/steps.ts'
import { reachRows } from './email-reach.ts'
import { handleCounts } from './handle-counts.ts'
import { sharedMailboxes } from './shared-mailboxes.ts'

/** What addresses are compared by, numbers alone: made once for all threads. */
export type MailboxTables = Readonly<{
  /** Per canonical address: 1 where people share it. */
  shared: Uint8Array
  /** Per address its length. */
  length: Uint32Array
  /** Records per canonical form, loose form and domain. */
  canonicalCount: Uint32Array
  looseCount: Uint32Array
  domainCount: Uint32Array
  /** As `emailReach` reads them, and where they lie. */
  rows: Uint32Array
  places: RecordPlaces | null
}>

/** What handles are compared by, likewise. */
export type HandleTables = Readonly<{
  /** By code: 1 where the handle is nobody else's by chance. */
  isTelling: Uint8Array
  /** By code: people who have it. */
  people: Uint32Array
}>

/** Both. */
export type EmailTables = Readonly<{ mailboxes: MailboxTables; handles: HandleTables }>

/** From this length on a local part is nobody else's by chance. */
const TELLING_LENGTH = 6
const WITH_DIGIT = /\d/

/**
 * Counts addresses, and lays what a pair asks of them side by side.
 *
 * @param columns records
 * @param isUnlike do two records bear full names of two people?
 * @param places where rows of records are to lie; null: records are their own places
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function mailboxTables(
  columns: PersonColumns,
  isUnlike: (a: number, b: number) => boolean,
  places: RecordPlaces | null = null,
): MailboxTables {
  const { emails, email } = columns
  const { canonicals, canonical, loose, domain } = emails
  const length = sharedWords(canonical.length)
  for (let code = 0; code < length.length; code++) length[code] = canonicals.length(canonical[code] as number) // code < length
  const counted = (coarser: Uint32Array, size: number): Uint32Array => countsOf(through(email.codes, coarser), size)
  return {
    shared: sharedBytes(sharedMailboxes(columns, isUnlike)),
    length,
    canonicalCount: counted(canonical, canonicals.size()),
    looseCount: counted(loose, highest(loose) + 1),
    domainCount: counted(domain, emails.hosts.size()),
    rows: reachRows(columns, length, places),
    places,
  }
}

/**
 * Counts people by handle.
 *
 * @param columns records
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function handleTables(columns: PersonColumns): HandleTables {
  const { handles } = columns.emails
  const asAccount = accountHandles(columns.emails)
  const isTelling = new Uint8Array(handles.size())
  for (let code = 0; code < isTelling.length; code++) {
    const length = handles.length(code)
    const isLong = length >= TELLING_LENGTH || asAccount[code] === 1
    isTelling[code] = isLong || (length === TELLING_LENGTH - 1 && WITH_DIGIT.test(handles.text(code))) ? 1 : 0
  }
  return { isTelling, people: handleCounts(columns, isTelling) }
}
