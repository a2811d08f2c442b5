import type { Output } from './contract.ts'

type Outcome = Output<'held.preview'>
type Counts = Omit<Outcome, 'rules' | 'samples' | 'verdicts'>

/** The counts of two changes of held rows as those of one. */
export function addedCounts(one: Counts, other: Counts): Counts {
  const { blank, otherTable, known } = one.skipsBy
  return {
    rows: one.rows + other.rows,
    loads: one.loads + other.loads,
    skips: one.skips + other.skips,
    skipsBy: {
      blank: blank + other.skipsBy.blank,
      otherTable: otherTable + other.skipsBy.otherTable,
      known: known + other.skipsBy.known,
    },
    holds: one.holds + other.holds,
    unaffected: one.unaffected + other.unaffected,
    leftOut: one.leftOut + other.leftOut,
    takenBack: one.takenBack + other.takenBack,
  }
}
