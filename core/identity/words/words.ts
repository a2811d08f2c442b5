import { inLatinScript } from '../normalise/latin-script.ts'
import { LEGAL_FORMS } from '../reference/legal-forms.ts'
import type { ReferenceList } from '../reference/list.ts'
import { NICKNAMES } from '../reference/nicknames.ts'
import { PLACEHOLDERS } from '../reference/placeholders.ts'
import { ROLE_LOCAL_PARTS } from '../reference/role-local-parts.ts'
import {
  isZerosAndMarks,
  placeholderText,
  unquoted,
  WORD_LISTS,
  type WordChanges,
  type WordList,
} from './word-lists.ts'

/** The lists that values are read by: as shipped, or as a project has changed them. */
export type Words = Readonly<{
  /** Does a value stand for "nothing known"? */
  isPlaceholder(value: string | null): boolean
  /** What it looks for, in small letters. */
  placeholders: ReadonlySet<string>
  /** Local parts of shared mailboxes, without separators. */
  roles: ReadonlySet<string>
  /** Legal forms of companies, their words parted by `_`. */
  legalForms: ReadonlySet<string>
  /** Given name -> formal names that it may stand for, as places in `formalTexts`. */
  formalNames: ReadonlyMap<string, readonly number[]>
  formalTexts: readonly string[]
  /** What a project has changed: `wordsWith` of it are equal lists. */
  changes: WordChanges
}>

/** The shipped lists, nicknames as pairs. */
const SHIPPED: Readonly<Record<WordList, ReferenceList>> = {
  placeholder: PLACEHOLDERS,
  role_inbox: ROLE_LOCAL_PARTS,
  legal_form: LEGAL_FORMS,
  nickname: { ...NICKNAMES, values: [...new Set(NICKNAMES.values.flatMap(pairsOf))].sort() },
}

/**
 * A list as it is shipped.
 *
 * @param list which one; nicknames are pairs, `formal:short`
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function shippedWords(list: WordList): ReferenceList {
  return SHIPPED[list]
}

/**
 * The lists as a project has changed them.
 *
 * @param changes entries in the form of `wordEntry`
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function wordsWith(changes: WordChanges): Words {
  if (changes.size === 0) return SHIPPED_WORDS
  const [placeholders, roles, legalForms, nicknames] = WORD_LISTS.map(list => changed(list, changes)) as [
    ReadonlySet<string>,
    ReadonlySet<string>,
    ReadonlySet<string>,
    ReadonlySet<string>,
  ] // one per list, in their order
  return {
    isPlaceholder: placeholderTest(placeholders),
    placeholders,
    roles,
    legalForms,
    ...formalNames(nicknames),
    changes,
  }
}

function changed(list: WordList, changes: WordChanges): ReadonlySet<string> {
  const said = changes.get(list)
  const all = new Set(SHIPPED[list].values)
  for (const [entry, isIn] of said ?? []) {
    const own = list === 'placeholder' ? placeholderText(entry) : entry
    if (isIn) all.add(own)
    else all.delete(own)
  }
  return all
}

const LONGEST_QUOTED = 200
const LETTERS = /^[a-z][^\s"'`\u2018-\u201f\u200b-\u200d\u2060]*$/i
const BETWEEN_WORDS = /[\s,;|"'`]+/

function placeholderTest(words: ReadonlySet<string>): (value: string | null) => boolean {
  const longest = [...words].reduce((most, word) => Math.max(most, word.length), 0)
  const hasBlanks = [...words].some(word => word.includes(' '))
  /** `n/a.` is `n/a`. */
  const isListed = (word: string): boolean =>
    words.has(word) || (word.endsWith('.') && words.has(word.replace(/\.+$/, '')))
  /** `null null` is what two empty cells are put together to. */
  const isListedThroughout = (bare: string): boolean => {
    const end = bare.search(BETWEEN_WORDS)
    if (end < 0 || !(isListed(bare.slice(0, end)) || isZerosAndMarks(bare.slice(0, end)))) return false
    return bare.split(BETWEEN_WORDS).every(word => isListed(word) || isZerosAndMarks(word))
  }
  return value => {
    if (value === null) return true
    // By far the most values: no blank, no quote, and no zero or dash at the start.
    if (LETTERS.test(value)) return value.length <= longest && isListed(value.toLowerCase())
    // Runs of blanks or quotes are looked through again and again: what is long is no word.
    if (value.length > LONGEST_QUOTED) return isZerosAndMarks(value)
    const bare = unquoted(value)
    if (isZerosAndMarks(bare) || isListed(bare.replace(/\s+/g, '')) || isListedThroughout(bare)) return true
    return hasBlanks && words.has(placeholderText(bare))
  }
}

function pairsOf(entry: string): string[] {
  const [formal = '', forms = ''] = entry.split(':')
  return forms.split(',').map(form => `${formal}:${form}`)
}

/** Formal names are numbered in their order; one stands for itself, too. */
function formalNames(pairs: Iterable<string>): Pick<Words, 'formalNames' | 'formalTexts'> {
  const found = new Map<string, number[]>()
  const numbers = new Map<string, number>()
  const add = (name: string, formal: number): void => {
    const known = found.get(name)
    if (known === undefined) found.set(name, [formal])
    else if (!known.includes(formal)) known.push(formal)
  }
  for (const pair of [...pairs].sort()) {
    const [formal = '', form = ''] = pair.split(':').map(inLatinScript)
    const number = numbers.get(formal) ?? numbers.size
    numbers.set(formal, number)
    add(formal, number)
    add(form, number)
  }
  return { formalNames: found, formalTexts: [...numbers.keys()] }
}

/** The lists as they are shipped. */
export const SHIPPED_WORDS: Words = {
  isPlaceholder: placeholderTest(new Set(PLACEHOLDERS.values)),
  placeholders: new Set(PLACEHOLDERS.values),
  roles: new Set(ROLE_LOCAL_PARTS.values),
  legalForms: new Set(LEGAL_FORMS.values),
  ...formalNames(SHIPPED.nickname.values),
  changes: new Map(),
}
