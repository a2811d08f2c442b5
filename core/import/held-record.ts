import { AppError } from '#lib/errors'
import { utf8Of } from '#lib/utf8'
import type { HeldOverlay } from '#schema/held'
import type { FilePlan, HeldCode } from '#schema/import'
import { withoutTypes } from './json/extended-json.ts'
import { cellText, isPlainObject, membersOf } from './json/json-cells.ts'
import { numberText, readJson } from './json/json-text.ts'
import { cutEscaped } from './records/escaped-fields.ts'
import { createRecordSource, type RecordSource } from './records/record-source.ts'

/** A held row as it was read, with what was said about it since. */
export type HeldSubject = Readonly<{
  line: number
  raw: string
  /** The rule it was held by when its file was read. */
  code: HeldCode
  overlay: HeldOverlay | null
}>

/** The record of a held row, taken apart with its overlay laid over it. */
export type HeldRecord =
  | Readonly<{ kind: 'cells'; cells: readonly string[] }>
  | Readonly<{ kind: 'object'; value: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'blank' }>
  | Readonly<{ kind: 'broken'; code: HeldCode; detail: string }>

/** Takes the records of held rows of one file apart. */
export type HeldRecordReader = Readonly<{ read(subject: HeldSubject): HeldRecord }>

/** Cells of a row as they are shown and written to files: one per column of the plan. */
export type HeldCells = Readonly<{
  cells: readonly string[]
  /** Are the cells the whole record? Else it cannot be taken apart, and they are what could be made out of it. */
  isSound: boolean
  /** The text of the record as it is judged now. */
  text: string
}>

/**
 * A reader of the records of held rows, which sees each by itself as the reader of the file did.
 *
 * A text of which only a part was kept (`row/too-long`, or nothing because of secrets in it) is no record until it is
 * written anew; one with bytes that could not be read (`row/bad-encoding`) not before these are replaced.
 *
 * @param plan how the file was read
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function createHeldRecordReader(plan: FilePlan): HeldRecordReader {
  const split = plan.format === 'csv' ? recordSplitter(plan) : null
  const read = (subject: HeldSubject): HeldRecord => {
    const { overlay, raw } = subject
    if (overlay?.isWhole === true) return wholeRecord(plan, overlay)
    if (isPartial(subject)) return { kind: 'broken', code: subject.code, detail: '' }
    const text = overlay?.record ?? raw
    if (split === null) return withMembers(plan, readObject(text), overlay)
    if (overlay?.shape === 'plain-quotes') {
      return withCells(plan, { kind: 'cells', cells: cellsOfPlainQuotes(plan, text) }, overlay)
    }
    return withCells(plan, split(text, subject.line), overlay)
  }
  return {
    read(subject) {
      const record = read(subject)
      const isUnread = subject.code === 'row/bad-encoding' && hasReplacement(record, subject)
      return isUnread ? { kind: 'broken', code: subject.code, detail: '' } : record
    },
  }
}

/**
 * The cells of a held row by position in the plan.
 *
 * @param reader of the same plan
 * @returns empty cells where the record cannot be taken apart at all
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function heldCells(plan: FilePlan, reader: HeldRecordReader, subject: HeldSubject): HeldCells {
  const record = reader.read(subject)
  const text = subject.overlay?.record ?? subject.raw
  const width = plan.columns.length
  const fill = (cells: readonly string[]): string[] => Array.from({ length: width }, (_, at) => cells[at] ?? '')
  if (record.kind === 'cells') {
    return { cells: fill(record.cells), isSound: record.cells.length === width, text }
  }
  if (record.kind !== 'object') return { cells: fill([]), isSound: record.kind === 'blank', text }
  const members = new Map(membersOf(record.value).map(({ header, value }) => [header, cellText(value)]))
  return { cells: plan.columns.map(({ header }) => members.get(header) ?? ''), isSound: true, text }
}

/** Quotes are characters like any other; backslashes escape where they do in the file. */
function cellsOfPlainQuotes({ delimiter, escape: backslashes }: FilePlan, text: string): readonly string[] {
  const between = delimiter ?? ','
  return backslashes === 'backslash'
    ? cutEscaped(text, { delimiter: between, isPlain: true }).cells
    : text.split(between)
}

function isPartial({ raw, code, overlay }: HeldSubject): boolean {
  return overlay?.record === undefined && (raw === '' || code === 'row/too-long')
}

function hasReplacement(record: HeldRecord, { overlay, raw }: HeldSubject): boolean {
  if (record.kind === 'cells') return record.cells.some(cell => cell.includes('\ufffd'))
  const text = record.kind === 'object' ? JSON.stringify(record.value) : (overlay?.record ?? raw)
  return text.includes('\ufffd')
}

/** Splits one text at a time; a splitter is as good as new after its end. */
function recordSplitter(plan: FilePlan): (text: string, line: number) => HeldRecord {
  let found: HeldRecord[] = []
  const layout = { ...plan, encoding: 'utf-8', bomBytes: 0, hasSepLine: false, headerLine: undefined } as const
  const source: RecordSource = createRecordSource(layout, {
    fields: cells => void found.push({ kind: 'cells', cells }),
    object: () => undefined,
    broken: ({ code, detail }) => void found.push({ kind: 'broken', code, detail }),
    blank: () => void found.push({ kind: 'blank' }),
    encoding: () => undefined,
  })
  // A text by itself does not show how the records of its file end: its CR are characters where backslashes escape.
  source.push(utf8Of('\n'))
  source.end()
  return (text, line) => {
    found = []
    source.push(utf8Of(text))
    source.end()
    const [record = { kind: 'blank' }] = found
    if (found.length <= 1) return record
    throw new AppError(
      'usage/bad-argument',
      `line ${line}: the text has ${found.length} records; write one, with quotes around fields that hold line breaks`,
      { line },
    )
  }
}

function readObject(text: string): HeldRecord {
  if (text.trim() === '') return { kind: 'blank' }
  const { value, fault } = readJson(text)
  if (fault !== null) {
    const detail = `${fault.message} at character ${fault.offset + 1}`
    return { kind: 'broken', code: fault.kind === 'depth' ? 'row/too-deep' : 'row/not-json', detail }
  }
  if (!isPlainObject(value)) return { kind: 'broken', code: 'row/not-an-object', detail: '' }
  return { kind: 'object', value: withoutTypes(value) }
}

function withCells(plan: FilePlan, record: HeldRecord, overlay: HeldOverlay | null): HeldRecord {
  if (record.kind === 'broken' || overlay === null) return record
  const width = plan.columns.length
  const cells = record.kind === 'cells' ? [...record.cells] : new Array<string>(width).fill('')
  while (cells.length > width && (overlay.shape === 'cut' || cells.at(-1)?.trim() === '')) cells.pop()
  while (cells.length < width && overlay.shape === 'pad') cells.push('')
  for (const [at, text] of Object.entries(overlay.cells ?? {})) if (Number(at) < cells.length) cells[Number(at)] = text
  return cells.every(cell => cell.trim() === '') ? { kind: 'blank' } : { kind: 'cells', cells }
}

function withMembers(plan: FilePlan, record: HeldRecord, overlay: HeldOverlay | null): HeldRecord {
  if (record.kind !== 'object' || overlay?.cells === undefined) return record
  let { value } = record
  for (const [at, text] of Object.entries(overlay.cells)) {
    const column = plan.columns[Number(at)]
    if (column !== undefined) value = withMember(value, column.header, text)
  }
  return { kind: 'object', value }
}

type JsonObject = Readonly<Record<string, unknown>>

/** The object with another text at a header, which may name a member of an object in it. An empty text takes it out. */
function withMember(value: JsonObject, header: string, text: string): JsonObject {
  if (!Object.hasOwn(value, header)) {
    const outer = Object.keys(value).find(key => header.startsWith(`${key}.`) && isPlainObject(value[key]))
    if (outer !== undefined) {
      const inner = withMember(value[outer] as JsonObject, header.slice(outer.length + 1), text) // found to be one
      return { ...value, [outer]: inner }
    }
  }
  const { [header]: before, ...rest } = value
  return text === '' ? rest : { ...rest, [header]: sameKind(before, text) }
}

/** What stood there as JSON that was no text is written anew as JSON, where it is such. */
function sameKind(before: unknown, text: string): unknown {
  if (before === undefined || before === null || typeof before === 'string' || numberText(before) !== null) return text
  const { value, fault } = readJson(text)
  return fault === null ? value : text
}

function wholeRecord(plan: FilePlan, { cells = {} }: HeldOverlay): HeldRecord {
  const texts = plan.columns.map((_, at) => cells[at] ?? '')
  if (texts.every(text => text.trim() === '')) return { kind: 'blank' }
  if (plan.format === 'csv') return { kind: 'cells', cells: texts }
  const members = plan.columns.flatMap(({ header }, at) => (texts[at] === '' ? [] : [[header, texts[at]] as const]))
  return { kind: 'object', value: Object.fromEntries(members) }
}
