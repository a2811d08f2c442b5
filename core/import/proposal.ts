import type { FilePlan } from '#schema/import'
import type { MappedField, TableMapping } from '#schema/mapping'
import { type Column, TABLE_NAMES, TABLES, type TableName } from '#schema/tables'
import { conditionsOfMarks } from './deleted-rows.ts'
import { type FileShape, type PathFinder, pathFinder } from './file-shape.ts'
import { readHead } from './head-records.ts'
import { matchHeaders, normalHeader, requiredColumns, zoneOf } from './headers.ts'
import { pathOf } from './mapping-plan.ts'
import { type PresetFit, presetFits } from './preset-fit.ts'
import type { PresetField } from './presets/preset.ts'
import { SOURCES } from './presets/sources.ts'
import { isSecretHeader } from './secrets.ts'
import { isOddFor, looksLike } from './value-fit.ts'

const LOOKED_AT = 200
/** Shorter headers end too many fields to mean one of them. */
const LEAST_ENDING = 4
/** Of its first values, so many must be there before they are taken for keys. */
const ENOUGH_KEYS = 3
const KEY_LENGTH = 100

/**
 * How a file would be read as each of the tables, should the analyst say that it is this one.
 *
 * In this order, a header filling one field at most: the kind of export that the file fits and that feeds the table; the
 * table's own names and synonyms, general ones too, since the table is known; what exports of known sources call the field;
 * fields that end like the header (`email`: `primary_email`); for a required time, and for a key, the first column whose values
 * look so. Past the first two, a column whose values cannot be what the field holds is left alone.
 *
 * @param plan of the file, whatever its table
 * @param head the bytes the plan was made from
 * @returns a mapping for each table of which a field is found, in the order of the specification; required fields may be
 *   missing in it
 *
 * Source: docs/methods/import.md, "Recognition".
 */
export function proposeTables(plan: FilePlan, head: Uint8Array): readonly TableMapping[] {
  if (plan.format === 'unknown' || plan.columns.length === 0) return []
  const { records, objects } = readHead(plan, head, false, LOOKED_AT)
  const headers = plan.columns.map(({ header }) => header)
  const shape: FileShape = {
    file: plan.file,
    isJson: plan.format !== 'csv',
    headers,
    records,
    objects,
    isWhole: false,
  }
  const finder = pathFinder(shape)
  const fits = SOURCES.flatMap(source => presetFits(source, shape, finder)).toSorted((a, b) => b.score - a.score)
  const open = openHeaders(headers)
  const tables = TABLE_NAMES.map(table => fittedTable(table, fits) ?? proposedTable(table, shape, { finder, open }))
  return tables.filter(({ fields }) => fields.length > 0)
}

/** Events that tell of users are no list of them. */
function fittedTable(table: TableName, fits: readonly PresetFit[]): TableMapping | null {
  const best = fits.find(({ isFit, isFaint }) => isFit && !isFaint) ?? fits.find(each => fitsFaintly(each, table))
  return best?.tables.find(each => each.table === table) ?? null
}

function fitsFaintly({ isFit, isFaint, tables }: PresetFit, table: TableName): boolean {
  return isFit && isFaint && tables.some(each => each.table === table)
}

type Open = Readonly<{ field: string; column: Column }>

/** Headers that name no secret, with how they are compared with the ends of fields. */
type OpenHeader = Readonly<{ header: string; ending: string }>

/** Once for all fields of all tables: a file may have thousands of headers. */
function openHeaders(headers: readonly string[]): readonly OpenHeader[] {
  return headers
    .filter(header => !isSecretHeader(header))
    .map(header => ({ header, ending: normalHeader(header).replaceAll('.', '') }))
}

type Ground = Readonly<{ finder: PathFinder; open: readonly OpenHeader[] }>

function proposedTable(table: TableName, shape: FileShape, { finder, open }: Ground): TableMapping {
  const types: Readonly<Record<string, Column>> = TABLES[table].columns
  const texts = (header: string): readonly string[] => finder.texts(header).slice(0, LOOKED_AT)
  const isOdd = (field: string, header: string): boolean => isOddFor(field, types[field]?.type ?? 'text', texts(header))
  const match = matchHeaders(table, shape.headers, true, (field, at) => isOdd(field, shape.headers[at] ?? ''))
  const joined = new Map(
    (match.derived ?? []).map(({ column, from, combine }) => [column, { field: column, from: [...from], combine }]),
  )
  const found = new Map(match.columns.flatMap(({ header, column }) => (column === null ? [] : [[column, header]])))
  const used = new Set(match.columns.flatMap(({ header, column }) => (column === null ? [] : [header])))
  const take = (choose: (open: Open) => string | undefined): void => {
    for (const [field, column] of Object.entries(types)) {
      if (found.has(field)) continue
      const header = choose({ field, column })
      if (header === undefined || used.has(header)) continue
      found.set(field, header)
      used.add(header)
    }
  }
  const free = (fits: (each: OpenHeader) => boolean): string | undefined =>
    open.find(each => !used.has(each.header) && fits(each))?.header
  take(({ field }) => namesInExports(table, field, finder).find(path => !used.has(path) && !isOdd(field, path)))
  take(({ field }) => {
    const name = normalHeader(field)
    return free(({ header, ending }) => endsLike(name, ending) && !isOdd(field, header))
  })
  const required = requiredColumns(table)
  take(({ field, column: { type } }) =>
    type === 'moment' && required.includes(field) ? free(({ header }) => looksLike(type, texts(header))) : undefined,
  )
  const [key] = TABLES[table].key
  take(({ field }) =>
    field === key && required.includes(field) ? free(({ header }) => isKey(texts(header))) : undefined,
  )
  const fields = Object.keys(types).flatMap(field => joined.get(field) ?? mapped(table, field, found.get(field)))
  const when = conditionsOfMarks(shape.headers)
  return { table, fields, ...(when.length === 0 ? {} : { when }) }
}

function mapped(table: TableName, field: string, header: string | undefined): readonly MappedField[] {
  if (header === undefined) return []
  return [{ field, from: [header], combine: 'first', ...zoneOf(table, field, header).settings }]
}

/** Where exports of known sources have a field, as far as this file has the same. */
function namesInExports(table: TableName, field: string, finder: PathFinder): readonly string[] {
  const kinds = SOURCES.flatMap(({ shapes }) => shapes.flatMap(({ tables }) => tables))
  const presets = kinds.filter(kind => kind.table === table && kind.isAside !== true).map(({ fields }) => fields[field])
  return presets.flatMap(namesOf).flatMap(path => finder.find(path) ?? [])
}

/** Only what is taken as it is: units and lists of values are those of that source. */
function namesOf(preset: PresetField | undefined): readonly string[] {
  if (preset === undefined) return []
  if (!('from' in preset)) return preset
  const { from, combine = 'first', ...settings } = preset
  return combine === 'first' && Object.keys(settings).length === 0 ? from.map(pathOf) : []
}

function endsLike(field: string, ending: string): boolean {
  return ending.length >= LEAST_ENDING && field.endsWith(ending)
}

/** Every value there is another one, and none is a text. */
function isKey(texts: readonly string[]): boolean {
  const isPlain = texts.every(text => text.length <= KEY_LENGTH && !/\s/.test(text))
  return texts.length >= ENOUGH_KEYS && isPlain && new Set(texts).size === texts.length
}
