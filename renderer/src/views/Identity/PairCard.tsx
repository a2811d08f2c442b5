import type { ReactNode } from 'react'
import { type Card, showCard, useReviewCard } from '../../state/review-card.ts'
import { dateTime } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { AnswerBar } from './AnswerBar.tsx'
import { CardHead } from './CardHead.tsx'
import { Composition } from './Composition.tsx'
import { EvidenceWaterfall } from './EvidenceWaterfall.tsx'
import { FieldTable } from './FieldTable.tsx'
import { Impact } from './Impact.tsx'
import { Refused } from './Refused.tsx'
import { Relations } from './Relations.tsx'
import { Rivals } from './Rivals.tsx'

/** Everything about one candidate, and the answers to it. */
export function PairCard(): ReactNode {
  const { client } = useServices()
  const status = useReviewCard(state => state.status)
  const pair = useReviewCard(state => state.pair)
  const card = useReviewCard(state => state.card)
  return (
    <section className="pair-card" aria-label="Candidate" aria-busy={status === 'loading'}>
      {card !== null ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must scroll by keyboard too */}
          <section className="pair-card__content" tabIndex={0} aria-label="What is known">
            <Refused pair={pair} />
            <Content card={card} />
          </section>
          <AnswerBar card={card} />
        </>
      ) : status === 'failed' && pair !== null ? (
        <Retry title="This candidate cannot be shown" again={() => showCard(client, pair)} />
      ) : (
        <SkeletonRows rows={10} label="The candidate is being read" />
      )}
    </section>
  )
}

function Content({ card }: Readonly<{ card: Card }>): ReactNode {
  // Two rows of accounts are not weighed: what they have in common stands in the sentence.
  const isWeighed = card.candidate.pair.question !== 'companies'
  return (
    <>
      <CardHead card={card} />
      {card.relations.length > 0 && <Relations card={card} />}
      <div className="pair-card__sides">
        <FieldTable
          left={card.candidate.left}
          right={card.candidate.right}
          places={card.places}
          fields={card.fields}
          compared={card.waterfall.map(({ comparison }) => comparison)}
        />
        {isWeighed && (
          <EvidenceWaterfall
            title="How the evidence adds up"
            lines={card.waterfall}
            total={card.candidate.bits}
            thresholds={card.thresholds}
          />
        )}
      </div>
      {card.cheapestFlip !== null && <p className="soft pair-card__flip">{card.cheapestFlip}</p>}
      <Impact card={card} />
      <Composition card={card} />
      <Rivals card={card} />
      <Answered card={card} />
    </>
  )
}

const SAID = { same: 'One', different: 'Kept apart', skip: 'Put off' } as const

function Answered({ card }: Readonly<{ card: Card }>): ReactNode {
  if (card.history.length === 0) return null
  return (
    <section aria-labelledby="answered-title">
      <h3 id="answered-title" className="section-title">
        Answers so far
      </h3>
      <ul className="answered">
        {card.history.map(({ decisionNo, answer, note, decidedAt }) => (
          <li key={decisionNo}>
            <span>{SAID[answer]}</span> <span className="muted">{dateTime(decidedAt)}</span>
            {note !== null && <span className="soft"> “{note}”</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
