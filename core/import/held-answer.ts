import type { HeldFix, HeldOverlay } from '#schema/held'
import type { FilePlan } from '#schema/import'
import { PATTERN, positionOf } from './held-fix.ts'

/**
 * The fix that an overlay comes to where it is about the cell at fault alone, or about the shape of the record: what may be said of another
 * row with the same value.
 *
 * @param plan of the file whose row it was said of
 * @param point column and value at fault, as they were read
 * @returns null where more was said, or something else
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function answerOf(
  plan: FilePlan,
  { cells, fields, readings, shape, ...others }: HeldOverlay,
  { column, value }: Readonly<{ column: string; value: string }>,
): HeldFix | null {
  const said = [cells, fields, readings, shape, ...Object.values(others)].filter(each => each !== undefined)
  if (said.length !== 1) return null
  if (shape !== undefined) return { kind: shape }
  const to = onlyOf(cells, String(positionOf(plan, column))) ?? onlyOf(fields, column)
  if (to !== null) return { kind: 'replace', value, to }
  const as = onlyOf(readings, column)
  if (as === null) return null
  if (as.startsWith(PATTERN)) return { kind: 'pattern', pattern: as.slice(PATTERN.length) }
  return { kind: 'read', as: as as Extract<HeldFix, { kind: 'read' }>['as'] } // written by overlayWith
}

/** Does an overlay of a row of one file mean the same in another? Its cells are named by their place. */
export function haveSameColumns(one: FilePlan, other: FilePlan): boolean {
  return (
    one.columns.length === other.columns.length &&
    one.columns.every(({ header, column }, at) => {
      const there = other.columns[at]
      return there?.header === header && there.column === column
    })
  )
}

function onlyOf(texts: Readonly<Record<string, string>> | undefined, name: string): string | null {
  if (texts === undefined || Object.keys(texts).length !== 1) return null
  return texts[name] ?? null
}
