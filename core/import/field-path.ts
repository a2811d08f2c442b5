import type { ColumnPlan } from '#schema/import'
import { plainValue } from './json/extended-json.ts'
import { cellText, isPlainObject, staysWhole } from './json/json-cells.ts'
import { numberText, readJson } from './json/json-text.ts'

/** What one record of a file says at a header or path. */
export type PathReader = Readonly<{
  /** @param record the JSON object where the record is one, else null */
  read(cells: readonly string[], record: Readonly<Record<string, unknown>> | null): PathValue
}>

/** `text` is empty where there is nothing. `value` is what JSON had there. */
export type PathValue = Readonly<{ text: string; isNumber: boolean; value: unknown }>

export const NOTHING: PathValue = { text: '', isNumber: false, value: null }

/**
 * The value inside JSON that a dotted path leads to. A key may hold dots itself; places in lists count from 0
 * (`items.data.0.price`).
 *
 * @returns undefined where the path leads nowhere
 */
export function valueAt(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return stepInto(value, path, key => (/^\d+$/.test(key) ? value[Number(key)] : undefined))
  if (!isPlainObject(value)) return undefined
  return stepInto(value, path, key => (Object.hasOwn(value, key) ? value[key] : undefined))
}

function stepInto(_of: unknown, path: string, member: (key: string) => unknown): unknown {
  const whole = member(path)
  if (whole !== undefined) return whole
  for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) {
    const inner = member(path.slice(0, at))
    const found = inner === undefined ? undefined : valueAt(inner, path.slice(at + 1))
    if (found !== undefined) return found
  }
  return undefined
}

type JsonRecord = Readonly<Record<string, unknown>>

/**
 * The value in a JSON record that a path leads to, also inside a member that is JSON written as a text, as warehouses export
 * columns of JSON: a member of the record, or of an object that is taken apart.
 *
 * @returns undefined where the path leads nowhere
 *
 * Source: docs/methods/import.md, "Mappings".
 */
export function recordValueAt(record: JsonRecord, path: string): unknown {
  const found = valueAt(record, path)
  if (found !== undefined) return found
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const member = columnAt(record, path.slice(0, dot))
    const inner = typeof member === 'string' ? valueInText(member.trim(), path.slice(dot + 1)) : undefined
    if (inner !== undefined) return inner
  }
  return undefined
}

/** What a record has in the column of a header, which is that of a member or of one in an object that is taken apart. */
function columnAt(record: JsonRecord, header: string): unknown {
  if (Object.hasOwn(record, header)) return record[header]
  for (let dot = header.indexOf('.'); dot > 0; dot = header.indexOf('.', dot + 1)) {
    const outer = header.slice(0, dot)
    const object = Object.hasOwn(record, outer) && !staysWhole(outer) ? record[outer] : undefined
    const inner = header.slice(dot + 1)
    if (isPlainObject(object) && Object.hasOwn(object, inner)) return object[inner]
  }
  return undefined
}

/** @param text without blanks around it */
function valueInText(text: string, inner: string): unknown {
  // Most texts are no JSON.
  return text.charCodeAt(0) === 123 || text.charCodeAt(0) === 91 ? valueAt(readJson(text).value, inner) : undefined
}

/** A value as the text of a field: of a list its first member, unless the field is a list itself. */
export function pathValue(value: unknown, isList: boolean): PathValue {
  const whole = plainValue(value)
  const one = Array.isArray(whole) && !isList ? plainValue(whole[0]) : whole
  const text = cellText(one).trim()
  return text === '' ? NOTHING : { text, isNumber: numberText(one) !== null, value: one }
}

/**
 * A reader of a header or path in the records of one file: the column of that header, the inside of a column that holds
 * JSON, or the inside of a JSON record.
 *
 * @param isJson are the records of the file JSON objects?
 * @param isList is a list wanted whole?
 *
 * Source: docs/methods/import.md, "Mappings".
 */
export function pathReader(path: string, columns: readonly ColumnPlan[], isJson: boolean, isList: boolean): PathReader {
  if (isJson)
    return { read: (_cells, record) => (record === null ? NOTHING : pathValue(recordValueAt(record, path), isList)) }
  const place = cellPath(path, columns)
  if (place === null) return { read: () => NOTHING }
  const { column, inner } = place
  if (inner !== null) return insideColumn(column, inner, isList)
  return {
    read(cells) {
      const text = (cells[column] ?? '').trim()
      return text === '' ? NOTHING : { text, isNumber: false, value: text }
    },
  }
}

function insideColumn(column: number, inner: string, isList: boolean): PathReader {
  return {
    read(cells) {
      const found = valueInText((cells[column] ?? '').trim(), inner)
      return found === undefined ? NOTHING : pathValue(found, isList)
    },
  }
}

/** Where a path leads in delimited records: a column, or with `inner` inside one that holds JSON. */
export type CellPath = Readonly<{ column: number; inner: string | null }>

/** The cell of a header or path in delimited records; null where it leads nowhere. */
export function cellPath(path: string, columns: readonly ColumnPlan[]): CellPath | null {
  const headers = columns.map(({ header }) => header)
  const whole = headers.indexOf(path)
  if (whole >= 0) return { column: whole, inner: null }
  const outer = outerHeader(path, headers)
  return outer === null ? null : { column: headers.indexOf(outer), inner: path.slice(outer.length + 1) }
}

/** The longest header that a path begins with; null where there is none. */
export function outerHeader(path: string, headers: readonly string[]): string | null {
  const outer = headers.filter(header => header !== '' && path.startsWith(`${header}.`))
  return outer.toSorted((a, b) => b.length - a.length)[0] ?? null
}
