import { MOST_SHARING_RECORDS } from '../bits.ts'
import { NAME_KIND } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'

/** From so many unlike full names on, a mailbox is taken for one that people share. */
const LEAST_VOICES = 3

/**
 * Mailboxes under which three or more people write, by their full names: no identifier of anybody, whatever they are called.
 *
 * @param columns records
 * @param isUnlike do two records bear names of two people?
 * @returns per canonical address 1 where it is shared
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function sharedMailboxes(
  { size, emails, email, names, name }: PersonColumns,
  isUnlike: (a: number, b: number) => boolean,
): Uint8Array {
  const shared = new Uint8Array(emails.canonicals.texts.length)
  const voices = new Map<number, number[]>()
  const hear = (mailbox: number, record: number): void => {
    const known = voices.get(mailbox)
    if (known === undefined) voices.set(mailbox, [record])
    else if (known.length < MOST_SHARING_RECORDS && known.every(other => isUnlike(other, record))) known.push(record)
    if ((known?.length ?? 0) >= LEAST_VOICES) shared[mailbox] = 1
  }
  for (let i = 0; i < size; i++) {
    // Codes lie within their tables; offsets have one entry more than there are records.
    if (names.kind[name[i] as number] !== NAME_KIND.full) continue
    for (let at = email.offsets[i] as number; at < (email.offsets[i + 1] as number); at++)
      hear(emails.canonical[email.codes[at] as number] as number, i)
  }
  return shared
}
