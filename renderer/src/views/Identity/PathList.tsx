import { Ban, Link2, Scale } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PathStep } from '../../state/identity-overview.ts'
import { bits } from '../../ui/format.ts'

type Props = Readonly<{
  path: readonly PathStep[]
  /** The chain does not hold: bits from which evidence would be enough. Null where every step holds. */
  needed?: number | null
}>

const BY = {
  must_link: [Link2, 'said to be one'],
  cannot_link: [Ban, 'said to be different'],
  evidence: [Scale, 'joined by evidence'],
} as const

/** A chain from one record to another, step by step: what joins each to the next, or keeps it apart. */
export function PathList({ path, needed = null }: Props): ReactNode {
  if (path.length === 0) return null
  return (
    <ol className="path" aria-label="The chain">
      {path.map((step, place) => (
        <Step key={`${step.a} ${step.b}`} step={step} needed={needed} isFirst={place === 0} />
      ))}
    </ol>
  )
}

type StepProps = Readonly<{ step: PathStep; needed: number | null; isFirst: boolean }>

function Step({ step, needed, isFirst }: StepProps): ReactNode {
  const [Icon, words] = BY[step.by]
  return (
    <li className="path__step">
      {isFirst && <Record name={step.names[0]} id={step.a} />}
      <span className={`path__link path__link--${step.by}`}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {step.bits === null
          ? words
          : needed === null
            ? `${words} (${bits(step.bits)} bits)`
            : nearWords(step.bits, needed)}
        {step.decisionNo !== null && <span className="muted"> answer {step.decisionNo}</span>}
      </span>
      <Record name={step.names[1]} id={step.b} />
    </li>
  )
}

function Record({ name, id }: Readonly<{ name: string; id: string }>): ReactNode {
  return (
    <span className="path__record" title={id}>
      {name}
    </span>
  )
}

/** How near evidence comes where it joins nobody. */
function nearWords(value: number, needed: number): string {
  if (value >= needed) return `enough evidence: ${bits(value)} bits`
  return `nearest: ${bits(value)} bits, ${value < 0 ? 'below 0' : `${bits(needed)} are needed`}`
}
