import type { ColumnPlan, DerivedField, FilePlan } from '#schema/import'
import { EVENT_CODES, type EventCode } from '#schema/import'
import type { ColumnSettings, FieldSource, RowCondition } from '#schema/mapping'
import { changesTexts } from '../column-settings.ts'
import { pathsOf, statedValues } from '../derived-fields.ts'
import { type CellPath, cellPath } from '../field-path.ts'
import { isTypeKey } from '../json/extended-json.ts'
import { pathOf } from '../mapping-plan.ts'
import { waysOf } from './json-paths.ts'

/** What becomes of one field of a record. `settings`: how its values are read, where that is not as usual. */
export type FastField = FastRole & Readonly<{ settings?: ColumnSettings | undefined }>
type FastRole =
  | Readonly<{ role: 'code'; kind: EventCode; column: string }>
  | Readonly<{ role: 'id' | 'time' | 'keyEvent' | 'weight' | 'properties' | 'custom' | 'drop' }>

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
  /** What the first cell of a record says that repeats the header; null where none can. */
  firstHeader: string | null
  /** Of JSON: what each column is for, a sum of `USES`; null where records are delimited. */
  lines: readonly number[] | null
}>

/** What the cells of a column of JSON are for, as kernels/events/lines.ts has it. */
const USES = { custom: 1, target: 2, source: 4, inside: 8, number: 16, object: 32 } as const

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
 * The fields of a file of events that can be read from its bytes: delimited by one ASCII character or JSON, with
 * a name and a time, no field twice.
 *
 * @returns null for any other file, and for one whose fields are worked out in ways that only the reference knows
 */
export function fastFields(plan: FilePlan): FastFields | null {
  const { table, format, delimiter, derived = [], when = [] } = plan
  const isLines = format === 'jsonl' || format === 'json'
  const isPlain = delimiter !== null && /^[\t -~]$/.test(delimiter) && !'" '.includes(delimiter)
  if (table !== 'events' || !(isLines || (format === 'csv' && isPlain))) return null
  const isDerived = new Set(derived.map(({ column }) => column))
  const plain = plan.columns.map(each => (each.column !== null && isDerived.has(each.column) ? DROPPED : each))
  const named = [...plain.flatMap(({ column }) => column ?? []), ...derived.map(({ column }) => column)]
  const isWhole = named.includes('event_name') && named.includes('timestamp') && new Set(named).size === named.length
  const columns = plain.flatMap(column => fieldOf(column) ?? [])
  const sought = derived.filter(field => !isAbsent(field, plan.columns))
  const worked = sought.flatMap(field => workedField(field, plan.columns) ?? [])
  const isAll = columns.length === plain.length && worked.length === sought.length
  const paths = [...pathsOf(plan), ...when.map(({ path }) => path)]
  if (!isWhole || !isAll || !paths.every(isSimplePath)) return null
  const conditions = when.map(condition => ({ path: cellPath(condition.path, plan.columns), condition }))
  const cells = [...worked.flatMap(({ sources }) => sources), ...conditions.flatMap(({ path }) => path ?? [])]
  // Properties lose their blanks when they are looked at: whoever wants all their text wants it as it was.
  if (cells.some(({ column, inner }) => inner === null && columns[column]?.role === 'properties')) return null
  const fields = { columns, worked, when: conditions }
  if (!isLines) return { ...fields, firstHeader: plan.columns[0]?.header.trim() ?? '', lines: null }
  // A number of JSON is read otherwise than a text.
  if (worked.some(({ field }) => field.role === 'weight') || !areOnePlaceEach(plan.columns, paths)) return null
  return { ...fields, firstHeader: null, lines: usesOf(plan.columns, columns, cells) }
}

/**
 * What tells the records of another table in JSON that feeds several: the conditions alone.
 *
 * @returns null for any other file, and where there are none or only the reference knows what they ask for
 */
export function filterFields({ columns, format, when = [] }: FilePlan): FastFields | null {
  const paths = when.map(({ path }) => path)
  const isTold = paths.length > 0 && paths.every(isSimplePath) && areOnePlaceEach(columns, paths)
  if ((format !== 'jsonl' && format !== 'json') || !isTold) return null
  const conditions = when.map(condition => ({ path: cellPath(condition.path, columns), condition }))
  const cells = conditions.flatMap(({ path }) => path ?? [])
  const unread: readonly FastField[] = columns.map(() => ({ role: 'drop' }))
  const lines = usesOf(
    columns.map(() => DROPPED),
    unread,
    cells,
  )
  return { columns: unread, worked: [], when: conditions, firstHeader: null, lines }
}

/** Does each path lead into one column, and each key to one? A record of JSON may have what no column shows. */
function areOnePlaceEach(columns: readonly ColumnPlan[], paths: readonly string[]): boolean {
  const headers = columns.map(({ header }) => header)
  if (new Set(headers).size < headers.length || headers.some(header => header.split('.').includes(''))) return false
  return paths.every(path => headers.filter(header => path === header || path.startsWith(`${header}.`)).length < 2)
}

function usesOf(
  plan: readonly ColumnPlan[],
  columns: readonly FastField[],
  cells: readonly CellPath[],
): readonly number[] {
  return plan.map(({ match }, at) => {
    const { role } = columns[at] ?? { role: 'drop' }
    const ofRole = role === 'custom' || role === 'drop' ? 0 : USES.target
    const ofKind = role === 'weight' ? USES.number : role === 'properties' ? USES.object : 0
    const mine = cells.filter(({ column }) => column === at)
    return (
      ofRole +
      ofKind +
      (match === 'custom' ? USES.custom : 0) +
      (mine.some(({ inner }) => inner === null) ? USES.source : 0) +
      (mine.some(({ inner }) => inner !== null) ? USES.inside : 0)
    )
  })
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

/** Properties that no column has: a record of JSON that has them all the same is for the reference. */
function isAbsent({ column, from, constant = '' }: DerivedField, columns: readonly ColumnPlan[]): boolean {
  const isProperties = ROLES[column]?.role === 'properties'
  return isProperties && constant === '' && from.every(source => cellPath(pathOf(source), columns) === null)
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
  return { ...path, values: statedValues(source) }
}

const MOST_DOTS = 5

/** Does a path lead through no list and no type of MongoDB, and is it short enough to try every way of reading its dots? */
function isSimplePath(path: string): boolean {
  if (path.split('.').length > MOST_DOTS + 1) return false
  return !waysOf(path).some(way => way.some(key => /^\d+$/.test(key) || isTypeKey(key)))
}
