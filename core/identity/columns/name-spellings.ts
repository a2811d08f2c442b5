import { sharedWords } from '#lib/shared-words'
import { hashEnd, hashOver, hashStart, hashText } from './hash-text.ts'
import type { CodeLists } from './list.ts'
import { NAME_KIND, type NameTable } from './name-table.ts'

/** Tells hashes of spellings from others. */
export const SPELLED = 21
/** Many systems cut a login here: `zquarkst` of Zoltan Quarkstein. */
const LOGIN_LENGTH = 8
/** Letters of the family name behind the whole given name: `zoltanqua`. */
const SHORTENED = 3
/** From this length on a family name alone is a handle of those who have it. */
const TELLING_FAMILY = 5

/** Spellings that every full name has. */
const ALWAYS = 5

type NameWords = Readonly<{ first: string; between: string; last: string }>

/**
 * Hashes of the handles that people make of full names, the whole ones first. They say nothing of who has such a handle, so that they can be
 * made before addresses are read.
 *
 * @param table names
 * @returns by the code of a name; names that are not full have none
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function nameSpellings({ kind, given, middle, family, tokens }: NameTable): CodeLists {
  // Codes lie within their tables; offsets have one entry more than there are names.
  const wordsOf = (code: number): NameWords => ({
    first: tokens.texts[given[code] as number] as string,
    between: tokens.texts[middle[code] as number] as string,
    last: tokens.texts[family[code] as number] as string,
  })
  const offsets = sharedWords(kind.length + 1)
  for (let code = 0; code < kind.length; code++) {
    const count = kind[code] === NAME_KIND.full ? countOf(wordsOf(code)) : 0
    offsets[code + 1] = (offsets[code] as number) + count
  }
  const codes = sharedWords(offsets[kind.length] as number)
  let at = 0
  const add = (hash: number): void => {
    codes[at++] = hash
  }
  for (let code = 0; code < kind.length; code++) if (kind[code] === NAME_KIND.full) eachSpelling(wordsOf(code), add)
  return { offsets, codes }
}

/** How many `eachSpelling` makes. */
function countOf({ between, last }: NameWords): number {
  const n = last.length
  const longer = Number(n >= LOGIN_LENGTH) + Number(n > SHORTENED) + Number(n >= TELLING_FAMILY)
  return ALWAYS + longer + Number(between !== '')
}

function eachSpelling({ first: given, between, last: family }: NameWords, add: (hash: number) => void): void {
  const [m, n] = [given.length, family.length]
  const start = hashStart(SPELLED)
  // Where both names and the initial lead to: what is spelled begins with one of them.
  const [first, last] = [hashOver(start, given, m), hashOver(start, family, n)]
  const initial = hashOver(start, given, 1)
  add(hashEnd(hashOver(first, family, n)))
  add(hashEnd(hashOver(last, given, m)))
  add(hashEnd(hashOver(initial, family, n)))
  add(hashEnd(hashOver(last, given, 1)))
  add(hashEnd(hashOver(first, family, 1)))
  if (n >= LOGIN_LENGTH) add(hashEnd(hashOver(initial, family, LOGIN_LENGTH - 1)))
  if (n > SHORTENED) add(hashEnd(hashOver(first, family, SHORTENED)))
  if (n >= TELLING_FAMILY) add(hashEnd(last))
  if (between !== '') add(hashText(`${given.slice(0, 1)}${between.slice(0, 1)}${family}`, SPELLED))
}
