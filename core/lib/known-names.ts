import { compareCodePoints } from './text.ts'

const MOST_NAMED = 8

/**
 * Names that there are, those spelt most like one that there is not first.
 *
 *   distance = characters to insert, take out, replace or swap with the next one, without case; ties in code-point order
 *
 * @param wanted the name that is not known
 * @param known  names that are; one that occurs twice is named once
 */
export function nearestNames(wanted: string, known: readonly string[]): readonly string[] {
  const text = wanted.toLowerCase()
  const distances = new Map(known.map(name => [name, editDistance(text, name.toLowerCase())]))
  const of = (name: string): number => distances.get(name) ?? 0
  return [...distances.keys()].sort((a, b) => of(a) - of(b) || compareCodePoints(a, b))
}

/**
 * What an error says of the names that there are: the nearest eight, and how many more.
 *
 * @returns `known: sdr, csm, ae and 4 more`, or that there are none
 */
export function knownNames(wanted: string, known: readonly string[]): string {
  const sorted = nearestNames(wanted, known)
  if (sorted.length === 0) return 'there are none'
  const more = sorted.length > MOST_NAMED ? ` and ${sorted.length - MOST_NAMED} more` : ''
  return `known: ${sorted.slice(0, MOST_NAMED).join(', ')}${more}`
}

/** Optimal string alignment, row by row. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      // Within range: rows are as long as b and one more.
      const isSame = a[i - 1] === b[j - 1]
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const beside = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1)
      const across = Math.min(
        (last[j - 1] as number) + (isSame ? 0 : 1),
        isSwap ? (before[j - 2] as number) + 1 : beside,
      )
      row.push(Math.min(beside, across))
    }
    before = last
    last = row
  }
  return last[b.length] as number
}
