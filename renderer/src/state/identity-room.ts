import type { Client } from '#contract/contract'
import { forgetClusters } from './identity-clusters.ts'
import { forgetDomains } from './identity-domains.ts'
import { forgetLabels } from './identity-labels.ts'
import { forgetIdentity, loadOverview, useIdentity } from './identity-overview.ts'
import { forgetPerson } from './identity-person-store.ts'
import { forgetRules } from './identity-rules-store.ts'
import { forgetThresholds } from './identity-thresholds.ts'
import { forgetBlockedValues } from './identity-values.ts'
import { forgetWhy } from './identity-why.ts'
import { forgetWords } from './identity-words.ts'
import { forgetOverviewToCome } from './overview-to-come.ts'
import { forgetAnswers } from './review-answer-store.ts'
import { forgetCards } from './review-card.ts'
import { forgetHistory } from './review-history.ts'
import { forgetQueue, loadQueue } from './review-queue.ts'
import { forgetRows } from './review-rows.ts'

/** Reads where identity stands and the list of candidates; what is shown already stays until the answer is here. */
export async function enterIdentity(client: Pick<Client, 'identity.overview' | 'review.queue'>): Promise<void> {
  const before = useIdentity.getState().overview?.state
  await loadOverview(client)
  if (useIdentity.getState().overview?.state !== before) forgetCards()
  await loadQueue(client)
}

/** Drops what the room holds of a project. */
export function forgetIdentityRoom(): void {
  forgetBlockedValues()
  forgetWords()
  forgetIdentity()
  forgetOverviewToCome()
  forgetQueue()
  forgetCards()
  forgetAnswers()
  forgetRows()
  forgetHistory()
  forgetThresholds()
  forgetClusters()
  forgetWhy()
  forgetPerson()
  forgetRules()
  forgetDomains()
  forgetLabels()
}
