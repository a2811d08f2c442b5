import { AppError } from '#lib/errors'
import { joinedBytes } from '#lib/joined-bytes'
import { utf8Of } from '#lib/utf8'
import type { CodePage } from '#schema/encodings'

type Decoder = Readonly<{ decode(bytes: Uint8Array): string }>
type DecoderMaker = new (label: string, options: Readonly<{ fatal: boolean; ignoreBOM: boolean }>) => Decoder

// Every host of this room has the class, with these encodings where its ICU data is whole; the ES library does not declare it.
const { TextDecoder: makeDecoder } = globalThis as unknown as { TextDecoder: DecoderMaker }

/** Reads bytes of one encoding that is none of Unicode. All bytes below 0x30 stand for themselves, wherever they are. */
export type CodePageText = Readonly<{
  /** Null where a byte is none of the encoding, or stands for a control character or one of private use. */
  strict(bytes: Uint8Array): string | null
  /** The same with U+FFFD for what cannot be read. */
  lenient(bytes: Uint8Array): string
}>

/** No text: control characters beyond ASCII, private use (but for the mark of Apple in macintosh), replacements. */
const NO_TEXT = /[\u0080-\u009f\ue000-\uf8fe\ufffd]/g
const HAS_NO_TEXT = new RegExp(NO_TEXT.source)
/** What some tables of Shift_JIS have exchanged among each other. */
const TURNED = [0x1a, 0x1c, 0x7f] as const

const made = new Map<CodePage, CodePageText>()

/**
 * The text of one encoding, decoded by the platform and more strictly than there: what is no text is none.
 *
 * @param name encoding, as in `CODE_PAGES`
 * @throws AppError `usage/bad-argument` where the platform does not have the encoding
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function codePageText(name: CodePage): CodePageText {
  const known = made.get(name)
  if (known !== undefined) return known
  const text = withTurnedBack(name === 'euc-kr' ? withMoreHangul(platformText(name)) : platformText(name))
  made.set(name, text)
  return text
}

function platformText(name: CodePage): CodePageText {
  const strict = decoderOf(name, true)
  const lenient = decoderOf(name, false)
  return {
    strict(bytes) {
      const text = decoded(strict, bytes)
      return text === null || HAS_NO_TEXT.test(text) ? null : text
    },
    lenient: bytes => lenient.decode(bytes).replace(NO_TEXT, '\ufffd'),
  }
}

function decoderOf(name: CodePage, fatal: boolean): Decoder {
  try {
    return new makeDecoder(name, { fatal, ignoreBOM: true })
  } catch (cause) {
    const message = `This system cannot read ${name}; save the file as UTF-8`
    throw new AppError('usage/bad-argument', message, { encoding: name }, { cause })
  }
}

function decoded(decoder: Decoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function withTurnedBack(text: CodePageText): CodePageText {
  const found = new Map(TURNED.map(byte => [text.strict(Uint8Array.of(byte)) ?? '', String.fromCharCode(byte)]))
  if (TURNED.every(byte => found.get(String.fromCharCode(byte)) === String.fromCharCode(byte))) return text
  const back = (turned: string): string => turned.replace(/[^\P{Cc}\t\r\n]/gu, each => found.get(each) ?? each)
  return {
    strict(bytes) {
      const turned = text.strict(bytes)
      return turned === null ? null : back(turned)
    },
    lenient: bytes => back(text.lenient(bytes)),
  }
}

const FIRST_HANGUL = 0xac00
const LAST_HANGUL = 0xd7a3
/** First bytes of the syllables that CP949 adds to EUC-KR, and the last second byte where EUC-KR's own begin. */
const ADDED = { first: 0x81, last: 0xc6, own: 0xa1 }

/** Signs that came to CP949 later. */
const LATER_SIGNS: readonly (readonly [number, string])[] = [
  [0xa2e6, '€'],
  [0xa2e7, '®'],
]

/** Korean Windows writes the syllables that EUC-KR does not have in the room it leaves, in their order in Unicode. */
function withMoreHangul(text: CodePageText): CodePageText {
  let added: ReadonlyMap<number, string> | null = null
  const read = (bytes: Uint8Array, one: (bytes: Uint8Array) => string | null): string | null => {
    added ??= addedHangul(text)
    let whole = ''
    for (let at = 0; at < bytes.length; ) {
      // Within range: at < length.
      const size = (bytes[at] as number) >= 0x80 && (bytes[at + 1] ?? 0) >= 0x41 ? 2 : 1
      const pair = size === 1 ? undefined : added.get(((bytes[at] as number) << 8) | (bytes[at + 1] as number))
      const part = pair ?? one(bytes.subarray(at, at + size))
      if (part === null) return null
      whole += part
      at += size
    }
    return whole
  }
  return {
    strict: bytes => text.strict(bytes) ?? read(bytes, text.strict),
    lenient: bytes => read(bytes, text.lenient) ?? '',
  }
}

function addedHangul(text: CodePageText): ReadonlyMap<number, string> {
  const own = new Set<string>()
  for (let lead = 0xb0; lead <= 0xc8; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) own.add(text.strict(Uint8Array.of(lead, trail)) ?? '')
  const added = new Map(LATER_SIGNS)
  let point = FIRST_HANGUL - 1
  for (let lead = ADDED.first; lead <= ADDED.last; lead++)
    for (const trail of addedTrails(lead)) {
      do point++
      while (own.has(String.fromCharCode(point)))
      if (point > LAST_HANGUL) return added
      added.set((lead << 8) | trail, String.fromCharCode(point))
    }
  return added
}

function addedTrails(lead: number): readonly number[] {
  const end = lead < ADDED.own ? 0xff : ADDED.own
  return [span(0x41, 0x5b), span(0x61, 0x7b), span(0x81, end)].flat()
}

const span = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at)

/** A run of bytes without one below 0x30 is kept together up to this length: no readable record has a longer one. */
const LONGEST_RUN = 1 << 22
const UNREADABLE = 0xff

/**
 * Turns the bytes of a file in one encoding into UTF-8, piece by piece.
 *
 * Bytes below 0x30 (line breaks, blanks, quotes, commas) are never part of a longer character, so that pieces begin and end
 * there, and a byte that cannot be read costs nothing beyond them. What cannot be read becomes the byte 0xff.
 *
 * @param name encoding, as in `CODE_PAGES`
 * @returns `push` gives UTF-8 of what is complete, `end` that of the rest
 * @throws as `codePageText`
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function fromCodePage(name: CodePage): Readonly<{ push(chunk: Uint8Array): Uint8Array; end(): Uint8Array }> {
  const text = codePageText(name)
  let rest = new Uint8Array(0)
  return {
    push(chunk) {
      const bytes = new Uint8Array(rest.length + chunk.length)
      bytes.set(rest)
      bytes.set(chunk, rest.length)
      let cut = bytes.length
      while (cut > 0 && (bytes[cut - 1] as number) >= 0x30) cut-- // within range: cut > 0
      if (bytes.length - cut > LONGEST_RUN) cut = bytes.length
      rest = bytes.slice(cut)
      return utf8Bytes(bytes.subarray(0, cut), text)
    },
    end() {
      const last = rest
      rest = new Uint8Array(0)
      return utf8Bytes(last, text)
    },
  }
}

function utf8Bytes(bytes: Uint8Array, text: CodePageText): Uint8Array {
  const parts: Uint8Array[] = []
  write(bytes, text, parts)
  const [first] = parts
  if (first !== undefined && parts.length === 1) return first
  return joinedBytes(parts)
}

/** Halves what cannot be read until the runs that are at fault stand alone. */
function write(bytes: Uint8Array, text: CodePageText, parts: Uint8Array[]): void {
  if (bytes.length === 0) return
  const read = text.strict(bytes)
  if (read !== null) {
    parts.push(utf8Of(read))
    return
  }
  const cut = nearestCut(bytes)
  if (cut === 0) parts.push(marked(text.lenient(bytes)))
  else {
    write(bytes.subarray(0, cut), text, parts)
    write(bytes.subarray(cut), text, parts)
  }
}

/** The place nearest the middle where a byte below 0x30 begins or ends; 0 where there is none. */
function nearestCut(bytes: Uint8Array): number {
  const middle = bytes.length >> 1
  for (let off = 0; off <= middle + 1; off++) {
    if (isCut(bytes, middle - off)) return middle - off
    if (isCut(bytes, middle + off)) return middle + off
  }
  return 0
}

function isCut(bytes: Uint8Array, at: number): boolean {
  // Within range: 0 < at < length.
  return at > 0 && at < bytes.length && ((bytes[at] as number) < 0x30 || (bytes[at - 1] as number) < 0x30)
}

/** As UTF-8, with a byte that is none for each character that cannot be read. */
function marked(text: string): Uint8Array {
  const bytes = utf8Of(text)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const isReplacement = bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd
    bytes[length++] = isReplacement ? UNREADABLE : (bytes[at] as number) // within range: at < length
    if (isReplacement) at += 2
  }
  return text.includes('\ufffd') ? bytes.subarray(0, length) : Uint8Array.of(...bytes, UNREADABLE)
}
