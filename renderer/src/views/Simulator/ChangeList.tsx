import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { changeParameter, resetScenario, settle, useSimulator, valueIn } from '../../state/simulator.ts'
import type { Parameter } from '../../state/simulator-calls.ts'
import { takeBackAnswer, useIdentityPart } from '../../state/simulator-identity.ts'
import { changesOf, type ImaginedAnswer, type ParameterValue } from '../../state/simulator-scenario.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { changeText, titleOf, valueText } from '../parameter-words.ts'
import { useServices } from '../services.tsx'
import { answerWords } from './change-lines.ts'

/** What the scenario changes, first of all parameters: each with its way back, and all at once. */
export function ChangeList({ parameters }: Readonly<{ parameters: readonly Parameter[] }>): ReactNode {
  const { client } = useServices()
  // of the last rest: lines that come while a handle moves would push it away from the pointer
  const settled = useSimulator(state => state.settled)
  const changes = changesOf(settled)
  return (
    <section className="changes" aria-label="Changes">
      <div className="changes__head">
        <h2 className="section-title">
          {changes.length === 0 ? 'Nothing changed' : counted(changes.length, 'change')}
        </h2>
        {changes.length > 0 && (
          <button type="button" className="plain text-button" onClick={() => perform(resetScenario(client))}>
            Reset all
          </button>
        )}
      </div>
      {changes.length === 0 && (
        <p className="muted">Drag a threshold or a handle. Nothing is applied before it is reviewed.</p>
      )}
      <ul>
        {changes.map(({ path, value }) => {
          if (isAnswer(value)) return <AnswerLine key={path.join('\n')} answer={value} />
          const parameter = parameters.find(known => isAt(known, path))
          return <ChangeLine key={path.join('\n')} path={path} value={value as ParameterValue} parameter={parameter} />
        })}
      </ul>
      <Fault parameters={parameters} />
    </section>
  )
}

/** A cap that is taken away is a change of its points. */
function isAt(parameter: Parameter, path: readonly string[]): boolean {
  const own = parameter.path.join('\n')
  return own === path.join('\n') || (parameter.field === 'cap.points' && own === [...path, 'points'].join('\n'))
}

function isAnswer(value: unknown): value is ImaginedAnswer {
  return typeof value === 'object' && value !== null && 'question' in value
}

/** An answer about two records, with its way back. */
function AnswerLine({ answer }: Readonly<{ answer: ImaginedAnswer }>): ReactNode {
  const { client } = useServices()
  const candidates = useIdentityPart(state => state.candidates)
  const known = candidates.find(
    ({ pair }) => answer.question === pair.question && answer.a === pair.a && answer.b === pair.b,
  )
  const title = `${known?.left.title ?? answer.a}, ${known?.right?.title ?? answer.b}`
  return (
    <li className="changes__line">
      <span className="clip" title={`${answer.a} and ${answer.b}`}>
        {title}
      </span>
      <span className="changes__values">{answerWords(answer)}</span>
      <button
        type="button"
        className="plain parameter__reset"
        aria-label={`Take back ${title}`}
        onClick={() => perform(takeBackAnswer(client, answer))}
      >
        <X size={12} aria-hidden />
      </button>
    </li>
  )
}

/** Why the picture is not of the values as they stand; what the engine said of it is at hand. */
function Fault({ parameters }: Readonly<{ parameters: readonly Parameter[] }>): ReactNode {
  const fault = useSimulator(state => state.fault)
  const touched = useSimulator(state => state.touched)
  const parameter = parameters.find(({ id }) => id === touched)
  const value = useSimulator(state => (parameter === undefined ? null : valueIn(state.scenario, parameter)))
  if (fault === null) return null
  return (
    <p className="changes__fault" role="alert" title={fault}>
      {parameter === undefined
        ? fault
        : `${titleOf(parameter.path)} cannot be ${valueText(value, parameter.unit)}. The picture is of the values before.`}
    </p>
  )
}

type LineProps = Readonly<{ path: readonly string[]; value: ParameterValue; parameter: Parameter | undefined }>

function ChangeLine({ path, value, parameter }: LineProps): ReactNode {
  const { client } = useServices()
  const title = titleOf(path)
  const text = parameter === undefined ? valueText(value, null) : changeText(parameter.value, value, parameter.unit)
  return (
    <li className="changes__line">
      <span className="clip">{title}</span>
      <span className="changes__values">{text}</span>
      {parameter !== undefined && (
        <button
          type="button"
          className="plain parameter__reset"
          aria-label={`Take back ${title}`}
          onClick={() => {
            perform(changeParameter(client, parameter, parameter.value))
            settle()
          }}
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </li>
  )
}
