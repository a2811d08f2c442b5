import type { Client, Output } from '#contract/contract'
import { runJob } from './jobs.ts'
import { refreshSummary } from './project.ts'
import { forgetUnit } from './score-unit.ts'

/** Scores and routes every unit at the data's own instant, as a job, and shows the new figures. */
export async function rescore(client: Pick<Client, 'score.run' | 'project.summary'>): Promise<Output<'score.run'>> {
  const run = await runJob('Score workspaces', options => client['score.run']({}, options))
  forgetUnit()
  await refreshSummary(client)
  return run
}
