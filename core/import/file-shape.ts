import { outerHeader, pathValue, recordValueAt, valueAt } from './field-path.ts'
import { normalHeader } from './headers.ts'
import { isPlainObject } from './json/json-cells.ts'
import { readJson } from './json/json-text.ts'

/** What the head of a file shows: its headers and its first records. */
export type FileShape = Readonly<{
  file: string
  /** What the list of its records is called, where that was chosen. */
  listName?: string | undefined
  isJson: boolean
  headers: readonly string[]
  /** Texts of the first records, one per header. */
  records: readonly (readonly string[])[]
  /** Are these all records of the file? */
  isWhole: boolean
  /** The same as JSON objects where the file has these. */
  objects: readonly Readonly<Record<string, unknown>>[]
}>

/** Finds headers and paths in the head of a file, whatever their spelling. */
export type PathFinder = Readonly<{
  /** The header or path as the file has it; null where the head has nothing there. */
  find(path: string): string | null
  /** Texts at a header or path of the file that are not empty, from the first records. */
  texts(path: string): readonly string[]
}>

const LOOKED_AT = 200

/** The form in which headers and paths of presets are compared: as headers, without dots. */
export function pathKey(path: string): string {
  return normalHeader(path).replaceAll('.', '')
}

/**
 * A finder for the head of one file. A path is first a header (`context_ip` is as good as `context.ip`), then a place inside
 * JSON, which a column of a delimited file may hold too.
 */
export function pathFinder(shape: FileShape): PathFinder {
  const byKey = new Map(shape.headers.map((header): [string, string] => [pathKey(header), header]).toReversed())
  const found = new Map<string, string | null>()
  const inside = shape.isJson ? insideObjects(shape) : insideCells(shape, byKey)
  return {
    find(path) {
      const known = found.get(path)
      if (known !== undefined) return known
      const at = byKey.get(pathKey(path)) ?? inside(path)
      found.set(path, at)
      return at
    },
    texts: path => textsAt(shape, path),
  }
}

function insideObjects({ objects }: FileShape): (path: string) => string | null {
  return path => {
    if (!path.includes('.')) return null
    return objects.some(object => hasValue(recordValueAt(object, path))) ? path : null
  }
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** A path whose beginning names a column that holds JSON. */
function insideCells(
  { headers, records }: FileShape,
  byKey: ReadonlyMap<string, string>,
): (path: string) => string | null {
  const parsed = new Map<number, readonly unknown[]>()
  const valuesOf = (at: number): readonly unknown[] => {
    const values = parsed.get(at) ?? jsonCells(records.slice(0, LOOKED_AT).map(cells => cells[at] ?? ''))
    parsed.set(at, values)
    return values
  }
  return path => {
    for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      const outer = byKey.get(pathKey(path.slice(0, dot)))
      const inner = path.slice(dot + 1)
      if (outer === undefined) continue
      const values = valuesOf(headers.indexOf(outer))
      if (values.some(value => hasValue(valueAt(value, inner)))) return `${outer}.${inner}`
    }
    return null
  }
}

function jsonCells(cells: readonly string[]): readonly unknown[] {
  const objects = cells.filter(cell => cell.startsWith('{') || cell.startsWith('['))
  return objects.map(cell => readJson(cell).value).filter(value => isPlainObject(value) || Array.isArray(value))
}

function textsAt({ isJson, headers, records, objects }: FileShape, path: string): readonly string[] {
  if (isJson) {
    const values = objects.slice(0, LOOKED_AT).map(object => pathValue(recordValueAt(object, path), false).text)
    return values.filter(text => text !== '')
  }
  const at = headers.indexOf(path)
  if (at >= 0)
    return records
      .slice(0, LOOKED_AT)
      .map(cells => (cells[at] ?? '').trim())
      .filter(text => text !== '')
  const outer = outerHeader(path, headers)
  if (outer === null) return []
  const cells = records.slice(0, LOOKED_AT).map(each => each[headers.indexOf(outer)] ?? '')
  const inner = path.slice(outer.length + 1)
  return jsonCells(cells)
    .map(value => pathValue(valueAt(value, inner), false).text)
    .filter(text => text !== '')
}
