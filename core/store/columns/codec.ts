import type { TextColumn } from '#schema/event'
import {
  type ArrayOf,
  align,
  bytesPerValue,
  type ColumnArray,
  damaged,
  type Entry,
  headBytes,
  headRoom,
  type Kind,
  readHead,
  writeHead,
} from './layout.ts'
import { arrayOf, asItIs, type Packed, pack, unpack, unsigned } from './pack.ts'

/** The columns of a blob. A column is unpacked when it is asked for, each time anew; others cost nothing. */
export type ColumnSet = Readonly<{
  names: readonly string[]
  /** Undefined where there is no such column. */
  kindOf(name: string): Kind | undefined
  /** @throws AppError `store/corrupt` where there is no such column, or not of this kind and length */
  column<K extends Kind>(name: string, kind: K, length?: number): ArrayOf[K]
  /** Texts laid down as `nameOffsets` and `nameBytes`; their offsets are checked. */
  texts(name: string, count?: number): TextColumn
}>

/**
 * Lays columns down in one blob: a head with name, kind, length and place of each, then the values, little-endian, each
 * column at a multiple of eight bytes. Integers take as few bytes as their range needs, ascending ones as few as their
 * differences need, whole seconds and equal values still less. Equal columns give equal bytes.
 *
 * @param columns by name (ASCII, up to 255 characters); they may differ in length
 */
export function encodeColumns(columns: Readonly<Record<string, ColumnArray>>): Uint8Array<ArrayBuffer> {
  return layDown(columns, pack)
}

/** The same with every column as it is: longer, and read back without a pass over the values. */
export function encodePlainColumns(columns: Readonly<Record<string, ColumnArray>>): Uint8Array<ArrayBuffer> {
  return layDown(columns, asItIs)
}

function layDown(
  columns: Readonly<Record<string, ColumnArray>>,
  form: (values: ColumnArray) => Packed,
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(columns)
  const packed = Object.values(columns).map(values => ({ ...form(values), length: values.length }))
  let at = headBytes(names)
  const entries = packed.map((column, i): Entry => {
    const { kind, packing, base, step, length } = column
    const bytes = length * bytesPerValue(column)
    const entry: Entry = { name: names[i] ?? '', kind, packing, length, at, bytes, base, step }
    at = align(at + bytes)
    return entry
  })
  const blob = new Uint8Array(at)
  writeHead(new DataView(blob.buffer), entries, at)
  entries.forEach((entry, i) => {
    const values = packed[i]?.values ?? null
    if (values !== null) blob.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), entry.at)
  })
  return blob
}

/**
 * Opens a blob that `encodeColumns` made. Columns that were laid down as they are stay views on it, so it must not be
 * written to any more.
 *
 * @throws AppError `store/corrupt` on anything else; nothing is allocated on the word of a damaged blob
 */
export function decodeColumns(blob: Uint8Array): ColumnSet {
  const bytes = aligned(blob)
  return columnSet(readHead(viewOf(bytes)), { bytes, from: 0 })
}

/** A blob that lies elsewhere, piece by piece: `read` gives `length` bytes from `from` on, or as many as there are. */
export type DistantBlob = Readonly<{ size: number; read(from: number, length: number): Uint8Array }>

/** Most heads are shorter. */
const FIRST_BYTES = 4096

/**
 * Opens some columns of a blob that `encodeColumns` made, without the bytes of others but those between them.
 *
 * @param wanted names; those that are not there are left out
 * @throws AppError `store/corrupt` as `decodeColumns`
 */
export function decodeSomeColumns(blob: DistantBlob, wanted: readonly string[]): ColumnSet {
  const entries = headOf(blob).filter(({ name }) => wanted.includes(name))
  const from = Math.min(blob.size, ...entries.map(({ at }) => at))
  const to = Math.max(from, ...entries.map(({ at, bytes }) => at + bytes))
  return columnSet(entries, { bytes: aligned(readAll(blob, from, to - from)), from })
}

function headOf({ size, read }: DistantBlob): readonly Entry[] {
  let head = read(0, Math.min(size, FIRST_BYTES))
  const room = Math.min(size, headRoom(viewOf(head)))
  if (room > head.byteLength) head = read(0, room)
  return readHead(viewOf(head), size)
}

function readAll({ read }: DistantBlob, from: number, length: number): Uint8Array {
  const bytes = read(from, length)
  if (bytes.byteLength !== length) throw damaged('it is shorter than it was')
  return bytes
}

/**
 * Texts of a blob that `encodeColumns` made, for who wants few of them: where each lies is read at once, 4 bytes a text, and
 * the texts `from` .. `to` when they are asked for.
 *
 * @param count of texts
 * @throws AppError `store/corrupt` as `decodeColumns`, here or when texts are read
 */
export function distantTexts(blob: DistantBlob, name: string, count: number): (from: number, to: number) => TextColumn {
  const entry = headOf(blob).find(one => one.name === `${name}Bytes`)
  // Equal bytes take no room: there is nothing to be read piece by piece.
  if (entry?.kind !== 'u8' || entry.packing !== 'raw') {
    const { offsets, bytes } = decodeSomeColumns(blob, [`${name}Offsets`, `${name}Bytes`]).texts(name, count)
    return (from, to) => ({ offsets: offsets.subarray(from, to + 1), bytes })
  }
  const offsets = decodeSomeColumns(blob, [`${name}Offsets`]).column(`${name}Offsets`, 'u32', count + 1)
  verifyOffsets(offsets, entry.length, name)
  return (from, to) => {
    const [first, last] = [offsets[from] ?? 0, offsets[to] ?? 0]
    const bytes = readAll(blob, entry.at + first, last - first)
    return { offsets: offsets.subarray(from, to + 1).map(at => at - first), bytes }
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

/** Columns begin at multiples of eight bytes, which must be those of their memory, too. */
const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : bytes.slice())

/** Bytes of a blob from a multiple of eight on. */
type Piece = Readonly<{ bytes: Uint8Array; from: number }>

function columnSet(list: readonly Entry[], piece: Piece): ColumnSet {
  const entries = new Map(list.map(entry => [entry.name, entry]))
  const column = <K extends Kind>(name: string, kind: K, length?: number): ArrayOf[K] => {
    const entry = entries.get(name)
    if (entry === undefined) throw damaged(`there is no column ${name}`)
    if (entry.kind !== kind) throw damaged(`column ${name} is of another kind`)
    if (length !== undefined && entry.length !== length) throw damaged(`column ${name} is not of the expected length`)
    return valuesOf(entry as Entry & { kind: K }, piece) // compared above
  }
  return {
    names: [...entries.keys()],
    kindOf: name => entries.get(name)?.kind,
    column,
    texts: (name, count) => {
      const offsets = column(`${name}Offsets`, 'u32', count === undefined ? undefined : count + 1)
      const texts = column(`${name}Bytes`, 'u8')
      verifyOffsets(offsets, texts.length, name)
      return { offsets, bytes: texts }
    },
  }
}

function valuesOf<K extends Kind>(entry: Entry & { kind: K }, piece: Piece): ArrayOf[K] {
  const { kind, packing, length, base, step } = entry
  const isRaw = packing === 'raw'
  const values =
    packing === 'same' ? null : over(isRaw ? arrayOf(kind, 0) : unsigned(bytesPerValue(entry), 0), entry, piece)
  if (isRaw) return values as ArrayOf[K] // a view of the column's own kind
  return unpack({ kind, packing, base, step, values } satisfies Packed & { kind: K }, length)
}

/** A view of the form of `form` over the entry's values. */
function over(form: ColumnArray, { at, length }: Entry, { bytes, from }: Piece): ColumnArray {
  const Form = form.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => ColumnArray
  return new Form(bytes.buffer, bytes.byteOffset + at - from, length)
}

function verifyOffsets(offsets: Uint32Array, size: number, name: string): void {
  let before = 0
  for (let i = 0; i < offsets.length; i++) {
    // Within range: i < length.
    if ((offsets[i] as number) < before) throw damaged(`the texts of ${name} run backwards`)
    before = offsets[i] as number
  }
  if (offsets.length === 0 || before > size) throw damaged(`the texts of ${name} run beyond its end`)
}
