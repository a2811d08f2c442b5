import * as z from 'zod'
import { TABLE_NAMES, type TableName } from './tables.ts'

/** How the texts of one column become values, where the column cannot prove it by itself or does not follow the custom. */
const columnSettings = {
  /** Order of numeric dates. */
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  /** Pattern of the dates, such as `DD/MM/YY HH:mm`; `excel`: day numbers of a spreadsheet. */
  dateFormat: z.string().min(1).optional(),
  /** IANA zone of times without an offset. */
  timeZone: z.string().min(1).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /**
   * What the amount is an amount of. `minor`: hundredths of the currency (or what the currency has instead); `period`: one
   * billing period, divided down to a month; `seat`: one seat, multiplied by the seats of the row.
   */
  amountOf: z.array(z.enum(['minor', 'period', 'seat'])).optional(),
  /**
   * Path to the list of what is paid for, each with its price: the sum over it takes the place of the amount, seats and all. Empty where
   * it does not tell: a price is metered or has no amount of a unit, periods differ.
   */
  items: z.string().min(1).optional(),
  /** What each value of the file stands for. Case, blanks, `-` and `_` do not matter. */
  values: z.record(z.string(), z.string()).optional(),
  /** What every other value stands for; without it, others stay as they are. */
  otherwise: z.string().optional(),
  /** Values that begin so mean nothing. */
  ignore: z.array(z.string().min(1)).optional(),
  /** `salesforce`: ids of 15 characters are completed to 18. `first`: of several separated by `;` or `,` the first. */
  idForm: z.enum(['salesforce', 'first']).optional(),
  /** What stands between the members of a list, beside `;`. */
  separator: z.string().min(1).optional(),
  /** Does it count only where nothing is known yet? A value that is there stays, whatever the file says. */
  onlyFills: z.literal(true).optional(),
} as const

const settings = z.strictObject(columnSettings)

/** Where a field gets its text from: a header, or a dotted path into JSON; with values of its own where it is one of several. */
const fieldSource = z.union([
  z.string(),
  z.strictObject({
    path: z.string(),
    /** What its values stand for here. A value that is not listed says nothing, and the next source is asked. */
    values: z.record(z.string(), z.string()),
  }),
])

const mappedField = z.strictObject({
  /** Canonical column. */
  field: z.string(),
  /** Headers or paths. */
  from: z.array(fieldSource).default([]),
  /** Of several: the first that says anything, or all of them with a blank between. */
  combine: z.enum(['first', 'join']).default('first'),
  /** The same value for every row; with sources, for the rows in which they say nothing. */
  constant: z.string().optional(),
  ...columnSettings,
})

const rowCondition = z.strictObject({
  path: z.string(),
  /** The row belongs to the table where its text is one of these. Case does not matter. */
  in: z.array(z.string()).optional(),
  /** The row belongs to the table unless its text is one of these. Case does not matter. */
  notIn: z.array(z.string()).optional(),
  /** The row belongs to the table where its text says nothing, as that of a time would: empty, `NULL`, `\\N`, `NaT` (true), or where it says something (false). */
  isMissing: z.boolean().optional(),
  /** The row belongs to the table where there is any text. */
  isFilled: z.boolean().optional(),
})

/** How a file feeds one table. */
export const tableMapping = z.strictObject({
  table: z.enum(TABLE_NAMES as readonly [TableName, ...TableName[]]), // ten names
  fields: z.array(mappedField).min(1),
  /** All must hold for a row to belong to the table. */
  when: z.array(rowCondition).optional(),
  /** Headers that are not kept, not even as custom fields. */
  drop: z.array(z.string()).optional(),
  /** What becomes of the headers that no field reads: by default custom fields. */
  others: z.enum(['keep', 'drop']).optional(),
})

/** How files of one shape are read: which tables they feed and what fills each field. */
export const fileMapping = z.strictObject({
  /** What people call the source. */
  source: z.string().min(1),
  /** Headers of the files it was made for; empty: it is tried on any file that has the headers it reads. */
  headers: z.array(z.string()).default([]),
  /** Only for files of this name; `*` stands for anything. */
  file: z.string().optional(),
  encoding: z.string().optional(),
  /** Delimited files: does a backslash escape the character behind it? Missing: where the file cannot be read whole otherwise. */
  escape: z.enum(['backslash', 'none']).optional(),
  /** Path to the list of records in a JSON document: names of members, joined by dots. */
  recordsAt: z.string().min(1).optional(),
  tables: z.array(tableMapping).min(1),
})

/** A file of mappings, as `pql inspect --write-map` writes it and `pql import --map` reads it. */
export const mappingFile = z.strictObject({
  version: z.literal(1),
  mappings: z.array(fileMapping).min(1),
})

export type ColumnSettings = Readonly<z.output<typeof settings>>
export type FieldSource = z.output<typeof fieldSource>
export type MappedField = Readonly<z.output<typeof mappedField>>
export type RowCondition = Readonly<z.output<typeof rowCondition>>
export type TableMapping = Readonly<z.output<typeof tableMapping>>
export type FileMapping = Readonly<z.output<typeof fileMapping>>
export type MappingFile = Readonly<z.output<typeof mappingFile>>
