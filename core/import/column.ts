import type { AnswerName, ImportNote } from '#schema/import'
import type { Column, Value } from '#schema/tables'
import type { Verdict } from './proof.ts'
import type { FaultSlot } from './values/fault.ts'

/** Reads the cells of one column of one table and remembers what they prove. */
export type ColumnReader = Readonly<{
  column: string
  /** Position among the table's canonical columns. */
  index: number
  type: Column['type']
  isRequired: boolean
  /**
   * @param text without blanks around it, not missing
   * @param isNumber was it written as a JSON number?
   * @param slot told why, where the text cannot be read; the value is then void
   */
  read(text: string, isNumber: boolean, slot: FaultSlot): Value
  /** How the column is to be read by all values so far; null where its type leaves no choice. */
  verdict(): Verdict | null
  /** How many values each reading fits; empty where its type leaves no choice. */
  counts(): Readonly<Record<string, number>>
  /** The first value that can be read in two ways; empty where there is none. */
  example(): string
  /** Takes in what cells prove that were read elsewhere, by the names of the column's tally. */
  observe(evidence: Readonly<Record<string, number>>): void
  /** Times of day read without an offset where nobody said in which zone they are. */
  zoneless(): number
  /** Which answers that were given for all files decided how values of it were read. */
  answered(): readonly AnswerName[]
  /** The currency that the cell of this line names, where that was the last one read; null where it names none, and of no amount. */
  currency(line: number): string | null
  /** What to tell the analyst at the end. */
  notes(): readonly ImportNote[]
}>
