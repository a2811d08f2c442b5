import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { AppError, invariant } from '#lib/errors'
import { type ColumnArray, type ColumnSet, decodeColumns, encodeColumns } from './columns/index.ts'

/**
 * How the values of a field are laid down; every form knows null.
 *
 * - `number`, `flag` as they are
 * - `text`, `list` as numbers of texts, each of which is written once
 * - `json` anything else, as the number of its JSON text
 */
type Form = 'number' | 'flag' | 'text' | 'list' | 'json'
type Field = readonly [name: string, form: Form]
type Notes = Readonly<{ kinds: Readonly<Record<string, readonly Field[]>>; texts: readonly string[] }>

const NOTHING = 2 // of a flag: beside false and true
const NOTES = 'notes'
const FASTEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
/** A column among whose first values there are many different ones is not looked at further. */
const SAMPLE = 64
const MOST_IN_SAMPLE = 24

/** Takes records of several kinds apart into one blob of columns. Records of one kind have the same fields. */
export class RecordWriter {
  private readonly columns: Record<string, ColumnArray> = {}
  private readonly kinds: Record<string, readonly Field[]> = {}
  /** Code 0 is null. */
  private readonly codes = new Map<string, number>()
  /** Those of one field, taken out of the records: working space. */
  private readonly values: unknown[] = []
  private readonly codesOfObjects = new Map<object, number>()

  add(kind: string, records: readonly object[]): void {
    const names = Object.keys(records[0] ?? {})
    this.kinds[kind] = names.map(name => {
      const values = this.values
      values.length = records.length
      for (let i = 0; i < records.length; i++) values[i] = (records[i] as Record<string, unknown>)[name]
      const form = formOf(values)
      this.lay(`${kind}.${name}`, form, values)
      return [name, form]
    })
    this.columns[kind] = Uint32Array.of(records.length)
  }

  finish(): Uint8Array {
    const notes: Notes = { kinds: this.kinds, texts: [...this.codes.keys()] }
    const packed = brotliCompressSync(JSON.stringify(notes), FASTEST)
    return encodeColumns({ ...this.columns, [NOTES]: Uint8Array.from(packed) })
  }

  private lay(name: string, form: Form, values: readonly unknown[]): void {
    // Plain loops: the `from` of typed arrays takes five times as long. Values are of the form that formOf found.
    const { length } = values
    if (form === 'list') this.layLists(name, values as (readonly string[] | null)[])
    else if (form === 'flag') {
      const flags = new Uint8Array(length)
      for (let i = 0; i < length; i++) flags[i] = values[i] === null ? NOTHING : Number(values[i])
      this.columns[name] = flags
    } else if (form === 'number') this.layNumbers(name, values as (number | null)[])
    else {
      const codes = new Uint32Array(length)
      for (let i = 0; i < length; i++)
        codes[i] = form === 'text' ? this.codeOf(values[i] as string | null) : this.codeOfValue(values[i])
      this.columns[name] = codes
    }
  }

  private layNumbers(name: string, values: readonly (number | null)[]): void {
    const numbers = new Float64Array(values.length)
    const isNull = new Uint8Array(values.length)
    for (let i = 0; i < values.length; i++) {
      if (values[i] === null) isNull[i] = 1
      else numbers[i] = values[i] as number // i < length
    }
    this.columns[`${name}?`] = isNull
    const few = fewNumbers(numbers)
    this.columns[name] = few === null ? numbers : few.codes
    if (few !== null) this.columns[`${name}=`] = few.numbers
  }

  private layLists(name: string, lists: readonly (readonly string[] | null)[]): void {
    const lengths = new Uint32Array(lists.length)
    const codes: number[] = []
    for (const [i, list] of lists.entries()) {
      lengths[i] = list === null ? 0 : list.length + 1
      for (const text of list ?? []) codes.push(this.codeOf(text))
    }
    this.columns[`${name}#`] = lengths
    this.columns[name] = new Uint32Array(codes)
  }

  private codeOf(text: string | null): number {
    if (text === null) return 0
    const known = this.codes.get(text)
    if (known !== undefined) return known
    const code = this.codes.size + 1
    this.codes.set(text, code)
    return code
  }

  private codeOfValue(value: unknown): number {
    if (typeof value !== 'object' || value === null) return value === null ? 0 : this.codeOf(JSON.stringify(value))
    const known = this.codesOfObjects.get(value)
    if (known !== undefined) return known
    const code = this.codeOf(JSON.stringify(value))
    this.codesOfObjects.set(value, code)
    return code
  }
}

/** Fractions of which there are few, by number: a role factor takes one byte, not eight. Null where there are many. */
function fewNumbers(values: Float64Array): Readonly<{ codes: Uint8Array; numbers: Float64Array }> | null {
  const known = new Map<number, number>()
  const codes = new Uint8Array(values.length)
  let areWhole = true
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number // i < length
    areWhole &&= Number.isInteger(value)
    const code = known.get(value) ?? known.size
    if (code > 0xff || (i < SAMPLE && code > MOST_IN_SAMPLE)) return null
    if (code === known.size) known.set(value, code)
    codes[i] = code
  }
  return areWhole ? null : { codes, numbers: Float64Array.from(known.keys()) }
}

function formOf(values: readonly unknown[]): Form {
  let form: Form | null = null
  for (const value of values) {
    if (value === null) continue
    invariant(value !== undefined, 'records of one kind have the same fields')
    const own = formOfValue(value)
    if (form !== null && form !== own) return 'json'
    form = own
  }
  return form ?? 'json'
}

function formOfValue(value: unknown): Form {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'flag'
  if (typeof value === 'string') return 'text'
  return Array.isArray(value) && value.every(part => typeof part === 'string') ? 'list' : 'json'
}

/** Puts records together again that a `RecordWriter` took apart. */
export class RecordReader {
  private readonly columns: ColumnSet
  private readonly notes: Notes
  private readonly values = new Map<number, unknown>()

  /** @throws AppError `store/corrupt` where the blob is not one that a writer made */
  constructor(blob: Uint8Array) {
    this.columns = decodeColumns(blob)
    try {
      const notes = brotliDecompressSync(this.columns.column(NOTES, 'u8')).toString('utf8')
      this.notes = JSON.parse(notes) as Notes // written by finish
    } catch (cause) {
      throw cause instanceof AppError ? cause : damaged('its texts cannot be read', cause)
    }
  }

  /** The records of a kind in their order; `R` is what was given under this name. */
  read<R extends object>(kind: string): R[] {
    const [count = 0] = this.columns.column(kind, 'u32', 1)
    const records = Array.from({ length: count }, (): Record<string, unknown> => ({}))
    for (const [name, form] of this.notes.kinds[kind] ?? []) {
      const valueAt = this.reader(`${kind}.${name}`, form, count)
      for (let i = 0; i < count; i++) (records[i] as Record<string, unknown>)[name] = valueAt(i) // i < count
    }
    return records as R[]
  }

  /** @returns a function that gives the values one after the other: each place is to be asked for once, in order */
  private reader(name: string, form: Form, count: number): (i: number) => unknown {
    const { columns } = this
    // All columns have `count` values.
    if (form === 'number') {
      const isNull = columns.column(`${name}?`, 'u8', count)
      const isFew = columns.names.includes(`${name}=`)
      const codes = isFew ? columns.column(name, 'u8', count) : null
      const values = columns.column(codes === null ? name : `${name}=`, 'f64')
      return i => (isNull[i] === 1 ? null : values[codes === null ? i : (codes[i] as number)])
    }
    if (form === 'flag') {
      const values = columns.column(name, 'u8', count)
      return i => (values[i] === NOTHING ? null : values[i] === 1)
    }
    if (form === 'list') return this.listReader(name, count)
    const codes = columns.column(name, 'u32', count)
    if (form === 'text') return i => this.textOf(codes[i] as number)
    return i => this.valueOf(codes[i] as number)
  }

  private listReader(name: string, count: number): (i: number) => unknown {
    const lengths = this.columns.column(`${name}#`, 'u32', count)
    const codes = this.columns.column(name, 'u32')
    let at = 0
    return i => {
      const length = (lengths[i] as number) - 1
      if (length < 0) return null
      at += length
      return Array.from(codes.subarray(at - length, at), code => this.textOf(code))
    }
  }

  private textOf(code: number): string | null {
    if (code === 0) return null
    const text = this.notes.texts[code - 1]
    if (text === undefined) throw damaged('it names a text that it does not have')
    return text
  }

  /** Equal values are one object: whoever reads them does not write to them. */
  private valueOf(code: number): unknown {
    if (code === 0) return null
    const known = this.values.get(code)
    if (known !== undefined) return known
    const value: unknown = JSON.parse(this.textOf(code) ?? 'null')
    this.values.set(code, value)
    return value
  }
}

function damaged(found: string, cause?: unknown): AppError {
  const options = cause === undefined ? undefined : { cause }
  return new AppError('store/corrupt', `a page of a run in the project file is damaged: ${found}`, {}, options)
}
