import { AppError } from '#lib/errors'

/** The arrays a column can be. */
export type ColumnArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

/** Position = the number in the file: append only. */
export const KINDS = ['u8', 'u16', 'u32', 'i32', 'f64'] as const
export type Kind = (typeof KINDS)[number]
export type ArrayOf = { u8: Uint8Array; u16: Uint16Array; u32: Uint32Array; i32: Int32Array; f64: Float64Array }

/**
 * How the values of a column are laid down. Position = the number in the file: append only.
 *
 * - `raw` as they are
 * - `same` not at all: every value is `base`
 * - `narrow8|16|32` as unsigned integers n: value = base + step * n
 * - `steps8|16|32` as differences to the value before, the first one to `base`
 */
export const PACKINGS = ['raw', 'same', 'narrow8', 'narrow16', 'narrow32', 'steps8', 'steps16', 'steps32'] as const
export type Packing = (typeof PACKINGS)[number]

/** One column as the head of a blob describes it. `at` and `bytes`: where its values lie. */
export type Entry = Readonly<{
  name: string
  kind: Kind
  packing: Packing
  length: number
  at: number
  bytes: number
  base: number
  step: number
}>

/** `PQC1`, read as a little-endian word. */
const MAGIC = 0x31435150
const HEAD_BYTES = 16
const ENTRY_BYTES = 32
/** A name's length is one byte; names are filled up to a multiple of eight. */
const MAX_NAME = 256
/** A column all of whose values are the same takes no bytes, so a damaged length is not caught by the size of the blob. */
export const MAX_SAME = 1 << 20

export const align = (at: number): number => (at + 7) & ~7

export function headBytes(names: readonly string[]): number {
  return names.reduce((total, name) => total + ENTRY_BYTES + align(name.length), HEAD_BYTES)
}

/** Writes the head: magic, number of columns, total length, a sum over the head; then the entries, each with its name. */
export function writeHead(view: DataView, entries: readonly Entry[], total: number): void {
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, entries.length, true)
  view.setUint32(8, total, true)
  let at = HEAD_BYTES
  for (const entry of entries) {
    view.setUint8(at, entry.name.length)
    view.setUint8(at + 1, KINDS.indexOf(entry.kind))
    view.setUint8(at + 2, PACKINGS.indexOf(entry.packing))
    view.setUint32(at + 4, entry.length, true)
    view.setUint32(at + 8, entry.at, true)
    view.setUint32(at + 12, entry.bytes, true)
    view.setFloat64(at + 16, entry.base, true)
    view.setFloat64(at + 24, entry.step, true)
    for (let i = 0; i < entry.name.length; i++) view.setUint8(at + ENTRY_BYTES + i, entry.name.charCodeAt(i))
    at += ENTRY_BYTES + align(entry.name.length)
  }
  view.setUint32(12, checksum(view, at), true)
}

/** Bytes from the start of a blob that hold its whole head, whatever its names are. @param view over the first 16 bytes or more */
export function headRoom(view: DataView): number {
  if (view.byteLength < HEAD_BYTES) return view.byteLength
  return HEAD_BYTES + view.getUint32(4, true) * (ENTRY_BYTES + MAX_NAME)
}

/**
 * @param view over the blob, or over its first bytes, the head among them
 * @param size of the blob
 * @throws AppError `store/corrupt` where the head is not one that `writeHead` makes for a blob of this length
 */
export function readHead(view: DataView, size = view.byteLength): readonly Entry[] {
  const room = view.byteLength
  if (room < HEAD_BYTES || view.getUint32(0, true) !== MAGIC) throw damaged('it does not begin as a block of columns')
  if (view.getUint32(8, true) !== size) throw damaged(`it has ${size} of ${view.getUint32(8, true)} bytes`)
  const entries: Entry[] = []
  let at = HEAD_BYTES
  for (let i = view.getUint32(4, true); i > 0; i--) {
    if (at + ENTRY_BYTES > room || at + ENTRY_BYTES + view.getUint8(at) > room) throw damaged('its head is cut off')
    const entry = entryAt(view, at)
    entries.push(entry)
    at += ENTRY_BYTES + align(entry.name.length)
  }
  if (at > room || view.getUint32(12, true) !== checksum(view, at)) throw damaged('its head does not add up')
  for (const entry of entries) verifyEntry(entry, at, size)
  return entries
}

function entryAt(view: DataView, at: number): Entry {
  const kind = KINDS[view.getUint8(at + 1)]
  const packing = PACKINGS[view.getUint8(at + 2)]
  if (kind === undefined || packing === undefined) throw damaged('a column has an unknown form')
  let name = ''
  for (let i = 0; i < view.getUint8(at); i++) name += String.fromCharCode(view.getUint8(at + ENTRY_BYTES + i))
  return {
    name,
    kind,
    packing,
    length: view.getUint32(at + 4, true),
    at: view.getUint32(at + 8, true),
    bytes: view.getUint32(at + 12, true),
    base: view.getFloat64(at + 16, true),
    step: view.getFloat64(at + 24, true),
  }
}

function verifyEntry(entry: Entry, from: number, size: number): void {
  const { name, length, at, bytes, packing } = entry
  const isInside = at >= from && at % 8 === 0 && at + bytes <= size
  const isLength = bytes === length * bytesPerValue(entry) && (packing !== 'same' || length <= MAX_SAME)
  if (!isInside || !isLength) throw damaged(`column ${name} does not lie within it`)
}

/** Bytes that one value takes in the blob. */
export function bytesPerValue({ kind, packing }: Readonly<{ kind: Kind; packing: Packing }>): number {
  if (packing === 'same') return 0
  if (packing === 'raw') return { u8: 1, u16: 2, u32: 4, i32: 4, f64: 8 }[kind]
  return { narrow8: 1, narrow16: 2, narrow32: 4, steps8: 1, steps16: 2, steps32: 4 }[packing]
}

/** A sum over the head without the field that holds it. */
function checksum(view: DataView, end: number): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < end; at += 4) {
    if (at !== 12) sum = Math.imul(sum ^ view.getUint32(at, true), 0x01000193) ^ (sum >>> 15)
  }
  return sum >>> 0
}

export function damaged(found: string): AppError {
  return new AppError('store/corrupt', `a block of columns in the project file is damaged: ${found}`, {})
}
