import { type ExportInput, exportFiles, stoppedUnits } from '#export'
import { NO_TABLES } from './dataset.ts'

/** What an export of a run comes to, counted when the run is made: a preview need not read the run for it. */
export type RunLists = Readonly<{
  files: readonly Readonly<{ name: string; rows: number }>[]
  /** Files of channels, with the first units of each by id and their place by score on the whole list. */
  channels: readonly Readonly<{
    channel: string
    rows: number
    first: readonly Readonly<{ unitId: string; priority: string }>[]
  }>[]
  /** Units kept off a list, by reason; a unit and channel with two reasons count under both. */
  suppressed: readonly Readonly<{ reason: string; count: number }>[]
}>

/** Rows of each list that a preview shows. */
export const SHOWN = 20

/** @param input its tables and held rows do not matter: no count depends on them but that of held rows */
export function runLists(input: Omit<ExportInput, 'dataset' | 'heldRows'>, heldRows: number): RunLists {
  const files = exportFiles({ ...input, dataset: NO_TABLES, heldRows: [] })
  const byWrittenId = new Map(input.routes.flatMap(({ unitId: id }) => [[id, id] as const, [`'${id}`, id] as const]))
  return {
    files: files.map(({ name, rows }) => ({ name, rows: name === 'held_rows.csv' ? heldRows : rows })),
    channels: files.flatMap(file => {
      const channel = channelOf(file.name)
      if (channel === null) return []
      const first = file.head(SHOWN).map(record => {
        const written = record['unit_id'] ?? ''
        return { unitId: byWrittenId.get(written) ?? written, priority: record['priority'] ?? '' }
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
