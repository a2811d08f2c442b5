import type * as z from 'zod'

/** `query` reads, `command` writes, `job` is long: it reports progress and can be cancelled. */
export type Kind = 'query' | 'command' | 'job'

export type ColumnKind = 'Float64Array' | 'Int32Array' | 'Uint32Array' | 'Uint8Array'
/** Names of the typed-array columns that travel beside the JSON value, and their kind. */
export type ColumnSpec = Readonly<Record<string, ColumnKind>>

export type Method = Readonly<{ kind: Kind; input: z.ZodType; output: z.ZodType; columns?: ColumnSpec }>

type Arrays = {
  Float64Array: Float64Array
  Int32Array: Int32Array
  Uint32Array: Uint32Array
  Uint8Array: Uint8Array
}
export type ColumnsOf<S extends ColumnSpec> = { readonly [C in keyof S]: Arrays[S[C]] }
export type TypedColumn = Arrays[ColumnKind]

/** How far a job is. `done` and `total` are in `unit`s; `total` is null where it cannot be known before the end. */
export type Progress = Readonly<{
  phase: string
  done: number
  total: number | null
  unit: 'bytes' | 'rows' | 'steps' | 'units' | 'pairs'
  /** What it works on: a file name, a table. */
  subject: string | null
  /** Rows taken up so far, where they are told beside another unit. */
  rows?: number
  /** The subject as one of several: which (from 1), of how many, and how far it is in `unit`s. */
  part?: Readonly<{ at: number; of: number; done: number; total: number }>
  /** Of a job that waits in line: the one that runs, and how many go before it. */
  waitsFor?: Readonly<{ job: string; ahead: number }>
}>

/** The part of AbortSignal we use, so that `core/` needs neither DOM nor Node types. */
export type AbortSignalLike = Readonly<{ aborted: boolean; addEventListener(type: 'abort', fn: () => void): void }>
