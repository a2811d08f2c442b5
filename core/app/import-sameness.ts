import { canonicalJson } from '#lib/hash'
import type { FilePlan, ImportOptions } from '#schema/import'

/**
 * Would the same bytes be read in the same way as they were before? By another mapping or other answers they are other rows.
 * Columns that JSON records first had later are no difference.
 */
export function isSamePlan(before: FilePlan, now: FilePlan, options: ImportOptions): boolean {
  const columns = before.columns.slice(0, now.columns.length)
  const answers = before.options === undefined || canonicalJson(before.options) === canonicalJson(options)
  return answers && canonicalJson(readingOf({ ...before, columns })) === canonicalJson(readingOf(now))
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
