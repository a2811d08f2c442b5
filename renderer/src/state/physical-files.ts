import { physicalFiles } from '#contract/physical-files'
import { sum } from '#lib/num'

type HeldPart = Readonly<{ held: number; heldRules: readonly Readonly<{ code: string; count: number }>[] }>
type ListedPart = Parameters<typeof physicalFiles>[0][number] &
  Readonly<{ undoneAt: number | null; madeOf?: number | undefined }>
type ReadPart = Parameters<typeof physicalFiles>[0][number] & HeldPart & Readonly<{ read: number }>

/** Files that count in the project: one that feeds several tables once; none that was undone, and no fix of held rows. */
export function filesThatCount(list: readonly ListedPart[]): number {
  return physicalFiles(list.filter(({ undoneAt, madeOf }) => undoneAt === null && madeOf === undefined)).length
}

type Since = Readonly<{ importId: number; held: number; heldNow?: HeldNow | undefined }>
/** What held rows have come to: all of them. */
export type HeldNow = Readonly<{ held: number; leftOut: number; fixed: number; superseded: number }>

/** What the rows that these imports held have come to by now. */
export function heldSince(list: readonly Since[]): HeldNow {
  const of = (pick: keyof HeldNow): number =>
    sum(list.map(({ held, heldNow }) => heldNow?.[pick] ?? (pick === 'held' ? held : 0)))
  return { held: of('held'), leftOut: of('leftOut'), fixed: of('fixed'), superseded: of('superseded') }
}

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
