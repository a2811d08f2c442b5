import { ByteDictionary } from '#lib/byte-dictionary'
import { type ByteSource, byteSource } from '#lib/byte-source'
import { textOfUtf8, utf8Of } from '#lib/utf8'
import type { TextColumn } from '#schema/event'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d

/**
 * Reads one top-level member of many JSON objects without parsing them. Distinct values get codes, so that a value seen
 * before costs no string. Text that is no JSON object has no members.
 */
export class PropertyReader {
  private readonly key: Uint8Array
  private readonly raw = new ByteDictionary()
  /** Value per raw code; null where the raw text is no text, number or boolean. */
  private readonly values: (string | null)[] = [null]
  private bytes: Uint8Array = new Uint8Array(0)
  private source: ByteSource = byteSource(this.bytes)
  private at = 0
  private end = 0

  constructor(key: string) {
    this.key = utf8Of(key)
  }

  /**
   * Value of the member in text `i`: a text with blanks around it cut, a number or a boolean as JSON writes it.
   *
   * @returns null where there is no such member, or it is null, empty, a list or an object. Of equal members the first counts.
   */
  read(column: TextColumn, i: number): string | null {
    // Within range: offsets has one entry more than there are texts.
    const start = column.offsets[i] as number
    const end = column.offsets[i + 1] as number
    if (end - start < this.key.length + 4) return null
    if (column.bytes !== this.bytes) {
      this.bytes = column.bytes
      this.source = byteSource(column.bytes)
    }
    this.at = start
    this.end = end
    return this.findMember() ? this.valueHere() : null
  }

  /** Stops at the value of the member. */
  private findMember(): boolean {
    this.skipBlanks()
    if (this.bytes[this.at] !== OPEN_OBJECT) return false
    this.at++
    for (;;) {
      this.skipBlanks()
      if (this.at >= this.end || this.bytes[this.at] !== QUOTE) return false
      const start = this.at + 1
      this.skipText()
      const found = this.isKey(start, this.at - 1)
      this.skipBlanks()
      if (this.bytes[this.at] !== COLON) return false
      this.at++
      this.skipBlanks()
      if (found) return true
      this.skipValue()
      this.skipBlanks()
      if (this.bytes[this.at] !== COMMA) return false
      this.at++
    }
  }

  private valueHere(): string | null {
    const start = this.at
    this.skipValue()
    const known = this.raw.size
    const code = this.raw.intern(this.source, start, Math.min(this.at, this.end))
    if (this.raw.size > known) this.values.push(scalarOf(textOfUtf8(this.bytes, start, Math.min(this.at, this.end))))
    return this.values[code] ?? null
  }

  private isKey(start: number, end: number): boolean {
    if (end - start !== this.key.length) return false
    for (let i = 0; i < this.key.length; i++) if (this.bytes[start + i] !== this.key[i]) return false
    return true
  }

  private skipBlanks(): void {
    while (this.at < this.end && (this.bytes[this.at] as number) <= 0x20) this.at++
  }

  /** From an opening quote to behind the closing one. */
  private skipText(): void {
    this.at++
    while (this.at < this.end && this.bytes[this.at] !== QUOTE) this.at += this.bytes[this.at] === BACKSLASH ? 2 : 1
    this.at++
  }

  private skipValue(): void {
    let depth = 0
    while (this.at < this.end) {
      const byte = this.bytes[this.at] as number
      if (depth === 0 && (byte === COMMA || byte === CLOSE_OBJECT)) return
      if (byte === QUOTE) {
        this.skipText()
        continue
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++
      if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--
      this.at++
    }
  }
}

function scalarOf(raw: string): string | null {
  try {
    const value: unknown = JSON.parse(raw)
    if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
  } catch {
    return null
  }
}
