import { useEffect } from 'react'
import type { Card } from '../../state/review-card.ts'
import { impactKey, leaveImpact, useReviewImpact, workOutImpact } from '../../state/review-impact.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What the answer to a card would do: as the card has it, or as it was worked out beside it. */
export function useShownImpact(card: Card): Card['impact'] {
  const key = impactKey({ pair: card.candidate.pair, state: card.state })
  const worked = useReviewImpact(state => (state.key === key ? state.impact : null))
  return card.impact ?? (card.impactToCome === null ? null : worked)
}

/** Works out what is to come for as long as its card is shown. */
export function useImpactToCome({ candidate: { pair }, state, impactToCome }: Card): void {
  const { client } = useServices()
  const { question, a, b } = pair
  const isToCome = impactToCome !== null
  useEffect(() => {
    if (!isToCome) return
    perform(workOutImpact(client, { pair: { question, a, b }, state }))
    return leaveImpact
  }, [client, question, a, b, state, isToCome])
}
