import { type ReactNode, useEffect } from 'react'
import { useAnswers } from '../../state/review-answer-store.ts'
import { closeCard, showThenAhead, useReviewCard } from '../../state/review-card.ts'
import { candidateAt, isTieAlone, loadQueue, pairId, useReviewQueue } from '../../state/review-queue.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { BatchDialog } from './BatchDialog.tsx'
import { Contradictions } from './Contradictions.tsx'
import { NothingToAnswer } from './NothingToAnswer.tsx'
import { PairCard } from './PairCard.tsx'
import { PairList } from './PairList.tsx'
import { QueueBar } from './QueueBar.tsx'
import { RowsDialog } from './RowsDialog.tsx'
import { useReviewKeys } from './review-keys.ts'
import { TieQuestion } from './TieQuestion.tsx'

/** The list of candidates, and the card of the one the keyboard is on. */
export function ReviewTab(): ReactNode {
  const { client } = useServices()
  const status = useReviewQueue(state => state.status)
  const isEmpty = useReviewQueue(state => state.rows.length === 0)
  const hasTieAlone = useReviewQueue(isTieAlone)
  const hasBatch = useAnswers(state => state.batch !== null)
  useShownCard()
  useReviewKeys()
  return (
    <div className="review-room">
      <QueueBar />
      <Contradictions />
      <TieQuestion />
      {status === 'failed' ? (
        <Retry title="The candidates cannot be shown" again={() => loadQueue(client)} />
      ) : status !== 'ready' ? (
        <SkeletonRows rows={12} label="Candidates are being read" />
      ) : isEmpty ? (
        !hasTieAlone && <NothingToAnswer />
      ) : (
        <div className="review-room__body">
          <PairList />
          <PairCard />
        </div>
      )}
      {hasBatch && <BatchDialog />}
      <RowsDialog />
    </div>
  )
}

/** The card follows the list; the cards after it are read ahead. */
function useShownCard(): void {
  const { client } = useServices()
  const id = useReviewQueue(state => {
    const shown = candidateAt(state, state.active)
    return shown === null ? null : pairId(shown.pair)
  })
  useEffect(() => {
    const shown = candidateAt(useReviewQueue.getState(), useReviewQueue.getState().active)
    if (id === null || shown === null) {
      if (useReviewCard.getState().pair !== null) closeCard()
      return
    }
    perform(showThenAhead(client, shown.pair))
  }, [client, id])
}
