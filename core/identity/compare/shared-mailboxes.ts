import { MOST_SHARING_RECORDS } from '../bits.ts'
import { countsOf } from '../columns/dictionary.ts'
import { isNickname, knownGivenNames, NAME_KIND, type NameTable, through } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'

/** From so many unlike names on, a mailbox is taken for one that people share. */
const LEAST_VOICES = 3

/**
 * Mailboxes under which three or more people write, by their full or given names: no identifier of anybody, whatever they are
 * called. A single word counts where it is a given name that others have too.
 *
 * @param columns records
 * @param isUnlike do two records bear full names of two people?
 * @returns per canonical address 1 where it is shared
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function sharedMailboxes(
  { size, emails, email, names, name }: PersonColumns,
  isUnlike: (a: number, b: number) => boolean,
): Uint8Array {
  const shared = new Uint8Array(emails.canonicals.size())
  const voices = new Map<number, number[]>()
  const isGiven = knownGivenNames(names, name)
  // Codes lie within their tables; offsets have one entry more than there are records.
  const kindOf = (record: number): number => names.kind[name[record] as number] as number
  const isAnother = (a: number, b: number): boolean =>
    kindOf(a) === NAME_KIND.full && kindOf(b) === NAME_KIND.full
      ? isUnlike(a, b)
      : isAnotherGivenName(names, name[a] as number, name[b] as number)
  const records = countsOf(through(email.codes, emails.canonical), emails.canonicals.size())
  const hear = (mailbox: number, record: number): void => {
    // Nearly all are nobody else's.
    if ((records[mailbox] as number) < LEAST_VOICES) return
    const known = voices.get(mailbox)
    if (known === undefined) voices.set(mailbox, [record])
    else if (known.length < MOST_SHARING_RECORDS && known.every(other => isAnother(other, record))) known.push(record)
    if ((known?.length ?? 0) >= LEAST_VOICES) shared[mailbox] = 1
  }
  for (let i = 0; i < size; i++) {
    const kind = kindOf(i)
    const isBare = kind === NAME_KIND.bare && isGiven[names.given[name[i] as number] as number] === 1
    if (kind !== NAME_KIND.full && !isBare) continue
    for (let at = email.offsets[i] as number; at < (email.offsets[i + 1] as number); at++)
      hear(emails.canonical[email.codes[at] as number] as number, i)
  }
  return shared
}

/** A given name against a name: neither the same nor a form of it, nor the other's family name. */
function isAnotherGivenName(names: NameTable, x: number, y: number): boolean {
  const wordsOf = (code: number): readonly number[] => [names.given[code] ?? 0, names.family[code] ?? 0]
  return wordsOf(x).every(a => wordsOf(y).every(b => a === 0 || b === 0 || !isForm(names, a, b)))
}

function isForm(names: NameTable, a: number, b: number): boolean {
  const [x = '', y = ''] = [names.tokens.texts[a], names.tokens.texts[b]]
  return a === b || x.startsWith(y) || y.startsWith(x) || isNickname(names, a, b)
}
