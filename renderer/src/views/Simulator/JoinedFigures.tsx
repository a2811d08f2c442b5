import type { ReactNode } from 'react'
import { useSimulator, valueIn } from '../../state/simulator.ts'
import type { Parameter } from '../../state/simulator-calls.ts'
import { joinedAt, useIdentityPart } from '../../state/simulator-identity.ts'
import { count, counted, difference } from '../../ui/format.ts'
import { ThresholdSteps } from './ThresholdSteps.tsx'

/** Where the clusters change, under the handle, and what they come to while it moves. */
export function JoinedFigures({ threshold }: Readonly<{ threshold: Parameter }>): ReactNode {
  const { figures, records } = useIdentityPart()
  const value = useSimulator(state => Number(valueIn(state.scenario, threshold)))
  const { persons, merged, unions, before } = joinedAt({ figures, records }, value, Number(threshold.value))
  return (
    <>
      <ThresholdSteps steps={figures.map(({ bits }) => bits)} value={value} min={threshold.min} max={threshold.max} />
      <Line label={`Persons of ${count(records)} records`} now={persons} before={before.persons} />
      <Line label="Merged records" now={merged} before={before.merged} />
      <output className="who__unions muted">{unionWords(unions)}</output>
    </>
  )
}

type LineProps = Readonly<{ label: string; now: number; before: number }>

function Line({ label, now, before }: LineProps): ReactNode {
  return (
    <p className="who__line">
      <span className="muted">{label}</span>
      <span className="who__figure">
        {now !== before && <span className="change">{difference(now - before)}</span>} {count(now)}
      </span>
    </p>
  )
}

function unionWords(unions: number): string {
  if (unions === 0) return 'Nothing joins and nothing falls apart.'
  const doing = unions > 0 ? 'newly join' : 'fall apart'
  return `${counted(Math.abs(unions), 'union')} would ${doing}.`
}
