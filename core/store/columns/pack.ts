import type { ArrayOf, ColumnArray, Kind, Packing } from './layout.ts'
import { MAX_SAME } from './layout.ts'

/** How a column is laid down, with the values that are written (none for `same`). */
export type Packed = Readonly<{ kind: Kind; packing: Packing; base: number; step: number; values: ColumnArray | null }>

type Range = Readonly<{ min: number; max: number; widestStep: number; isThousands: boolean }>

export function asItIs(values: ColumnArray): Packed {
  return { kind: kindOf(values), packing: 'raw', base: 0, step: 1, values }
}

/** The shortest of the forms that can be told apart in one pass over the values. */
export function pack(values: ColumnArray): Packed {
  const kind = kindOf(values)
  const raw = asItIs(values)
  if (values.length === 0) return raw
  const first = values[0] as number
  if (values.length <= MAX_SAME && areAll(values, first)) {
    return { kind, packing: 'same', base: first, step: 0, values: null }
  }
  const range = rangeOf(values)
  if (range === null) return raw
  const step = range.isThousands ? 1000 : 1
  const narrow = widthOf((range.max - range.min) / step)
  const steps = range.widestStep < 0 ? 8 : widthOf(range.widestStep)
  const width = Math.min(narrow, steps)
  if (width >= values.BYTES_PER_ELEMENT) return raw
  if (steps < narrow) {
    return { kind, packing: stepsOf(width), base: first, step: 1, values: differences(values, width) }
  }
  // Without a base where none is needed: then the values are converted as they are.
  const base = step === 1 && range.min > 0 && widthOf(range.max) === width ? 0 : range.min
  return { kind, packing: narrowOf(width), base, step, values: narrowed(values, base, step, width) }
}

/** The values of a packed column, as a new array. */
export function unpack<K extends Kind>(
  { kind, packing, base, step, values }: Packed & { kind: K },
  length: number,
): ArrayOf[K] {
  const result = arrayOf(kind, length)
  if (values === null) result.fill(base)
  else if (packing.startsWith('steps')) result.set(sums(new Uint32Array(values), base))
  else if (base === 0 && step === 1) result.set(values)
  else if (result instanceof Float64Array) shift(result, new Uint32Array(values), base, step)
  // Both arrays have `length` values.
  else for (let i = 0; i < length; i++) result[i] = base + (values[i] as number)
  return result as ArrayOf[K] // made as one
}

/** Running sums, in place. */
function sums(steps: Uint32Array, base: number): Uint32Array {
  let value = base
  for (let i = 0; i < steps.length; i++) {
    value += steps[i] as number
    steps[i] = value
  }
  return steps
}

function shift(result: Float64Array, values: Uint32Array, base: number, step: number): void {
  for (let i = 0; i < result.length; i++) result[i] = base + step * (values[i] as number)
}

export function arrayOf(kind: Kind, length: number): ColumnArray {
  if (kind === 'u8') return new Uint8Array(length)
  if (kind === 'u16') return new Uint16Array(length)
  if (kind === 'u32') return new Uint32Array(length)
  return kind === 'i32' ? new Int32Array(length) : new Float64Array(length)
}

function kindOf(values: ColumnArray): Kind {
  if (values instanceof Uint8Array) return 'u8'
  if (values instanceof Uint16Array) return 'u16'
  if (values instanceof Uint32Array) return 'u32'
  return values instanceof Int32Array ? 'i32' : 'f64'
}

/** Are all values `first`, also where it is NaN, and where 0 and -0 are told apart? */
function areAll(values: ColumnArray, first: number): boolean {
  const isPlain = first !== 0 && !Number.isNaN(first)
  for (let i = 1; i < values.length; i++) {
    if (isPlain ? values[i] !== first : !Object.is(values[i], first)) return false
  }
  return true
}

/** Null where the values cannot be held in fewer bytes. One function per kind of array: a mixed one runs ten times as long. */
function rangeOf(values: ColumnArray): Range | null {
  if (values instanceof Float64Array) return wholeRange(values)
  if (values instanceof Uint32Array || values instanceof Int32Array)
    return isHopeless(values) ? null : wordRange(values)
  return values instanceof Uint16Array ? wordRange(Uint32Array.from(values)) : null
}

/** Do a few of the values tell that they fill their range and are not ascending? So it is with hashes. */
function isHopeless(values: Uint32Array | Int32Array): boolean {
  const sample = Array.from({ length: 16 }, (_, i) => values[Math.floor((i * values.length) / 16)] as number)
  const isAscending = sample.every((value, i) => i === 0 || value >= (sample[i - 1] as number))
  return !isAscending && Math.max(...sample) - Math.min(...sample) >= 0x10000
}

function wordRange(values: Uint32Array | Int32Array): Range {
  let min = values[0] as number
  let max = min
  let before = min
  let widestStep = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value < min) min = value
    if (value > max) max = value
    if (value < before) widestStep = -1
    else if (widestStep >= 0 && value - before > widestStep) widestStep = value - before
    before = value
  }
  return { min, max, widestStep, isThousands: false }
}

/** Null where a value is no whole number that fits: then nothing shorter than the double itself holds it exactly. */
function wholeRange(values: Float64Array): Range | null {
  let min = values[0] as number
  let max = min
  let areThousands = true
  const first = min % 1000
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isSafeInteger(value) || (value === 0 && Object.is(value, -0))) return null
    if (value < min) min = value
    if (value > max) max = value
    if (areThousands && value % 1000 !== first) areThousands = false
  }
  return { min, max, widestStep: -1, isThousands: areThousands && max - min >= 256 }
}

/** Bytes for an unsigned integer up to `max`; 8 where four do not hold it. */
function widthOf(max: number): number {
  if (max < 0x100) return 1
  if (max < 0x10000) return 2
  return max < 0x1_0000_0000 ? 4 : 8
}

function narrowed(values: ColumnArray, base: number, step: number, width: number): ColumnArray {
  if (base === 0 && step === 1) return converted(values, width)
  const result = new Uint32Array(values.length)
  if (values instanceof Float64Array)
    for (let i = 0; i < values.length; i++) result[i] = ((values[i] as number) - base) / step
  else for (let i = 0; i < values.length; i++) result[i] = (values[i] as number) - base
  return width === 4 ? result : converted(result, width)
}

function converted(values: ColumnArray, width: number): ColumnArray {
  if (width === 1) return new Uint8Array(values)
  return width === 2 ? new Uint16Array(values) : new Uint32Array(values)
}

function differences(values: ColumnArray, width: number): ColumnArray {
  const result = new Uint32Array(values.length)
  for (let i = 1; i < values.length; i++) result[i] = (values[i] as number) - (values[i - 1] as number)
  return converted(result, width)
}

export function unsigned(width: number, length: number): ColumnArray {
  if (width === 1) return new Uint8Array(length)
  return width === 2 ? new Uint16Array(length) : new Uint32Array(length)
}

function narrowOf(width: number): Packing {
  if (width === 1) return 'narrow8'
  return width === 2 ? 'narrow16' : 'narrow32'
}

function stepsOf(width: number): Packing {
  if (width === 1) return 'steps8'
  return width === 2 ? 'steps16' : 'steps32'
}
