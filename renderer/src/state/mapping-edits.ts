import type { Output } from '#contract/contract'
import { hasToBeNamed } from '#schema/encodings'
import type { ColumnSettings, FieldSource, FileMapping, MappedField, TableMapping } from '#schema/mapping'
import { type Column, TABLES, type TableName } from '#schema/tables'

/** One field of one table of a mapping. */
export type FieldPlace = Readonly<{ tableNo: number; field: string }>

type FilePlan = Output<'import.inspect'>['files'][number]

/** Fields of a table in the order they are shown, with their types. */
export function fieldsOf(table: TableName): ReadonlyMap<string, Column> {
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns
  return new Map(Object.entries(columns))
}

/** Headers and fields are the same without case, blanks, `-`, `_` and dots. */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[\s._-]+/g, '')
}

export function sourcePath(source: FieldSource): string {
  return typeof source === 'string' ? source : source.path
}

export function fieldAt(mapping: FileMapping, { tableNo, field }: FieldPlace): MappedField | null {
  return mapping.tables[tableNo]?.fields.find(mapped => mapped.field === field) ?? null
}

/** A header fills a field, alone; what filled it before becomes a custom field, and the header leaves the field it filled. */
export function assign(mapping: FileMapping, place: FieldPlace, header: string, before: string | null): FileMapping {
  return inTable(mapping, place.tableNo, table => {
    const free = release(table, header, before)
    const at = free.fields.findIndex(({ field }) => field === place.field)
    const taken: MappedField = { field: place.field, from: [header], combine: 'first' }
    const fields = at < 0 ? [...free.fields, taken] : free.fields.with(at, taken)
    return { ...free, fields }
  })
}

/** A header fills nothing: kept as a custom field, or left out altogether. */
export function setAside(
  mapping: FileMapping,
  tableNo: number,
  header: string,
  { before, isKept }: Readonly<{ before: string | null; isKept: boolean }>,
): FileMapping {
  return inTable(mapping, tableNo, table => {
    const free = release(table, header, before)
    return isKept ? free : { ...free, drop: [...(free.drop ?? []), header] }
  })
}

/** The same value for every row. */
export function setConstant(mapping: FileMapping, place: FieldPlace, constant: string): FileMapping {
  return inTable(mapping, place.tableNo, table => {
    const others = table.fields.filter(({ field }) => field !== place.field)
    return { ...table, fields: [...others, { field: place.field, from: [], combine: 'first', constant }] }
  })
}

/** Changes how the texts of a field become values; a setting that is undefined goes. */
export function setSettings(
  mapping: FileMapping,
  place: FieldPlace,
  settings: { readonly [K in keyof ColumnSettings]: ColumnSettings[K] | undefined },
): FileMapping {
  return inTable(mapping, place.tableNo, table => ({
    ...table,
    fields: table.fields.map(field => (field.field === place.field ? withSettings(field, settings) : field)),
  }))
}

/** The same settings for several fields. */
export function setAllSettings(
  mapping: FileMapping,
  places: readonly FieldPlace[],
  settings: Parameters<typeof setSettings>[2],
): FileMapping {
  return places.reduce((next, place) => setSettings(next, place, settings), mapping)
}

/** What one value of the file stands for; null: as it is written. */
export function setValue(mapping: FileMapping, place: FieldPlace, value: string, to: string | null): FileMapping {
  const known = fieldAt(mapping, place)?.values ?? {}
  const { [keyOfValue(known, value)]: _before, ...rest } = known
  const values = to === null ? rest : { ...rest, [value]: to }
  return setSettings(mapping, place, { values: Object.keys(values).length === 0 ? undefined : values })
}

/** What a value stands for by the mapping; null where it does not say. */
export function meaningOf(mapped: MappedField | null, value: string): string | null {
  const values = mapped?.values ?? {}
  return values[keyOfValue(values, value)] ?? mapped?.otherwise ?? null
}

function keyOfValue(values: Readonly<Record<string, string>>, value: string): string {
  const normal = normalName(value)
  return Object.keys(values).find(key => normalName(key) === normal) ?? value
}

export function setEncoding(mapping: FileMapping, encoding: string): FileMapping {
  return { ...mapping, encoding }
}

/** Says whether a backslash of a delimited file escapes the character behind it. */
export function setEscape(mapping: FileMapping, meaning: NonNullable<FileMapping['escape']>): FileMapping {
  return { ...mapping, escape: meaning }
}

/** Required fields that nothing fills. */
export function missingFields({ table, fields }: TableMapping): readonly string[] {
  const filled = new Set(fields.map(({ field }) => field))
  return [...fieldsOf(table)].filter(([name, { required }]) => required && !filled.has(name)).map(([name]) => name)
}

/** A first mapping of a file to a table that the analyst chose: what was found for it, required or not. */
export function mappingForTable(
  table: TableName,
  {
    file,
    columns,
    encoding,
    recordsAt,
    proposals = [],
  }: Pick<FilePlan, 'file' | 'columns' | 'encoding' | 'recordsAt' | 'proposals'>,
): FileMapping {
  const found = proposals.find(proposal => proposal.table === table) ?? { table, fields: [] }
  const headers = columns.map(({ header }) => header)
  return {
    source: file,
    headers,
    ...(hasToBeNamed(encoding) ? { encoding } : {}),
    ...(recordsAt === undefined ? {} : { recordsAt }),
    tables: [found],
  }
}

/** Without the answers of the fields named: what a file could not prove and was only taken for the time being. */
export function withoutReadings(mapping: FileMapping, isOpen: (place: FieldPlace) => boolean): FileMapping {
  return {
    ...mapping,
    tables: mapping.tables.map((table, tableNo) => ({
      ...table,
      fields: table.fields.map(field => {
        if (!isOpen({ tableNo, field: field.field })) return field
        return withSettings(field, { dateOrder: undefined, decimal: undefined })
      }),
    })),
  }
}

function withSettings(
  field: MappedField,
  settings: { readonly [K in keyof ColumnSettings]: ColumnSettings[K] | undefined },
): MappedField {
  const entries = Object.entries({ ...field, ...settings }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as MappedField // only members of one or the other
}

function release(table: TableMapping, header: string, before: string | null): TableMapping {
  const fields = table.fields.flatMap((mapped): MappedField[] => {
    if (mapped.field !== before) return [mapped]
    const from = mapped.from.filter(source => sourcePath(source) !== header)
    return from.length === 0 && mapped.constant === undefined ? [] : [{ ...mapped, from }]
  })
  const drop = table.drop?.filter(dropped => dropped !== header) ?? []
  const { drop: _drop, ...rest } = table
  return { ...rest, fields, ...(drop.length === 0 ? {} : { drop }) }
}

function inTable(mapping: FileMapping, tableNo: number, next: (table: TableMapping) => TableMapping): FileMapping {
  return { ...mapping, tables: mapping.tables.map((table, no) => (no === tableNo ? { ...next(table) } : table)) }
}
