import { physicalFiles } from '#contract/physical-files'
import { DAY_MS, formatInstant } from '#lib/time'
import { writtenDay } from '#lib/written'
import { tablesOf, toldOnce } from './held-lines.ts'
import type { ImportMode, StagedBatch } from './staging.ts'
import type { ExportOutput, ImportOutput, ScoreOutput } from './steps.ts'
import { counted, table } from './terminal.ts'

/** What an import did, one line per file, and what was held by rule. */
export function importSummary(result: ImportOutput): string {
  const head = ['file', 'table', 'read', 'new', 'changed', 'same', 'held', 'skipped']
  const rows = result.files.map(file => [
    file.file,
    file.table,
    ...[file.read, file.added, file.changed, file.same, file.held, file.skipped].map(String),
  ])
  const rules = result.files.flatMap(({ file, table, heldRules }) => heldRules.map(rule => ({ ...rule, file, table })))
  const parted = new Set(physicalFiles(result.files).flatMap(parts => (parts.length > 1 ? (parts[0]?.file ?? []) : [])))
  const held = toldOnce(rules).map(lines => {
    const [{ file, count, code, column, message }] = lines
    const whose = parted.has(file) ? ` (${tablesOf(lines)})` : ''
    return `  ${file}${whose}: ${count} x ${code}${column === '' ? '' : ` in ${column}`}: ${message}`
  })
  const warnings = result.files.flatMap(file =>
    [...fileNotes(file), ...file.warnings].map(text => `  ${file.file}: ${text}`),
  )
  return [
    table([head, ...rows]),
    ...perTable(result.files),
    ...(held.length === 0 ? [] : ['', 'Held rows (kept with file and line, not loaded):', ...held]),
    ...unreadSection(result.skipped),
    ...(warnings.length === 0 ? [] : ['', 'Notes:', ...warnings]),
  ].join('\n')
}

/** Files that fed no table, each with its reason: those inside archives, which nobody named. */
function unreadSection(skipped: ImportOutput['skipped']): readonly string[] {
  return section(
    'Not read:',
    skipped.map(({ file, reason }) => `  ${file}: ${reason}`),
  )
}

type Part = Readonly<{ file: string; table: string; bytes: number; sha256: string; read: number }>

/** Why the lines of a file do not add up with each other: its records are read once for each table. */
function perTable(files: readonly Part[]): readonly string[] {
  const several = physicalFiles(files).filter(parts => parts.length > 1)
  const told = several.map(parts => {
    const read = Math.max(...parts.map(each => each.read))
    const records = `its ${counted(read, 'record')} ${read === 1 ? 'is' : 'are'} read for each`
    return `${parts[0]?.file} feeds ${parts.length} tables: ${records}, and each line adds up by itself.`
  })
  return told.length === 0 ? [] : ['', ...told]
}

function fileNotes(file: ImportOutput['files'][number]): readonly string[] {
  const { table, leftAlone, removed, differingCopies, alreadyImported } = file
  return [
    ...(differingCopies === 0 || alreadyImported ? [] : [copiesText(differingCopies)]),
    ...heldNotes(file),
    ...(leftAlone === 0
      ? []
      : [`${leftAlone} rows of ${table} have other values in the file and were left as they are.`]),
    ...(removed === 0
      ? []
      : [`${removed} rows of ${table} that no file has left the table; pql undo brings them back.`]),
  ]
}

function heldNotes({
  table: name,
  held,
  heldNow,
}: Pick<ImportOutput['files'][number], 'table' | 'held' | 'heldNow'>): readonly string[] {
  if (heldNow === undefined) return []
  return [`${counted(held, 'row')} of ${name} held when it was imported; ${sinceText(heldNow)}.`]
}

function copiesText(copies: number): string {
  const [have, say] = copies === 1 ? ['has', 'says'] : ['have', 'say']
  return `${counted(copies, 'event')} ${have} the id of another one and ${say} otherwise: both are kept, the earliest copy counts (event_copy of pql health)`
}

/** What publishing would do, one line per file, with the first rows that would change or leave. */
export function stagedSummary(batch: StagedBatch, mode: ImportMode): string {
  const head = ['file', 'table', 'read', 'new', 'changed', 'same', 'missing', 'held', 'skipped']
  const rows = batch.files.map(file => [
    file.file,
    file.table,
    ...[file.read, file.new, file.changed, file.same, file.missing, file.held, file.skipped].map(String),
  ])
  const changed = batch.files.flatMap(({ file, samples }) =>
    samples.changed.map(row => `  ${file}: ${changeText(row)}`),
  )
  const emptied = batch.files.flatMap(({ file, emptied }) =>
    emptied.map(({ column, rows }) => `  ${file}: ${column} of ${counted(rows, 'row')}`),
  )
  const missing = batch.files.flatMap(({ table, samples }) =>
    samples.missing.map(row => `  ${table}: ${row.key.join(', ')}`),
  )
  const warnings = batch.files.flatMap(file =>
    [...file.warnings, ...heldNotes(file)].map(text => `  ${file.file}: ${text}`),
  )
  const fate = mode === 'replace' ? 'they would leave it' : 'they stay; --mode replace would take them away'
  const spared = batch.files.reduce((most, file) => Math.max(most, file.spared), 0)
  return [
    table([head, ...rows]),
    ...perTable(batch.files),
    ...section(
      `Changed rows, the first of each file${mode === 'append' ? ' (append leaves them as they are)' : ''}:`,
      changed,
    ),
    ...section(mode === 'append' ? 'Empty in the file, left as they are:' : 'Cells that would be emptied:', emptied),
    ...section(`Rows of the table that no file has (${fate}), the first of each file:`, [...new Set(missing)]),
    ...skippedSections(batch.files.filter(({ alreadyImported }) => !alreadyImported)),
    ...unreadSection(batch.skipped),
    ...section('Notes:', warnings),
    ...(spared === 0 || mode !== 'replace'
      ? []
      : ['', `${spared} rows that no file has stay: held rows may be about them.`]),
    '',
    'Nothing was written.',
  ].join('\n')
}

type StagedFile = StagedBatch['files'][number]
type SkippedRows = Readonly<
  Pick<StagedFile, 'file' | 'table'> & Pick<StagedFile['samples'], 'repeated' | 'differingCopies'>
>

/** The first records of each file whose key comes again. */
function skippedSections(files: readonly StagedFile[]): readonly string[] {
  const rows = files.map(({ file, table, samples }) => ({ file, table, ...samples }))
  const more = files.flatMap(({ file, repeated, differingCopies, samples }) => {
    const rest = repeated + differingCopies - samples.repeated.length - samples.differingCopies.length
    return rest === 0 ? [] : [`  ${file}: and ${counted(rest, 'more record')}`]
  })
  const hint = ', the first of each file (--skipped lists up to 10,000 of each)'
  return section(`Records whose id comes again${more.length === 0 ? '' : hint}:`, [...skippedLines(rows), ...more])
}

/** One line per record that is passed over, or kept as a copy: where it stands, what it says otherwise, and which one it repeats. */
export function skippedLines(files: readonly SkippedRows[]): readonly string[] {
  return files.flatMap(({ file, table, repeated, differingCopies }) => [
    ...repeated.map(row => `  ${placeText(file, row)} ${repeatText(table, row)}`),
    ...differingCopies.map(
      row => `  ${placeText(file, row)} differs from ${presentText(row)} and is kept beside it: ${cellsText(row)}`,
    ),
  ])
}

type SkippedRow = SkippedRows['repeated'][number]

function repeatText(table: SkippedRows['table'], row: SkippedRow): string {
  if (table === 'events')
    return row.earlier === undefined ? `is skipped: ${presentText(row)} says the same` : earlierText(row, row.earlier)
  const says = row.cells.length === 0 ? 'says the same' : `says otherwise: ${cellsText(row)}`
  return `is skipped: ${presentText(row)} counts and ${says}`
}

/** `is there already: import 3 of 14 Nov 2026 holds the same event (events.csv, line 2)`. */
function earlierText(row: SkippedRow, { importId, importedAt }: NonNullable<SkippedRow['earlier']>): string {
  return `is there already: import ${importId} of ${writtenDay(Math.floor(importedAt / DAY_MS))} holds the same event (${presentText(row)})`
}

const placeText = (file: string, { key, line }: SkippedRow): string =>
  `${file}, line ${line}: ${key.every(part => part === '') ? 'an event without an id' : key.join(', ')}`

const presentText = ({ present }: SkippedRow): string =>
  present === null ? 'an event that is there' : `${present.file}, line ${present.line}`

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function changeText({ key, cells }: StagedBatch['files'][number]['samples']['changed'][number]): string {
  return `${key.join(', ')}: ${cellsText({ cells })}`
}

function cellsText({ cells }: Pick<SkippedRow, 'cells'>): string {
  return cells.map(({ column, before, after }) => `${column} ${quoted(before)} -> ${quoted(after)}`).join('; ')
}

const quoted = (text: string | null): string => (text === null ? 'nothing' : JSON.stringify(text))

const STAGES = ['Hot PQL', 'PQL', 'Warm', 'Not PQL']

/** Stages and destinations of a run in words. */
export function scoreSummary(result: ScoreOutput): string {
  const stages = STAGES.map(stage => [stage, String(result.stages[stage] ?? 0)])
  const destinations = Object.entries(result.destinations)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, units]) => [name, String(units)])
  const aside = result.setAside.map(({ reason, count }) => [reason, String(count)])
  return [
    `${result.units} ${result.level}s scored as of ${formatInstant(result.asOf)}`,
    '',
    table([['stage', `${result.level}s`], ...stages]),
    '',
    table([['goes to', `${result.level}s`], ...destinations]),
    ...(aside.length === 0 ? [] : ['', 'Events that count nowhere:', table(aside)]),
    ...withoutKindLine(result.withoutKind),
  ].join('\n')
}

function withoutKindLine(found: ScoreOutput['withoutKind']): readonly string[] {
  if (found === null || found === undefined) return []
  const { events, of } = found
  const share = Math.round((100 * events) / of)
  return [
    '',
    `${events} of ${of} events (${share}%) have no kind and earn no points: pql taxonomy lists their names, pql taxonomy suggest finds kinds for them`,
  ]
}

export function exportSummary(result: Pick<ExportOutput, 'folder' | 'files' | 'cellsMadeHarmless'>): string {
  const rows = result.files.map(file => [file.name, String(file.rows), String(file.bytes)])
  const files = table([['file', 'rows', 'bytes'], ...rows])
  return [`Written to ${result.folder}`, '', files, ...harmlessLines(result.cellsMadeHarmless)].join('\n')
}

/** What is said of cells that were made harmless; nothing where there is none. */
export function harmlessLines(cells: number): readonly string[] {
  return cells === 0
    ? []
    : ['', `${cells} text cells that a spreadsheet would run as a formula got a leading apostrophe`]
}

function sinceText({
  held,
  fixed,
  leftOut,
  superseded,
}: NonNullable<ImportOutput['files'][number]['heldNow']>): string {
  const parts = [
    [fixed, 'fixed since'],
    [leftOut, 'left out'],
    [superseded, 'superseded'],
  ] as const
  const told = parts.filter(([rows]) => rows > 0).map(([rows, words]) => `${rows} ${words}`)
  return [...told, held === 0 ? 'none waits' : `${held} ${held === 1 ? 'waits' : 'wait'}`].join(', ')
}
