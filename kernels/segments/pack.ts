/** How values are laid down, as core/store/columns/layout.ts numbers it. */
const RAW: i32 = 0
const SAME: i32 = 1
const NARROW: i32 = 2
const STEPS: i32 = 5
/** A column all of whose values are the same takes no bytes, so its length is bounded. */
const MAX_SAME: i32 = 1 << 20

let base: f64 = 0
let step: f64 = 1
let bytes: usize = 0

/** What was found about the column packed last: the first value or the lowest, the unit, the bytes that were written. */
export function packedBase(): f64 {
  return base
}
export function packedStep(): f64 {
  return step
}
export function packedBytes(): usize {
  return bytes
}

/** 0, 1, 2: values in one, two or four bytes; 3: in none of these. */
function widthOf(range: u64): i32 {
  if (range < 0x100) return 0
  if (range < 0x10000) return 1
  return range < 0x100000000 ? 2 : 3
}

/** Lays words down in the shortest form. @returns which that is */
export function packWords(from: usize, count: i32, to: usize): i32 {
  const end = from + ((<usize>count) << 2)
  const first: u32 = count === 0 ? 0 : load<u32>(from)
  let lowest = first
  let highest = first
  let widest: u32 = 0
  let isAscending = true
  let before: u32 = first
  for (let at = from; at < end; at += 4) {
    const word = load<u32>(at)
    lowest = min(lowest, word)
    highest = max(highest, word)
    isAscending = isAscending && word >= before
    widest = max(widest, word - before)
    before = word
  }
  base = <f64>first
  step = 0
  bytes = 0
  if (count > 0 && count <= MAX_SAME && lowest === highest) return SAME
  step = 1
  const narrow = widthOf(highest - lowest)
  const steps = isAscending ? widthOf(widest) : 3
  if (min(narrow, steps) >= 2 || count === 0) {
    base = 0
    bytes = (<usize>count) << 2
    memory.copy(to, from, bytes)
    return RAW
  }
  const isSteps = steps < narrow
  const width = isSteps ? steps : narrow
  const origin = isSteps || widthOf(highest) === width ? 0 : lowest
  base = <f64>(isSteps ? first : origin)
  bytes = (<usize>count) << (<usize>width)
  if (isSteps) writeSteps(from, count, width, to)
  else writeNarrow(from, count, width, origin, to)
  return (isSteps ? STEPS : NARROW) + width
}

function writeNarrow(from: usize, count: i32, width: i32, origin: u32, to: usize): void {
  if (width === 0) {
    for (let i: usize = 0; i < <usize>count; i++) store<u8>(to + i, <u8>(load<u32>(from + (i << 2)) - origin))
  } else {
    for (let i: usize = 0; i < <usize>count; i++) store<u16>(to + (i << 1), <u16>(load<u32>(from + (i << 2)) - origin))
  }
}

function writeSteps(from: usize, count: i32, width: i32, to: usize): void {
  let before = load<u32>(from)
  for (let i: usize = 0; i < <usize>count; i++) {
    const word = load<u32>(from + (i << 2))
    if (width === 0) store<u8>(to + i, <u8>(word - before))
    else store<u16>(to + (i << 1), <u16>(word - before))
    before = word
  }
}

/** Lays bytes down, none where all are the same. @returns which form that is */
export function packBytes(from: usize, count: i32, to: usize): i32 {
  const first: u8 = count === 0 ? 0 : load<u8>(from)
  let isSame = count > 0 && count <= MAX_SAME
  for (let i = 1; i < count && isSame; i++) isSame = load<u8>(from + i) === first
  base = isSame ? <f64>first : 0
  step = isSame ? 0 : 1
  bytes = isSame ? 0 : count
  if (isSame) return SAME
  memory.copy(to, from, count)
  return RAW
}

function isNegativeZero(value: f64): bool {
  return reinterpret<i64>(value) === i64.MIN_VALUE
}

/** Lays whole numbers down as differences to the lowest, in thousands where all are; others as they are. @returns the form */
export function packNumbers(from: usize, count: i32, to: usize): i32 {
  const end = from + ((<usize>count) << 3)
  const first: f64 = count === 0 ? 0 : load<f64>(from)
  let lowest = first
  let highest = first
  let areWhole = count > 0
  let areThousands = true
  const part = <i64>first % 1000
  for (let at = from; at < end; at += 8) {
    const value = load<f64>(at)
    lowest = min(lowest, value)
    highest = max(highest, value)
    areWhole = areWhole && <f64>(<i64>value) === value && abs(value) < 4503599627370496.0 && !isNegativeZero(value)
    areThousands = areThousands && <i64>value % 1000 === part
  }
  base = first
  step = 0
  bytes = 0
  if (areWhole && count <= MAX_SAME && lowest === highest && first !== 0) return SAME
  step = areThousands && highest - lowest >= 256 ? 1000 : 1
  const width = areWhole ? widthOf(<u64>((highest - lowest) / step)) : 3
  if (width === 3) {
    base = 0
    step = 1
    bytes = (<usize>count) << 3
    memory.copy(to, from, bytes)
    return RAW
  }
  base = lowest
  bytes = (<usize>count) << (<usize>width)
  writeDifferences(from, count, width, to)
  return NARROW + width
}

function writeDifferences(from: usize, count: i32, width: i32, to: usize): void {
  const origin = <i64>base
  const unit = <i64>step
  for (let i: usize = 0; i < <usize>count; i++) {
    const difference = <i64>load<f64>(from + (i << 3)) - origin
    const value = <u32>(unit === 1 ? difference : difference / unit)
    if (width === 0) store<u8>(to + i, <u8>value)
    else if (width === 1) store<u16>(to + (i << 1), <u16>value)
    else store<u32>(to + (i << 2), value)
  }
}
