import { Ban, Link2, Scale } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PathStep } from '../../state/identity-overview.ts'
import { bits } from '../../ui/format.ts'

const BY = {
  must_link: [Link2, 'said to be one'],
  cannot_link: [Ban, 'said to be different'],
  evidence: [Scale, 'joined by evidence'],
} as const

/** A chain from one record to another, step by step: what joins each to the next, or keeps it apart. */
export function PathList({ path }: Readonly<{ path: readonly PathStep[] }>): ReactNode {
  if (path.length === 0) return null
  return (
    <ol className="path" aria-label="The chain">
      {path.map((step, place) => (
        <Step key={`${step.a} ${step.b}`} step={step} isFirst={place === 0} />
      ))}
    </ol>
  )
}

function Step({ step, isFirst }: Readonly<{ step: PathStep; isFirst: boolean }>): ReactNode {
  const [Icon, words] = BY[step.by]
  return (
    <li className="path__step">
      {isFirst && <code className="path__record">{step.a}</code>}
      <span className={`path__link path__link--${step.by}`}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {words}
        {step.bits !== null && ` (${bits(step.bits)} bits)`}
        {step.decisionNo !== null && <span className="muted"> answer {step.decisionNo}</span>}
      </span>
      <code className="path__record">{step.b}</code>
    </li>
  )
}
