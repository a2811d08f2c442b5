import type { Client } from '#contract/contract'
import { refreshSummary } from './project.ts'
import { useSimulator } from './simulator.ts'
import { useReview } from './simulator-review.ts'

/** Brings the reviewed scenario into force: versions and decisions. Refused where something else came into force since the review. */
export async function applyReviewed(client: Pick<Client, 'scenario.apply' | 'project.summary'>): Promise<void> {
  const { diff, scenario } = useReview.getState()
  if (diff === null || scenario === null) return
  const { modelHash, policyHash, dataState } = diff
  const done = await client['scenario.apply']({ scenario, modelHash, policyHash, dataState })
  useReview.setState({ diff: null, scenario: null, applied: { scenario, done } })
  useSimulator.setState({ decided: scenario.identity?.decisions ?? [] })
  await refreshSummary(client)
}

/** Takes back the last apply, as one step. */
export async function revertApplied(client: Pick<Client, 'scenario.revert' | 'project.summary'>): Promise<void> {
  const { applied } = useReview.getState()
  if (applied === null) return
  await client['scenario.revert'](applied.done)
  useReview.setState({ applied: null })
  useSimulator.setState({ decided: [] })
  await refreshSummary(client)
}
