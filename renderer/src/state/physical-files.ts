import { physicalFiles } from '#contract/physical-files'
import { sum } from '#lib/num'

type HeldPart = Readonly<{ held: number; heldRules: readonly Readonly<{ code: string; count: number }>[] }>
type ReadPart = Parameters<typeof physicalFiles>[0][number] & HeldPart & Readonly<{ read: number }>

/** Records of the files, and how many of them are held by a table at least; a record that feeds several counts once. */
export function recordCounts(parts: readonly ReadPart[]): Readonly<{ read: number; held: number }> {
  const files = physicalFiles(parts)
  return {
    read: sum(files.map(tables => Math.max(...tables.map(({ read }) => read)))),
    held: sum(files.map(heldOnce)),
  }
}

/** Rules about the text of a record, before it is known what table it is for: each table of the file holds the same records. */
function isOfText(code: string): boolean {
  return code.startsWith('row/') && code !== 'row/no-subject' && code !== 'row/total'
}

/** Records of one file that are held by a table at least. */
export function heldOnce(tables: readonly HeldPart[]): number {
  if (tables.length === 0) return 0
  const broken = tables.map(({ heldRules }) =>
    sum(heldRules.filter(({ code }) => isOfText(code)).map(({ count }) => count)),
  )
  const all = sum(tables.map(({ held }) => held))
  return all - sum(broken) + Math.max(...broken)
}
