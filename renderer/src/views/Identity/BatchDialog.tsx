import { Button, Modal } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { closeBatch, useAnswers } from '../../state/review-answer-store.ts'
import { keepBatch } from '../../state/review-answers.ts'
import { counted, points } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { BandMark } from './BandMark.tsx'
import { focusList } from './focus-list.ts'
import { namesOf, QUESTION_WORDS } from './identity-words.ts'
import { PathList } from './PathList.tsx'

/** One answer to many candidates: samples and contradictions first, then the decision. */
export function BatchDialog(): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const batch = useAnswers(state => state.batch)
  const answer = useRef<HTMLButtonElement>(null)
  const isTried = batch?.trial != null
  // The button cannot have the focus before there is something to answer. Where that is there first, the dialog gives it as it opens.
  useEffect(() => {
    if (isTried) answer.current?.focus()
  }, [isTried])
  // What opened it may be gone with the candidates: the keys go on in the list.
  useEffect(() => focusList, [])
  if (batch === null) return null
  const [first] = batch.answers
  const { yes, no } = QUESTION_WORDS[first?.pair.question ?? 'persons']
  const said = first?.answer === 'different' ? no : yes
  const keep = async (): Promise<void> => {
    setBusy(true)
    try {
      await keepBatch(client)
    } catch (error) {
      setBusy(false)
      notifyFailure(error)
    }
  }
  return (
    <Modal
      opened
      onClose={closeBatch}
      title={`${said}: ${counted(batch.answers.length, 'candidate')}`}
      size={640}
      returnFocus={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {batch.trial === null ? (
        <SkeletonRows rows={5} label="The answers are being tried" />
      ) : (
        <Trial trial={batch.trial} total={batch.answers.length} />
      )}
      <div className="dialog-actions">
        <Button variant="default" onClick={closeBatch}>
          Cancel
        </Button>
        <Button
          ref={answer}
          data-autofocus={isTried || undefined}
          loading={isBusy}
          disabled={(batch.trial?.kept ?? 0) === 0}
          onClick={() => void keep()}
        >
          Answer {counted(batch.trial?.kept ?? batch.answers.length, 'candidate')}
        </Button>
      </div>
    </Modal>
  )
}

type TrialProps = Readonly<{
  trial: NonNullable<NonNullable<ReturnType<typeof useAnswers.getState>['batch']>['trial']>
  total: number
}>

function Trial({ trial, total }: TrialProps): ReactNode {
  return (
    <div className="batch">
      <section aria-labelledby="samples-title">
        <h3 id="samples-title" className="section-title">
          {trial.samples.length < total ? `${trial.samples.length} of them to look at` : 'All of them'}
        </h3>
        <ul className="batch__samples">
          {trial.samples.map(candidate => (
            <li key={`${candidate.pair.a} ${candidate.pair.b}`} className="batch__sample">
              <span className="two-lines">
                <span className="clip" title={namesOf(candidate)}>
                  {namesOf(candidate)}
                </span>
                <span className="clip muted" title={candidate.strongest}>
                  {candidate.strongest}
                </span>
              </span>
              <span className="number">{candidate.bits === null ? '–' : points(candidate.bits)}</span>
              <BandMark band={candidate.band} isHeld={candidate.isHeld} hasLabel />
            </li>
          ))}
        </ul>
      </section>
      {trial.contradictions.length > 0 && (
        <section aria-labelledby="against-title">
          <h3 id="against-title" className="section-title">
            {counted(trial.contradictions.length, 'contradicts', 'contradict')} earlier answers and will not be kept
          </h3>
          <ul className="contradictions__list">
            {trial.contradictions.map(({ pair, sentence, path }) => (
              <li key={`${pair.a} ${pair.b}`}>
                <p>{sentence}</p>
                <PathList path={path} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="soft">One step back (Z) takes all of them back together.</p>
    </div>
  )
}
