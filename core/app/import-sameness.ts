import { canonicalJson } from '#lib/hash'
import type { FilePlan, ImportOptions } from '#schema/import'

/**
 * Would the same bytes be read in the same way as they were before? By another mapping or other answers they are other rows.
 * An encoding that changes no byte's reading is no other answer. Columns that JSON records first had later are no difference.
 */
export function isSamePlan(before: FilePlan, now: FilePlan, options: ImportOptions): boolean {
  const columns = before.columns.slice(0, now.columns.length)
  const own = answersOf(now) ?? options
  const answers = before.options === undefined || canonicalJson(answersOf(before)) === canonicalJson(own)
  return answers && canonicalJson(readingOf({ ...before, columns })) === canonicalJson(readingOf(now))
}

/** The answers that count for a file: not an encoding that it is not in, or that reads its bytes as they are read anyway. */
function answersOf({ options, notIn }: FilePlan): ImportOptions | undefined {
  if (options === undefined || notIn === undefined) return options
  const { encoding: _notItsOwn, ...others } = options
  return others
}

function readingOf({ columns, derived = [], when = [], dropsOthers = false }: FilePlan): unknown {
  const read = columns.map(({ header, column, match, settings }) => [
    header,
    column,
    match === 'dropped',
    settings ?? null,
  ])
  return [read, derived, when, dropsOthers]
}
