import { type ExportInput, exportFiles, stoppedUnits } from '#export'
import { NO_TABLES } from './dataset.ts'

/** What an export of a run comes to, counted when the run is made: a preview need not read the run for it. */
export type RunLists = Readonly<{
  files: readonly Readonly<{ name: string; rows: number }>[]
  /** Files of channels, with the first units of each by id and their place by score on the whole list. */
  channels: readonly Readonly<{
    channel: string
    rows: number
    first: readonly Readonly<{ unitNo: number; priority: string }>[]
  }>[]
  /** Units kept off a list, by reason; a unit and channel with two reasons count under both. */
  suppressed: readonly Readonly<{ reason: string; count: number }>[]
}>

/** Rows of each list that a preview shows. */
export const SHOWN = 20

/** @param input units in the order of their numbers; its tables and held rows do not matter: no count depends on them but that of held rows */
export function runLists(input: Omit<ExportInput, 'dataset' | 'heldRows'>, heldRows: number): RunLists {
  const files = exportFiles({ ...input, dataset: NO_TABLES, heldRows: [] })
  // An id that was made harmless has an apostrophe in front.
  const numbers = new Map(input.routes.flatMap(({ unitId }, i) => [[unitId, i] as const, [`'${unitId}`, i] as const]))
  return {
    files: files.map(({ name, rows }) => ({ name, rows: name === 'held_rows.csv' ? heldRows : rows })),
    channels: files.flatMap(file => {
      const channel = channelOf(file.name)
      if (channel === null) return []
      const first = file.head(SHOWN).flatMap(({ unit_id: written = '', priority = '' }) => {
        const unitNo = numbers.get(written)
        return unitNo === undefined ? [] : [{ unitNo, priority }]
      })
      return [{ channel, rows: file.rows, first }]
    }),
    suppressed: countReasons(stoppedUnits(input.routes).flatMap(({ reasons }) => reasons)),
  }
}

/** The channel whose list a file is; null where it is none. */
export function channelOf(fileName: string): string | null {
  return /^routing\/(.+)\.csv$/.exec(fileName)?.[1] ?? null
}

function countReasons(reasons: readonly string[]): RunLists['suppressed'] {
  const counts = [...Map.groupBy(reasons, reason => reason)].map(([reason, all]) => ({ reason, count: all.length }))
  return counts.sort((a, b) => (a.reason < b.reason ? -1 : 1))
}
