import type { ImportOptions } from '#schema/import'
import { DelimitedRecords } from './delimited-records.ts'
import { EscapeEvidence } from './escape-evidence.ts'
import { createRecordSource, type Layout } from './records/record-source.ts'

/**
 * A layout with what backslashes are: what was said, or else that they escape, where the head cannot be read whole without
 * and can be with it. The whole file may still say otherwise.
 *
 * @param layout of a file that is read plainly so far
 * @param head the beginning of the file as UTF-8
 * @param isWhole is that all of it?
 *
 * Source: docs/methods/import.md, "Backslashes".
 */
export function withEscape(
  layout: Layout,
  head: Uint8Array,
  isWhole: boolean,
  { escape: said }: Pick<ImportOptions, 'escape'>,
): Layout {
  if (layout.format !== 'csv') return layout
  if (said !== undefined) return { ...layout, escape: said }
  if (!head.includes(BACKSLASH) || evidenceOf(layout, head, isWhole).correction() === null) return layout
  const escaped: Layout = { ...layout, escape: 'backslash' }
  return evidenceOf(escaped, head, isWhole).correction() === null ? escaped : layout
}

const BACKSLASH = 92

function evidenceOf(layout: Layout, head: Uint8Array, isWhole: boolean): EscapeEvidence {
  const evidence = new EscapeEvidence(layout)
  const broken = (record: Parameters<EscapeEvidence['broken']>[0]): void => evidence.broken(record)
  let records: DelimitedRecords | null = null
  const source = createRecordSource(layout, {
    fields(cells, line, raw, i) {
      records ??= new DelimitedRecords(cells.length, null, { row() {}, broken, skipped() {} })
      records.fields(cells, line, raw, i)
    },
    object() {},
    broken,
    blank() {},
    encoding() {},
    escapes: (line, seen) => evidence.escapes(line, seen),
  })
  evidence.chunk(head)
  source.push(head)
  // Records that are cut off by the end of the head are not broken.
  if (isWhole) source.end()
  return evidence
}
