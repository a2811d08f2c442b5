import type { ReactNode } from 'react'
import { useAnswers } from '../../state/review-answer-store.ts'
import { type Pair, pairId } from '../../state/review-queue.ts'
import { PathList } from './PathList.tsx'

/** The answer just given to a pair contradicts others: the chain that stands against it. */
export function Refused({ pair: shown }: Readonly<{ pair: Pair | null }>): ReactNode {
  const all = useAnswers(state => state.refused)
  const refused = shown === null ? [] : all.filter(({ pair }) => pairId(pair) === pairId(shown))
  if (refused.length === 0) return null
  return (
    <div className="refused" role="alert">
      <p className="refused__title">This answer was not kept: it contradicts earlier ones.</p>
      {refused.map(({ pair, sentence, path }) => (
        <div key={`${pair.a} ${pair.b}`}>
          <p>{sentence}</p>
          <PathList path={path} />
        </div>
      ))}
    </div>
  )
}
