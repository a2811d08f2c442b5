import {
  GENERIC_PERSON_NAMES,
  GROUP_NAME_ENDINGS,
  HONORIFICS,
  NAME_SUFFIXES,
  PARTICLES,
} from '../reference/name-words.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { addressText } from './address-text.ts'
import { foldedWords as folded } from './fold.ts'
import { inLatinScript } from './latin-script.ts'
import { repairedText } from './repaired-text.ts'

/**
 * What a name is good for. `full`: given and family name. `part`: one of the two, from a column of its own. `bare`: one
 * word, a first name or a handle. `generic`: nobody's name (`root`, `admin`). `none`: nothing known.
 */
export type NameKind = 'none' | 'generic' | 'bare' | 'part' | 'full'

/** A person's name as identity reads it; all parts folded, empty where unknown. */
export type PersonName = Readonly<{ kind: NameKind; given: string; family: string; middle: readonly string[] }>

const TITLES = new Set(HONORIFICS.values)
const ENDINGS = new Set(NAME_SUFFIXES.values)
const SMALL = new Set(PARTICLES.values)
const NOBODY = new Set(GENERIC_PERSON_NAMES.values)
const GROUPS = new Set(GROUP_NAME_ENDINGS.values)
const COMPANIES = new Set([
  'inc',
  'incorporated',
  'ltd',
  'limited',
  'llc',
  'plc',
  'corp',
  'corporation',
  'gmbh',
  'bv',
  'srl',
])
const NO_NAME: PersonName = { kind: 'none', given: '', family: '', middle: [] }
const BRACKETS = /\([^)]*\)|\[[^\]]*\]|<[^>]*>|\{[^}]*\}/g
const NUMBER = /^\d+$/
const HANDLE = /^\s*[^\s,]*\d[^\s,]*\s*$/
/** By far the most names: nothing of what follows can be in them. */
const TWO_WORDS = /^[a-z]+ [a-z]+$/i
/** `Jane Doe - Acme`, `Jane Doe | Acme`: what follows a name of two words or more. */
const ASIDE = /^(\S+(?:\s+\S+)+?)\s+(?:[-\u2013\u2014|/]|at)\s+\S.*$/i
/** `Jane Doe and John Roe`, `Jane & John Doe`. */
const SEVERAL = /\S\s+(?:&|and|\+)\s+\S/i
/** Nobody's name is longer. */
const LONGEST = 300
const WEB_ADDRESS = /^\s*https?:/i
/** `Thanks to Jane Doe`, `Signed-off-by: Jane Doe`. */
const CREDIT =
  /^\s*(?:(?:patch(?:es)?|thanks|reported|suggested|proposed|submitted|contributed|written|signed[-\s]off|reviewed|co-authored)[-\s]+)(?:by|to|from)[:\s]+/i
const VIA = /\s+(?:via|on behalf of|from)\s+.*$/i
const HAN = /^\p{Script=Han}+$/u
const HAN_OR_HANGUL = /^(?:[\p{Script=Han}]{2,4}|[\p{Script=Hangul}\u1100-\u11ff]{2,15})$/u

/**
 * Reads a name written in one piece: `Dr. Jane van der Berg`, `Berg, Jane`, `Jane Berg (Acme)`.
 *
 * Titles, endings and what stands in brackets are cut; after a comma comes the given name; the family name is the last
 * word, without particles before it. A single word is `bare`: it may be a first name or a handle.
 *
 * @param given as the data state it, its first 300 characters; null and placeholders are `none`
 * @param words what a placeholder is
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function readFullName(given: string | null, { isPlaceholder }: Words = SHIPPED_WORDS): PersonName {
  const text = given === null || given.length <= LONGEST ? given : given.slice(0, LONGEST)
  if (text === null || isPlaceholder(text)) return NO_NAME
  if (TWO_WORDS.test(text)) return fromWords(withoutTitles(text.toLowerCase().split(' ')))
  if (WEB_ADDRESS.test(text)) return NO_NAME
  const plain = plainName(text)
  if (plain.includes('@')) return namedByAddress(plain)
  if (SEVERAL.test(plain)) return { ...NO_NAME, kind: 'generic' }
  const words = withoutTitles(givenFirst(plain).filter(word => !NUMBER.test(word)))
  // `jane-77` is a handle, whatever parts it.
  if (words.length > 1 && HANDLE.test(plain)) return { kind: 'bare', given: words.join(''), family: '', middle: [] }
  return fromWords(words)
}

/**
 * Reads a name whose parts have columns of their own.
 *
 * @param first given names; null or a placeholder where unknown
 * @param last family name, likewise
 * @param words what a placeholder is
 * @returns `part` where only one of the two is known
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function readNameParts(
  first: string | null,
  last: string | null,
  { isPlaceholder }: Words = SHIPPED_WORDS,
): PersonName {
  const givens = isPlaceholder(first) ? [] : withoutTitles(foldedWords((first ?? '').replace(BRACKETS, ' ')))
  const families = isPlaceholder(last) ? [] : withoutTitles(foldedWords((last ?? '').replace(BRACKETS, ' ')))
  const family = families.filter(word => families.length === 1 || !SMALL.has(word)).join('') || families.join('')
  const given = givens[0] ?? ''
  if (given === '' && family === '') return NO_NAME
  if ([...givens, ...families].every(word => NOBODY.has(word))) return { ...NO_NAME, kind: 'generic' }
  if (given !== '' && family !== '') return { kind: 'full', given, family, middle: givens.slice(1) }
  return { kind: 'part', given, family, middle: givens.slice(1) }
}

function foldedWords(text: string): string[] {
  return folded(text).map(inLatinScript)
}

/** Without what stands around a name: brackets, quotes, where it was sent from, whom it belongs to. */
function plainName(text: string): string {
  const repaired = repairedText(text)
  // `@jane` is a handle, `jane [at] acme.com` an address.
  const spelled = repaired.replace(/^\s*@(?=[^@]*$)/, '')
  const address = spelled.includes('@') ? spelled : addressText(spelled)
  if (address.includes('@') && !spelled.includes('@')) return address
  return spelled
    .replace(CREDIT, '')
    .replace(BRACKETS, ' ')
    .replace(VIA, '')
    .replaceAll('"', ' ')
    .trim()
    .replace(ASIDE, '$1')
}

/** `Jane@acme.com` as a name says what its local part says. */
function namedByAddress(text: string): PersonName {
  const words = withoutTitles(foldedWords(text.slice(0, text.indexOf('@'))))
  return fromWords(words.filter(word => !/\d/.test(word)))
}

function givenFirst(text: string): string[] {
  const [before = '', after, ...more] = text.split(',')
  if (after === undefined || more.length > 0) return foldedWords(text)
  const last = foldedWords(before)
  const first = foldedWords(after)
  if (first.length === 0 || first.every(word => ENDINGS.has(word) || TITLES.has(word))) return last
  // `Jane Doe, Acme Inc.`
  return last.length > 1 && COMPANIES.has(first.at(-1) ?? '') ? last : [...first, ...last]
}

function withoutTitles(words: string[]): string[] {
  let start = 0
  let end = words.length
  // Within range: start < end <= length.
  while (end - start > 1 && TITLES.has(words[start] as string)) start++
  while (end - start > 2 && (ENDINGS.has(words[end - 1] as string) || TITLES.has(words[end - 1] as string))) end--
  return words.slice(start, end)
}

function fromWords(words: readonly string[]): PersonName {
  const first = words[0]
  if (first === undefined) return NO_NAME
  if (words.every(word => NOBODY.has(word))) return { ...NO_NAME, kind: 'generic' }
  if (words.length === 1) return fromOneWord(first)
  const last = words.at(-1) ?? ''
  if (words.length === 2 && HAN.test(first) && HAN.test(last))
    return { kind: 'full', given: last, family: first, middle: [] }
  if (GROUPS.has(last)) return { ...NO_NAME, kind: 'generic' }
  const middle = words.slice(1, -1).filter(word => !SMALL.has(word))
  // Two initials are no name.
  if (first.length + last.length < 4) return { kind: 'bare', given: words.join(''), family: '', middle: [] }
  return { kind: 'full', given: first, family: last, middle }
}

/** In Chinese and Korean the family name comes first, and nothing parts it from the given name. */
function fromOneWord(word: string): PersonName {
  if (!HAN_OR_HANGUL.test(word)) return { kind: 'bare', given: word, family: '', middle: [] }
  const composed = word.normalize('NFC')
  // Of four characters two are the family name: Japanese, and the double ones of Chinese.
  const length = composed.length === 4 && HAN.test(composed) ? 2 : 1
  return { kind: 'full', given: composed.slice(length), family: composed.slice(0, length), middle: [] }
}
