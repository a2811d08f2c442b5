import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Why } from '../../state/identity-why.ts'
import { useAnswers } from '../../state/review-answer-store.ts'
import { answerWhy, stepWhy } from '../../state/why-answers.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { QUESTION_WORDS, RELATION_WORDS } from './identity-words.ts'
import { useWhyKeys } from './why-keys.ts'

/** The two records that are compared can be answered where they stand; the keys are those of the review. */
export function WhyAnswers({ why: { pair } }: Readonly<{ why: Why }>): ReactNode {
  const { client } = useServices()
  const last = useAnswers(state => state.last)
  const isOwn = last?.pair != null && isSamePair(last.pair, pair)
  // What was answered elsewhere says nothing about these two; what a key has just taken back is said wherever it was about.
  const said = last === null || (!isOwn && last.kind === 'answered') ? '' : isOwn ? last.sentence : other(last.sentence)
  useWhyKeys()
  const { yes, no } = QUESTION_WORDS[pair.question]
  const isOneRecord = pair.a === pair.b
  return (
    <div className="why__answers">
      <Button
        disabled={isOneRecord}
        rightSection={<kbd className="key key--on">A</kbd>}
        onClick={() => perform(answerWhy(client, 'same'))}
      >
        {pair.question === 'workspaces' ? RELATION_WORDS.merge : yes}
      </Button>
      <Button
        variant="default"
        disabled={isOneRecord}
        rightSection={<kbd className="key">X</kbd>}
        onClick={() => perform(answerWhy(client, 'different'))}
      >
        {no}
      </Button>
      <span className="clip muted" role="status" title={said}>
        {said}
      </span>
      {isOwn && last.kind !== 'undone' && (
        <Button
          variant="subtle"
          color="gray"
          rightSection={<kbd className="key">Z</kbd>}
          onClick={() => perform(stepWhy(client, 'undo'))}
        >
          Take it back
        </Button>
      )}
    </div>
  )
}

type Pair = Why['pair']

/** The same two, whichever of them was named first. */
function isSamePair(one: Pair, two: Pair): boolean {
  if (one.question !== two.question) return false
  return (one.a === two.a && one.b === two.b) || (one.a === two.b && one.b === two.a)
}

const other = (sentence: string): string => `About another pair: ${sentence}`
