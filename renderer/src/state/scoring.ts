import type { Client, Output } from '#contract/contract'
import { runJob } from './jobs.ts'
import { go, type Screen, useNavigation } from './navigation.ts'
import { refreshSummary } from './project.ts'
import { forgetUnit } from './score-unit.ts'

/** Scores and routes every unit at the data's own instant, as a job, and shows the new figures. */
export async function rescore(client: Pick<Client, 'score.run' | 'project.summary'>): Promise<Output<'score.run'>> {
  const run = await runJob('Score workspaces', options => client['score.run']({}, options))
  forgetUnit()
  await refreshSummary(client)
  return run
}

/** Scores anew and shows the scores, unless somebody has left the room it was asked in. */
export async function rescoreAndShow(
  client: Pick<Client, 'score.run' | 'project.summary'>,
  askedIn: Screen = useNavigation.getState().screen,
): Promise<void> {
  await rescore(client)
  if (useNavigation.getState().screen === askedIn) go('scores')
}
