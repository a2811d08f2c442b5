import type Database from 'better-sqlite3'
import type { ErrorContext } from '#lib/errors'
import { asStoreError } from './store-error.ts'

declare const writable: unique symbol
/** A connection that may only read; `Writable` extends it, so a reader can never be handed a write. */
export type Readable = Database.Database
export type Writable = Readable & { readonly [writable]: true }

/** What a statement may be given. A number never goes into a TEXT column: it would come back as `5.0`. */
export type SqlValue = string | number | bigint | null | Uint8Array
type Binding = SqlValue | readonly SqlValue[] | Readonly<Record<string, SqlValue>>

/** `objects`: a row is an object; `arrays`: a row is an array of its columns; `values`: the first column alone. */
export type RowShape = 'objects' | 'arrays' | 'values'

/** A prepared statement whose failures are those of the public vocabulary. */
export type Statement<R> = Readonly<{
  run(...binding: Binding[]): Database.RunResult
  get(...binding: Binding[]): R | undefined
  all(...binding: Binding[]): R[]
  iterate(...binding: Binding[]): IterableIterator<R>
}>

const prepared = new WeakMap<Readable, Map<string, Statement<unknown>>>()

/**
 * The prepared statement of a text, made once per connection. `R` is what the author of the text knows it to return:
 * the one place where a row gets its type.
 */
export function statement<R>(db: Readable, sql: string, shape: RowShape = 'objects'): Statement<R> {
  const known = prepared.get(db) ?? new Map<string, Statement<unknown>>()
  prepared.set(db, known)
  const key = `${shape} ${sql}`
  const found = known.get(key) ?? prepare(db, sql, shape)
  known.set(key, found)
  return found as Statement<R> // the text decides, see above
}

/** Runs `work` as one immediate transaction: all of it, or nothing. Within another it is a part of that one. */
export function transaction<T>(db: Writable, work: () => T): T {
  return guarded(() => db.transaction(work).immediate())
}

/** Runs `work` and turns its failures into those of the public vocabulary. */
export function guarded<T>(work: () => T, context?: ErrorContext): T {
  try {
    return work()
  } catch (error) {
    throw asStoreError(error, context)
  }
}

function prepare(db: Readable, sql: string, shape: RowShape): Statement<unknown> {
  const raw = guarded(() => db.prepare<Binding[], unknown>(sql))
  if (shape === 'arrays') raw.raw()
  if (shape === 'values') raw.pluck()
  return {
    run: (...binding) => guarded(() => raw.run(...binding)),
    get: (...binding) => guarded(() => raw.get(...binding)),
    all: (...binding) => guarded(() => raw.all(...binding)),
    *iterate(...binding) {
      try {
        yield* raw.iterate(...binding)
      } catch (error) {
        throw asStoreError(error)
      }
    },
  }
}
