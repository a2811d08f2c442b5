import { GENERIC_PERSON_NAMES } from '../reference/name-words.ts'
import { DUMMY_WORDS } from '../reference/placeholders.ts'
import { NOREPLY_LOCAL_PARTS } from '../reference/relay.ts'
import { GROUP_ENDINGS, PURPOSE_LOCAL_PARTS } from '../reference/role-local-parts.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { hashEnd, hashNext, hashStart } from './hash-text.ts'
import { type AsciiRun, TEXT_SEED } from './text-table.ts'
import { byWords, wordHashes } from './word-hashes.ts'

/** What was found in the address that was scanned last. */
export type ScannedAddress = Readonly<{
  /** All of it. */
  whole: AsciiRun
  host: AsciiRun
  /** The local part without separators. */
  handle: AsciiRun
  /** The local part without dots, and the host. */
  dotless(): AsciiRun
}>

/** Scans addresses. */
export type AddressScanner = ScannedAddress &
  Readonly<{
    /**
     * Is a text an address of which the host alone says what it is? Its local part then is small letters, digits and `. _ -`, starts with
     * one of the first two, has no tag, is not digits alone, and no word of it is one that lists know.
     */
    isClean(text: string): boolean
  }>

const [OTHER, LETTER, DIGIT, SEPARATOR, AT] = [0, 1, 2, 3, 4] as const
const LONGEST = 250
const [DOT, AT_SIGN, UNDERSCORE] = [46, 64, 95] as const
const KINDS = kindsOfCharacters()
const TELLING = [DUMMY_WORDS, GENERIC_PERSON_NAMES, NOREPLY_LOCAL_PARTS, PURPOSE_LOCAL_PARTS].map(
  ({ values }) => values,
)
/** Of an entry that is a whole address its local part, so that such addresses are read in full. */
const localOf = (entry: string): string => entry.slice(0, Math.max(0, entry.lastIndexOf('@')))
const tellingIn = byWords(({ roles, placeholders }) =>
  wordHashes(...TELLING, roles, placeholders, [...placeholders].map(localOf)),
)
const GROUPS = wordHashes(GROUP_ENDINGS.values)

/**
 * A scanner: one pass over an address gives its parts and their hashes, and no text is made.
 *
 * @param words lists that addresses are read by
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function createAddressScanner(words: Words = SHIPPED_WORDS): AddressScanner {
  const telling = tellingIn(words)
  const [whole, handle, without] = [emptyRun(LONGEST), emptyRun(LONGEST), emptyRun(LONGEST)]
  const host: AsciiRun = { bytes: whole.bytes, from: 0, to: 0, hash: 0 }
  return {
    whole,
    host,
    handle,
    dotless: () => withoutDots(whole, host.from - 1, without),
    isClean: text => {
      const at = text.length > LONGEST ? -1 : lay(text, whole)
      if (at < 1 || at + 1 === text.length) return false
      host.from = at + 1
      host.to = text.length
      return hashHost(host) && hashHandle(whole.bytes, at, handle) && !telling.mayHave(handle.hash)
    },
  }
}

function emptyRun(length: number): AsciiRun {
  return { bytes: new Uint8Array(length), from: 0, to: 0, hash: 0 }
}

/** Gives the place of the one `@`, -1 where there is none, or something that no plain address holds. */
function lay(text: string, whole: AsciiRun): number {
  let [at, hash] = [-1, hashStart(TEXT_SEED)]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const kind = unit < 128 ? (KINDS[unit] as number) : OTHER
    if (kind === OTHER || (kind === AT && at !== -1)) return -1
    if (kind === AT) at = i
    whole.bytes[i] = unit
    hash = hashNext(hash, unit)
  }
  whole.to = text.length
  whole.hash = hashEnd(hash)
  return at
}

function hashHost(host: AsciiRun): boolean {
  let hash = hashStart(TEXT_SEED)
  for (let i = host.from; i < host.to; i++) {
    const unit = host.bytes[i] as number // below the length
    if (unit === UNDERSCORE) return false
    hash = hashNext(hash, unit)
  }
  host.hash = hashEnd(hash)
  return true
}

/** False where the local part begins with a separator, has no letter, or ends in the word of a group. */
function hashHandle(bytes: Uint8Array, at: number, handle: AsciiRun): boolean {
  let [letters, length, hash, word] = [0, 0, hashStart(TEXT_SEED), hashStart(TEXT_SEED)]
  for (let i = 0; i < at; i++) {
    const unit = bytes[i] as number // below the length
    const kind = KINDS[unit] as number
    if (kind === SEPARATOR) word = hashStart(TEXT_SEED)
    else {
      if (kind === LETTER) letters++
      handle.bytes[length++] = unit
      hash = hashNext(hash, unit)
      word = hashNext(word, unit)
    }
  }
  handle.to = length
  handle.hash = hashEnd(hash)
  return letters > 0 && KINDS[bytes[0] as number] !== SEPARATOR && (length === at || !GROUPS.mayHave(hashEnd(word)))
}

function withoutDots({ bytes, to }: AsciiRun, at: number, into: AsciiRun): AsciiRun {
  let [hash, length] = [hashStart(TEXT_SEED), 0]
  for (let i = 0; i < to; i++) {
    const unit = bytes[i] as number // below the length
    if (unit === DOT && i < at) continue
    into.bytes[length++] = unit
    hash = hashNext(hash, unit)
  }
  into.to = length
  into.hash = hashEnd(hash)
  return into
}

function kindsOfCharacters(): Uint8Array {
  const kinds = new Uint8Array(128)
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') kinds[letter.charCodeAt(0)] = LETTER
  for (const digit of '0123456789') kinds[digit.charCodeAt(0)] = DIGIT
  for (const separator of '._-') kinds[separator.charCodeAt(0)] = SEPARATOR
  kinds[AT_SIGN] = AT
  return kinds
}
