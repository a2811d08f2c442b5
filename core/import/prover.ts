import type { FilePlan, HeldCode, ImportNote, ImportOptions, Reading } from '#schema/import'
import type { ColumnReader } from './column-reader.ts'
import { correctionsOf, type Question, questionsOf, shownReadings } from './judgement.ts'
import { notesOf } from './reader.ts'
import { createRecordSource } from './records/record-source.ts'
import { RowReader } from './row-reader.ts'

/** What the whole of one column says about one field. */
export type FieldProof = Readonly<{
  field: string
  type: string
  isRequired: boolean
  /** Headers or paths that it is read from; empty: a constant. */
  from: readonly string[]
  filled: number
  missing: number
  /** What cannot be read, by rule: how often, and the first lines and values. */
  faults: readonly FieldFault[]
  /** How it is read, where its type leaves a choice. */
  reading: Reading | null
  /** How many of its values each reading fits. */
  counts: Readonly<Record<string, number>>
  /** Its values with how often they occur, most frequent first; null where there are very many. */
  values: readonly ProvenValue[] | null
  samples: readonly string[]
}>
/** A value of a column as it is written, how often it occurs, and whether it cannot be read. */
export type ProvenValue = Readonly<{ value: string; count: number; isFault?: true }>
export type FieldFault = Readonly<{
  code: HeldCode
  count: number
  lines: readonly number[]
  values: readonly string[]
}>

/** What a whole file says about how it is to be read; nothing is loaded. read = readable + held + skipped */
export type FileProof = Readonly<{
  read: number
  readable: number
  held: number
  skipped: number
  fields: readonly FieldProof[]
  /** Faults of whole records. */
  faults: readonly FieldFault[]
  questions: readonly Question[]
  notes: readonly ImportNote[]
  plan: FilePlan
  /** Do all rows together show another reading than the plan has? Then it is to be proved again with `plan`. */
  isRedo: boolean
}>

/** Proves one file from its bytes, in chunks of any size. */
export type FileProver = Readonly<{ push(chunk: Uint8Array): void; end(): FileProof }>

/** Different values that are counted per column; of one with more, only the first ones are samples. */
const MOST_VALUES = 200
const SHOWN_LINES = 5
const SAMPLES = 5
const LONGEST = 200

/**
 * Reads a whole file by its plan and says what every column of it proves: how many cells are filled, how they can be read,
 * what is wrong with those that cannot, which values there are. No sampling, and nothing is kept.
 *
 * @param plan a plan with a table
 * @param options the same that the plan was made with
 * @throws AppError `import/not-readable` where a JSON document is broken between its records; `usage/bad-argument`
 *
 * Source: docs/methods/import.md, "Inspecting".
 */
export function createProver(plan: FilePlan, options: ImportOptions): FileProver {
  const tallies = new Map<string, FieldTally>()
  const whole = new Map<HeldCode, FaultTally>()
  const { table } = plan
  if (table === null) throw new Error('only a file of a table is proved')
  const rows = new RowReader({
    plan,
    table,
    options,
    sink: {
      entities() {},
      events() {},
      held(run) {
        for (const { code, column, line, raw } of run) if (column === '') countFault(whole, code, line, cut(raw))
      },
    },
    onHeld() {},
    onCell(reader, text, line, fault) {
      const tally = tallies.get(reader.column) ?? newTally()
      tallies.set(reader.column, tally)
      countCell(tally, text, line, fault)
    },
  })
  const source = createRecordSource(plan, rows)
  return {
    push(chunk) {
      rows.escapeEvidence.chunk(chunk)
      source.push(chunk)
    },
    end() {
      source.end()
      rows.flush()
      const { read, emitted: readable, held, skipped } = rows.counts
      const questions = questionsOf(rows.readers)
      const wrong = correctionsOf(plan, rows.readers)
      const backslashes = rows.escapeEvidence.correction()
      const readings = wrong?.readings ?? { ...shownReadings(rows.readers, rows.columns), ...plan.readings }
      return {
        read,
        readable,
        held,
        skipped,
        fields: fieldsOf(rows, plan, tallies),
        faults: faultsOf(whole),
        questions,
        notes: notesOf(plan, rows),
        plan: { ...plan, columns: rows.columns, ...(backslashes === null ? { readings } : { escape: backslashes }) },
        isRedo: backslashes !== null || wrong !== null,
      }
    },
  }
}

type FaultTally = { count: number; lines: number[]; values: string[] }
type FieldTally = {
  filled: number
  missing: number
  faults: Map<HeldCode, FaultTally>
  values: Map<string, number>
  /** Those of them that cannot be read. */
  faulty: Set<string>
  isMany: boolean
}

function newTally(): FieldTally {
  return { filled: 0, missing: 0, faults: new Map(), values: new Map(), faulty: new Set(), isMany: false }
}

function countCell(tally: FieldTally, text: string, line: number, fault: HeldCode | null): void {
  if (fault !== null) countFault(tally.faults, fault, line, cut(text))
  if (text === '' || fault === 'value/missing') {
    tally.missing++
    return
  }
  tally.filled++
  const known = tally.values.get(text)
  if (known !== undefined) tally.values.set(text, known + 1)
  else if (tally.values.size < MOST_VALUES && text.length <= LONGEST) tally.values.set(text, 1)
  else tally.isMany = true
  if (fault !== null && tally.values.has(text)) tally.faulty.add(text)
}

function countFault(faults: Map<HeldCode, FaultTally>, code: HeldCode, line: number, value: string): void {
  const tally = faults.get(code) ?? { count: 0, lines: [], values: [] }
  faults.set(code, tally)
  tally.count++
  if (tally.lines.length >= SHOWN_LINES) return
  tally.lines.push(line)
  tally.values.push(value)
}

function faultsOf(faults: ReadonlyMap<HeldCode, FaultTally>): readonly FieldFault[] {
  const listed = [...faults].map(([code, tally]) => ({ code, ...tally }))
  return listed.toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

function fieldsOf(rows: RowReader, plan: FilePlan, tallies: ReadonlyMap<string, FieldTally>): readonly FieldProof[] {
  const sources = sourcesOf(plan, rows)
  return [...rows.readers.values()].flatMap((reader): FieldProof[] => {
    const from = sources.get(reader.column)
    return from === undefined ? [] : [fieldProof(reader, from, tallies.get(reader.column) ?? newTally())]
  })
}

function fieldProof(reader: ColumnReader, from: readonly string[], tally: FieldTally): FieldProof {
  const verdict = reader.verdict()
  const values = [...tally.values].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const { column: field, type, isRequired } = reader
  return {
    field,
    type,
    isRequired,
    from,
    filled: tally.filled,
    missing: tally.missing,
    faults: faultsOf(tally.faults),
    reading: verdict?.reading ?? null,
    counts: reader.counts(),
    values: tally.isMany
      ? null
      : values.map(([value, count]) => ({ value, count, ...(tally.faulty.has(value) ? { isFault: true } : {}) })),
    samples: [...tally.values.keys()].slice(0, SAMPLES),
  }
}

function sourcesOf(plan: FilePlan, rows: RowReader): ReadonlyMap<string, readonly string[]> {
  const derived = plan.derived ?? []
  const worked = new Set(derived.map(({ column }) => column))
  const plain = rows.columns.flatMap(({ header, column }) =>
    column === null || worked.has(column) ? [] : [[column, [header]] as const],
  )
  const paths = derived.map(
    ({ column, from }) => [column, from.map(source => (typeof source === 'string' ? source : source.path))] as const,
  )
  return new Map<string, readonly string[]>([...plain, ...paths])
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
}
