/** Values of some rows, in the order of their numbers. `rows` has a word per row, `to` room for the values. */

export function gatherBytes(from: usize, rows: usize, count: i32, to: usize): void {
  for (let i = 0; i < count; i++) store<u8>(to + i, load<u8>(from + load<u32>(rows + ((<usize>i) << 2))))
}

export function gatherWords(from: usize, rows: usize, count: i32, to: usize): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    store<u32>(to + i, load<u32>(from + ((<usize>load<u32>(rows + i)) << 2)))
  }
}

export function gatherNumbers(from: usize, rows: usize, count: i32, to: usize): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    store<u64>(to + (i << 1), load<u64>(from + ((<usize>load<u32>(rows + i)) << 3)))
  }
}

/** Four words each. */
export function gatherFours(from: usize, rows: usize, count: i32, to: usize): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    v128.store(to + (i << 2), v128.load(from + ((<usize>load<u32>(rows + i)) << 4)))
  }
}

/** Adds a number to each of some words that is not 0. */
export function shiftWords(at: usize, count: i32, by: u32): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const word = load<u32>(at + i)
    store<u32>(at + i, word === 0 ? 0 : word + by)
  }
}

/** How many of some numbers are there: not NaN. */
export function countNumbers(at: usize, count: i32): i32 {
  let there = 0
  for (let i: usize = 0; i < (<usize>count) << 3; i += 8) there += i32(!isNaN(load<f64>(at + i)))
  return there
}

/** Brings the numbers that are there to the front. @param rows receives the place of each, a word. @returns how many */
export function keepNumbers(at: usize, count: i32, rows: usize): i32 {
  let to: usize = 0
  for (let i: u32 = 0; i < <u32>count; i++) {
    const value = load<f64>(at + ((<usize>i) << 3))
    store<f64>(at + (to << 3), value)
    store<u32>(rows + (to << 2), i)
    to += usize(!isNaN(value))
  }
  return <i32>to
}
