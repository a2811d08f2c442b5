import { type ReactNode, useEffect } from 'react'
import { loadModel } from '../../state/model.ts'
import { useNavigation } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { loadHistogram } from '../../state/score-histogram.ts'
import { loadOrder } from '../../state/score-list.ts'
import { dateTime } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { FilterBar } from './FilterBar.tsx'
import { NothingScored } from './NothingScored.tsx'
import { ScoreHistogram } from './ScoreHistogram.tsx'
import { ScoreTable } from './ScoreTable.tsx'
import { SortMenu } from './SortMenu.tsx'
import { UnitPanel } from './UnitPanel.tsx'

/** Every workspace with its score: the whole at the top, one by one below, and one of them in full beside it. */
export function ScoresScreen(): ReactNode {
  const { client } = useServices()
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  const unitId = useNavigation(state => state.unitId)
  useEffect(() => {
    if (runId === null) return
    perform(loadOrder(client))
    perform(loadHistogram(client))
    perform(loadModel(client))
  }, [client, runId])
  if (runId === null) return <NothingScored />
  return (
    <div className="scores">
      <div className="scores__main">
        <Head />
        <FilterBar />
        <ScoreHistogram />
        <ScoreTable />
      </div>
      {unitId !== null && <UnitPanel unitId={unitId} />}
    </div>
  )
}

function Head(): ReactNode {
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  const model = useProject(state => state.summary?.scoreRun?.modelName ?? '')
  const hash = useProject(state => state.summary?.scoreRun?.modelHash ?? '')
  return (
    <div className="screen__head">
      <h1 className="screen__title">Scores</h1>
      <span className="muted clip" title={`Model ${model}, hash ${hash}`}>
        as of {dateTime(asOf)} · model {model}
      </span>
      <div className="screen__spacer" />
      <SortMenu />
    </div>
  )
}
