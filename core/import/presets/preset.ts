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
