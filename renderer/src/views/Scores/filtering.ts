import type { Client } from '#contract/contract'
import { loadHistogram } from '../../state/score-histogram.ts'
import { changeFilter, loadOrder, type ScoreFilter, useScoreList } from '../../state/score-list.ts'

/** Switches the filter off without losing it, or on again. */
export async function switchFilter(
  client: Pick<Client, 'score.order' | 'score.histogram'>,
  isFilterOff: boolean,
): Promise<void> {
  useScoreList.setState({ isFilterOff, active: -1 })
  await Promise.all([loadOrder(client), loadHistogram(client)])
}

/** A change of the filter moves the list and, unless it is only the score range, the histogram. */
export async function applyFilter(
  client: Pick<Client, 'score.order' | 'score.histogram'>,
  change: Partial<ScoreFilter>,
): Promise<void> {
  const wasOff = useScoreList.getState().isFilterOff
  const list = changeFilter(client, change)
  const isRangeOnly = !wasOff && Object.keys(change).every(key => key === 'range')
  await Promise.all([list, isRangeOnly ? null : loadHistogram(client)])
}

/** `values` with `value` taken out if it was in, else put in. */
export function toggled(values: readonly string[], value: string): readonly string[] {
  return values.includes(value) ? values.filter(known => known !== value) : [...values, value]
}
