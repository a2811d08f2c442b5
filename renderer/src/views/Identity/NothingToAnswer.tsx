import { CheckCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useAnswers } from '../../state/review-answer-store.ts'
import { changeQueue, useReviewQueue } from '../../state/review-queue.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { QUESTION_WORDS, VIEW_WORDS } from './identity-words.ts'

/** The list is empty: all answered, or nothing fits. */
export function NothingToAnswer(): ReactNode {
  const { client } = useServices()
  const question = useReviewQueue(state => state.question)
  const view = useReviewQueue(state => state.view)
  const search = useReviewQueue(state => state.search)
  const last = useAnswers(state => state.last)
  const little = useReviewQueue(state => state.little)
  if (search !== '')
    return (
      <EmptyState
        title="No candidate fits the search"
        action={
          <button
            type="button"
            className="plain text-button"
            onClick={() => perform(changeQueue(client, { search: '' }))}
          >
            Clear the search
          </button>
        }
      >
        Search looks at names, addresses and ids of both sides.
      </EmptyState>
    )
  if (view !== 'open')
    return (
      <EmptyState
        title={`Nothing under “${VIEW_WORDS[view]}”`}
        action={
          <button
            type="button"
            className="plain text-button"
            onClick={() => perform(changeQueue(client, { view: 'open' }))}
          >
            Show what waits for an answer
          </button>
        }
      />
    )
  if (little > 0)
    return (
      <EmptyState
        icon={<CheckCheck size={24} strokeWidth={1.5} />}
        title="Nothing that would change a score waits for an answer"
        action={
          <button
            type="button"
            className="plain text-button"
            onClick={() => perform(changeQueue(client, { showsLittle: true }))}
          >
            Show {little === 1 ? 'the one' : `all ${count(little)}`} of little effect
          </button>
        }
      >
        {counted(little, 'candidate')} would move no score by as much as a point, whatever the answer.
      </EmptyState>
    )
  return (
    <EmptyState icon={<CheckCheck size={24} strokeWidth={1.5} />} title="Nothing waits for an answer">
      {QUESTION_WORDS[question].nothing} {last !== null && `${last.sentence} Z takes it back.`}
    </EmptyState>
  )
}
