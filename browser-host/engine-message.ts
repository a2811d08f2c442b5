import type { SourceFile } from '#app'
import type { Request } from '#contract/channel'

/** What a token stands for in the engine: a file to read, or a place to write. */
export type Grant = Readonly<{ source: SourceFile }> | Readonly<{ target: string }>

/** What a host tells its engine process, beside the calls: never over the renderer's channel. */
export type ToEngine =
  | Readonly<{ kind: 'call'; message: Request }>
  | Readonly<{ kind: 'grant'; token: string; grant: Grant }>
  | Readonly<{ kind: 'revoke'; token: string }>
  | Readonly<{ kind: 'client' }>
  | Readonly<{ kind: 'stop' }>

/** What an engine process tells its host. */
export type FromEngine = Readonly<{ kind: 'reply'; message: unknown }> | Readonly<{ kind: 'report'; text: string }>

/** An error as text for the log of the host; never row contents. */
export function reportText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
