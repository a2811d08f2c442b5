import { soundKey } from '../compare/phonetic.ts'
import type { NameKind, PersonName } from '../normalise/person-name.ts'
import { NICKNAMES } from '../reference/nicknames.ts'
import { countsOf, createDictionary, type Dictionary } from './dictionary.ts'
import { hashText } from './hash-text.ts'
import { createList } from './list.ts'
import { createPairCodes } from './pair-codes.ts'

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

const FORMAL_OF = formalNames()

/** Collects names record by record. */
export type NameTableBuilder = Readonly<{
  /** The code of a name. `text` is what it was read from: equal texts are read once. */
  codeOf(text: string, read: () => PersonName): number
  /** Is a name one word, which may be a handle? */
  isBare(code: number): boolean
  finish(nameOfRecord: Uint32Array): NameTable
}>

/** An empty builder. */
export function createNameTable(): NameTableBuilder {
  const texts = createDictionary()
  const tokens = createDictionary()
  const cores = createPairCodes()
  const bare = new Set<number>()
  const columns = {
    kind: createList(),
    given: createList(),
    family: createList(),
    middle: createList(),
    core: createList(),
  }
  const push = ({ kind, given, family, middle }: PersonName): number => {
    columns.kind.push(KINDS.indexOf(kind))
    const [first, last] = [tokens.codeOf(given), tokens.codeOf(family)]
    columns.given.push(first)
    columns.family.push(last)
    columns.middle.push(tokens.codeOf(middle[0] ?? ''))
    const code = columns.core.push(kind === 'full' ? cores.codeOf(Math.min(first, last), Math.max(first, last)) : 0) - 1
    if (kind === 'bare') bare.add(code)
    return code
  }
  push({ kind: 'none', given: '', family: '', middle: [] })
  return {
    codeOf: (text, read) => {
      const code = texts.codeOf(text)
      if (code === columns.kind.length()) push(read())
      return code
    },
    isBare: code => bare.has(code),
    finish: nameOfRecord => {
      const [kind, given, family, middle, core] = [
        Uint8Array.from(columns.kind.words()),
        columns.given.words(),
        columns.family.words(),
        columns.middle.words(),
        columns.core.words(),
      ]
      const size = tokens.texts.length
      return {
        tokens,
        kind,
        given,
        family,
        middle,
        core,
        sound: Uint32Array.from(tokens.texts, token => (token === '' ? 0 : hashText(soundKey(token), 1))),
        formal: tokens.texts.map(token => FORMAL_OF.get(token)),
        formalBits: Uint32Array.from(tokens.texts, token => bitsOf(FORMAL_OF.get(token) ?? [])),
        coreCount: countsOf(through(nameOfRecord, core), cores.size()),
        givenCount: countsOf(through(nameOfRecord, given), size),
        familyCount: countsOf(through(nameOfRecord, family), size),
      }
    },
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
  for (const code of name) {
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

function formalNames(): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>()
  NICKNAMES.values.forEach((entry, formal) => {
    const [name = '', forms = ''] = entry.split(':')
    for (const form of [name, ...forms.split(',')]) found.set(form, [...(found.get(form) ?? []), formal])
  })
  return found
}
