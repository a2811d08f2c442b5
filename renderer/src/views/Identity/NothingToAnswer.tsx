import { CheckCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useAnswers } from '../../state/review-answer-store.ts'
import { ended } from '../../state/review-answers.ts'
import { changeQueue, type QueueView, useReviewQueue } from '../../state/review-queue.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { QUESTION_WORDS, VIEW_WORDS } from './identity-words.ts'

/** Where else a search finds something. */
const AMONG: Readonly<Record<QueueView, string>> = {
  open: 'to answer',
  reconfirm: 'to confirm again',
  auto: 'among those that are joined',
  watch: 'among the weak ones',
  decided: 'among those that are answered',
}

/** The list is empty: all answered, or nothing fits. */
export function NothingToAnswer(): ReactNode {
  const { client } = useServices()
  const question = useReviewQueue(state => state.question)
  const view = useReviewQueue(state => state.view)
  const search = useReviewQueue(state => state.search)
  const last = useAnswers(state => state.last)
  const little = useReviewQueue(state => state.little)
  if (search !== '') return <NothingFound />
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
        {counted(little, 'candidate')} with less than a point of any score at stake, whatever the answer.
      </EmptyState>
    )
  return (
    <EmptyState icon={<CheckCheck size={24} strokeWidth={1.5} />} title="Nothing waits for an answer">
      {QUESTION_WORDS[question].nothing}{' '}
      {last !== null &&
        last.question === question &&
        `${ended(last.sentence)}${last.kind === 'undone' ? '' : ' Z takes it back.'}`}
    </EmptyState>
  )
}

/** Nothing in this view fits the search; what fits it in others is named. */
function NothingFound(): ReactNode {
  const { client } = useServices()
  const view = useReviewQueue(state => state.view)
  const elsewhere = useReviewQueue(state => state.elsewhere)
  return (
    <EmptyState
      title={`Nothing under “${VIEW_WORDS[view]}” fits the search`}
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
      {elsewhere.map(other => (
        <span key={other.view} className="elsewhere">
          {count(other.matching)} {AMONG[other.view]},{' '}
          <button
            type="button"
            className="plain text-button"
            aria-label={`Show ${count(other.matching)} ${AMONG[other.view]}`}
            onClick={() => perform(changeQueue(client, { view: other.view }))}
          >
            show
          </button>
        </span>
      ))}
    </EmptyState>
  )
}
