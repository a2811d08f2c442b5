import type { ColumnSettings, FieldSource, RowCondition } from '#schema/mapping'
import type { TableName } from '#schema/tables'

/** Other headers per canonical column, best first. */
export type Synonyms = Readonly<Record<string, readonly string[]>>

/** How the headers of one source of exports map to one table. */
export type TablePreset = Readonly<{
  synonyms: Synonyms
  /** Headers too general to mean anything unless the file is named after the table. */
  whenNamed: Synonyms
}>

/** What is known about the headers of one source of exports. Data only. */
export type Preset = Readonly<{
  name: string
  tables: Readonly<Partial<Record<TableName, TablePreset>>>
}>

/** Where a field comes from: headers or paths, best first; or these with how they are combined and read. */
export type PresetField =
  | readonly string[]
  | (ColumnSettings & Readonly<{ from: readonly FieldSource[]; combine?: 'first' | 'join'; constant?: string }>)

export type PresetTable = Readonly<{
  table: TableName
  fields: Readonly<Record<string, PresetField>>
  when?: readonly RowCondition[]
  /** Nothing of the rest is kept: it is about something else, as in the events that users are taken from. */
  isAside?: true
  /** Rows without this field belong to other tables. */
  whenFilled?: string
  /** Fields without which the table is not worth reading, beside the required ones. */
  needs?: readonly string[]
}>

/** One kind of file that a source exports. Headers and paths are compared without case, blanks, `-`, `_` and dots. */
export type ExportShape = Readonly<{
  title: string
  /** Of each group, one must be there. */
  marks: readonly (readonly string[])[]
  /** None of these may be there. */
  without?: readonly string[]
  /** Where it is given, there are no headers but these. */
  only?: readonly string[]
  /** Its marks are few: it counts only where the headers fit no table, and where the file is not named after another one. */
  isFaint?: true
  /** What the values at a header or path look like, as regular expressions. */
  values?: Readonly<Record<string, string>>
  /** Where it feeds no table: why, in the place of the usual words. */
  why?: string
  /** None: the kind is known, and known to feed no table. */
  tables: readonly PresetTable[]
}>

/** What one source exports. Data only. Source: docs/methods/import.md, "Presets". */
export type SourcePreset = Readonly<{ name: string; shapes: readonly ExportShape[] }>
