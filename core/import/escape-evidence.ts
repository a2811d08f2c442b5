import type { FilePlan, HeldCode, ImportNote, ImportOptions } from '#schema/import'
import type { EscapesSeen } from './records/escaped-fields.ts'
import type { BrokenRecord } from './records/record-source.ts'

const LF = 10
const CR = 13
const BACKSLASH = 92
/** Backslashes before which line breaks are looked for. */
const MOST_LOOKED_AT = 1 << 20
const NAMED_LINES = 5

type Read = Pick<FilePlan, 'format' | 'escape' | 'delimiter'> & Readonly<{ options?: ImportOptions | undefined }>

const SHAPE: readonly HeldCode[] = [
  'row/too-few-fields',
  'row/too-many-fields',
  'row/stray-quote',
  'row/unterminated-quote',
]

/**
 * What the records of a delimited file say about its backslashes.
 *
 * Read plainly, a file has cause for doubt where a record is broken and has an escape, or where one is broken and a backslash
 * stands before a line break. It is then read once more, with backslashes that escape. That is refuted where such a reading
 * leaves a quote open or breaks a record that has a backslash, where nothing is escaped that has to be, and where there is what
 * a program that escapes never writes. What the analyst said is neither doubted nor refuted.
 *
 * Source: docs/methods/import.md, "Backslashes".
 */
export class EscapeEvidence {
  private readonly isOpen: boolean
  private readonly isTrial: boolean
  private readonly fault: RegExp
  private hasEscapedFault = false
  private hasFault = false
  private hasEscapedBreak = false
  private isRefuted = false
  /** Was there an escape without which its record would be another? */
  private isNeeded = false
  private looked = 0
  /** How the last chunk ended: with a backslash, or in UTF-16 with the zero behind one. */
  private tail: 'none' | 'sign' | 'zero' = 'none'
  private count = 0
  private readonly lines: number[] = []

  /** @param plan its `options` are what the analyst or a mapping said */
  constructor({ format, escape: plan, delimiter, options }: Read) {
    const isSaid = options?.escape !== undefined
    this.isOpen = format === 'csv' && plan === undefined && !isSaid
    this.isTrial = format === 'csv' && plan === 'backslash' && !isSaid
    const mark = (delimiter ?? ',').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    this.fault = new RegExp(`\\\\(?:["\\r\\n]|${mark}|$)`)
  }

  /** Bytes of the file, in their order. */
  chunk(bytes: Uint8Array): void {
    if (!this.isOpen || this.hasEscapedBreak) return
    for (let at = this.afterTail(bytes); at >= 0 && this.looked < MOST_LOOKED_AT; at = bytes.indexOf(BACKSLASH, at)) {
      at++
      this.looked++
      this.tail = 'sign'
      this.judge(bytes[at])
      this.judge(bytes[at + 1])
      if (this.hasEscapedBreak) return
    }
  }

  broken({ code, raw }: Pick<BrokenRecord, 'code' | 'raw'>): void {
    if (!SHAPE.includes(code)) return
    this.hasFault = true
    if (this.isOpen) this.hasEscapedFault ||= this.fault.test(raw)
    if (this.isTrial && (code === 'row/unterminated-quote' || raw.includes('\\'))) this.isRefuted = true
  }

  /** Ends what the last chunk began. @returns where the first backslash is, -1 where there is none */
  private afterTail(bytes: Uint8Array): number {
    this.judge(bytes[0])
    this.judge(bytes[1])
    return bytes.indexOf(BACKSLASH)
  }

  /** Goes on behind a backslash. @param byte undefined at the end of a chunk */
  private judge(byte: number | undefined): void {
    if (this.tail === 'none' || byte === undefined) return
    if (byte === LF || byte === CR) this.hasEscapedBreak = true
    this.tail = byte === 0 && this.tail === 'sign' ? 'zero' : 'none'
  }

  /** A record has escapes, in a file that is read so. */
  escapes(line: number, { isEscaped, isNeeded, isOdd }: EscapesSeen): void {
    if (isOdd) this.isRefuted = true
    if (isNeeded) this.isNeeded = true
    if (!isEscaped) return
    this.count++
    if (this.lines.length < NAMED_LINES) this.lines.push(line)
  }

  /** How the file is to be read instead; null where it is read rightly as far as its backslashes go. */
  correction(): 'backslash' | 'none' | null {
    if (this.isTrial) return this.isRefuted || !this.isNeeded ? 'none' : null
    return this.isOpen && (this.hasEscapedFault || (this.hasFault && this.hasEscapedBreak)) ? 'backslash' : null
  }

  notes(): readonly ImportNote[] {
    const { count, lines } = this
    if (count === 0) return []
    const more = count > lines.length ? ' and more' : ''
    const message = `In ${count === 1 ? '1 record' : `${count} records`} a backslash escapes the character behind it and is taken off: line ${lines.join(', ')}${more}. Where backslashes are meant as they stand, choose so with Backslashes on the board, or --escape none.`
    return [{ code: 'note/backslash-escapes', column: '', count, lines, message }]
  }
}
