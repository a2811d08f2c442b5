/** Marks of what a cell has. */
export const QUOTED = 1
export const BEYOND_ASCII = 2

/** Marks by code unit: quote, comma, CR and LF put a cell in quotes. */
const MARKS = Uint8Array.from({ length: 128 }, (_, unit) =>
  ['"', ',', '\r', '\n'].includes(String.fromCharCode(unit)) ? QUOTED : 0,
)

/**
 * Reads cells once, character by character: 64 bits that tell rows apart, no protection against an adversary, and what the cells have in
 * them.
 *
 * Source: docs/methods/export.md, "Keys".
 */
export class CellScan {
  private a = 0x811c9dc5
  private b = 0x9e3779b9

  /** Begins a row. */
  begin(): void {
    this.a = 0x811c9dc5
    this.b = 0x9e3779b9
  }

  /** Takes a cell into the bits. @returns its marks */
  add(cell: string): number {
    let { a, b } = this
    let marks = 0
    for (let i = 0; i < cell.length; i++) {
      const unit = cell.charCodeAt(i)
      a = Math.imul(a ^ unit, 0x01000193)
      b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13)
      marks |= unit < 128 ? (MARKS[unit] as number) : BEYOND_ASCII // 128 marks
    }
    this.a = Math.imul(a ^ 0x10000, 0x01000193)
    this.b = Math.imul(b ^ 0x10000, 0xc2b2ae35) ^ (b >>> 15)
    return marks
  }

  /** The bits of the row so far as 16 hex digits. */
  get fingerprint(): string {
    const { a, b } = this
    // One text, not pieces that are put together: a delivery holds one for each of its records.
    return String.fromCharCode(
      digit(a, 28),
      digit(a, 24),
      digit(a, 20),
      digit(a, 16),
      digit(a, 12),
      digit(a, 8),
      digit(a, 4),
      digit(a, 0),
      digit(b, 28),
      digit(b, 24),
      digit(b, 20),
      digit(b, 16),
      digit(b, 12),
      digit(b, 8),
      digit(b, 4),
      digit(b, 0),
    )
  }
}

/** Code unit of a hex digit. */
function digit(half: number, shift: number): number {
  const value = (half >>> shift) & 15
  return value < 10 ? 0x30 + value : 0x57 + value
}

/**
 * Bits that tell rows apart, as 16 hex digits.
 *
 * @param cells of the columns that do not change with every export, in their order
 *
 * Source: docs/methods/export.md, "Keys".
 */
export function rowFingerprint(cells: readonly string[]): string {
  const scan = new CellScan()
  for (const cell of cells) scan.add(cell)
  return scan.fingerprint
}

/**
 * Marks of a cell that is no part of the bits.
 *
 * Source: docs/methods/export.md, "Keys".
 */
export function marksOf(cell: string): number {
  let marks = 0
  for (let i = 0; i < cell.length; i++) {
    const unit = cell.charCodeAt(i)
    marks |= unit < 128 ? (MARKS[unit] as number) : BEYOND_ASCII // 128 marks
  }
  return marks
}
