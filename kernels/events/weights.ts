import { endsOf, isBad, rowCount, startsOf } from './block'

const MOST_DIGITS: usize = 15

/**
 * Reads whole numbers of up to fifteen digits; an empty cell is NaN.
 *
 * @param values receives a number per row
 * @param kinds receives 1 for rows to be asked about, else 0
 * @returns how many are to be asked about
 */
export function lookWeights(field: i32, values: usize, kinds: usize): i32 {
  const count = rowCount()
  const starts = startsOf(field)
  const ends = endsOf(field)
  let asked = 0
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2
    const start = <usize>load<u32>(starts + at)
    const end = <usize>load<u32>(ends + at)
    const value = start === end ? NaN : wholeNumber(start, end)
    const isAsked = start !== end && isNaN(value) && !isBad(row)
    store<f64>(values + (at << 1), value)
    store<u8>(kinds + row, isAsked ? 1 : 0)
    if (isAsked) asked++
  }
  return asked
}

function wholeNumber(start: usize, end: usize): f64 {
  const from = load<u8>(start) === 45 ? start + 1 : start
  if (from >= end || end - from > MOST_DIGITS) return NaN
  let value: i64 = 0
  for (let at = from; at < end; at++) {
    const digit = <u32>load<u8>(at) - 48
    if (digit > 9) return NaN
    value = 10 * value + digit
  }
  return from === start ? <f64>value : <f64>-value
}
