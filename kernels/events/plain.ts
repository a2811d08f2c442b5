/** Does a cell certainly mean itself, so that the reference need not be asked about it? */

export const NEVER: i32 = 0
export const IDS: i32 = 1
export const ADDRESSES: i32 = 2

export function isPlain(kind: i32, start: usize, end: usize): bool {
  if (kind === IDS) return isPlainId(start, end)
  return kind === ADDRESSES && isDigit(load<u8>(start)) && isDigit(load<u8>(end - 1))
}

/** An id: longer than a spelling of "nothing", no blanks around it, nothing a spreadsheet made, no `$device:` of an anonymous one. */
export function isPlainId(start: usize, end: usize): bool {
  if (end - start < 6) return start === end
  const head = load<u8>(start)
  const tail = load<u8>(end - 1)
  if (head <= 36 || head >= 127 || tail <= 32 || tail >= 127) return false
  const second = load<u8>(start, 1)
  const isRounded = second === 46 || second === 44 || ((second | 32) === 101 && load<u8>(start, 2) === 43)
  return !isRounded || head > 57
}

export function isDigit(byte: u8): bool {
  return byte - 48 < 10
}
