import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Question } from '../../state/identity-overview.ts'
import { useAnswers } from '../../state/review-answer-store.ts'
import { answerShown } from '../../state/review-answers.ts'
import { type Card, openNote, setNote, useReviewCard } from '../../state/review-card.ts'
import { openRows } from '../../state/review-rows.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { focusList } from './focus-list.ts'
import { QUESTION_WORDS, RELATION_WORDS } from './identity-words.ts'

type Props = Readonly<{ card: Card }>

/** One key per answer, at the same place for every candidate. */
export function AnswerBar({ card }: Props): ReactNode {
  const { client } = useServices()
  const relation = useReviewCard(state => state.relation)
  const isNoteOpen = useReviewCard(state => state.isNoteOpen)
  const { question, b } = card.candidate.pair
  const { yes, no } = QUESTION_WORDS[question]
  const hasOther = b !== ''
  return (
    <div className="answer-bar">
      {isNoteOpen && <NoteField />}
      <div className="answer-bar__keys">
        <Button
          disabled={!hasOther}
          rightSection={<kbd className="key key--on">A</kbd>}
          onClick={() => perform(answerShown(client, 'same'))}
        >
          {relation === null ? yes : RELATION_WORDS[relation]}
        </Button>
        <Button
          variant="default"
          disabled={!hasOther}
          rightSection={<kbd className="key">X</kbd>}
          onClick={() => perform(answerShown(client, 'different'))}
        >
          {no}
        </Button>
        <Button
          variant="default"
          rightSection={<kbd className="key">S</kbd>}
          onClick={() => perform(answerShown(client, 'skip'))}
        >
          Later
        </Button>
        <div className="screen__spacer" />
        <LastAnswer question={question} />
        <Button
          variant="subtle"
          color="gray"
          rightSection={<kbd className="key">N</kbd>}
          onClick={() => openNote(true)}
        >
          Note
        </Button>
        <Button
          variant="subtle"
          color="gray"
          rightSection={<kbd className="key">E</kbd>}
          onClick={() => perform(openRows(client))}
        >
          Rows
        </Button>
      </div>
    </div>
  )
}

/** What was done last about this question; read out without moving the focus. */
function LastAnswer({ question }: Readonly<{ question: Question }>): ReactNode {
  const said = useAnswers(({ last }) =>
    last === null || (last.question ?? question) !== question ? '' : last.sentence,
  )
  return (
    <span className="answer-bar__last muted" role="status" title={said}>
      {said}
    </span>
  )
}

/** A note that goes with the next answer. Enter and Esc go back to the candidate; what was written stays. */
function NoteField(): ReactNode {
  const note = useReviewCard(state => state.note)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <TextInput
      ref={field}
      aria-label="Note, kept with the answer"
      placeholder="Why, in your words; kept with the answer"
      maxLength={2000}
      value={note}
      onChange={event => setNote(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        openNote(event.key === 'Enter' && note.trim() !== '')
        focusList()
      }}
    />
  )
}
