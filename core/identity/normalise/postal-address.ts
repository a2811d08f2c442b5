import { isPlaceholder } from '../placeholder.ts'
import { ADDRESS_WORDS, WEAK_ADDRESS_WORDS } from '../reference/address-words.ts'
import { foldedWords } from './fold.ts'

/** A street address as identity reads it. Empty where unknown. */
export type PostalAddress = Readonly<{
  /** The first word with a digit that is no ordinal: the house number. */
  number: string
  /** The other words in one spelling each, in order. */
  words: readonly string[]
}>

const FORMS = new Map(ADDRESS_WORDS.values.map(entry => entry.split(':') as [string, string]))
const WEAK = new Set(WEAK_ADDRESS_WORDS.values)
const ORDINAL = /^\d+(?:st|nd|rd|th)$/

/**
 * Reads a street address from one or more cells: number apart, words in one spelling (`street` and `st.` are one).
 *
 * @param cells in the order of the columns; null and placeholders are nothing known
 *
 * Source: docs/methods/identity.md, "Addresses".
 */
export function readAddress(cells: readonly (string | null)[]): PostalAddress {
  const words: string[] = []
  let number = ''
  for (const cell of cells) {
    if (isPlaceholder(cell)) continue
    for (const word of foldedWords((cell ?? '').replaceAll('&', ' and '))) {
      if (number === '' && /^\d/.test(word) && !ORDINAL.test(word)) number = word
      else words.push(FORMS.get(word) ?? word)
    }
  }
  return { number, words }
}

/** Does a word of an address say little (`st`, `apt`, `north`)? */
export function isWeakAddressWord(word: string): boolean {
  return WEAK.has(word)
}

/**
 * A postcode without blanks and hyphens, in lower case; the `+4` of American ones is cut.
 *
 * @param text null and placeholders are nothing known
 * @returns empty where nothing is known or no digit is in it
 *
 * Source: docs/methods/identity.md, "Addresses".
 */
export function readPostcode(text: string | null): string {
  if (text === null || isPlaceholder(text)) return ''
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(\d{5})-\d{4}$/, '$1')
    .replace(/[^\p{L}\p{N}]/gu, '')
  return /\d/.test(plain) ? plain : ''
}
