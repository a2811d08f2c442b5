import { bytesOfBase64 } from '#lib/base64'
import { formatInstant } from '#lib/time'
import { numberOfText } from './json-text.ts'

/** Keys of MongoDB of which the value is taken as it stands, whatever it is. */
export const PLAIN_TYPES = ['$oid', '$date', '$uuid'] as const

type JsonObject = Readonly<Record<string, unknown>>

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  $oid: value => value,
  $uuid: value => value,
  $date: value => (isObject(value) ? dateOf(value) : value),
  $numberInt: numberOf,
  $numberLong: numberOf,
  $numberDouble: numberOf,
  $numberDecimal: numberOf,
  $binary: value => (isObject(value) ? uuidOf(value) : undefined),
}

/** Letters of DynamoDB, which are words of others too. */
const TYPED: Readonly<Record<string, (value: unknown) => unknown>> = {
  S: value => (typeof value === 'string' ? value : undefined),
  N: value => (typeof value === 'string' && NUMBER.test(value) ? numberOfText(value) : undefined),
  BOOL: value => (typeof value === 'boolean' ? value : undefined),
  NULL: value => (value === true ? null : undefined),
}
/** Those whose values are kept as they stand. */
const TYPED_WHOLE = ['B', 'L', 'M', 'SS', 'NS', 'BS']
/** Milliseconds beyond which there is no date. */
const LAST_MS = 8.64e15

/** Is a member of this name the one of an object by which MongoDB or DynamoDB says of which type a value is? */
export function isTypeKey(key: string): boolean {
  return Object.hasOwn(READERS, key) || Object.hasOwn(TYPED, key)
}

/** Is a record, or the one object in it (`Item`), one of DynamoDB, which gives every value its type? Then those alone are its values. */
export function isTypedRecord(record: JsonObject): boolean {
  const values = Object.values(record)
  const [only] = values
  return areTyped(values) || (values.length === 1 && isObject(only) && areTyped(Object.values(only)))
}

function areTyped(values: readonly unknown[]): boolean {
  return values.length > 0 && values.every(isTyped)
}

function isTyped(value: unknown): boolean {
  if (!isObject(value)) return false
  const [key, ...others] = Object.keys(value)
  if (key === undefined || others.length > 0) return false
  return TYPED[key]?.(value[key]) !== undefined || (TYPED_WHOLE.includes(key) && typeof value[key] === 'object')
}

/**
 * The value that an object of MongoDB's extended JSON, or of DynamoDB's, stands for, the former in its canonical and its relaxed form: `{"$oid": "65f1"}` is the text,
 * `{"$numberLong": "5"}` the number with its digits as given, `{"$date": {"$numberLong": "0"}}` the time as ISO 8601 in UTC,
 * `{"$date": "..."}` what it says, `{"S": "u1"}`, `{"N": "5"}` and `{"BOOL": true}` of DynamoDB the text, number or boolean, `{"$uuid": "..."}` and `{"$binary": {"base64": "...", "subType": "04"}}` the UUID.
 *
 * @param value of `readJson`
 * @param isOfTyped is it of a record of DynamoDB (`isTypedRecord`)? Else its letters are names like any others
 * @returns any other value as it is, also what only looks like one of these
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function plainValue(value: unknown, isOfTyped = false): unknown {
  if (!isObject(value)) return value
  const [key, ...others] = Object.keys(value)
  if (key === undefined || others.length > 0) return value
  const reader = READERS[key] ?? (isOfTyped ? TYPED[key] : undefined)
  const plain = reader?.(value[key])
  return plain === undefined ? value : plain
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Not a number, or without end: what it is called stays. */
function numberOf(value: unknown): unknown {
  if (typeof value !== 'string') return undefined
  return NUMBER.test(value) ? numberOfText(value) : value
}

function dateOf(value: JsonObject): unknown {
  const { $numberLong: digits, ...others } = value
  if (typeof digits !== 'string' || Object.keys(others).length > 0 || !/^-?\d{1,17}$/.test(digits)) return value
  const ms = Number(digits)
  return Math.abs(ms) > LAST_MS ? value : formatInstant(ms)
}

/** Of the subtype for UUIDs; the older one has an order of bytes that the file does not tell. */
function uuidOf({ base64, subType }: JsonObject): unknown {
  if (typeof base64 !== 'string' || (subType !== '04' && subType !== '4')) return undefined
  if (!/^[A-Za-z0-9+/]{22}==$/.test(base64)) return undefined
  const hex = Array.from(bytesOfBase64([base64]), byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
