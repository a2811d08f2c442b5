/**
 * Reads one field of the records of a block, in two passes: first it looks at the cells of all rows that are not bad, and
 * marks those that are not plainly readable; then, row runs between bad ones at a time, it writes what it saw.
 */
export type FieldReader = Readonly<{
  look(): void
  /** Writes rows [from .. to) of the block, none of them bad, behind the last rows of the columns. */
  write(from: number, to: number): void
}>
