import type { Client } from '#contract/contract'
import { formatInstant, type Instant } from '#lib/time'
import { runJob } from './jobs.ts'
import { closeUnit, useNavigation } from './navigation.ts'
import { forgetHistogram, loadHistogram } from './score-histogram.ts'
import { forgetHistory } from './score-history.ts'
import { forgetScores, loadOrder } from './score-list.ts'
import { forgetUnit } from './score-unit.ts'

/** Wherever the level changes, the filter stays and what was read of the other level goes. Returns what stops it. */
export function followLevel(): () => void {
  return useNavigation.subscribe((place, before) => {
    if (place.level !== before.level) forgetRun()
  })
}

/** Scores the accounts at an instant (null: the data's own), as a job, and lists them. */
export async function scoreAccounts(
  client: Pick<Client, 'score.run' | 'score.order' | 'score.histogram'>,
  at: Instant | null,
): Promise<void> {
  const asOf = at === null ? {} : { asOf: formatInstant(at) }
  await runJob('Score accounts', options => client['score.run']({ level: 'account', ...asOf }, options))
  if (useNavigation.getState().level !== 'account') return
  closeUnit()
  forgetRun()
  await Promise.all([loadOrder(client), loadHistogram(client)])
}

function forgetRun(): void {
  forgetScores()
  forgetHistogram()
  forgetUnit()
  forgetHistory()
}
