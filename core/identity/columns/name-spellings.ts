import { sharedWords } from '#lib/shared-words'
import { hashEnd, hashOver, hashStart, hashText } from './hash-text.ts'
import { type CodeLists, createList } from './list.ts'

/** Tells hashes of spellings from others. */
export const SPELLED = 21
/** Many systems cut a login here: `zquarkst` of Zoltan Quarkstein. */
const LOGIN_LENGTH = 8
/** Letters of the family name behind the whole given name: `zoltanqua`. */
const SHORTENED = 3
/** From this length on a family name alone is a handle of those who have it. */
const TELLING_FAMILY = 5

/** Collects spellings name by name. */
export type SpellingsBuilder = Readonly<{
  /** Names that were added. */
  size(): number
  /** Adds the handles of a full name. */
  add(given: string, middle: string, family: string): void
  /** Adds a name that is not full: it has none. */
  addNone(): void
  finish(): CodeLists
}>

/** Hashes that lie together: what is collected grows piece by piece, since it is long. */
const PIECE = 1 << 16
/** Most tables have few names. */
const FIRST_PIECE = 64

/**
 * Hashes of the handles that people make of full names, the whole ones first. They say nothing of who has such a handle, so that they can be
 * made before addresses are read.
 *
 * @returns a builder without any; what it gives is by the code of a name
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function createSpellings(): SpellingsBuilder {
  const offsets = createList()
  const pieces: Uint32Array[] = []
  let [piece, at, before] = [new Uint32Array(FIRST_PIECE), 0, 0]
  const push = (hash: number): void => {
    if (at === piece.length) {
      pieces.push(piece)
      before += at
      ;[piece, at] = [new Uint32Array(PIECE), 0]
    }
    piece[at++] = hash
  }
  const end = (): void => {
    offsets.push(before + at)
  }
  end()
  return {
    size: () => offsets.length() - 1,
    add: (given, middle, family) => {
      eachSpelling({ first: given, between: middle, last: family }, push)
      end()
    },
    addNone: end,
    finish: () => {
      const codes = sharedWords(before + at)
      let from = 0
      for (const own of pieces) {
        codes.set(own, from)
        from += own.length
      }
      codes.set(piece.subarray(0, at), from)
      return { offsets: offsets.words(), codes }
    },
  }
}

type NameWords = Readonly<{ first: string; between: string; last: string }>

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
