import type { ReactNode } from 'react'
import { type Card, chooseRelation, useReviewCard } from '../../state/review-card.ts'
import { RELATION_WORDS } from './identity-words.ts'

/** What two workspaces may be to each other; `A` says the one chosen here. The digits choose. */
export function Relations({ card }: Readonly<{ card: Card }>): ReactNode {
  const chosen = useReviewCard(state => state.relation)
  const joins = card.relations.filter(({ relation }) => relation !== 'unrelated')
  return (
    <fieldset className="relations">
      <legend className="section-title">If they belong together, how</legend>
      {joins.map(({ relation, isProposed, sentence }, place) => (
        <label key={relation} className={relation === chosen ? 'relation is-on' : 'relation'}>
          <input type="radio" name="relation" checked={relation === chosen} onChange={() => chooseRelation(relation)} />
          <span className="relation__name">
            {RELATION_WORDS[relation]}
            {isProposed && <span className="relation__proposed">proposed</span>}
          </span>
          <span className="relation__sentence">{sentence}</span>
          <kbd className="key" aria-hidden>
            {place + 1}
          </kbd>
        </label>
      ))}
    </fieldset>
  )
}
