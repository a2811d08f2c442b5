import { jaroWinkler } from '../compare/similarity.ts'
import { type CompanyName, isWeakCompanyWord } from '../normalise/company-name.ts'

/** What two names of companies say of each other. `silent`: one is missing or generic, or they are alike and no more. */
export type NameVerdict = 'agree' | 'silent' | 'contradict'

/** From here on two words are spellings of one. */
const LIKE_WORDS = 0.92

/**
 * Compares the names of two account records of which something else says that they are one company.
 *
 *   agree: the words of one, legal form and weak words aside, are all among the other's, or the names are one when written together
 *   contradict: no word of one is a spelling of a word of the other
 *
 * @param a as `readCompanyName` reads it
 * @param b the other one
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function namesSay(a: CompanyName, b: CompanyName): NameVerdict {
  const [x, y] = [tellingWords(a), tellingWords(b)]
  if (x.length === 0 || y.length === 0) return 'silent'
  if (x.join('') === y.join('')) return 'agree'
  const [fewer, more] = x.length <= y.length ? [x, y] : [y, x]
  if (fewer.every(word => more.includes(word))) return 'agree'
  return fewer.some(word => more.some(other => jaroWinkler(word, other) >= LIKE_WORDS)) ? 'silent' : 'contradict'
}

/**
 * Is a company called like its domain (`Acme Mills` and `acmemills.com`)?
 *
 * @param name as `readCompanyName` reads it
 * @param domain registrable
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function isCalledLike(name: CompanyName, domain: string): boolean {
  const label = (domain.split('.')[0] ?? '').replaceAll('-', '')
  return label !== '' && (name.words.join('') === label || tellingWords(name).join('') === label)
}

function tellingWords({ kind, words }: CompanyName): readonly string[] {
  if (kind !== 'name') return []
  const strong = words.filter(word => !isWeakCompanyWord(word))
  return strong.length > 0 ? strong : words
}
