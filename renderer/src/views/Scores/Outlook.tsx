import { type ReactNode, useEffect } from 'react'
import { useModel } from '../../state/model.ts'
import { loadExplanation, type ScoreExplanation, useScoreHistory } from '../../state/score-history.ts'
import { nameOf, type UnitDetail } from '../../state/score-unit.ts'
import { counted, decimal, points, score } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { signalWords } from '../signal-words.ts'
import { inSentence } from '../words.ts'

type Props = Readonly<{ unit: UnitDetail }>
type PartProps = Readonly<{ explanation: ScoreExplanation; unit: UnitDetail }>

/** What would lift the score, what limits took from it, and what it would be had everything been known. */
export function Outlook({ unit }: Props): ReactNode {
  const { client } = useServices()
  const { unitId } = unit.row
  const explanation = useScoreHistory(state => (state.unitId === unitId ? state.explanation : null))
  useEffect(() => perform(loadExplanation(client, unitId)), [client, unitId])
  if (explanation === null) return null
  return (
    <>
      <ToPql explanation={explanation} unit={unit} />
      <Lost explanation={explanation} unit={unit} />
      <Unknown explanation={explanation} unit={unit} />
    </>
  )
}

const MOST_STEPS = 4

function ToPql({ explanation: { threshold, steps, score: now }, unit }: PartProps): ReactNode {
  const model = useModel(state => state.model)
  if (now >= threshold) return null
  return (
    <section aria-labelledby="to-pql-title">
      <h3 id="to-pql-title" className="section-title">
        What would make it a PQL
      </h3>
      <p className="soft">
        {decimal(threshold - now)} points are missing to {decimal(threshold)}.
        {steps.length === 0 && ' No single step would reach it.'}
      </p>
      <ul>
        {steps.slice(0, MOST_STEPS).map(step => (
          <li key={`${step.kind} ${step.signal} ${step.personId}`} className="outlook__line">
            <span>{stepText(step, model, step.personId === null ? null : nameOf(unit, step.personId))}</span>
            <span className="number">{score(step.score)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function stepText(
  { kind, signal, times }: ScoreExplanation['steps'][number],
  model: Parameters<typeof signalWords>[0],
  person: string | null,
): string {
  if (kind === 'fit') return 'The account turning out to fit best'
  if (kind === 'role') return `${person ?? 'The representative'} turning out to be an admin`
  const by = person === null ? '' : ` by ${person}`
  const label = signalWords(model, signal ?? '').label
  return `${label}${by}, ${times === 1 ? 'once' : counted(times, 'time')} today`
}

function Lost({ explanation: { lost }, unit }: PartProps): ReactNode {
  const model = useModel(state => state.model)
  const lines = lost.flatMap(line => {
    const taken = [
      { by: 'cap', points: line.cap },
      { by: 'bucket limit', points: line.bucketBound },
    ].filter(part => Math.abs(part.points) >= 0.05)
    return taken.map(part => ({ ...part, line }))
  })
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="lost-title">
      <h3 id="lost-title" className="section-title">
        Points cut off
      </h3>
      <ul>
        {lines.map(({ by, points: value, line }) => (
          <li key={`${line.signal} ${line.personId} ${by}`} className="outlook__line">
            <span>
              {signalWords(model, line.signal).label}{' '}
              <span className="muted">
                {by}
                {line.personId !== null && `, ${nameOf(unit, line.personId)}`}
              </span>
            </span>
            <span className="number">{points(-Math.abs(value))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Unknown({ explanation: { range, unknownRoles, isFitUnknown }, unit }: PartProps): ReactNode {
  const [low, high] = range
  if (unknownRoles.length === 0 && !isFitUnknown) return null
  const rests = [
    ...(isFitUnknown ? ['the fit of the account'] : []),
    ...(unknownRoles.length > 0
      ? [`the role of ${unknownRoles.map(role => nameOf(unit, role.personId)).join(', ')}`]
      : []),
  ].join(' and ')
  return (
    <section aria-labelledby="unknown-title">
      <h3 id="unknown-title" className="section-title">
        What is not known
      </h3>
      <p>
        {low === high
          ? `The score stays ${score(low)} whatever it is: ${inSentence(rests)}.`
          : `The score would be between ${score(low)} and ${score(high)}, had ${inSentence(rests)} been known.`}
      </p>
    </section>
  )
}
