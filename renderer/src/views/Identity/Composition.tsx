import type { ReactNode } from 'react'
import type { Card } from '../../state/review-card.ts'
import { count, counted } from '../../ui/format.ts'

/** Whose people are in the workspace, where they are of more than one company. */
export function Composition({ card: { composition } }: Readonly<{ card: Card }>): ReactNode {
  if (composition === null || composition.companies.length < 2) return null
  const { companies, others } = composition
  return (
    <section aria-labelledby="composition-title">
      <h3 id="composition-title" className="section-title">
        Companies in this workspace
      </h3>
      <ul className="rivals">
        {companies.slice(0, MOST_SHOWN).map(({ domain, persons, account, isSecond }) => (
          <li key={domain} className="rivals__line composition__line">
            <span className="clip rivals__name">
              {domain} <span className="muted">{account?.title ?? 'no account of its own'}</span>
            </span>
            <span className="number">{counted(persons, 'person', 'people')}</span>
            <span className="soft nowrap">{isSecond ? 'second account' : ''}</span>
          </li>
        ))}
      </ul>
      {(others > 0 || companies.length > MOST_SHOWN) && (
        <p className="muted">
          {companies.length > MOST_SHOWN && `${count(companies.length - MOST_SHOWN)} more companies. `}
          {others > 0 && `${counted(others, 'person has', 'people have')} no address of a company.`}
        </p>
      )}
    </section>
  )
}

const MOST_SHOWN = 8
