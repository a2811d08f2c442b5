import { Check, CornerDownRight, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Explanation } from '../../state/routing-explain.ts'
import { RuleTests } from '../Scores/RoutingTab.tsx'
import { DestinationMark } from './DestinationMark.tsx'

type RuleReading = Explanation['rules'][number]

/** Every rule with its conditions, those too that stand behind the one that decides. */
export function ExplainRules({ rules }: Readonly<{ rules: Explanation['rules'] }>): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too
    <section className="explain__rules" aria-label="Rules tried" tabIndex={0}>
      <ol className="rules">
        {rules.map((rule, place) => (
          <RuleLine key={rule.ruleId} rule={rule} place={place + 1} />
        ))}
      </ol>
    </section>
  )
}

function RuleLine({ rule, place }: Readonly<{ rule: RuleReading; place: number }>): ReactNode {
  const { holds, decides, isReached } = rule
  const Icon = decides ? Check : holds ? CornerDownRight : Minus
  const verdict = decides ? 'decides' : holds ? 'would hold' : 'does not hold'
  const className = ['rule', decides && 'is-met', !isReached && 'is-behind'].filter(Boolean).join(' ')
  return (
    <li className={className}>
      <details open={decides || isReached}>
        <summary className="rule__head explain__head">
          <Icon size={14} aria-hidden />
          <span className="muted">{place}</span>
          <span className="clip">{rule.title}</span>
          <span className="rule__verdict">{isReached ? verdict : `${verdict}, not reached`}</span>
          <span className="explain__dest">
            <DestinationMark id={rule.destination} />
          </span>
        </summary>
        <RuleTests rule={rule} />
      </details>
    </li>
  )
}
