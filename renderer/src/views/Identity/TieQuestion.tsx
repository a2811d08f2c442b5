import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useAnswers } from '../../state/review-answer-store.ts'
import { ended, putOffTie, settleTie } from '../../state/review-answers.ts'
import { changeQueue, isTieAlone, isTieShown, nextTie, type Tie, useReviewQueue } from '../../state/review-queue.ts'
import { openTieRows } from '../../state/review-rows.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { FieldTable } from './FieldTable.tsx'

/** Accounts that a key is at hand for. */
const MOST_KEYS = 9

/** Which of several accounts is right: asked before all that follows from it. */
export function TieQuestion(): ReactNode {
  const { client } = useServices()
  const isShown = useReviewQueue(isTieShown)
  const tie = useReviewQueue(state => state.ties.shown)
  const isAlone = useReviewQueue(isTieAlone)
  const [isOpen, setOpen] = useState(false)
  if (!isShown || tie === null) return null
  const hasTable = tie.fields.length > 0
  return (
    <section className={isAlone ? 'tie tie--alone' : 'tie'} aria-labelledby="tie-title">
      <header className="tie__head">
        <h2 id="tie-title" className="card-head__question">
          Which of these {tie.accounts.length === 2 ? 'two' : count(tie.accounts.length)} accounts is right?
        </h2>
        <Place isPutOff={tie.isPutOff} hasKeys={isAlone} />
      </header>
      <p className="tie__sentence">{tie.sentence}</p>
      <div className="tie__choices">
        {tie.accounts.map((account, i) => (
          <Choice key={account.key} account={account} tools={toolsIn(tie.sources[i])} place={i + 1} />
        ))}
        <Button
          variant="default"
          rightSection={isAlone ? <kbd className="key">S</kbd> : null}
          onClick={() => perform(putOffTie(client))}
        >
          Later
        </Button>
        {hasTable && !isAlone && (
          <button type="button" className="plain text-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide both rows' : 'Compare both rows'}
          </button>
        )}
        {!isAlone && <Following />}
      </div>
      {(isAlone || isOpen) && (
        <p className="muted tie__note">
          All that waits goes to the one you choose, as one answer that Z takes back. Nothing is merged in the CRM;
          where these are one company twice, merge them there.
        </p>
      )}
      {hasTable && (isAlone || isOpen) && <Rows tie={tie} />}
      {isAlone && <Following />}
      {isAlone && <LastAnswer />}
    </section>
  )
}

type ChoiceProps = Readonly<{ account: Tie['accounts'][number]; tools: string; place: number }>

function Choice({ account, tools, place }: ChoiceProps): ReactNode {
  const { client } = useServices()
  return (
    <Button
      variant="default"
      rightSection={place > MOST_KEYS ? null : <kbd className="key">{place}</kbd>}
      onClick={() => perform(settleTie(client, account.key))}
    >
      <span className="clip tie__name">{account.title}</span>{' '}
      {account.title !== account.key && <span className="muted tie__key">{`${tools} ${account.key}`.trimStart()}</span>}
    </Button>
  )
}

function Rows({ tie: { accounts, sources, fields } }: Readonly<{ tie: Tie }>): ReactNode {
  const { client } = useServices()
  const [left, right = null] = accounts
  const [from, other] = sources
  if (left === undefined) return null
  return (
    <div className="tie__rows">
      <FieldTable
        left={left}
        right={right}
        places={{ left: from?.place ?? null, right: other?.place ?? null }}
        tools={{ left: toolsIn(from), right: toolsIn(other) }}
        onRows={() => perform(openTieRows(client))}
        fields={fields}
        compared={COMPARED}
      />
    </div>
  )
}

const toolsIn = (source: Tie['sources'][number] | undefined): string => source?.tools.join(', ') ?? ''

/** What tells a duplicate from the account that is worked with. */
const COMPARED = ['contacts', 'deals', 'name', 'domain']

/** One case of several, and the way to the next. */
function Place({ isPutOff, hasKeys }: Readonly<{ isPutOff: boolean; hasKeys: boolean }>): ReactNode {
  const total = useReviewQueue(state => state.ties.total)
  const at = useReviewQueue(state => state.tieAt)
  if (total < 2 && !isPutOff) return null
  return (
    <span className="tie__place">
      {isPutOff && <span className="muted">Put off{total > 1 && ' ·'}</span>}
      {total > 1 && (
        <>
          <span className="muted number">
            {count(at + 1)} of {count(total)}
          </span>
          <Step word="Previous" by={-1} letter={hasKeys ? 'K' : null} />
          <Step word="Next" by={1} letter={hasKeys ? 'J' : null} />
        </>
      )}
    </span>
  )
}

function Step({ word, by, letter }: Readonly<{ word: string; by: 1 | -1; letter: string | null }>): ReactNode {
  const { client } = useServices()
  return (
    <button type="button" className="plain text-button" onClick={() => perform(nextTie(client, by))}>
      {word}
      {letter !== null && (
        <kbd className="key tie__letter" aria-hidden>
          {letter}
        </kbd>
      )}
    </button>
  )
}

/** What was done last, where no card says it. */
function LastAnswer(): ReactNode {
  const last = useAnswers(state => state.last)
  return (
    <p className="muted tie__following" role="status">
      {last !== null && `${ended(last.sentence)}${last.kind === 'undone' ? '' : ' Z takes it back.'}`}
    </p>
  )
}

/** What is left out of the list since it follows, and the way to it. */
function Following(): ReactNode {
  const { client } = useServices()
  const following = useReviewQueue(state => state.following)
  const isShown = useReviewQueue(state => state.showsFollowing)
  const total = useReviewQueue(state => state.ties.total)
  if (following === 0 && !isShown) return null
  return (
    <p className="tie__following">
      <span className="muted">
        {isShown
          ? 'What follows from it is in the list, one by one.'
          : `${counted(following, 'candidate follows', 'candidates follow')} from ${total === 1 ? 'it' : 'these'}.`}
      </span>{' '}
      <button
        type="button"
        className="plain text-button"
        onClick={() => perform(changeQueue(client, { showsFollowing: !isShown }))}
      >
        {isShown ? 'Leave it out' : 'Show one by one'}
      </button>
    </p>
  )
}
