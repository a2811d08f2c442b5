import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { isChanged, useSimulator } from '../../state/simulator.ts'
import type { Parameter } from '../../state/simulator-calls.ts'
import { toggleIn, useSimulatorView } from '../../state/simulator-view.ts'
import { count } from '../../ui/format.ts'
import { fieldOf, type GROUPS, subjectOf } from '../parameter-words.ts'
import { IdentityPart } from './IdentityPart.tsx'
import { ParameterRow } from './ParameterRow.tsx'

type Props = Readonly<{ group: (typeof GROUPS)[number]; parameters: readonly Parameter[]; isFound: boolean }>

/** The parameters of one kind, folded to one line or shown; all that a search found are shown. */
export const ParameterGroup = memo(function ParameterGroup({ group, parameters, isFound }: Props): ReactNode {
  const isOpen = useSimulatorView(state => state.open.includes(group.id)) || isFound
  const changed = useSimulator(
    state =>
      parameters.filter(one => isChanged(state.scenario, one)).length +
      (group.id === 'identity' ? (state.scenario.identity?.decisions?.length ?? 0) : 0),
  )
  return (
    <section className="parameter-group" aria-label={group.label}>
      <h2>
        <button
          type="button"
          className="plain parameter-group__head"
          aria-expanded={isOpen}
          title={group.means}
          onClick={() => toggleIn('open', group.id)}
        >
          <ChevronRight size={14} className="parameter-group__mark" aria-hidden />
          {group.label}
          <span className="muted">{changed > 0 ? `${count(changed)} changed` : count(parameters.length)}</span>
        </button>
      </h2>
      {isOpen && bySubject(parameters).map(own => <Subject key={own[0]?.id} parameters={own} isFound={isFound} />)}
      {isOpen && group.id === 'identity' && <IdentityPart threshold={parameters[0]} />}
    </section>
  )
})

function bySubject(parameters: readonly Parameter[]): readonly (readonly Parameter[])[] {
  const found = new Map<string, Parameter[]>()
  for (const parameter of parameters) {
    const own = found.get(parameter.subject)
    if (own === undefined) found.set(parameter.subject, [parameter])
    else own.push(parameter)
  }
  return [...found.values()]
}

type SubjectProps = Readonly<{ parameters: readonly Parameter[]; isFound: boolean }>

function Subject({ parameters, isFound }: SubjectProps): ReactNode {
  const [first, ...rest] = parameters
  if (first === undefined) return null
  const label = subjectOf(first)
  if (first.group === 'signals') return <Signal first={first} rest={rest} isFound={isFound} />
  if (rest.length === 0 && first.group !== 'buckets' && first.group !== 'routing')
    return <ParameterRow parameter={first} label={label} />
  return (
    <div className="parameter-subject">
      <h3 className="parameter-subject__name clip">
        {label} {first.group === 'routing' && <RuleTitle id={first.subject} />}
      </h3>
      {parameters.map(parameter => (
        <ParameterRow key={parameter.id} parameter={parameter} label={fieldOf(parameter.field).label} />
      ))}
    </div>
  )
}

type SignalProps = Readonly<{ first: Parameter; rest: readonly Parameter[]; isFound: boolean }>

/** A signal shows its points; the rest of it unfolds. */
function Signal({ first, rest, isFound }: SignalProps): ReactNode {
  const isUnfolded = useSimulatorView(state => state.unfolded.includes(first.subject))
  const changed = useSimulator(state => rest.some(one => isChanged(state.scenario, one)))
  const label = subjectOf(first)
  const isOpen = isUnfolded || changed || isFound
  const fold = (
    <button
      type="button"
      className="plain parameter__fold"
      aria-expanded={isOpen}
      title={`${label}: cap, decay, curve, what counts, bucket`}
      onClick={() => toggleIn('unfolded', first.subject)}
    >
      <ChevronRight size={12} className="parameter-group__mark" aria-hidden />
      <span className="clip">{label}</span>
    </button>
  )
  return (
    <div className={isOpen ? 'parameter-signal is-open' : 'parameter-signal'}>
      <ParameterRow parameter={first} label={fold} />
      {isOpen &&
        rest.map(parameter => (
          <ParameterRow key={parameter.id} parameter={parameter} label={fieldOf(parameter.field).label} />
        ))}
    </div>
  )
}

function RuleTitle({ id }: Readonly<{ id: string }>): ReactNode {
  const title = useSimulator(state => state.ruleTitles[id] ?? '')
  return (
    <span className="muted" title={title}>
      {title}
    </span>
  )
}
