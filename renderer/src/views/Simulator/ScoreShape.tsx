import { type ReactNode, useMemo } from 'react'
import { changeParameter, settle, stagesOf, useSimulator } from '../../state/simulator.ts'
import type { Threshold } from '../../ui/ThresholdHandles.tsx'
import { ThresholdHistogram } from '../../ui/ThresholdHistogram.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { STAGES } from '../words.ts'
import { unitsName } from './level-words.ts'

const [LOWEST, ...REACHED] = STAGES
const KEYS = ['warm', 'pql', 'hot'] as const

/** How the scores would be spread, with the thresholds of the stages to drag; the line is the base. */
export function ScoreShape(): ReactNode {
  const { client } = useServices()
  const opened = useSimulator(state => state.opened)
  const counts = useSimulator(state => state.answer?.columns.histogram ?? null)
  const { warm, pql, hot } = {
    warm: useSimulator(state => stagesOf(state).warm),
    pql: useSimulator(state => stagesOf(state).pql),
    hot: useSimulator(state => stagesOf(state).hot),
  }
  const thresholds = useMemo(() => thresholdsOf([warm, pql, hot], opened?.stages), [warm, pql, hot, opened])
  if (opened === null || LOWEST === undefined) return null
  const move = (id: string, value: number): void => {
    const parameter = opened.parameters.find(known => known.group === 'stages' && known.subject === id)
    if (parameter !== undefined) perform(changeParameter(client, parameter, value))
  }
  return (
    <ThresholdHistogram
      counts={counts ?? opened.columns.histogram}
      base={opened.columns.histogram}
      lowest={LOWEST}
      thresholds={thresholds}
      label={`${unitsName(opened.level)} per point of score, square-root axis`}
      itemsName={unitsName(opened.level)}
      onMove={move}
      onSettle={settle}
    />
  )
}

type Stages = Readonly<Record<(typeof KEYS)[number], number>>

function thresholdsOf(values: readonly number[], base: Stages | undefined): readonly Threshold[] {
  return KEYS.map((id, place) => ({
    id,
    label: REACHED[place]?.label ?? '',
    color: REACHED[place]?.color ?? '',
    value: values[place] ?? 0,
    base: base?.[id] ?? 0,
    min: values[place - 1] ?? 0,
    max: values[place + 1] ?? 100,
  }))
}
