export const ERROR_CODES = [
  'usage/bad-argument',
  'usage/missing-file',
  'usage/bad-model',
  'usage/bad-policy',
  'usage/bad-mapping',
  'usage/overtaken',
  'import/no-table',
  'import/ambiguous',
  'import/mostly-held',
  'import/no-events',
  'import/not-readable',
  'import/unknown-source',
  'import/file-changed',
  'import/no-batch',
  'import/not-undoable',
  'score/no-run',
  'score/unknown-unit',
  'export/exists',
  'store/not-a-project',
  'store/too-new',
  'store/locked',
  'store/disk',
  'store/corrupt',
  'store/read-only',
  'project/not-open',
  'contract/bad-input',
  'contract/unknown-method',
  'contract/too-large',
  'run/cancelled',
  'run/busy',
  'transport/closed',
  'internal',
] as const

/** The public vocabulary of failure: stable, one row each in docs/errors.md, safe to send over a transport. */
export type ErrorCode = (typeof ERROR_CODES)[number]

export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>

/** An expected failure. `context` holds plain JSON values only, so it survives every transport. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly context: ErrorContext

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.context = context
  }
}

/** Throws a plain Error when a belief about our own code is false: a bug, never bad data. */
export function invariant(condition: unknown, belief: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${belief}`)
}
