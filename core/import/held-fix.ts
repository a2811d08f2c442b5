import { AppError } from '#lib/errors'
import type { HeldFix, HeldOverlay } from '#schema/held'
import type { FilePlan, HeldCode, Reading } from '#schema/import'
import { type Column, TABLES } from '#schema/tables'

/** A held row as far as a fix looks at it: canonical column at fault (empty: the record as a whole), and its value. */
export type HeldPoint = Readonly<{ code: HeldCode; column: string; value: string }>

/** Texts of one row written anew, by position of the column in the plan, or the text of the whole record. */
export type HeldEdit = Readonly<{
  cells?: Readonly<Record<string, string>> | undefined
  /** Texts by canonical column: of fields that are not simply a column of the file. */
  fields?: Readonly<Record<string, string>> | undefined
  record?: string | undefined
}>

/** Names a pattern among the readings of an overlay. */
export const PATTERN = 'pattern:'

/**
 * Lays a fix over what was said about a row before.
 *
 * @param before what was said, null where nothing was
 * @param fix any but `leave-out` and `take-back`, which change no text
 * @param point where the row is at fault
 * @returns null where the fix leaves this row alone: it replaces another value
 * @throws AppError `usage/bad-argument` where the fix does not suit the rule
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function overlayWith(
  plan: FilePlan,
  before: HeldOverlay | null,
  fix: HeldFix,
  point: HeldPoint,
): HeldOverlay | null {
  demandSuitable(plan, fix, point)
  switch (fix.kind) {
    case 'read':
      return { ...before, readings: { ...before?.readings, [point.column]: fix.as } }
    case 'pattern':
      return { ...before, readings: { ...before?.readings, [point.column]: `${PATTERN}${fix.pattern}` } }
    case 'replace':
      return fix.value === point.value ? withText(plan, before, point.column, fix.to) : null
    case 'set':
      return withText(plan, before, point.column, fix.to)
    case 'empty':
      return withText(plan, before, point.column, '')
    case 'pad':
    case 'cut':
    case 'plain-quotes':
    case 'as-record':
      return { ...before, shape: fix.kind }
    default:
      return null
  }
}

/**
 * Lays the edits of one row over what was said about it before. A record written anew takes the place of all of it.
 *
 * @param isSound can the record be taken apart? Else cells are its whole content
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function overlayWithEdit(before: HeldOverlay | null, edit: HeldEdit, isSound: boolean): HeldOverlay {
  const { cells, fields, record } = edit
  const { readings } = before ?? {}
  if (record !== undefined) return { ...(readings === undefined ? {} : { readings }), record }
  const told = fields === undefined ? {} : { fields: { ...before?.fields, ...fields } }
  if (cells === undefined) return { ...before, ...told }
  const whole = isSound ? {} : { isWhole: true }
  return { ...before, ...told, ...whole, cells: { ...before?.cells, ...cells } }
}

/**
 * Position of the column of the file that a canonical column is read from; null where it is worked out otherwise.
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function positionOf({ columns, derived = [] }: FilePlan, column: string): number | null {
  if (column === '' || derived.some(field => field.column === column)) return null
  const at = columns.findIndex(each => each.column === column)
  return at < 0 ? null : at
}

/**
 * The fixes that suit a rule: those that may make its rows loadable, likelier ones first, then leaving them out.
 *
 * @param point code and canonical column; the value does not count
 * @param areRowsBehind were rows loaded that stand behind the first of those held? What looks like a total may then be a row
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function fixesFor(
  plan: FilePlan,
  { code, column }: HeldPoint,
  areRowsBehind = false,
): readonly HeldFix['kind'][] {
  const mending = mendingKinds(plan, code, column)
  // At the end of a file a total is one more often than not.
  return code === 'row/total' && !areRowsBehind ? ['leave-out', ...mending] : [...mending, 'leave-out']
}

function mendingKinds(plan: FilePlan, code: HeldCode, column: string): readonly HeldFix['kind'][] {
  if (code === 'row/too-few-fields') return ['pad']
  if (code === 'row/too-many-fields') return ['cut']
  if (code === 'row/stray-quote' || code === 'row/unterminated-quote') return ['plain-quotes']
  if (code === 'row/total') return ['as-record']
  if (column === '') return []
  const definition = definitionOf(plan, column)
  const readings: readonly HeldFix['kind'][] = hasReadings(definition) ? ['read'] : []
  const patterns: readonly HeldFix['kind'][] = definition?.type === 'moment' ? ['pattern'] : []
  const isKey = isSoleKey(plan, column)
  if (code === 'value/missing') return isKey ? [] : ['set']
  const isRequired = definition?.required === true
  return [
    ...readings,
    ...patterns,
    'replace',
    ...(isRequired ? [] : (['empty'] as const)),
    ...(isKey ? [] : (['set'] as const)),
  ]
}

/**
 * Is a column the whole key of the plan's table? One value in every row of it would make one row of all.
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function isSoleKey({ table }: FilePlan, column: string): boolean {
  return table !== null && (TABLES[table].key as readonly string[]).join() === column
}

/** The readings that suit a column of this plan. Source: docs/methods/import.md, "Held rows". */
export function readingsFor(plan: FilePlan, column: string): readonly string[] {
  const definition = definitionOf(plan, column)
  if (definition?.type === 'moment') return ['dmy', 'mdy', 'excel', 'epoch_s', 'epoch_ms', 'epoch_us', 'epoch_ns']
  return hasReadings(definition) ? ['decimal-point', 'decimal-comma'] : []
}

/** A reading of an overlay as a plan has it. */
export function asReading(name: string): Readonly<{ reading: Reading } | { dateFormat: string }> {
  if (name === 'decimal-point') return { reading: { kind: 'number', decimal: '.' } }
  if (name === 'decimal-comma') return { reading: { kind: 'number', decimal: ',' } }
  if (name === 'excel') return { dateFormat: 'excel' }
  if (name.startsWith(PATTERN)) return { dateFormat: name.slice(PATTERN.length) }
  // The others of HELD_READINGS are forms of moments.
  return { reading: { kind: 'moment', form: name as Extract<Reading, { kind: 'moment' }>['form'] } }
}

function withText(plan: FilePlan, before: HeldOverlay | null, column: string, text: string): HeldOverlay {
  const at = positionOf(plan, column)
  if (at !== null) return { ...before, cells: { ...before?.cells, [at]: text } }
  return { ...before, fields: { ...before?.fields, [column]: text } }
}

function demandSuitable(plan: FilePlan, fix: HeldFix, { code, column }: HeldPoint): void {
  if (fix.kind === 'leave-out' || fix.kind === 'take-back') return
  const isOfRecord = OF_RECORDS.includes(fix.kind)
  if (isOfRecord && mendingKinds(plan, code, column).includes(fix.kind)) return
  const definition = definitionOf(plan, column)
  if (!isOfRecord && definition !== undefined) {
    const suits = fix.kind === 'read' ? readingsFor(plan, column).includes(fix.as) : true
    if (suits && (fix.kind !== 'pattern' || definition.type === 'moment')) return
  }
  const where = column === '' ? 'whole records' : column
  throw new AppError(
    'usage/bad-argument',
    `the fix "${fix.kind === 'read' ? fix.as : fix.kind}" does not suit rows held by ${code} in ${where}`,
    { fix: fix.kind, code, column },
  )
}

const OF_RECORDS: readonly HeldFix['kind'][] = ['pad', 'cut', 'plain-quotes', 'as-record']

function definitionOf({ table }: FilePlan, column: string): Column | undefined {
  if (table === null) return undefined
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns
  return columns[column]
}

function hasReadings(definition: Column | undefined): boolean {
  return definition !== undefined && ['moment', 'number', 'integer', 'money'].includes(definition.type)
}
