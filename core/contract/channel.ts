import type { AppError, ErrorCode, ErrorContext } from '#lib/errors'
import type { Progress, TypedColumn } from './method.ts'

export type WireError = Readonly<{ code: ErrorCode; message: string; context: ErrorContext }>
export type Columns = Readonly<Record<string, TypedColumn>>

/** What a client says. `input` is a JSON value. */
export type Request =
  | Readonly<{ t: 'call'; id: number; method: string; input: unknown }>
  | Readonly<{ t: 'cancel'; id: number }>
/** What a server says. `value` is a JSON value; `columns` travel beside it as bytes, never as text. */
export type Reply =
  | Readonly<{ t: 'progress'; id: number; progress: Progress }>
  | Readonly<{ t: 'ok'; id: number; value: unknown; columns?: Columns }>
  | Readonly<{ t: 'fail'; id: number; error: WireError }>
export type Wire = Request | Reply

/**
 * The only thing a transport has to provide: whole messages, in order, to one listener.
 *
 * - `post` sends a message; the sender gives its columns away and must not use them again. Throws AppError
 *   `transport/closed` once the channel is closed.
 * - `listen` sets the one listener and starts delivery. What arrives is not trusted: the listener reads it with
 *   `readRequest` or `readReply`.
 * - `onClose` calls back once when the other end is gone or `close` was called; at once if that has happened already.
 * - `close` ends the channel on both sides.
 */
export type Channel = Readonly<{
  post(message: Wire): void
  listen(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}>

/** The error as it travels. */
export function wireError(error: AppError): WireError {
  return { code: error.code, message: error.message, context: error.context }
}
