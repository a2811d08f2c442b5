import { invariant } from '#lib/errors'
import type { ColumnType, Value } from '#schema/tables'
import type { SqlValue } from './connection.ts'

/**
 * A value as its column holds it. A value of another type than its column's is a bug of whoever read the file: a number
 * in a TEXT column would come back as `5.0`, NaN as nothing.
 */
export function toSql(value: Value, type: ColumnType): SqlValue {
  if (value === null) return null
  switch (type) {
    case 'number':
    case 'money':
      invariant(typeof value === 'number' && Number.isFinite(value), `${type} is a finite number`)
      return value
    case 'integer':
      invariant(Number.isSafeInteger(value), 'integer is a whole number')
      return value as number // just tested
    case 'boolean':
      invariant(typeof value === 'boolean', 'boolean is true or false')
      return value ? 1 : 0
    case 'list':
      invariant(Array.isArray(value), 'list is a list of texts')
      return JSON.stringify(value)
    default:
      invariant(typeof value === 'string', `${type} is text`)
      return value
  }
}

/** The inverse of `toSql`. */
export function fromSql(value: SqlValue, type: ColumnType): Value {
  if (value === null) return null
  if (type === 'boolean') return value === 1
  if (type === 'list') return JSON.parse(value as string) as string[] // written by toSql
  return value as string | number // STRICT columns of these types hold nothing else
}

/** A value as a person reads it in a record. */
export function valueText(value: Value): string | null {
  if (value === null) return null
  return Array.isArray(value) ? value.join('; ') : String(value)
}
