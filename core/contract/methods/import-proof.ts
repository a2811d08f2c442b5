import * as z from 'zod'
import { count, tableName } from './shared.ts'

const fieldFault = z.strictObject({
  code: z.string(),
  count,
  lines: z.array(count),
  values: z.array(z.string()),
  /** What to do about the first of them. */
  message: z.string(),
})

/** What the whole of one column says about one field. */
const fieldProof = z.strictObject({
  field: z.string(),
  type: z.string(),
  isRequired: z.boolean(),
  /** Headers or paths that it is read from; empty: a constant. */
  from: z.array(z.string()),
  filled: count,
  missing: count,
  faults: z.array(fieldFault),
  /** How it is read, where its type leaves a choice: a form of dates, or the decimal mark. */
  reading: z.string().nullable(),
  /** How many values each reading fits. */
  counts: z.record(z.string(), count),
  /** Its values with how often they occur, and which of them cannot be read; null where there are very many. */
  values: z.array(z.strictObject({ value: z.string(), count, isFault: z.literal(true).optional() })).nullable(),
  samples: z.array(z.string()),
})

const question = z.strictObject({
  field: z.string(),
  /** Member of the options, and of the settings of a mapped field, that answers it. */
  setting: z.enum(['dateOrder', 'decimal']),
  flag: z.string(),
  answers: z.array(z.string()),
  /** Values that fit one answer only, in the order of the answers. */
  counts: z.array(count),
  both: count,
  example: z.string(),
})

const importNote = z.strictObject({
  code: z.string(),
  column: z.string(),
  count,
  lines: z.array(count),
  message: z.string(),
})

/** What a whole file says about how it is to be read as one table: read = readable + held + skipped. */
export const tableProof = z.strictObject({
  table: tableName,
  read: count,
  readable: count,
  held: count,
  skipped: count,
  fields: z.array(fieldProof),
  /** Faults of whole records. */
  faults: z.array(fieldFault),
  questions: z.array(question),
  notes: z.array(importNote),
})
