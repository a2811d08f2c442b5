import type { TableName } from '#schema/tables'
import { type BoardEntry, entryOf, type FilePlan, isUnderWay, keyOf, useBoard } from './mapping-board.ts'
import { type Ask, asksOf, type Fault, type Line, type Note, type TableLines, tableLines } from './mapping-lines.ts'

/** What a row of the board stands for. `level`: 1 for files, deeper for what is in them. */
export type BoardRow = Readonly<{ id: string; level: number; file: BoardFile; isOpen: boolean | null }> & Content

type Content =
  | Readonly<{ kind: 'file' }>
  | Readonly<{ kind: 'table'; tableNo: number; table: TableName; lines: TableLines }>
  | Readonly<{ kind: 'ask'; ask: Ask }>
  | Readonly<{ kind: 'column'; line: Line }>
  | Readonly<{ kind: 'fault'; line: Line | null; tableNo: number; fault: Fault }>
  | Readonly<{ kind: 'note'; line: Line | null; tableNo: number; note: Note }>
  | Readonly<{ kind: 'fold'; group: FoldGroup; lines: readonly Line[] }>

/** Columns that need no look: recognised, kept as custom fields, left out. */
export type FoldGroup = 'sure' | 'custom' | 'left-out'

/** One file with everything that is derived of it. */
export type BoardFile = Readonly<{
  key: string
  plan: FilePlan
  entry: BoardEntry
  tables: readonly TableLines[]
  asks: readonly Ask[]
}>

/** Somebody said which table the file feeds. */
export function isByHand({ plan, entry }: Pick<BoardFile, 'plan' | 'entry'>): boolean {
  return entry.edited !== null && entry.edited.tables[0]?.table !== plan.table
}

/** With less of its headers known, a file is rather not what it is taken for. */
const ENOUGH_KNOWN = 0.6
const DOUBTS: Readonly<Record<string, string>> = {
  'note/consent': 'consent not read',
  'note/unfilled-fields': 'fields not filled',
}

/** What speaks against a file though all its rows can be read: in two words, and whole. */
export function doubtOf({ plan, entry, tables }: BoardFile): Readonly<{ short: string; full: string }> | null {
  const note = tables.flatMap(({ proof }) => proof?.notes ?? []).find(isDoubt)
  if (note !== undefined) return { short: DOUBTS[note.code] ?? '', full: note.message }
  const { recognition } = plan
  const isOpen = entry.edited === null && recognition?.by === 'headers' && recognition.score < ENOUGH_KNOWN
  if (!isOpen) return null
  return {
    short: 'few headers known',
    full: 'Few headers are known: look whether it is this table, and what fills its fields.',
  }
}

/** Does a note cast doubt on what is made of its file? */
export const isDoubt = ({ code }: Note): boolean => Object.hasOwn(DOUBTS, code)

/** Columns of the file that fill a field as it stands. */
export function knownHeaders({ plan, tables }: BoardFile): number {
  const read = new Set(
    tables.flatMap(({ lines }) =>
      lines.flatMap(line => [line.header, ...line.others].filter(() => line.use === 'field')),
    ),
  )
  return plan.columns.filter(({ header }) => read.has(header)).length
}

type Opened = Readonly<Record<string, boolean>>

const derived = new WeakMap<BoardEntry, BoardFile>()

/** Files with their tables, columns and questions; made once per change of a file. */
export function boardFiles(
  plan: readonly FilePlan[],
  entries: ReturnType<typeof useBoard.getState>['entries'],
): readonly BoardFile[] {
  return plan.map(file => {
    const entry = entryOf({ entries }, file)
    const known = derived.get(entry)
    if (known?.plan === file) return known
    const tables = tableLines(file, entry)
    const made = { key: keyOf(file), plan: file, entry, tables, asks: asksOf(file, entry, tables) }
    derived.set(entry, made)
    return made
  })
}

/** The rows that are to be seen, in their order. */
export function boardRows(files: readonly BoardFile[], opened: Opened): readonly BoardRow[] {
  return files.flatMap(file => {
    const content = contentOf(file, opened)
    if (content.length === 0) return [{ kind: 'file' as const, id: file.key, level: 1, file, isOpen: null }]
    const isOpen = opened[file.key] ?? needsLook(file)
    const head: BoardRow = { kind: 'file', id: file.key, level: 1, file, isOpen }
    return isOpen ? [head, ...content] : [head]
  })
}

/** Something in it is doubtful, missing, damaged or asked; told only once it was read, so that rows do not come and go. */
function needsLook({ tables, asks, entry }: BoardFile): boolean {
  if (asks.length > 0) return true
  if (entry.proof === null && isUnderWay(entry)) return false
  return tables.some(({ lines, proof }) => lines.some(isShown) || hasFileRows(proof))
}

function hasFileRows(proof: TableLines['proof']): boolean {
  return proof !== null && (proof.faults.length > 0 || proof.notes.some(({ code }) => FILE_NOTES.has(code)))
}

const isShown = (line: Line): boolean => !line.isSure

function contentOf(file: BoardFile, opened: Opened): readonly BoardRow[] {
  const whole = file.asks.flatMap((ask): BoardRow[] =>
    ask.kind === 'encoding' || ask.kind === 'unreadable' ? [askRow(file, ask, 2)] : [],
  )
  const isSeveral = file.tables.length > 1
  const parts = file.tables.flatMap(table => {
    if (!isSeveral) return tableContent(file, table, { level: 2, opened })
    const id = `${file.key}|t${table.tableNo}`
    const isOpen = opened[id] ?? (table.tableNo === 0 || table.lines.some(isShown) || table.missing.length > 0)
    const { tableNo } = table
    const head: BoardRow = { kind: 'table', id, level: 2, file, isOpen, tableNo, table: table.table, lines: table }
    return isOpen ? [head, ...tableContent(file, table, { level: 3, opened })] : [head]
  })
  return [...whole, ...parts]
}

type Depth = Readonly<{ level: number; opened: Opened }>

function tableContent(file: BoardFile, table: TableLines, depth: Depth): readonly BoardRow[] {
  const { level } = depth
  const { tableNo, lines, proof } = table
  const asks = file.asks.flatMap((ask): BoardRow[] =>
    (ask.kind === 'missing' || ask.kind === 'mostly-held') && ask.tableNo === tableNo ? [askRow(file, ask, level)] : [],
  )
  const open = lines.filter(isShown).flatMap(line => lineRows(file, line, level))
  const folds = (['sure', 'custom', 'left-out'] as const).flatMap(group => foldRows(file, table, group, depth))
  const faults = (proof?.faults ?? []).map(
    (fault): BoardRow => ({
      kind: 'fault',
      id: `${file.key}|${tableNo}|f|${fault.code}`,
      level,
      file,
      isOpen: null,
      line: null,
      tableNo,
      fault,
    }),
  )
  const notes = (proof?.notes ?? []).flatMap((note): BoardRow[] =>
    FILE_NOTES.has(note.code)
      ? [
          {
            kind: 'note',
            id: `${file.key}|${tableNo}|n|${note.code}`,
            level,
            file,
            isOpen: null,
            line: null,
            tableNo,
            note,
          },
        ]
      : [],
  )
  return [...asks, ...faults, ...notes, ...open, ...folds]
}

/** Notes about a whole table that leave a choice or cost much; the others are told beside the file. */
const FILE_NOTES: ReadonlySet<string> = new Set(['note/no-offset', 'note/no-domain', ...Object.keys(DOUBTS)])

function askRow(file: BoardFile, ask: Ask, level: number): BoardRow {
  return { kind: 'ask', id: askId(file, ask), level, file, isOpen: null, ask }
}

/** The row that a question is asked on. */
export function askId({ key }: Pick<BoardFile, 'key'>, ask: Ask): string {
  if (ask.kind === 'reading' || ask.kind === 'key') return `${key}|${ask.line.tableNo}|?|${ask.line.field ?? ''}`
  if (ask.kind === 'missing') return `${key}|${ask.tableNo}|!|${ask.field}`
  if (ask.kind === 'mostly-held') return `${key}|${ask.tableNo}|held`
  return `${key}|${ask.kind}`
}

function lineRows(file: BoardFile, line: Line, level: number): readonly BoardRow[] {
  const id = `${file.key}|${line.id}`
  const column: BoardRow = { kind: 'column', id, level, file, isOpen: null, line }
  const asked = file.asks.filter(ask => (ask.kind === 'reading' || ask.kind === 'key') && ask.line === line)
  const { tableNo } = line
  return [
    column,
    ...asked.map(ask => askRow(file, ask, level + 1)),
    ...line.faults.map((fault): BoardRow => {
      return { kind: 'fault', id: `${id}|${fault.code}`, level: level + 1, file, isOpen: null, line, tableNo, fault }
    }),
    ...line.notes.map((note): BoardRow => {
      return { kind: 'note', id: `${id}|${note.code}`, level: level + 1, file, isOpen: null, line, tableNo, note }
    }),
  ]
}

const IN_GROUP: Readonly<Record<FoldGroup, (line: Line) => boolean>> = {
  sure: line => line.use === 'field' && line.isSure,
  custom: line => line.use === 'custom' && line.isSure,
  'left-out': line => (line.use === 'dropped' || line.use === 'secret') && line.isSure,
}

function foldRows(file: BoardFile, table: TableLines, group: FoldGroup, { level, opened }: Depth): readonly BoardRow[] {
  const lines = table.lines.filter(IN_GROUP[group])
  if (lines.length === 0) return []
  const id = `${file.key}|${table.tableNo}|${group}`
  const isOpen = opened[id] ?? false
  const head: BoardRow = { kind: 'fold', id, level, file, isOpen, group, lines }
  return isOpen ? [head, ...lines.flatMap(line => lineRows(file, line, level + 1))] : [head]
}

/** The row to go to for a question, with everything around it unfolded. */
export function showAsk(file: BoardFile, ask: Ask): void {
  const tableNo =
    ask.kind === 'reading' || ask.kind === 'key' ? ask.line.tableNo : 'tableNo' in ask ? ask.tableNo : null
  useBoard.setState(({ opened }) => ({
    opened: { ...opened, [file.key]: true, ...(tableNo === null ? {} : { [`${file.key}|t${tableNo}`]: true }) },
    active: askId(file, ask),
    picking: null,
  }))
}
