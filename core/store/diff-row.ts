export type DiffKind = 'new' | 'changed' | 'missing'

/** One value as it is and as it would be; null: nothing. */
export type DiffCell = Readonly<{ column: string; before: string | null; after: string | null }>

export type DiffRow = Readonly<{
  key: readonly string[]
  /** Of the staged file; null where it does not have the row. */
  line: number | null
  /** Where the row as it is was read; null where there is none. */
  present: Readonly<{ file: string; line: number }> | null
  cells: readonly DiffCell[]
}>

/** `next`: where the page behind begins; null on the last one. */
export type DiffPage = Readonly<{ rows: readonly DiffRow[]; next: number | null }>
