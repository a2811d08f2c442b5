import { bytesOfBase64 } from '#lib/base64'
import { formatInstant } from '#lib/time'
import { numberOfText } from './json-text.ts'

/** Keys of MongoDB of which the value is taken as it stands, whatever it is. */
export const PLAIN_TYPES = ['$oid', '$date', '$uuid'] as const

type JsonObject = Readonly<Record<string, unknown>>

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

type Reader = (value: unknown) => unknown

/** MongoDB's; undefined where the value is not what its type says. */
const MONGO: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['$oid', value => value],
  ['$uuid', value => value],
  ['$date', value => (isObject(value) ? dateOf(value) : value)],
  ['$numberInt', numberOf],
  ['$numberLong', numberOf],
  ['$numberDouble', numberOf],
  ['$numberDecimal', numberOf],
  ['$binary', value => (isObject(value) ? uuidOf(value) : undefined)],
])
/** DynamoDB's, which are words of others too. */
const DYNAMO: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['S', value => (typeof value === 'string' ? value : undefined)],
  ['N', value => (typeof value === 'string' && NUMBER.test(value) ? numberOfText(value) : undefined)],
  ['BOOL', value => (typeof value === 'boolean' ? value : undefined)],
  ['NULL', value => (value === true ? null : undefined)],
])
/** Those whose values are kept as they stand. */
const DYNAMO_WHOLE = ['L', 'M', 'SS', 'NS', 'BS']
/** Milliseconds beyond which there is no date. */
const LAST_MS = 8.64e15

/** Is a member of this name the one of an object by which MongoDB or DynamoDB says of which type a value is? */
export function isTypeKey(key: string): boolean {
  return MONGO.has(key) || DYNAMO.has(key)
}

/**
 * A record without the types of DynamoDB, which gives every value one: `{"id": {"S": "u1"}, "seats": {"N": "5"}}` is `{"id": "u1", "seats": 5}`.
 * So is the one object in a record (`Item`). Lists, sets and maps stay as they are written.
 *
 * @param record of `readJson`
 * @returns any other record itself: where one value has no type, the letters are names like any others
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function withoutTypes(record: JsonObject): JsonObject {
  if (areTyped(record)) return mapped(record, untyped)
  const name = onlyName(record)
  const only = name === null ? null : record[name]
  return name === null || !isObject(only) || !areTyped(only) ? record : { [name]: mapped(only, untyped) }
}

function areTyped(record: JsonObject): boolean {
  let found = false
  for (const name in record) {
    if (!isTyped(record[name])) return false // for most records the first value says so
    found = true
  }
  return found
}

function isTyped(value: unknown): boolean {
  if (!isObject(value)) return false
  const key = onlyName(value)
  if (key === null) return false
  const inner = value[key]
  return DYNAMO.get(key)?.(inner) !== undefined || (DYNAMO_WHOLE.includes(key) && typeof inner === 'object')
}

function untyped(value: unknown): unknown {
  return read(DYNAMO, value)
}

function mapped(record: JsonObject, change: Reader): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}

/**
 * The value that an object of MongoDB's extended JSON stands for, in its canonical and its relaxed form: `{"$oid": "65f1"}` is the text,
 * `{"$numberLong": "5"}` the number with its digits as given, `{"$date": {"$numberLong": "0"}}` the time as ISO 8601 in UTC,
 * `{"$date": "..."}` what it says, `{"$uuid": "..."}` and `{"$binary": {"base64": "...", "subType": "04"}}` the UUID.
 *
 * @param value of `readJson`
 * @returns any other value as it is, also what only looks like one of these
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function plainValue(value: unknown): unknown {
  return read(MONGO, value)
}

function read(readers: ReadonlyMap<string, Reader>, value: unknown): unknown {
  if (!isObject(value)) return value
  const key = onlyName(value)
  const plain = key === null ? undefined : readers.get(key)?.(value[key])
  return plain === undefined ? value : plain
}

/** The name of the one member of an object; null where it has none or more. Asked of every record: nothing is made for it. */
function onlyName(object: JsonObject): string | null {
  let only: string | null = null
  for (const name in object) {
    if (only !== null) return null
    only = name
  }
  return only
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
