/** Ids of one column that have lost the zeros they began with. */
export type LostZeros = Readonly<{ count: number; lines: readonly number[]; width: number; example: string }>

const SHOWN = 3
const MOST_DIGITS = 24

type Shorter = { count: number; lines: number[]; example: string }

/**
 * Watches the ids of a column for zeros that a spreadsheet took away: among ids of digits, all that begin with a zero have
 * one length, none is longer, and some are shorter and begin with another digit.
 *
 * Source: docs/methods/import.md, "Spreadsheets".
 */
export class ZeroWatch {
  private readonly led = new Set<number>()
  private readonly others = new Map<number, Shorter>()

  look(text: string, line: number): void {
    const { length } = text
    const first = text.charCodeAt(0)
    if (first < 48 || first > 57 || length > MOST_DIGITS || !isDigits(text)) return
    if (first === 48 && length > 1) this.led.add(length)
    else {
      const known = this.others.get(length)
      if (known === undefined) this.others.set(length, { count: 1, lines: [line], example: text })
      else {
        known.count++
        if (known.lines.length < SHOWN) known.lines.push(line)
      }
    }
  }

  /** @returns null where nothing points to lost zeros */
  found(): LostZeros | null {
    const [width = 0] = this.led
    if (this.led.size !== 1 || [...this.others.keys()].some(length => length > width)) return null
    const short = [...this.others].filter(([length]) => length < width)
    if (short.length === 0) return null
    const lines = short.flatMap(([, shorter]) => shorter.lines).toSorted((a, b) => a - b)
    const count = short.reduce((total, [, shorter]) => total + shorter.count, 0)
    const example = short.find(([, shorter]) => shorter.lines.includes(lines[0] ?? 0))?.[1].example ?? ''
    return { count, lines: lines.slice(0, SHOWN), width, example }
  }
}

function isDigits(text: string): boolean {
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 48 || unit > 57) return false
  }
  return true
}
