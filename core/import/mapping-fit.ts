import { sha256Hex } from '#lib/hash'
import { compareCodePoints, matchesPattern } from '#lib/text'
import type { FieldSource, FileMapping, MappedField, TableMapping } from '#schema/mapping'
import { TABLES } from '#schema/tables'
import type { FileShape, PathFinder } from './file-shape.ts'
import { normalHeader, requiredColumns } from './headers.ts'
import { pathOf } from './mapping-plan.ts'

/** What a mapping comes to on one file: its tables spelled as the file is, or why it does not fit. */
export type MappingFit =
  | Readonly<{ isFit: true; tables: readonly TableMapping[] }>
  | Readonly<{ isFit: false; why: string }>

/**
 * What files of the same shape have in common: SHA-256 of their headers, whatever the order and spelling, and of the list in a
 * document that they are records of.
 *
 * @param recordsAt path to that list; without one, what is read is no list that was chosen
 *
 * Source: docs/methods/import.md, "Mappings".
 */
export function signatureOf(headers: readonly string[], recordsAt?: string): string {
  const normal = [...new Set(headers.map(normalHeader))].toSorted(compareCodePoints)
  return sha256Hex(JSON.stringify(recordsAt === undefined ? normal : [normal, recordsAt]))
}

/** Was the mapping made for files of these headers? */
export function isMadeFor({ headers }: FileMapping, shape: Pick<FileShape, 'headers'>): boolean {
  return headers.length > 0 && signatureOf(headers) === signatureOf(shape.headers)
}

/** Of the keys of a JSON file, this share must be known to a mapping that is taken for its own without being asked for. */
const ENOUGH_KEYS = 0.5

/** Has a JSON file, which leaves out what is empty, mostly the keys that the mapping was made for? */
export function isAlike({ headers }: FileMapping, shape: Pick<FileShape, 'headers'>): boolean {
  const known = new Set(headers.map(normalHeader))
  const own = [...new Set(shape.headers.map(normalHeader))]
  return own.filter(header => known.has(header)).length >= ENOUGH_KEYS * own.length
}

/**
 * Lays a mapping over a file: the file's name must be the mapping's where that has one; of every field a source must be
 * there, in JSON only of the required ones, since JSON leaves out what is empty.
 *
 * @returns the mapping with headers and paths spelled as the file has them
 */
export function fitMapping(mapping: FileMapping, shape: FileShape, finder: PathFinder): MappingFit {
  const name = shape.file.slice(Math.max(shape.file.lastIndexOf('/'), shape.file.lastIndexOf('\\')) + 1)
  if (mapping.file !== undefined && !matchesPattern(name.toLowerCase(), mapping.file.toLowerCase())) {
    return { isFit: false, why: `it is for files called ${mapping.file}` }
  }
  const tables: TableMapping[] = []
  for (const table of mapping.tables) {
    const fault = tableFault(table, shape, finder)
    if (fault !== null) return { isFit: false, why: fault }
    tables.push(spelled(table, finder))
  }
  return { isFit: true, tables }
}

/** @returns what is wrong with a table of a mapping on any file, or on this one; null where it fits */
function tableFault({ table, fields }: TableMapping, shape: FileShape, finder: PathFinder): string | null {
  const wrong = fieldFault(table, fields)
  if (wrong !== null) return wrong
  const required = requiredColumns(table)
  const absent = fields.filter(({ field, from, constant }) => {
    if (constant !== undefined || (shape.isJson && !required.includes(field))) return false
    return !from.some(source => finder.find(pathOf(source)) !== null)
  })
  const [first] = absent
  if (first === undefined) return null
  const sources = first.from.map(source => `"${pathOf(source)}"`).join(' or ')
  return `${first.field} of ${table} comes from ${sources}, which the file does not have`
}

/** @returns what is wrong with the fields of a mapping whatever the file; null where nothing is */
export function fieldFault(table: TableMapping['table'], fields: readonly MappedField[]): string | null {
  const columns: readonly string[] = Object.keys(TABLES[table].columns)
  const names = fields.map(({ field }) => field)
  const unknown = names.find(name => !columns.includes(name))
  if (unknown !== undefined) return `${table} has no field ${unknown}`
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) return `${twice} of ${table} is mapped twice`
  const empty = fields.find(({ from, constant }) => from.length === 0 && constant === undefined)
  if (empty !== undefined) return `${empty.field} of ${table} comes from nothing`
  const missing = requiredColumns(table).find(name => !names.includes(name))
  return missing === undefined ? null : `${table} needs ${missing}`
}

function spelled(mapping: TableMapping, finder: PathFinder): TableMapping {
  const pathIn = (path: string): string => finder.find(path) ?? path
  const sourceIn = (source: FieldSource): FieldSource =>
    typeof source === 'string' ? pathIn(source) : { ...source, path: pathIn(source.path) }
  const { when, drop } = mapping
  return {
    ...mapping,
    fields: mapping.fields.map(field => ({ ...field, from: field.from.map(sourceIn) })),
    ...(when === undefined ? {} : { when: when.map(condition => ({ ...condition, path: pathIn(condition.path) })) }),
    ...(drop === undefined ? {} : { drop: drop.map(pathIn) }),
  }
}
