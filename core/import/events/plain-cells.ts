/** Does a cell certainly mean itself, so that the reference need not be asked about it? */
export type PlainCell = (bytes: Uint8Array, start: number, end: number) => boolean

/** An id: longer than a spelling of "nothing", no blanks around it, nothing a spreadsheet made. */
export const isPlainId: PlainCell = (bytes, start, end) => {
  if (end - start < 6) return start === end
  // Within range: at least six bytes.
  const head = bytes[start] as number
  const tail = bytes[end - 1] as number
  if (head <= 35 || head >= 127 || tail <= 32 || tail >= 127) return false
  const second = bytes[start + 1]
  const isRounded = second === 46 || second === 44 || ((second === 69 || second === 101) && bytes[start + 2] === 43)
  return !isRounded || head > 57
}

/** An address of digits and points, or any text that begins and ends with a digit: no spelling of "nothing" does. */
export const isPlainIp: PlainCell = (bytes, start, end) => isDigit(bytes[start]) && isDigit(bytes[end - 1])

/** Nothing is certain. */
export const isNeverPlain: PlainCell = () => false

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57
}
