import type { WriteListener } from '#store'
import type { WriteOrder } from './write-work.ts'

/** What the writing thread is given. */
export type WriteTask = Readonly<{ path: string; order: WriteOrder; sign: SharedArrayBuffer }>

/** What the two threads tell one another between messages; the writer waits for a sign before it commits. */
export const SIGN = { none: 0, go: 1, stop: 2, committed: 3, failed: 4 } as const

export type FromWriter =
  | Readonly<{ kind: 'begun' }>
  | Readonly<{ kind: 'at'; at: Parameters<WriteListener>[0] }>
  | Readonly<{ kind: 'ready' }>
  | Readonly<{ kind: 'done' }>
  | Readonly<{ kind: 'refused'; code: string; message: string; context: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'broken'; message: string }>
