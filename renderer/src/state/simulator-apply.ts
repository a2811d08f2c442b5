import type { Client } from '#contract/contract'
import { refreshSummary } from './project.ts'
import { useReview } from './simulator-review.ts'

/** Brings the reviewed scenario into force as new versions. Refused where others came into force since the review. */
export async function applyReviewed(client: Pick<Client, 'scenario.apply' | 'project.summary'>): Promise<void> {
  const { diff, scenario } = useReview.getState()
  if (diff === null || scenario === null) return
  const { modelHash, policyHash } = diff
  const hashes = await client['scenario.apply']({ scenario, modelHash, policyHash })
  useReview.setState({ diff: null, scenario: null, applied: { scenario, hashes } })
  await refreshSummary(client)
}

/** Brings back what was in force before the last apply. */
export async function revertApplied(
  client: Pick<Client, 'model.revert' | 'routing.revert' | 'project.summary'>,
): Promise<void> {
  const { applied } = useReview.getState()
  if (applied === null) return
  const { modelHash, modelHashBefore, policyHash, policyHashBefore } = applied.hashes
  if (modelHash !== modelHashBefore) await client['model.revert']({ hash: modelHashBefore })
  if (policyHash !== policyHashBefore)
    await client['routing.revert']({ hash: policyHashBefore, expectedHash: policyHash })
  useReview.setState({ applied: null })
  await refreshSummary(client)
}
