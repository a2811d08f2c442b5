import { answerOf, type HeldPoint, haveSameColumns, isSameSource, overlayWith } from '#import'
import type { HeldFix, HeldOverlay } from '#schema/held'
import type { FilePlan } from '#schema/import'
import { TABLES } from '#schema/tables'
import {
  fixedValues,
  type HeldEntry,
  type ImportRecord,
  listImports,
  originOfImport,
  type Readable,
  type SettledAnswer,
  type WaitingRow,
  waitingRows,
} from '#store'

/** What was done about the same before. `from`: the import whose row it was. */
export type KnownAnswer = Readonly<{ from: number; value: string }> &
  Readonly<{ fix: HeldFix; overlay: null } | { fix: null; overlay: HeldOverlay }>

/** Held rows of one import that share rule and column, and were answered before. */
export type KnownFixes = Readonly<{
  importId: number
  code: string
  column: string
  effect: 'judge' | 'leave-out'
  answers: ReadonlyMap<number, KnownAnswer>
}>

/**
 * Rows of an import that are held by the same rule, in the same field and with the same value as rows of older imports of the same source that
 * were fixed; or are the very records that were fixed or left out there.
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function knownFixes(db: Readable, record: ImportRecord): readonly KnownFixes[] {
  const older = olderOf(db, record)
  if (older.size === 0) return []
  const ids = [...older.keys()]
  const ofValue = new Map(fixedValues(db, ids).map(answer => [pointKey(answer), answer]))
  const found = new Map<string, KnownFixes & { answers: Map<number, KnownAnswer> }>()
  for (const row of waitingRows(db, record.importId, ids)) {
    const answer = ofRecord(record.plan, older, row) ?? ofSameValue(record.plan, older, row, ofValue)
    if (answer === null) continue
    const { heldId, code, column } = row
    const effect = answer.fix?.kind === 'leave-out' ? 'leave-out' : 'judge'
    const name = JSON.stringify([code, column, effect])
    const known = found.get(name) ?? { importId: record.importId, code, column, effect, answers: new Map() }
    known.answers.set(heldId, answer)
    found.set(name, known)
  }
  return [...found.values()]
}

/** What is said about a row where its answer is given again. */
export function overlayOfAnswer({ plan }: ImportRecord, entry: HeldEntry, answer: KnownAnswer): HeldOverlay | null {
  return answer.fix === null ? answer.overlay : overlayWith(plan, entry.overlay, answer.fix, entry)
}

/** Imports of the same source that were published before and held rows, by id. */
function olderOf(db: Readable, { importId, plan, publishedNo, table }: ImportRecord): ReadonlyMap<number, FilePlan> {
  const before = listImports(db).filter(
    other =>
      other.status === 'published' &&
      other.table === table &&
      other.held > 0 &&
      (other.publishedNo ?? 0) < (publishedNo ?? 0),
  )
  const alike = before.filter(other => other.importId !== importId && isSameSource(other.plan, plan))
  return new Map(
    alike.filter(other => originOfImport(db, other.importId) === null).map(other => [other.importId, other.plan]),
  )
}

type Plans = ReadonlyMap<number, FilePlan>

/** What was done about the same record: all of it where its text is the same to the byte, else what was said of the cell at fault. */
function ofRecord(plan: FilePlan, older: Plans, { ofRecord: answer, ...row }: WaitingRow): KnownAnswer | null {
  if (answer === null) return null
  const common = { from: answer.importId, value: row.value }
  // Of a record as a whole no value is at fault: it is told by how it begins.
  const told = row.column === '' && row.value === '' ? { ...common, value: row.excerpt } : common
  if (answer.state === 'left-out') return { ...told, fix: { kind: 'leave-out' }, overlay: null }
  const before = older.get(answer.importId)
  if (before === undefined || answer.overlay === null) return null
  const fix = answerOf(before, answer.overlay, row)
  if (fix !== null && !(isOfKey(plan, row) && !answer.isSameText)) return { ...common, fix, overlay: null }
  const isWhole = answer.isSameText && haveSameColumns(before, plan)
  return isWhole ? { ...told, fix: null, overlay: answer.overlay } : null
}

/** What was done about the same value. Of a key it says nothing: it would make one row of several. */
function ofSameValue(
  plan: FilePlan,
  older: Plans,
  row: HeldPoint,
  ofValue: ReadonlyMap<string, HeldPoint & SettledAnswer>,
): KnownAnswer | null {
  const answer = ofValue.get(pointKey(row))
  const before = older.get(answer?.importId ?? 0)
  if (answer?.overlay == null || before === undefined || isOfKey(plan, row)) return null
  const fix = answerOf(before, answer.overlay, row)
  return fix === null ? null : { from: answer.importId, value: row.value, fix, overlay: null }
}

function isOfKey({ table }: FilePlan, { column }: HeldPoint): boolean {
  return table !== null && (TABLES[table].key as readonly string[]).includes(column)
}

function pointKey({ code, column, value }: HeldPoint): string {
  return JSON.stringify([code, column, value])
}
