const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const MANGLED = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]/
const ENCODED_WORD = /=\?([\w-]+)\?([qb])\?([^?]*)\?=(?:\s+(?==\?))?/gi
const UNSEEN = /[\u00ad\u200c-\u200f\u2060\ufeff]/g
/** Without a width too, but where words part. */
const UNSEEN_BLANK = /\u200b/g
const BASE_64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PLAIN = /^[ -<>-~]*$/

/**
 * Text as it was meant: UTF-8 that was read as Latin-1 or Windows-1252 (`JosÃ©`) and encoded words of mail headers
 * (`=?utf-8?q?Jos=C3=A9?=`) are undone, characters without a width are cut. A blank without a width (U+200B) parts words.
 *
 * @param text any text; returned as it is where nothing of this is in it, or cannot be undone
 * @param parting what a blank without a width becomes; empty where nothing is parted by it, as in an address
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function repairedText(text: string, parting = ' '): string {
  if (PLAIN.test(text)) return text
  const decoded = text.replace(ENCODED_WORD, (word, charset: string, encoding: string, content: string) => {
    const bytes = /q/i.test(encoding) ? quotedBytes(content) : base64Bytes(content)
    return textOf(bytes, charset.toLowerCase()) ?? word
  })
  return unmangledText(decoded).replace(UNSEEN, '').replace(UNSEEN_BLANK, parting)
}

/**
 * UTF-8 that was read as Latin-1 or Windows-1252, as it was meant.
 *
 * @param text any text; returned as it is where it is none
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function unmangledText(text: string): string {
  if (!MANGLED.test(text)) return text
  const bytes: number[] = []
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    const byte = code <= 0xff ? code : 0x80 + WINDOWS_1252.indexOf(letter)
    if (byte < 0x80 && code > 0xff) return text
    bytes.push(byte)
  }
  return utf8Text(bytes) ?? text
}

function textOf(bytes: readonly number[], charset: string): string | null {
  if (charset === 'utf-8' || charset === 'us-ascii') return utf8Text(bytes)
  return charset === 'iso-8859-1' || charset === 'windows-1252' ? String.fromCharCode(...bytes) : null
}

/** Null where the bytes are no UTF-8. */
function utf8Text(bytes: readonly number[]): string | null {
  try {
    return decodeURIComponent(bytes.map(byte => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return null
  }
}

function quotedBytes(content: string): number[] {
  const bytes: number[] = []
  for (let i = 0; i < content.length; i++) {
    const coded = content[i] === '=' ? Number.parseInt(content.slice(i + 1, i + 3), 16) : Number.NaN
    if (!Number.isNaN(coded)) i += 2
    bytes.push(Number.isNaN(coded) ? content.replaceAll('_', ' ').charCodeAt(i) & 0xff : coded)
  }
  return bytes
}

function base64Bytes(content: string): number[] {
  const bytes: number[] = []
  let [held, bits] = [0, 0]
  for (const letter of content) {
    const value = BASE_64.indexOf(letter)
    if (value === -1) continue
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return bytes
}
