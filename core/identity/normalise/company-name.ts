import { LEADING_FORMS, WEAK_COMPANY_WORDS } from '../reference/legal-forms.ts'
import { GENERIC_WORKSPACE_NAMES } from '../reference/workspace-words.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { foldedWords } from './fold.ts'

/** The name of a company or of its workspace as identity reads it. */
export type CompanyName = Readonly<{
  /** `generic`: what a workspace is called when nobody names it, or no name of a company at all. */
  kind: 'none' | 'generic' | 'name'
  /** Folded words without legal form, in order. */
  words: readonly string[]
  /** Words in brackets: another name, a place, an abbreviation. */
  aside: readonly string[]
}>

const LEADING = new Set(LEADING_FORMS.values)
const WEAK = new Set(WEAK_COMPANY_WORDS.values)
const GENERIC = new Set(GENERIC_WORKSPACE_NAMES.values)
const LONGEST_FORM = 5
const NO_NAME: CompanyName = { kind: 'none', words: [], aside: [] }
const OWNED = /(?:'s|\u2019s)\s+(?:workspace|team|project|organi[sz]ation|account|space|board|company|org)\s*\d*$/i

/**
 * Reads the name of a company: legal forms at its end (`Acme Sp. z o.o.`, `Acme, Inc.`) and before it (`PT Acme`) cut,
 * `&` read as `and`, brackets set aside.
 *
 * @param text as the data state it; null and placeholders are `none`
 * @param lists placeholders and legal forms, as shipped or as a project has changed them
 * @returns `generic` for what says nothing about a company: `My Project`, `Jane's workspace`, `Test 2`, no letters
 *
 * Source: docs/methods/identity.md, "Names of companies".
 */
export function readCompanyName(text: string | null, lists: Words = SHIPPED_WORDS): CompanyName {
  if (text === null || lists.isPlaceholder(text)) return NO_NAME
  const aside: string[] = []
  const plain = text.replace(/\(([^)]*)\)|\[([^\]]*)\]/g, (_whole, round?: string, square?: string) => {
    aside.push(...foldedWords(round ?? square ?? ''))
    return ' '
  })
  const all = foldedWords(plain.replace(/&/g, ' and ').replace(/\.(?=\p{L}\b)/gu, ''))
  const words = all.length > 0 ? all : aside
  if (isGeneric(text, words)) return { kind: 'generic', words: [], aside: [] }
  return { kind: 'name', words: withoutForms(words, lists.legalForms), aside: all.length > 0 ? aside : [] }
}

/** Does a word of a company's name say little (`group`, `the`, `technologies`)? */
export function isWeakCompanyWord(word: string): boolean {
  return WEAK.has(word)
}

function isGeneric(text: string, words: readonly string[]): boolean {
  if (OWNED.test(text.trim())) return true
  const bare = words.filter(word => !/^\d+$/.test(word))
  if (bare.join('').length < 2 && words.join('').length < 2) return true
  if (bare.length === 0) return words.join('').length < 3
  return GENERIC.has(bare.join('_'))
}

/** Never cuts the whole name: `Limited` alone stays. */
function withoutForms(words: readonly string[], forms: ReadonlySet<string>): string[] {
  let rest = words
  for (let cut = true; cut; ) {
    cut = false
    for (let length = Math.min(LONGEST_FORM, rest.length - 1); length >= 1 && !cut; length--) {
      if (!forms.has(rest.slice(-length).join('_'))) continue
      rest = rest.slice(0, -length)
      cut = true
    }
  }
  const [first = ''] = rest
  return rest.length > 1 && LEADING.has(first) ? rest.slice(1) : [...rest]
}
