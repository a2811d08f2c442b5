import type { ColumnPlan, DerivedField, FilePlan } from '#schema/import'
import { EVENT_CODES, type EventCode } from '#schema/import'
import type { ColumnSettings, FieldSource, RowCondition } from '#schema/mapping'
import { changesTexts } from '../column-settings.ts'
import { pathsOf } from '../derived-fields.ts'
import { outerHeader } from '../field-path.ts'
import { normalValue } from '../values/cell-reader.ts'
import { waysOf } from './json-paths.ts'

/** What becomes of one field of a record. `settings`: how its values are read, where that is not as usual. */
export type FastField = FastRole & Readonly<{ settings?: ColumnSettings | undefined }>
type FastRole =
  | Readonly<{ role: 'code'; kind: EventCode; column: string }>
  | Readonly<{ role: 'id' | 'time' | 'keyEvent' | 'weight' | 'properties' | 'custom' | 'drop' }>

/** Where a text may be: the cell of a column, or what a path leads to inside one that holds JSON. */
export type CellPath = Readonly<{ column: number; inner: string | null }>
/** `values`: what its texts stand for, by their normal form; null: they stand for themselves. */
export type WorkedSource = CellPath & Readonly<{ values: ReadonlyMap<string, string> | null }>

/** A field that is the first of several sources that says anything, else the constant. */
export type WorkedField = Readonly<{
  field: FastField
  column: string
  sources: readonly WorkedSource[]
  constant: string
}>

/** What a record must meet to belong to the table; a path that leads nowhere is null. */
export type FastCondition = Readonly<{ path: CellPath | null; condition: RowCondition }>

/** How the records of a file are read from their bytes: a field per column, fields that are worked out, conditions. */
export type FastFields = Readonly<{
  columns: readonly FastField[]
  worked: readonly WorkedField[]
  when: readonly FastCondition[]
  /** What the first cell of a record says that repeats the header. */
  firstHeader: string
}>

const CODE_COLUMNS: Readonly<Record<EventCode, string>> = {
  name: 'event_name',
  workspace: 'workspace_id',
  user: 'user_id',
  anonymous: 'anonymous_id',
  device: 'device_id',
  session: 'session_id',
  source: 'source',
  ip: 'ip',
}
const ROLES: Readonly<Record<string, FastRole>> = {
  event_id: { role: 'id' },
  timestamp: { role: 'time' },
  is_key_event: { role: 'keyEvent' },
  event_weight: { role: 'weight' },
  event_properties: { role: 'properties' },
  ...Object.fromEntries(
    EVENT_CODES.map((kind): [string, FastRole] => [
      CODE_COLUMNS[kind],
      { role: 'code', kind, column: CODE_COLUMNS[kind] },
    ]),
  ),
}

/**
 * The fields of a file of events that can be read from its bytes: UTF-8, delimited by one ASCII character, with a name
 * and a time, no field twice.
 *
 * @returns null for any other file, and for one whose fields are worked out in ways that only the reference knows
 */
export function fastFields(plan: FilePlan): FastFields | null {
  const { table, format, encoding, delimiter, derived = [], when = [] } = plan
  const isPlain = delimiter !== null && /^[\t -~]$/.test(delimiter) && !'" '.includes(delimiter)
  if (table !== 'events' || format !== 'csv' || encoding !== 'utf-8' || !isPlain) return null
  const isDerived = new Set(derived.map(({ column }) => column))
  const plain = plan.columns.map(each => (each.column !== null && isDerived.has(each.column) ? DROPPED : each))
  const named = [...plain.flatMap(({ column }) => column ?? []), ...derived.map(({ column }) => column)]
  const isWhole = named.includes('event_name') && named.includes('timestamp') && new Set(named).size === named.length
  const columns = plain.flatMap(column => fieldOf(column) ?? [])
  const worked = derived.flatMap(field => workedField(field, plan.columns) ?? [])
  const isAll = columns.length === plain.length && worked.length === derived.length
  const paths = [...pathsOf(plan), ...when.map(({ path }) => path)]
  if (!isWhole || !isAll || !paths.every(isSimplePath)) return null
  const conditions = when.map(condition => ({ path: cellPath(condition.path, plan.columns), condition }))
  const cells = [...worked.flatMap(({ sources }) => sources), ...conditions.flatMap(({ path }) => path ?? [])]
  // Properties lose their blanks when they are looked at: whoever wants all their text wants it as it was.
  if (cells.some(({ column, inner }) => inner === null && columns[column]?.role === 'properties')) return null
  return { columns, worked, when: conditions, firstHeader: plan.columns[0]?.header.trim() ?? '' }
}

const DROPPED = { header: '', column: null, match: 'dropped' } as const satisfies ColumnPlan

function fieldOf({ column, match, settings }: Pick<ColumnPlan, 'column' | 'match' | 'settings'>): FastField | null {
  if (column === null) return { role: match === 'custom' ? 'custom' : 'drop' }
  const role = ROLES[column]
  return role === undefined || !isRead(role, settings ?? {}) ? null : { ...role, settings }
}

/** Settings that are as good for bytes as for texts. Values that a mapping lists are counted where they are not among them. */
function isRead({ role }: FastRole, settings: ColumnSettings): boolean {
  const { dateFormat, values, otherwise, amountOf, decimal } = settings
  if ([dateFormat, values, otherwise, amountOf].some(setting => setting !== undefined)) return false
  if (role === 'weight' && decimal !== undefined) return false
  return role === 'code' || !changesTexts(settings)
}

function workedField(derived: DerivedField, columns: readonly ColumnPlan[]): WorkedField | null {
  const { column, from, combine, constant = '', settings } = derived
  const field = fieldOf({ column, match: 'exact', settings })
  const sources = from.flatMap(source => workedSource(source, columns) ?? [])
  if (field === null || field.role === 'properties' || (combine === 'join' && from.length > 1)) return null
  // A number of JSON is read otherwise than a text.
  if (field.role === 'weight' && sources.some(({ inner }) => inner !== null)) return null
  const texts = [constant, ...sources.flatMap(({ values }) => [...(values?.values() ?? [])])]
  return texts.every(text => text === text.trim()) ? { field, column, sources, constant } : null
}

function workedSource(source: FieldSource, columns: readonly ColumnPlan[]): WorkedSource | null {
  const isNamed = typeof source === 'string'
  const path = cellPath(isNamed ? source : source.path, columns)
  if (path === null) return null
  if (isNamed) return { ...path, values: null }
  const values = new Map(Object.entries(source.values).map(([from, to]) => [normalValue(from), to]))
  return { ...path, values }
}

/** As `pathReader` has it. */
function cellPath(path: string, columns: readonly ColumnPlan[]): CellPath | null {
  const headers = columns.map(({ header }) => header)
  const whole = headers.indexOf(path)
  if (whole >= 0) return { column: whole, inner: null }
  const outer = outerHeader(path, headers)
  return outer === null ? null : { column: headers.indexOf(outer), inner: path.slice(outer.length + 1) }
}

const MOST_DOTS = 5

/** Does a path lead through no list, and is it short enough to try every way of reading its dots? */
function isSimplePath(path: string): boolean {
  if (path.split('.').length > MOST_DOTS + 1) return false
  return !waysOf(path).some(way => way.some(key => /^\d+$/.test(key)))
}
