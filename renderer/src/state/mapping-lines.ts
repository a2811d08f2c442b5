import type { ReadAs } from '#schema/encodings'
import type { FileMapping, MappedField } from '#schema/mapping'
import type { TableName } from '#schema/tables'
import { type BoardEntry, type FilePlan, type KeyDoubt, mappingOf, openDoubts, type Proof } from './mapping-board.ts'
import { fieldsOf, missingFields, normalName, sourcePath } from './mapping-edits.ts'

export type TableProof = Proof['tables'][number]
export type FieldProof = TableProof['fields'][number]
export type Question = TableProof['questions'][number]
export type Fault = FieldProof['faults'][number]
export type Note = TableProof['notes'][number]

/** One column of a file and what it fills; or a field that no column of the file fills by itself. */
export type Line = Readonly<{
  /** Stays the same when the line comes to fill another field. */
  id: string
  tableNo: number
  table: TableName
  header: string | null
  /** `field`: fills one; `custom`: kept beside; `dropped`, `secret`: left out. */
  use: 'field' | 'custom' | 'dropped' | 'secret'
  field: string | null
  mapped: MappedField | null
  /** Other places that the field is read from. */
  others: readonly string[]
  type: string
  isRequired: boolean
  /** Recognised by its name or by what the file was recognised as, and nothing speaks against it. */
  isSure: boolean
  samples: readonly string[]
  proof: FieldProof | null
  /** What only the analyst can answer. */
  question: Question | null
  faults: readonly Fault[]
  notes: readonly Note[]
}>

/** Another column has the ids by which other files name the records of this one, or a column names none that are known. */
export type KeyAsk = Readonly<{ kind: 'key'; line: Line; doubt: KeyDoubt }>

/** What keeps a file from being imported until somebody says something. */
export type Ask =
  | Readonly<{ kind: 'reading'; line: Line; question: Question }>
  | KeyAsk
  | Readonly<{ kind: 'missing'; tableNo: number; table: TableName; field: string }>
  | Readonly<{ kind: 'encoding'; readings: readonly ReadAs[] }>
  | Readonly<{ kind: 'mostly-held'; tableNo: number; held: number; read: number }>
  | Readonly<{ kind: 'unreadable'; message: string }>

export type TableLines = Readonly<{
  tableNo: number
  table: TableName
  proof: TableProof | null
  lines: readonly Line[]
  missing: readonly string[]
}>

type Ground = Readonly<{ plan: FilePlan; entry: BoardEntry; mapping: FileMapping }>

/** Every table that a file feeds, with its columns in the order of the file. */
export function tableLines(plan: FilePlan, entry: BoardEntry): readonly TableLines[] {
  const mapping = mappingOf(plan, entry)
  if (mapping === null) return []
  const ground: Ground = { plan, entry, mapping }
  return mapping.tables.map((table, tableNo) => {
    const found = entry.proof?.tables[tableNo]
    const proof = found?.table === table.table ? found : null
    return { tableNo, table: table.table, proof, lines: linesOf(ground, tableNo, proof), missing: missingFields(table) }
  })
}

function linesOf(ground: Ground, tableNo: number, proof: TableProof | null): readonly Line[] {
  const { plan, mapping } = ground
  const table = mapping.tables[tableNo]
  if (table === undefined) return []
  const places = new Map(plan.columns.map(({ header }, place) => [header, place]))
  const lines = table.fields.map(mapped => fieldLine(ground, mapped, { table, tableNo, places, proof }))
  if (tableNo > 0) return lines.toSorted((a, b) => placeOf(a, places) - placeOf(b, places))
  const read = new Set(mapping.tables.flatMap(({ fields }) => fields.flatMap(({ from }) => from.map(sourcePath))))
  const rest = plan.columns.filter(({ header }) => !read.has(header)).map(column => restLine(ground, column, table))
  return [...lines, ...rest].toSorted((a, b) => placeOf(a, places) - placeOf(b, places))
}

const placeOf = ({ header }: Line, places: ReadonlyMap<string, number>): number =>
  header === null ? places.size : (places.get(header) ?? places.size)

type TableGround = Readonly<{
  table: FileMapping['tables'][number]
  tableNo: number
  places: ReadonlyMap<string, number>
  proof: TableProof | null
}>

function fieldLine(ground: Ground, mapped: MappedField, inTable: TableGround): Line {
  const { plan } = ground
  const { table, tableNo, places } = inTable
  const paths = mapped.from.map(sourcePath)
  const header = paths.find(path => places.has(path)) ?? paths[0] ?? null
  const column = plan.columns[places.get(header ?? '') ?? -1]
  const known = fieldsOf(table.table).get(mapped.field)
  const finding = findingOf(ground.entry, mapped, inTable.proof)
  const isDoubted = plan.recognition?.doubts.includes(header ?? '') === true
  const isQuiet = finding.question === null && finding.faults.length === 0 && finding.notes.length === 0
  return {
    id: `${tableNo}:${header ?? ''}:${header === null ? mapped.field : ordinal(table, mapped, header)}`,
    tableNo,
    table: table.table,
    header,
    use: 'field',
    field: mapped.field,
    mapped,
    others: paths.filter(path => path !== header),
    type: known?.type ?? 'text',
    isRequired: known?.required === true,
    isSure:
      isQuiet &&
      !isDoubted &&
      !isKeyOpen(ground.entry, mapped.field, header) &&
      !isBeingMapped(ground, mapped) &&
      (isKnown(ground, mapped, header) || isProven(ground, finding.proof)),
    samples: finding.proof?.samples.length ? finding.proof.samples : (column?.samples ?? []),
    ...finding,
  }
}

type Finding = Pick<Line, 'proof' | 'question' | 'faults' | 'notes'>

/** What reading to the end said about a field, as far as it is still about the columns that fill it now. */
function findingOf({ edited }: BoardEntry, mapped: MappedField, proof: TableProof | null): Finding {
  const paths = mapped.from.map(sourcePath)
  const found = proof?.fields.find(({ field, from }) => field === mapped.field && sameSources(from, paths))
  if (proof === null || found === undefined) return { proof: null, question: null, faults: [], notes: [] }
  const asked = proof.questions.find(({ field }) => field === mapped.field) ?? null
  // a mapping that was proven holds readings for the time being; only an edited one holds answers
  const isAnswered = asked !== null && edited !== null && mapped[asked.setting] !== undefined
  const notes = proof.notes.filter(({ column, code }) => column === mapped.field && VALUE_NOTES.has(code))
  return { proof: found, question: isAnswered ? null : asked, faults: found.faults, notes }
}

const VALUE_NOTES: ReadonlySet<string> = new Set(['note/unlisted-values', 'note/unmapped-values', 'note/lost-zeros'])

const sameSources = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((path, place) => normalName(path) === normalName(b[place] ?? ''))

/** One header may fill several fields; each of its lines has a number. */
function ordinal({ fields }: FileMapping['tables'][number], mapped: MappedField, header: string): number {
  const users = fields.filter(({ from }) => from.some(source => sourcePath(source) === header))
  return Math.max(0, users.indexOf(mapped))
}

/** A column whose values somebody maps stays in sight when the last of them is known. */
function isBeingMapped({ plan, entry }: Ground, { field, values }: MappedField): boolean {
  if (entry.edited === null || values === undefined) return false
  const before = plan.mapping?.tables.flatMap(({ fields }) => fields).find(each => each.field === field)
  return before?.values === undefined
}

/** By its own name; or by what the whole file was recognised as, where nobody has changed it since. */
function isKnown({ plan, entry }: Ground, mapped: MappedField, header: string | null): boolean {
  if (header !== null && normalName(header) === normalName(mapped.field)) return true
  const by = plan.recognition?.by
  if (by !== 'preset' && by !== 'mapping') return false
  return entry.edited === null || isAsRecognised(plan, mapped)
}

/** By a word in common use, where every value is of the field's own type: hardly by chance. */
function isProven({ entry }: Ground, proof: FieldProof | null): boolean {
  return entry.edited === null && proof !== null && proof.filled > 0 && TELLING.has(proof.type)
}

const TELLING: ReadonlySet<string> = new Set(['moment', 'ip', 'boolean', 'json'])

function isAsRecognised({ mapping }: FilePlan, mapped: MappedField): boolean {
  const paths = mapped.from.map(sourcePath)
  return (mapping?.tables ?? []).some(({ fields }) =>
    fields.some(({ field, from }) => field === mapped.field && sameSources(from.map(sourcePath), paths)),
  )
}

type ColumnPlan = FilePlan['columns'][number]

function restLine({ plan, entry }: Ground, column: ColumnPlan, table: FileMapping['tables'][number]): Line {
  const { header, match, samples } = column
  const isDropped = table.others === 'drop' || table.drop?.includes(header) === true
  const use = match === 'secret' ? 'secret' : isDropped ? 'dropped' : 'custom'
  return {
    id: `0:${header}:0`,
    tableNo: 0,
    table: table.table,
    header,
    use,
    field: null,
    mapped: null,
    others: [],
    type: 'text',
    isRequired: false,
    isSure:
      !isKeyOpen(entry, null, header) &&
      use === recognisedUse(plan, column) &&
      (use === 'secret' || plan.table === table.table),
    samples,
    proof: null,
    question: null,
    faults: [],
    notes: [],
  }
}

/** What the file was recognised to use a column for, before anybody changed it. */
function recognisedUse({ mapping }: FilePlan, { header, match, isDropped }: ColumnPlan): Line['use'] {
  if (match === 'secret') return 'secret'
  const isRead = mapping?.tables.some(({ fields }) =>
    fields.some(({ from }) => from.some(source => sourcePath(source) === header)),
  )
  if (isRead === true) return 'field'
  return isDropped === true ? 'dropped' : 'custom'
}

/** Everything that somebody has to say something about before the file can be imported. */
export function asksOf(plan: FilePlan, entry: BoardEntry, tables = tableLines(plan, entry)): readonly Ask[] {
  const { reading } = entry
  const ofTables = tables.flatMap(({ tableNo, table, proof, lines, missing }): Ask[] => [
    ...missing.map(field => ({ kind: 'missing' as const, tableNo, table, field })),
    ...lines.flatMap(line =>
      line.question === null ? [] : [{ kind: 'reading' as const, line, question: line.question }],
    ),
    ...lines.flatMap(line => keyAsks(line, entry)),
    ...(proof !== null && isMostlyHeld(proof)
      ? [{ kind: 'mostly-held' as const, tableNo, held: proof.held, read: proof.read }]
      : []),
  ])
  if (reading.status !== 'failed') return ofTables
  if (reading.readings.length > 0) return [{ kind: 'encoding', readings: reading.readings }, ...ofTables]
  return [{ kind: 'unreadable', message: reading.message }, ...ofTables]
}

/** Only as long as the field is read from where it was when it was compared. */
function keyAsks(line: Line, entry: BoardEntry): readonly KeyAsk[] {
  const sources = line.mapped?.from.map(sourcePath) ?? []
  const isIt = ({ table, field, headers }: KeyDoubt): boolean =>
    line.mapped !== null && line.table === table && line.field === field && sameSources(sources, headers)
  return openDoubts(entry).flatMap(doubt => (isIt(doubt) ? [{ kind: 'key', line, doubt }] : []))
}

/** Is it what fills a field that is in doubt, or the other column that may be meant? */
function isKeyOpen(entry: BoardEntry, field: string | null, header: string | null): boolean {
  return openDoubts(entry).some(doubt => field === doubt.field || (header !== null && header === doubt.other))
}

/** As an import judges it: more than half from the 200th record on, or more than 20 at the end of a smaller file. */
function isMostlyHeld({ held, read, questions }: TableProof): boolean {
  return questions.length === 0 && held * 2 > read && (read >= 200 || held > 20)
}
