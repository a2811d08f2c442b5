import { CornerDownRight, History, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Card } from '../../state/review-card.ts'
import { Definition } from '../../ui/Definition.tsx'
import { bits, date } from '../../ui/format.ts'
import { BandMark } from './BandMark.tsx'
import { BITS_MEAN, likelihoodWords, QUESTION_WORDS, RELATION_WORDS, standingWords } from './identity-words.ts'
import { useShownImpact } from './shown-impact.ts'

const IF_YES = {
  persons: 'If joined',
  workspaces: 'If merged',
  companies: 'If one company',
  accounts: 'If assigned',
  signups: 'If assigned',
} as const

type Props = Readonly<{ card: Card }>

/** The question, how sure the evidence is, and one plain sentence. */
export function CardHead({ card }: Props): ReactNode {
  const { candidate, sentence, guards } = card
  const impact = useShownImpact(card)
  return (
    <header className="card-head">
      <div className="card-head__line">
        <h2 className="card-head__question">{QUESTION_WORDS[candidate.pair.question].asks}</h2>
        <BandMark band={candidate.band} isHeld={candidate.isHeld} hasLabel />
      </div>
      {candidate.pair.question !== 'companies' && (
        <p className="card-head__figures">
          <Definition means={BITS_MEAN}>
            <strong>{candidate.bits === null ? 'No evidence' : `${bits(candidate.bits)} bits`}</strong>
          </Definition>
          <span>{likelihoodWords(candidate.bits)}</span>
          {candidate.bits !== null && <span className="muted">{standingWords(card)}</span>}
        </p>
      )}
      <p className="card-head__sentence">{sentence}</p>
      <Given candidate={candidate} />
      {impact !== null && (
        <p className="card-head__impact">
          <CornerDownRight size={14} strokeWidth={1.75} aria-hidden />
          <span>
            <span className="muted">{IF_YES[candidate.pair.question]}: </span>
            {impact.sentence}
          </span>
        </p>
      )}
      {guards.length > 0 && (
        <ul className="card-head__guards">
          {guards.map(guard => (
            <li key={guard}>
              <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
              <span>{guard}</span>
            </li>
          ))}
        </ul>
      )}
    </header>
  )
}

/** What was answered before, where the pair is shown again or still; a changed ground is said first. */
function Given({ candidate: { band, decision, pair } }: Readonly<{ candidate: Card['candidate'] }>): ReactNode {
  if (decision === null || (band !== 'decided' && band !== 'reconfirm')) return null
  const { yes, no } = QUESTION_WORDS[pair.question]
  const { answer, relation, decidedAt } = decision
  const said = answer === 'different' ? no : relation === null ? yes : RELATION_WORDS[relation]
  return (
    <p className="card-head__impact">
      <History size={14} strokeWidth={1.75} aria-hidden />
      <span>
        <span className="muted">Answered {date(decidedAt)}: </span>
        {said}
        {band === 'reconfirm' &&
          '. The evidence has changed since; the answer holds until you give it again or another.'}
      </span>
    </p>
  )
}
