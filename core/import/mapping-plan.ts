import { hasToBeNamed } from '#schema/encodings'
import type { ColumnPlan, DerivedField, FilePlan } from '#schema/import'
import type { ColumnSettings, FieldSource, FileMapping, MappedField, TableMapping } from '#schema/mapping'
import { normalHeader } from './headers.ts'
import { isSecretHeader } from './secrets.ts'

/** The part of a plan that a mapping decides. */
export type MappedColumns = Required<Pick<FilePlan, 'columns' | 'derived' | 'when' | 'dropsOthers'>>

/**
 * Lays a mapping over the headers of a file. A field that is simply one column of the file becomes that column; any other is
 * worked out. Headers that no field reads are custom fields, those that name a secret are not read.
 *
 * @param mapping its headers and paths spelled as the file has them
 *
 * Source: docs/methods/import.md, "Mappings".
 */
export function columnsOfMapping(mapping: TableMapping, headers: readonly string[]): MappedColumns {
  const uses = usesOf(mapping)
  const plain = new Map<string, MappedField>()
  const derived: DerivedField[] = []
  for (const field of mapping.fields) {
    const header = soleHeader(field)
    const isPlain = header !== null && headers.includes(header) && uses.get(header)?.length === 1 && !plain.has(header)
    if (isPlain) plain.set(header, field)
    else derived.push(derivedField(field))
  }
  const dropped = new Set(mapping.drop ?? [])
  const seen = new Set<string>()
  const columns = headers.map((header): ColumnPlan => {
    const [field] = seen.has(header) ? [] : (uses.get(header) ?? [])
    seen.add(header)
    if (field === undefined)
      return { header, column: null, match: restOf(header, mapping.others === 'drop' || dropped.has(header)) }
    const match = normalHeader(header) === normalHeader(field) ? 'exact' : 'synonym'
    const settings = plain.has(header) ? settingsOf(plain.get(header)) : undefined
    return { header, column: field, match, ...(settings === undefined ? {} : { settings }) }
  })
  return { columns, derived, when: mapping.when ?? [], dropsOthers: mapping.others === 'drop' }
}

function restOf(header: string, isDropped: boolean): ColumnPlan['match'] {
  if (isSecretHeader(header)) return 'secret'
  return isDropped ? 'dropped' : 'custom'
}

/** The fields that read each header or path, in the order of the mapping. */
function usesOf({ fields }: TableMapping): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>()
  for (const { field, from } of fields) {
    for (const path of new Set(from.map(pathOf))) uses.set(path, [...(uses.get(path) ?? []), field])
  }
  return uses
}

function soleHeader({ from, constant }: MappedField): string | null {
  const [only] = from
  return from.length === 1 && typeof only === 'string' && constant === undefined ? only : null
}

function derivedField(field: MappedField): DerivedField {
  const { field: column, from, combine, constant } = field
  const settings = settingsOf(field)
  return {
    column,
    from,
    combine,
    ...(constant === undefined ? {} : { constant }),
    ...(settings === undefined ? {} : { settings }),
  }
}

function settingsOf(mapped: MappedField | undefined): ColumnSettings | undefined {
  if (mapped === undefined) return undefined
  const { field: _field, from: _from, combine: _combine, constant: _constant, ...settings } = mapped
  return Object.keys(settings).length === 0 ? undefined : settings
}

/** The header or path that a source reads. */
export function pathOf(source: FieldSource): string {
  return typeof source === 'string' ? source : source.path
}

/**
 * The mapping that plans of one file come to: what it would take to read the next file of this shape in the same way,
 * with the readings that were proven or answered.
 *
 * @param plans one per table, of the same file
 * @param source what people call the source
 */
export function mappingOfPlans(plans: readonly FilePlan[], source: string): FileMapping {
  const [first] = plans
  return {
    source,
    headers: first?.columns.map(({ header }) => header) ?? [],
    ...(first !== undefined && hasToBeNamed(first.encoding) ? { encoding: first.encoding } : {}),
    ...(first?.recordsAt === undefined ? {} : { recordsAt: first.recordsAt }),
    ...escapeOf(first),
    tables: plans.flatMap((plan): TableMapping[] =>
      plan.table === null ? [] : [{ table: plan.table, ...tableOf(plan) }],
    ),
  }
}

/** That backslashes escape, or that somebody said they do not; that a file was not seen to have escapes says nothing of the next. */
function escapeOf(plan: FilePlan | undefined): Pick<FileMapping, 'escape'> {
  if (plan?.format !== 'csv') return {}
  const said = plan.escape === 'backslash' ? plan.escape : plan.options?.escape
  return said === undefined ? {} : { escape: said }
}

function tableOf(plan: FilePlan): Omit<TableMapping, 'table'> {
  const { columns, derived = [], when = [], readings, dropsOthers = false } = plan
  const isDerived = new Set(derived.map(({ column }) => column))
  const plain = columns.flatMap(({ header, column, settings }): MappedField[] => {
    if (column === null || isDerived.has(column)) return []
    return [{ field: column, from: [header], combine: 'first', ...shown(readings[column]), ...settings }]
  })
  const worked = derived.map(
    ({ column, from, combine, constant, settings }): MappedField => ({
      field: column,
      from: [...from],
      combine,
      ...(constant === undefined ? {} : { constant }),
      ...shown(readings[column]),
      ...settings,
    }),
  )
  const dropped = columns.filter(({ match }) => match === 'dropped').map(({ header }) => header)
  const drop = dropsOthers ? [] : dropped
  return {
    fields: [...plain, ...worked],
    ...(when.length === 0 ? {} : { when: [...when] }),
    ...(drop.length === 0 ? {} : { drop }),
    ...(dropsOthers ? { others: 'drop' as const } : {}),
  }
}

/** What a reading leaves to be said where the next file may not prove it. */
function shown(reading: FilePlan['readings'][string] | undefined): ColumnSettings {
  if (reading === undefined) return {}
  if (reading.kind === 'number') return reading.decimal === ',' ? { decimal: ',' } : {}
  return reading.form === 'dmy' || reading.form === 'mdy' ? { dateOrder: reading.form } : {}
}
