import { grownWords } from '#lib/grow'
import { soundKey } from '../compare/phonetic.ts'
import { type NameKind, type PersonName, readFullName } from '../normalise/person-name.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { countsOf, createDictionary, type Dictionary } from './dictionary.ts'
import { hashText } from './hash-text.ts'
import { createList, type WordList } from './list.ts'
import { createNameScanner, type TextInBytes } from './name-scanner.ts'
import type { SpellingsBuilder } from './name-spellings.ts'
import { createPairCodes } from './pair-codes.ts'
import { createTextRun, createTextTable, type StoredTexts, type TextTable, textsIn } from './text-table.ts'

const KINDS: readonly NameKind[] = ['none', 'generic', 'bare', 'part', 'full']
/** Codes of `NameTable.kind`, in rising order of what a name is good for. */
export const NAME_KIND = { none: 0, generic: 1, bare: 2, part: 3, full: 4 } as const

/** Distinct names behind codes, with what comparing and blocking need of them. Code 0 is "nothing known". */
export type NameTable = Readonly<{
  /** Distinct given and family names, in one space, since people write them in either order. */
  tokens: Dictionary
  kind: Uint8Array
  given: Uint32Array
  family: Uint32Array
  /** First further given name, 0 where there is none. */
  middle: Uint32Array
  /** Given and family name whatever their order; 0 where the name is not full. */
  core: Uint32Array
  /** Per token: its sound, as a hash. */
  sound: Uint32Array
  /** Per token: formal names that it may stand for. */
  formal: readonly (readonly number[] | undefined)[]
  /** The same, folded onto 32 bits: no bit in common, no name in common. */
  formalBits: Uint32Array
  /** Records per core, per token as given name, per token as family name. */
  coreCount: Uint32Array
  givenCount: Uint32Array
  familyCount: Uint32Array
}>

/** Collects names record by record. */
export type NameTableBuilder = Readonly<{
  /** The code of a name. `text` is what it was read from: equal texts are read once. */
  codeOf(text: string, read: () => PersonName): number
  /** The code of a name in one piece. `text` makes a text of it, where one is needed. */
  codeOfWhole(run: TextInBytes, text: () => string): number
  /** Codes of names of one word, which may be a handle, rising, and per code what it was read from. */
  bare(): Readonly<{ codes: Uint32Array; texts: StoredTexts }>
  /** Spells the names that were met since it was last asked. */
  spellInto(spellings: NewSpellings): void
  finish(nameOfRecord: Uint32Array): NameTable
}>

/** An empty builder, with room for full names that are expected from the start. */
export function createNameTable(lists: Words = SHIPPED_WORDS, expected = 0): NameTableBuilder {
  const texts = createTextTable()
  const scanner = createNameScanner(lists)
  /** Code of the name of each text. */
  const ofText = createList()
  /** Codes of names of one word, and of the texts that they were read from. */
  const [bare, bareTexts] = [createList(), createList()]
  const rows = createNameRows(expected)
  const { tokens } = rows
  const push = ({ kind, given, family, middle }: PersonName): number =>
    rows.push(KINDS.indexOf(kind), [tokens.codeOf(given), tokens.codeOf(family), tokens.codeOf(middle[0] ?? '')])
  const codeOf = (text: string, read: () => PersonName): number => {
    const code = texts.codeOf(text)
    if (code < ofText.length()) return ofText.at(code)
    const name = read()
    ofText.push(push(name))
    if (name.kind === 'bare') {
      bare.push(ofText.at(code))
      bareTexts.push(code)
    }
    return ofText.at(code)
  }
  ofText.push(push({ kind: 'none', given: '', family: '', middle: [] }))
  return {
    codeOf,
    codeOfWhole: (run, text) => {
      if (!scanner.isPlain(run)) {
        const own = text()
        return codeOf(own, () => readFullName(own, lists))
      }
      const [given, family] = [tokens.codeOfAscii(scanner.given), tokens.codeOfAscii(scanner.family)]
      return rows.plain(given, family)
    },
    bare: () => {
      const own = createTextRun(bareTexts.length())
      for (let i = 0; i < bareTexts.length(); i++) own.add(texts.text(bareTexts.at(i)))
      return { codes: bare.words(), texts: textsIn(own.finish()) }
    },
    spellInto: rows.spellInto,
    finish: nameOfRecord => rows.finish(nameOfRecord, lists),
  }
}

/** Words of names as texts and their sounds, made as they are met. */
function createMadeWords(tokens: TextTable) {
  const words = createDictionary()
  const sounds = createList()
  return {
    /** All that were met so far. */
    words: (): Dictionary => {
      for (let code = sounds.length(); code < tokens.size(); code++) {
        const text = tokens.text(code)
        words.codeOf(text)
        sounds.push(text === '' ? 0 : hashText(soundKey(text), 1))
      }
      return words
    },
    sounds: sounds.words,
  }
}

const FIRST_PLAIN = 32

/** Names by their code. */
function createNameRows(expected: number) {
  // In bytes while they are met: a dictionary of texts is slower to ask.
  const tokens = createTextTable()
  const made = createMadeWords(tokens)
  const cores = createPairCodes(expected)
  const [kinds, givens, families] = [createList(), createList(), createList()]
  const [middles, wholes] = [createList(), createList()]
  /** By core, once for either order: the code of the name that was written plainly, 0 where there is none yet. */
  let plain = new Uint32Array(FIRST_PLAIN)
  const coreOf = (given: number, family: number): number =>
    cores.codeOf(Math.min(given, family), Math.max(given, family))
  const push = (kind: number, [given, family, middle]: readonly [number, number, number], core: number): number => {
    kinds.push(kind)
    givens.push(given)
    families.push(family)
    middles.push(middle)
    return wholes.push(core) - 1
  }
  return {
    tokens,
    push: (kind: number, words: readonly [number, number, number]): number =>
      push(kind, words, kind === NAME_KIND.full ? coreOf(words[0], words[1]) : 0),
    /** The name of two words of which nothing else was said. */
    plain: (given: number, family: number): number => {
      const core = coreOf(given, family)
      const place = 2 * core + (given > family ? 1 : 0)
      if (place >= plain.length) plain = grownWords(plain, place + 1)
      // Within the list; no name has the code 0.
      if (plain[place] === 0) plain[place] = push(NAME_KIND.full, [given, family, 0], core)
      return plain[place] as number
    },
    spellInto: (spellings: NewSpellings): void =>
      spellNew({ kinds, words: [givens, middles, families], texts: made.words().texts }, spellings),
    finish: (nameOfRecord: Uint32Array, { formalNames }: Words): NameTable => {
      const [given, family, core] = [givens.words(), families.words(), wholes.words()]
      const size = tokens.size()
      const words = made.words()
      const { texts } = words
      return {
        tokens: words,
        kind: Uint8Array.from(kinds.words()),
        given,
        family,
        middle: middles.words(),
        core,
        sound: made.sounds(),
        formal: texts.map(token => formalNames.get(token)),
        formalBits: Uint32Array.from(texts, token => bitsOf(formalNames.get(token) ?? [])),
        coreCount: countsOf(through(nameOfRecord, core), cores.size()),
        givenCount: countsOf(through(nameOfRecord, given), size),
        familyCount: countsOf(through(nameOfRecord, family), size),
      }
    },
  }
}

type NewSpellings = Pick<SpellingsBuilder, 'size' | 'add' | 'addNone'>
type Rows = Readonly<{ kinds: WordList; words: readonly [WordList, WordList, WordList]; texts: readonly string[] }>

function spellNew({ kinds, words: [given, middle, family], texts }: Rows, spellings: NewSpellings): void {
  const textOf = (words: WordList, code: number): string => texts[words.at(code)] as string // words lie within their table
  for (let code = spellings.size(); code < kinds.length(); code++) {
    if (kinds.at(code) !== NAME_KIND.full) spellings.addNone()
    else spellings.add(textOf(given, code), textOf(middle, code), textOf(family, code))
  }
}

/** May one given name stand for the other: nickname and formal name, or two nicknames of one? */
export function isNickname({ formal: names, formalBits }: NameTable, a: number, b: number): boolean {
  if (((formalBits[a] as number) & (formalBits[b] as number)) === 0) return false // codes lie within the table
  const [of, other] = [names[a], names[b]]
  return of !== undefined && other?.some(formal => of.includes(formal)) === true
}

/**
 * 1 for words that the nickname list or two full names know as given names.
 *
 * @param name code of a name per record
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function knownGivenNames({ tokens, kind, given, formal }: NameTable, name: Uint32Array): Uint8Array {
  const count = Uint8Array.from(tokens.texts, (_, token) => (formal[token] === undefined ? 0 : 2))
  for (let i = 0; i < name.length; i++) {
    const code = name[i] as number // i < length
    const token = given[code] as number // codes lie within their tables
    if (kind[code] === NAME_KIND.full && (count[token] as number) < 2) count[token] = (count[token] as number) + 1
  }
  return count.map(known => (known >= 2 ? 1 : 0))
}

/**
 * Codes of a coarser kind, record by record.
 *
 * @param codes one per record
 * @param coarser code -> coarser code
 */
export function through(codes: Uint32Array, coarser: Uint32Array): Uint32Array {
  return codes.map(code => coarser[code] as number) // codes lie within their table
}

function bitsOf(formal: readonly number[]): number {
  return formal.reduce((bits, name) => bits | (1 << (name & 31)), 0)
}
