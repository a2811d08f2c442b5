import { hasToBeNamed } from '#schema/encodings'
import type { Encoding } from '#schema/import'
import { codePageText } from './code-page.ts'
import { windows1252Text } from './windows-1252.ts'

/**
 * A text in the bytes of an encoding.
 *
 * @param text as JSON; beyond ASCII, characters of more than two bytes become `?` in encodings that are none of Unicode
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function encodedText(text: string, encoding: Exclude<Encoding, 'utf-8'>): Uint8Array {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const units = new DataView(new ArrayBuffer(2 * text.length))
    for (let at = 0; at < text.length; at++) units.setUint16(2 * at, text.charCodeAt(at), encoding === 'utf-16le')
    return new Uint8Array(units.buffer)
  }
  if (!/\P{ASCII}/u.test(text)) return Uint8Array.from(text, character => character.charCodeAt(0))
  const known = charactersOf(encoding)
  const bytesOf = (character: string): readonly number[] =>
    character < '\u0080' ? [character.charCodeAt(0)] : (known.get(character) ?? [QUESTION])
  return Uint8Array.from([...text].flatMap(bytesOf))
}

const QUESTION = 63
const BLANK = 32

/** Every character of one byte or two. */
function charactersOf(encoding: Exclude<Encoding, 'utf-8' | 'utf-16le' | 'utf-16be'>): ReadonlyMap<string, number[]> {
  const sequences: number[][] = []
  for (let lead = 0x80; lead <= 0xff; lead++) {
    sequences.push([lead])
    if (encoding !== 'windows-1252') for (let trail = 0x40; trail <= 0xfe; trail++) sequences.push([lead, trail])
  }
  const bytes = Uint8Array.from(sequences.flatMap(sequence => [...sequence, BLANK]))
  const text = encoding === 'windows-1252' ? windows1252Text(bytes) : codePageText(encoding).lenient(bytes)
  const found = new Map<string, number[]>()
  for (const [at, character] of text.split(' ').entries()) {
    const sequence = sequences[at]
    if (sequence !== undefined && [...character].length === 1 && !found.has(character)) found.set(character, sequence)
  }
  return found
}

/** JSON in which everything beyond ASCII is escaped, so that any encoding but UTF-16 can have it. */
export function escapedJson(text: string, encoding: Encoding): string {
  if (!hasToBeNamed(encoding)) return text
  return text.replace(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
