import { ERROR_CODES, type ErrorCode, type ErrorContext } from '#lib/errors'
import type { Columns, Reply, Request, WireError } from './channel.ts'
import type { ColumnKind, ColumnSpec, Progress, TypedColumn } from './method.ts'

type Fields = Readonly<Record<string, unknown>>

const COLUMN_KINDS: readonly string[] = [
  'Float64Array',
  'Int32Array',
  'Uint32Array',
  'Uint8Array',
] satisfies readonly ColumnKind[]
const UNITS: readonly string[] = ['bytes', 'rows', 'steps', 'units'] satisfies readonly Progress['unit'][]

/**
 * Reads what a client sent.
 *
 * @param message anything
 * @returns the request, or null where it is none: a peer that sends rubbish is not answered
 */
export function readRequest(message: unknown): Request | null {
  if (!isRecord(message) || !isId(message['id'])) return null
  const id = message['id']
  if (message['t'] === 'cancel') return { t: 'cancel', id }
  if (message['t'] !== 'call' || typeof message['method'] !== 'string') return null
  return { t: 'call', id, method: message['method'], input: message['input'] }
}

/**
 * Reads what a server sent.
 *
 * @param message anything
 * @returns the reply, or null where it is none
 */
export function readReply(message: unknown): Reply | null {
  if (!isRecord(message) || !isId(message['id'])) return null
  const id = message['id']
  if (message['t'] === 'progress') return readProgress(id, message['progress'])
  if (message['t'] === 'fail')
    return isRecord(message['error']) ? { t: 'fail', id, error: readError(message['error']) } : null
  return message['t'] === 'ok' ? readOk(id, message) : null
}

/**
 * The kind of a typed-array column, also of one made in another realm (a frame, a test environment), where
 * `instanceof` fails.
 *
 * @param value anything
 * @returns its kind, or null where it is no column
 */
export function columnKind(value: unknown): ColumnKind | null {
  const name = Object.prototype.toString.call(value).slice('[object '.length, -1)
  return COLUMN_KINDS.includes(name) ? (name as ColumnKind) : null
}

/**
 * What is wrong with the columns of a result.
 *
 * @param spec names and kinds the method promises; undefined: it promises none
 * @param columns what came
 * @returns a sentence, or null where they fit
 */
export function columnFault(spec: ColumnSpec | undefined, columns: Columns | undefined): string | null {
  const promised = Object.entries(spec ?? {})
  const extra = Object.keys(columns ?? {}).find(name => !Object.hasOwn(spec ?? {}, name))
  if (extra !== undefined) return `column "${extra}" is not in the contract`
  for (const [name, kind] of promised) {
    const found = columns !== undefined && Object.hasOwn(columns, name) ? columnKind(columns[name]) : null
    if (found !== kind) return `column "${name}" should be ${kind}, found ${found ?? 'none'}`
  }
  return null
}

function readOk(id: number, message: Fields): Reply | null {
  const columns = message['columns']
  if (columns === undefined) return { t: 'ok', id, value: message['value'] }
  if (!isRecord(columns) || !Object.values(columns).every(column => columnKind(column) !== null)) return null
  return { t: 'ok', id, value: message['value'], columns: columns as Readonly<Record<string, TypedColumn>> }
}

function readProgress(id: number, progress: unknown): Reply | null {
  if (!isRecord(progress)) return null
  const { phase, done, total, unit, subject } = progress
  if (typeof phase !== 'string' || typeof done !== 'number' || !UNITS.includes(unit as string)) return null
  if (total !== null && typeof total !== 'number') return null
  if (subject !== null && typeof subject !== 'string') return null
  const more = readAside(progress)
  if (more === null) return null
  return { t: 'progress', id, progress: { phase, done, total, unit: unit as Progress['unit'], subject, ...more } }
}

/** What only some progress has; null where it is not what it should be. */
function readAside({ rows, part, waitsFor }: Fields): Pick<Progress, 'rows' | 'part' | 'waitsFor'> | null {
  if (rows !== undefined && typeof rows !== 'number') return null
  if (part !== undefined && !isPart(part)) return null
  if (waitsFor !== undefined && !isWaitsFor(waitsFor)) return null
  return {
    ...(rows === undefined ? {} : { rows }),
    ...(part === undefined ? {} : { part }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
  }
}

function isPart(part: unknown): part is NonNullable<Progress['part']> {
  return isRecord(part) && ['at', 'of', 'done', 'total'].every(member => typeof part[member] === 'number')
}

function isWaitsFor(waitsFor: unknown): waitsFor is NonNullable<Progress['waitsFor']> {
  return isRecord(waitsFor) && typeof waitsFor['job'] === 'string' && typeof waitsFor['ahead'] === 'number'
}

function readError(error: Fields): WireError {
  const isKnown = ERROR_CODES.includes(error['code'] as ErrorCode)
  return {
    code: isKnown ? (error['code'] as ErrorCode) : 'internal',
    message: typeof error['message'] === 'string' ? error['message'] : 'unexpected error, see the log',
    context: isRecord(error['context']) ? readContext(error['context']) : {},
  }
}

function readContext(context: Fields): ErrorContext {
  const plain = ['string', 'number', 'boolean']
  return Object.fromEntries(
    Object.entries(context).filter(([, value]) => value === null || plain.includes(typeof value)),
  ) as ErrorContext
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
