import { type ReactNode, useEffect } from 'react'
import { loadModel } from '../../state/model.ts'
import { useNavigation } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { loadHistogram } from '../../state/score-histogram.ts'
import { loadOrder, useScoreList } from '../../state/score-list.ts'
import { dateTime } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { AccountsOlder, NoAccountKnown, NoAccounts } from './Accounts.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { EventsAside } from './EventsAside.tsx'
import { FilterBar } from './FilterBar.tsx'
import { LevelSwitch } from './LevelSwitch.tsx'
import { NothingScored } from './NothingScored.tsx'
import { ScoredPeople } from './ScoredPeople.tsx'
import { ScoreHistogram } from './ScoreHistogram.tsx'
import { ScoreTable } from './ScoreTable.tsx'
import { SortMenu } from './SortMenu.tsx'
import { UnitPanel } from './UnitPanel.tsx'
import { ViewsMenu } from './ViewsMenu.tsx'
import { WithoutKind } from './WithoutKind.tsx'
import { WriteList } from './WriteList.tsx'

/** Every workspace with its score: the whole at the top, one by one below, and one of them in full beside it. */
export function ScoresScreen(): ReactNode {
  const { client } = useServices()
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  const unitId = useNavigation(state => state.unitId)
  const level = useNavigation(state => state.level)
  useEffect(() => {
    if (runId !== null) perform(loadModel(client))
  }, [client, runId])
  useEffect(() => {
    if (runId === null || level === 'user') return
    perform(loadOrder(client))
    perform(loadHistogram(client))
  }, [client, runId, level])
  if (runId === null) return <NothingScored />
  return (
    <div className="scores">
      <div className="scores__main">
        <Head />
        <EventsAside />
        <WithoutKind />
        {level === 'user' ? <ScoredPeople /> : <Units />}
      </div>
      {unitId !== null && <UnitPanel unitId={unitId} />}
    </div>
  )
}

function Units(): ReactNode {
  const isUnscored = useScoreList(state => state.status === 'unscored')
  const level = useNavigation(state => state.level)
  const hasNone = useScoreList(state => state.status === 'ready' && state.total === 0)
  if (isUnscored) return <NoAccounts />
  if (hasNone && level === 'account') return <NoAccountKnown />
  return (
    <>
      <FilterBar />
      <ScoreHistogram />
      <ScoreTable />
    </>
  )
}

function Head(): ReactNode {
  const isUnscored = useScoreList(state => state.status === 'unscored')
  const level = useNavigation(state => state.level)
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  const model = useProject(state => state.summary?.scoreRun?.modelName ?? '')
  const hash = useProject(state => state.summary?.scoreRun?.modelHash ?? '')
  return (
    <div className="screen__head">
      <h1 className="screen__title">Scores</h1>
      <LevelSwitch />
      <span className="muted clip scores__as-of" title={`Model ${model}, hash ${hash}`}>
        as of {dateTime(asOf)} · model {model}
      </span>
      <div className="screen__spacer" />
      {level === 'account' && <AccountsOlder />}
      {level !== 'user' && (
        <>
          <ViewsMenu />
          <SortMenu />
          <ColumnsMenu />
        </>
      )}
      {!isUnscored && <WriteList />}
    </div>
  )
}
