import { LATIN_LETTERS } from '../reference/latin-letters.ts'

const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}]/u
const LETTERS = new Map(LATIN_LETTERS.values.map(entry => entry.split(':') as [string, string]))

/**
 * A word of a name in Latin letters, as passports have it: `коренберг` is `korenberg`, `παπας` `papas`.
 *
 * @param word folded
 * @returns the word itself where it has no Cyrillic and no Greek letter; other scripts stay
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function inLatinScript(word: string): string {
  if (!OTHER_SCRIPT.test(word)) return word
  return [...word.replaceAll('ου', 'u')].map(letter => LETTERS.get(letter) ?? letter).join('')
}
