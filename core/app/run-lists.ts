import { filesOf, rankUnits, stoppedUnits } from '#export'
import type { Judgement } from '#pipeline'

/** What an export of a run comes to, counted when the run is made: a preview need not read the run for it. */
export type RunLists = Readonly<{
  files: readonly Readonly<{ name: string; rows: number }>[]
  /** Channels that have a list, in the order of their files; ids of its units, best score first. */
  channels: readonly Readonly<{ channel: string; unitIds: readonly string[] }>[]
  /** Units kept off a list, by reason; a unit and channel with two reasons count under both. */
  suppressed: readonly Readonly<{ reason: string; count: number }>[]
}>

/** Records of the files that do not follow from routes. */
type Counted = Omit<Parameters<typeof filesOf>[0], 'units' | 'lists' | 'stopped'>

/** The lists of a run and the records of its files. */
export function runLists({ heads, verdicts }: Pick<Judgement, 'heads' | 'verdicts'>, counted: Counted): RunLists {
  const lists = rankUnits(verdicts.map((route, u) => ({ route, score: heads[u]?.score ?? 0 })))
  const stopped = stoppedUnits(verdicts)
  return {
    files: filesOf({
      ...counted,
      units: verdicts.length,
      lists: new Map([...lists].map(([channel, ids]) => [channel, ids.length])),
      stopped: stopped.length,
    }),
    channels: [...lists].map(([channel, unitIds]) => ({ channel, unitIds })),
    suppressed: countReasons(stopped.flatMap(({ reasons }) => reasons)),
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
