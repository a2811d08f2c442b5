import { answerOf, type HeldPoint, haveSameColumns, isSameSource, overlayWith } from '#import'
import type { Steps } from '#lib/steps'
import type { HeldFix, HeldOverlay } from '#schema/held'
import type { FilePlan } from '#schema/import'
import { TABLES } from '#schema/tables'
import {
  type HeldEntry,
  type ImportRecord,
  originOfImport,
  type Readable,
  type SettledAnswer,
  settledPages,
  type WaitingRow,
  waitingPages,
} from '#store'
import { pointKey, type RecordAnswer, SettledAnswers } from './settled-answers.ts'

/** What was done about the same before. `from`: the import whose row it was. */
export type KnownAnswer = Readonly<{ from: number; value: string }> &
  Readonly<{ fix: HeldFix; overlay: null } | { fix: null; overlay: HeldOverlay }>

/** An answer without the row that it is for, with the number of rows that it suits. */
type KnownKind = Pick<KnownAnswer, 'from' | 'value' | 'fix'> & Readonly<{ rows: number }>

/** Held rows of one import that share rule and column, and were answered before. */
export type KnownFixes = Readonly<{
  importId: number
  code: string
  column: string
  effect: 'judge' | 'leave-out'
  rows: number
  answers: readonly KnownKind[]
}>

/** Of a rule alone, where one is named. */
export type KnownRule = Readonly<{ code?: string; column?: string }>

/** Says what was done about the same as a row before; null: nothing. */
export type Answerer = (row: WaitingRow) => KnownAnswer | null

/**
 * Rows of an import that are held by the same rule, in the same field and with the same value as rows of older imports of the same source that
 * were fixed; or are the very records that were fixed or left out there. Counted by answer; no row is kept.
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function* knownFixSteps(
  db: Readable,
  record: ImportRecord,
  answer: Answerer | null,
  rule: KnownRule = {},
): Steps<readonly KnownFixes[]> {
  if (answer === null) return []
  const found = new KnownTally(record.importId)
  for (const page of waitingPages(db, { ...rule, importId: record.importId })) {
    for (const row of page) {
      const known = answer(row)
      if (known !== null) found.add(row, known)
    }
    yield
  }
  return found.fixes()
}

/** Reads what was done about held rows of older imports of the same source. Null: there are none. @param imports all of the project */
export function* answererSteps(
  db: Readable,
  record: ImportRecord,
  imports: readonly ImportRecord[],
  rule: KnownRule = {},
): Steps<Answerer | null> {
  const older = olderOf(db, record, imports)
  if (older.size === 0) return null
  const settled = new SettledAnswers()
  for (const importId of [...older.keys()].toSorted((a, b) => a - b))
    for (const page of settledPages(db, { ...rule, importId })) {
      for (const row of page) settled.add(row)
      yield
    }
  return onceEach(
    settled,
    (row, same) => ofRecord(record.plan, older, row, same) ?? ofSameValue(record.plan, older, row, settled),
  )
}

/** One answer for all rows with the same value of whose records the same was said. */
function onceEach(
  settled: SettledAnswers,
  work: (row: WaitingRow, same: RecordAnswer | null) => KnownAnswer | null,
): Answerer {
  const known = new Map<SettledAnswer | null, Map<string, KnownAnswer | null>>()
  return row => {
    const same = settled.ofRecord(row)
    const answers = known.get(same?.answer ?? null) ?? new Map<string, KnownAnswer | null>()
    const name = `${same?.isSameText === true} ${pointKey(row)}`
    const before = answers.get(name)
    if (before !== undefined) return before
    const answer = work(row, same)
    known.set(same?.answer ?? null, answers.set(name, answer))
    return answer
  }
}

/** What is said about a row where its answer is given again. */
export function overlayOfAnswer({ plan }: ImportRecord, entry: HeldEntry, answer: KnownAnswer): HeldOverlay | null {
  return answer.fix === null ? answer.overlay : overlayWith(plan, entry.overlay, answer.fix, entry)
}

export function effectOf({ fix }: KnownAnswer): KnownFixes['effect'] {
  return fix?.kind === 'leave-out' ? 'leave-out' : 'judge'
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

class KnownTally {
  private readonly importId: number
  private readonly groups = new Map<string, Omit<KnownFixes, 'answers'> & { rows: number }>()
  private readonly kinds = new Map<string, Map<string, Mutable<KnownKind>>>()

  constructor(importId: number) {
    this.importId = importId
  }

  add({ code, column }: HeldPoint, answer: KnownAnswer): void {
    const { importId } = this
    const { value, fix, from } = answer
    const effect = effectOf(answer)
    const name = JSON.stringify([code, column, effect])
    const group = this.groups.get(name) ?? { importId, code, column, effect, rows: 0 }
    const kinds = this.kinds.get(name) ?? new Map<string, Mutable<KnownKind>>()
    const kindName = JSON.stringify([value, fix, from])
    const kind = kinds.get(kindName) ?? { value, fix, from, rows: 0 }
    group.rows++
    kind.rows++
    this.groups.set(name, group)
    this.kinds.set(name, kinds.set(kindName, kind))
  }

  fixes(): readonly KnownFixes[] {
    return [...this.groups].map(([name, group]) => ({ ...group, answers: [...(this.kinds.get(name)?.values() ?? [])] }))
  }
}

/** Imports of the same source that were published before and held rows, by id. */
function olderOf(
  db: Readable,
  { importId, plan, publishedNo, table }: ImportRecord,
  imports: readonly ImportRecord[],
): ReadonlyMap<number, FilePlan> {
  const before = imports.filter(
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

/** UTF-16 code units of a record that tell which it is. */
const MOST_TOLD = 60

/** What was done about the same record: all of it where its text is the same to the byte, else what was said of the cell at fault. */
function ofRecord(plan: FilePlan, older: Plans, row: WaitingRow, same: RecordAnswer | null): KnownAnswer | null {
  if (same === null) return null
  const { answer, isSameText } = same
  const common = { from: answer.importId, value: row.value }
  // Of a record as a whole no value is at fault: it is told by how it begins.
  const told = row.column === '' && row.value === '' ? { ...common, value: row.raw.slice(0, MOST_TOLD) } : common
  if (answer.state === 'left-out') return { ...told, fix: { kind: 'leave-out' }, overlay: null }
  const before = older.get(answer.importId)
  if (before === undefined || answer.overlay === null) return null
  const overlay = overlayIn(answer.overlay)
  const fix = answerOf(before, overlay, row)
  if (fix !== null && !(isOfKey(plan, row) && !isSameText)) return { ...common, fix, overlay: null }
  const isWhole = isSameText && haveSameColumns(before, plan)
  return isWhole ? { ...told, fix: null, overlay } : null
}

/** What was done about the same value. Of a key it says nothing: it would make one row of several. */
function ofSameValue(plan: FilePlan, older: Plans, row: HeldPoint, settled: SettledAnswers): KnownAnswer | null {
  const answer = isOfKey(plan, row) ? null : settled.ofValue(row)
  const before = older.get(answer?.importId ?? 0)
  if (answer?.overlay == null || before === undefined) return null
  const fix = answerOf(before, overlayIn(answer.overlay), row)
  return fix === null ? null : { from: answer.importId, value: row.value, fix, overlay: null }
}

function overlayIn(text: string): HeldOverlay {
  return JSON.parse(text) as HeldOverlay // written by addHeldSteps
}

function isOfKey({ table }: FilePlan, { column }: HeldPoint): boolean {
  return table !== null && (TABLES[table].key as readonly string[]).includes(column)
}
