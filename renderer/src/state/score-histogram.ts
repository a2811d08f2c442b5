import { create } from 'zustand'
import type { Client, Result } from '#contract/contract'
import { isUnscored, listLevel } from './score-level.ts'
import { appliedFilter, contractFilter, NO_FILTER, type ScoreFilter } from './score-list.ts'

type Histogram = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  runId: number | null
  stages: Readonly<{ warm: number; pql: number; hot: number }>
  /** Of all units, whatever the filter. */
  units: number
  stageCounts: Readonly<Record<string, number>>
  destinationCounts: Readonly<Record<string, number>>
  all: readonly number[]
  /** Of the units that the filter leaves, its score range aside; null while nothing is filtered. */
  some: readonly number[] | null
}>

const EMPTY: Histogram = {
  status: 'idle',
  runId: null,
  stages: { warm: 50, pql: 65, hot: 80 },
  units: 0,
  stageCounts: {},
  destinationCounts: {},
  all: [],
  some: null,
}

export const useHistogram = create<Histogram>()(() => EMPTY)
let latest = 0

/** Counts of all units once per run, and of the filtered ones whenever the filter changes. */
export async function loadHistogram(client: Pick<Client, 'score.histogram'>): Promise<void> {
  const question = ++latest
  const filter = { ...appliedFilter(), range: null }
  const isFiltered = filter.search !== '' || filter.stages.length > 0 || filter.destinations.length > 0
  const ask = (wanted: ScoreFilter): Promise<Result<'score.histogram'>> =>
    client['score.histogram']({ filter: contractFilter(wanted), level: listLevel() })
  if (useHistogram.getState().status !== 'ready') useHistogram.setState({ status: 'loading' })
  try {
    const [all, some] = await Promise.all([ask(NO_FILTER), isFiltered ? ask(filter) : null])
    if (question !== latest) return
    useHistogram.setState({
      status: 'ready',
      runId: all.runId,
      stages: all.stages,
      units: all.units,
      stageCounts: all.stageCounts,
      destinationCounts: all.destinationCounts,
      all: [...all.columns.counts],
      some: some === null ? null : [...some.columns.counts],
    })
  } catch (error) {
    if (question !== latest) return
    useHistogram.setState({ status: 'failed' })
    if (!isUnscored(error)) throw error
  }
}

export function forgetHistogram(): void {
  latest += 1
  useHistogram.setState(EMPTY)
}
