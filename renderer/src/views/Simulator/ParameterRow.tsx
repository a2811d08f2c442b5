import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  changeParameter,
  isCapGone,
  isChanged,
  removeCap,
  settle,
  useSimulator,
  valueIn,
} from '../../state/simulator.ts'
import type { Parameter } from '../../state/simulator-calls.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { perform } from '../notify.tsx'
import { fieldOf, titleOf, valueText } from '../parameter-words.ts'
import { useServices } from '../services.tsx'

type Props = Readonly<{ parameter: Parameter; label: ReactNode }>

/** One parameter: its name, a handle, its figure, and the way back to the base. */
export function ParameterRow({ parameter, label }: Props): ReactNode {
  const { client } = useServices()
  const hasChanged = useSimulator(state => isChanged(state.scenario, parameter))
  const title = titleOf(parameter.path)
  const base = valueText(parameter.value, parameter.unit)
  const reset = (): void => {
    perform(changeParameter(client, parameter, parameter.value))
    settle()
  }
  return (
    <div className={hasChanged ? 'parameter is-changed' : 'parameter'}>
      <span className="parameter__label clip" title={`${title}: ${fieldOf(parameter.field).means} Base: ${base}.`}>
        {label} {parameter.field === 'cap.points' && <NoCap parameter={parameter} title={title} />}
      </span>
      {parameter.kind === 'choice' ? (
        <Choice parameter={parameter} title={title} />
      ) : (
        <Figure parameter={parameter} title={title} />
      )}
      <button
        type="button"
        className="plain parameter__reset"
        aria-label={`Reset ${title} to ${base}`}
        title={`Back to ${base}`}
        disabled={!hasChanged}
        onClick={reset}
      >
        <RotateCcw size={12} aria-hidden />
      </button>
    </div>
  )
}

/** Takes a cap away; its handle sets one again. */
function NoCap({ parameter, title }: ControlProps): ReactNode {
  const { client } = useServices()
  const isThere = useSimulator(state => valueIn(state.scenario, parameter) !== null)
  if (!isThere) return null
  return (
    <button
      type="button"
      className="plain text-button parameter__none"
      aria-label={`Take away: ${title}`}
      title="No cap: every occurrence counts"
      onClick={() => perform(removeCap(client, parameter))}
    >
      remove
    </button>
  )
}

type ControlProps = Readonly<{ parameter: Parameter; title: string }>

function Figure({ parameter, title }: ControlProps): ReactNode {
  const { client } = useServices()
  const value = useSimulator(state => valueIn(state.scenario, parameter))
  const isOff = useSimulator(state => lacksCap(state.scenario, parameter))
  const figure = typeof value === 'number' ? value : null
  const { min, max, step } = parameter
  const change = (next: number): void => perform(changeParameter(client, parameter, next))
  const fill = max > min ? Math.min(1, Math.max(0, ((figure ?? min) - min) / (max - min))) : 0
  return (
    <>
      <input
        type="range"
        className="range"
        aria-label={title}
        aria-valuetext={valueText(figure, parameter.unit)}
        min={min}
        max={max}
        step={step}
        disabled={isOff}
        value={figure ?? min}
        style={{ backgroundSize: `${fill * 100}% 4px` }}
        onChange={event => change(event.currentTarget.valueAsNumber)}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
      />
      <NumberField
        label={`${title}, figure`}
        value={figure}
        step={step}
        isDisabled={isOff}
        onChange={change}
        onClear={() => perform(changeParameter(client, parameter, parameter.value))}
        onDone={settle}
      />
    </>
  )
}

/** The window of a cap that is not there has no length. */
function lacksCap(scenario: Parameters<typeof valueIn>[0], parameter: Parameter): boolean {
  if (parameter.field !== 'cap.days') return false
  if (isCapGone(scenario, parameter)) return true
  if (parameter.value !== null) return false
  return scenario.model?.signals?.[parameter.subject]?.cap?.points === undefined
}

function Choice({ parameter, title }: ControlProps): ReactNode {
  const { client } = useServices()
  const value = useSimulator(state => valueIn(state.scenario, parameter))
  const choices = parameter.value === null ? [null, ...parameter.choices] : parameter.choices
  return (
    <select
      className="choice-field"
      aria-label={title}
      value={value ?? ''}
      onChange={event => {
        const chosen = event.currentTarget.value
        perform(changeParameter(client, parameter, chosen === '' ? null : chosen))
        settle()
      }}
    >
      {choices.map(choice => (
        <option key={choice ?? ''} value={choice ?? ''}>
          {choice === null ? 'As its bucket' : valueText(choice, null)}
        </option>
      ))}
    </select>
  )
}
