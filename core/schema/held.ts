import * as z from 'zod'

/** How the cells of one column are to be read, where that is not how the column as a whole is read. */
export const HELD_READINGS = [
  'dmy',
  'mdy',
  'excel',
  'epoch_s',
  'epoch_ms',
  'epoch_us',
  'epoch_ns',
  'decimal-point',
  'decimal-comma',
] as const
export type HeldReading = (typeof HELD_READINGS)[number]

/** What is done with held rows. `read` to `set` are about the column at fault, `pad` to `as-record` about the record. */
export const heldFix = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), as: z.enum(HELD_READINGS) }),
  /** Pattern of the dates, such as `DD/MM/YY HH:mm`. */
  z.strictObject({ kind: z.literal('pattern'), pattern: z.string().min(1).max(100) }),
  /** Rows whose value is another one are left alone. */
  z.strictObject({ kind: z.literal('replace'), value: z.string(), to: z.string() }),
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('set'), to: z.string() }),
  /** Missing fields at the end of the record are empty. */
  z.strictObject({ kind: z.literal('pad') }),
  /** Fields beyond those of the header are left out. */
  z.strictObject({ kind: z.literal('cut') }),
  /** Quotes are characters like any other. */
  z.strictObject({ kind: z.literal('plain-quotes') }),
  /** What looks like a total is a record. */
  z.strictObject({ kind: z.literal('as-record') }),
  z.strictObject({ kind: z.literal('leave-out') }),
  /** Of rows that were left out. */
  z.strictObject({ kind: z.literal('take-back') }),
])
export type HeldFix = Readonly<z.output<typeof heldFix>>

/** What was said about one held row, laid over its raw text when it is judged again. */
export type HeldOverlay = Readonly<{
  /** The text of the record, written anew. */
  record?: string
  /** Texts by position of the column in the plan. */
  cells?: Readonly<Record<string, string>>
  /** Are `cells` the whole record? Then nothing of the raw text counts. */
  isWhole?: boolean
  /** Texts by canonical column: of fields that are not simply a column of the file. */
  fields?: Readonly<Record<string, string>>
  /** By canonical column: one of `HELD_READINGS`, or `pattern:` and a pattern of dates. */
  readings?: Readonly<Record<string, string>>
  shape?: 'pad' | 'cut' | 'plain-quotes' | 'as-record'
}>

/** `fixed`: a fixing import has read it. `superseded`: it would be held, but a newer import of the same source has the record again. */
export type HeldState = 'held' | 'left-out' | 'fixed' | 'superseded'
