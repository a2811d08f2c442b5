import { type ReactNode, useMemo } from 'react'
import { useNavigation } from '../../state/navigation.ts'
import { useHistogram } from '../../state/score-histogram.ts'
import { useScoreList } from '../../state/score-list.ts'
import { Histogram } from '../../ui/Histogram.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { stageOf } from '../words.ts'
import { applyFilter } from './filtering.ts'
import { LEVELS } from './level-words.ts'

/** How the scores are spread over the stages; a drag or the two handles choose a range of them. */
export function ScoreHistogram(): ReactNode {
  const { client } = useServices()
  const status = useHistogram(state => state.status)
  const all = useHistogram(state => state.all)
  const some = useHistogram(state => state.some)
  const { warm, pql, hot } = useHistogram(state => state.stages)
  const { title } = LEVELS[useNavigation(state => state.level)]
  const range = useScoreList(state => state.filter.range)
  const bands = useMemo(
    () =>
      [['Not PQL', 0] as const, ['Warm', warm] as const, ['PQL', pql] as const, ['Hot PQL', hot] as const].map(
        ([id, from]) => ({ id, from, label: stageOf(id).label, color: stageOf(id).color }),
      ),
    [warm, pql, hot],
  )
  if (all.length === 0)
    return (
      <div className="histogram histogram--waiting" role="status">
        {status === 'failed' && <span className="muted">The distribution could not be read.</span>}
        <span className="unseen">{status === 'loading' ? 'The distribution is being read' : ''}</span>
      </div>
    )
  return (
    <Histogram
      counts={some ?? all}
      ghost={some === null ? null : all}
      bands={bands}
      range={range}
      onRange={next => perform(applyFilter(client, { range: next }))}
      label={`${title} per point of score`}
      itemsName={title}
    />
  )
}
