import type { ReactNode } from 'react'
import { type Card, showCard } from '../../state/review-card.ts'
import { alignedBits, likelihood } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { BandMark } from './BandMark.tsx'

/** Other candidates of the same record; each opens its own card. */
export function Rivals({ card }: Readonly<{ card: Card }>): ReactNode {
  const { client } = useServices()
  const { pair } = card.candidate
  if (card.rivals.length === 0) return null
  return (
    <section aria-labelledby="rivals-title">
      <h3 id="rivals-title" className="section-title">
        {pair.question === 'accounts' || pair.question === 'signups'
          ? 'Other accounts it could be'
          : 'Other candidates'}
      </h3>
      <ul className="rivals">
        {card.rivals.map(({ pair: rival, side, bits: value, band }) => (
          <li key={side.key}>
            <button type="button" className="plain rivals__line" onClick={() => perform(showCard(client, rival))}>
              <span className="clip rivals__name">
                {side.title} {side.subtitle !== null && <span className="muted">{side.subtitle}</span>}
              </span>
              <span className="number">{value === null ? '–' : alignedBits(value)}</span>
              <span className="number muted">{value === null ? '' : likelihood(value)}</span>
              <BandMark band={band} isHeld={false} hasLabel />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
