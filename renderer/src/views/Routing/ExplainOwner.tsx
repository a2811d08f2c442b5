import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Explanation } from '../../state/routing-explain.ts'

/** Each place that an owner may come from, in order, and the one that it was taken from. */
export function ExplainOwner({ owner }: Readonly<{ owner: Explanation['owner'] }>): ReactNode {
  const named = owner.ownerName ?? owner.owner
  return (
    <section aria-labelledby="owner-title">
      <h3 id="owner-title" className="section-title">
        Owner{' '}
        <span className="muted">
          {named ?? (owner.team === null ? 'nobody' : `the ${owner.team} team`)}
          {named !== null && owner.team !== null ? `, ${owner.team}` : ''}
          {owner.isOverCapacity ? ', over capacity this week' : ''}
        </span>
      </h3>
      <ol className="stops">
        {owner.steps.map(({ step, text, isTaken }) => {
          const Icon = isTaken ? Check : Minus
          return (
            <li key={step} className={isTaken ? 'stop is-taken' : 'stop'}>
              <Icon size={12} aria-label={isTaken ? 'taken' : 'not taken'} />
              <span className="stop__text">{text}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
