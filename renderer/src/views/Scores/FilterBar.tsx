import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNavigation } from '../../state/navigation.ts'
import { useHistogram } from '../../state/score-histogram.ts'
import { NO_FILTER, useScoreList } from '../../state/score-list.ts'
import { count, counted } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { STAGES, type StageWords } from '../words.ts'
import { DestinationFilter } from './DestinationFilter.tsx'
import { applyFilter, switchFilter, toggled } from './filtering.ts'
import { LEVELS } from './level-words.ts'

/** What of the list is shown: words, stages, destinations, a range of scores. */
export function FilterBar(): ReactNode {
  const { client } = useServices()
  const range = useScoreList(state => state.filter.range)
  const search = useScoreList(state => state.filter.search)
  const isOff = useScoreList(state => state.isFilterOff)
  return (
    <div className={isOff ? 'filter-bar is-off' : 'filter-bar'} role="toolbar" aria-label="Filters">
      <SearchField search={search} onSearch={text => perform(applyFilter(client, { search: text }))} />
      <div className="filter-bar__stages">
        {[...STAGES].reverse().map(stage => (
          <StageChip key={stage.id} stage={stage} />
        ))}
      </div>
      <DestinationFilter />
      {range !== null && (
        <button
          type="button"
          className="plain chip is-on"
          onClick={() => perform(applyFilter(client, { range: null }))}
          aria-label={`Score ${range[0]} to ${range[1]}, show all scores`}
        >
          Score {range[0]}–{range[1]} <X size={12} aria-hidden />
        </button>
      )}
      <div className="screen__spacer" />
      <Matching />
    </div>
  )
}

function StageChip({ stage }: Readonly<{ stage: StageWords }>): ReactNode {
  const { client } = useServices()
  const isOn = useScoreList(state => state.filter.stages.includes(stage.id))
  const figure = useHistogram(state => state.stageCounts[stage.id] ?? 0)
  const toggle = (): void => {
    const stages = toggled(useScoreList.getState().filter.stages, stage.id)
    perform(applyFilter(client, { stages }))
  }
  return (
    <button
      type="button"
      className={isOn ? 'plain chip is-on' : 'plain chip'}
      aria-pressed={isOn}
      title={stage.means}
      onClick={toggle}
    >
      <LevelGlyph level={stage.level} color={stage.color} />
      <span className="chip__label">{stage.label}</span>
      <span className="chip__count">{count(figure)}</span>
    </button>
  )
}

function Matching(): ReactNode {
  const { client } = useServices()
  const matching = useScoreList(state => state.order.length)
  const total = useScoreList(state => state.total)
  const isReady = useScoreList(state => state.status === 'ready')
  const level = useNavigation(state => state.level)
  const isOff = useScoreList(state => state.isFilterOff)
  if (!isReady) return null
  if (isOff)
    return (
      <span className="filter-bar__total" role="status">
        {counted(total, LEVELS[level].one)} <span className="muted">· filters off</span>{' '}
        <button type="button" className="plain text-button" onClick={() => perform(switchFilter(client, false))}>
          Switch on
        </button>
      </span>
    )
  if (matching === total) return <span className="muted filter-bar__total">{counted(total, LEVELS[level].one)}</span>
  return (
    <span className="filter-bar__total" role="status">
      {count(matching)} <span className="muted">of {count(total)}</span>{' '}
      <button type="button" className="plain text-button" onClick={() => perform(switchFilter(client, true))}>
        Switch off
      </button>{' '}
      <button type="button" className="plain text-button" onClick={() => perform(applyFilter(client, NO_FILTER))}>
        Clear
      </button>
    </span>
  )
}
