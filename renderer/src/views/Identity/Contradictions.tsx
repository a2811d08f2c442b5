import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type Contradiction, useIdentity } from '../../state/identity-overview.ts'
import { showCard } from '../../state/review-card.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { PathList } from './PathList.tsx'

const NONE: readonly Contradiction[] = []

/** Answers that cannot all hold, each with its chain; nothing is settled silently. */
export function Contradictions(): ReactNode {
  const { client } = useServices()
  const contradictions = useIdentity(state => state.overview?.contradictions ?? NONE)
  const [isOpen, setOpen] = useState(false)
  if (contradictions.length === 0) return null
  return (
    <div className="contradictions">
      <button
        type="button"
        className="plain contradictions__head"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
        <span>{counted(contradictions.length, 'answer')} cannot hold beside other answers or the data.</span>
        <span className="text-button">{isOpen ? 'Hide' : 'Show'}</span>
      </button>
      {isOpen && (
        <ul className="contradictions__list">
          {contradictions.map(({ pair, sentence, path }) => (
            <li key={`${pair.a} ${pair.b}`}>
              <p>
                {sentence}{' '}
                <button type="button" className="plain link-button" onClick={() => perform(showCard(client, pair))}>
                  Open the candidate
                </button>
              </p>
              <PathList path={path} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
