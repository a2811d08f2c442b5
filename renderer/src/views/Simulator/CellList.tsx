import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import { loadMovers, useCellList } from '../../state/simulator-lists.ts'
import { type Cell, setSimulatorView } from '../../state/simulator-view.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { flowName } from './flow-words.ts'
import { unitName } from './level-words.ts'
import { MoverTable } from './MoverTable.tsx'

type Props = Readonly<{ cell: Cell }>

/** The units of one ribbon. */
export function CellList({ cell }: Props): ReactNode {
  const { client } = useServices()
  const settled = useSimulator(state => state.settled)
  const runId = useSimulator(state => state.opened?.runId)
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  const total = useCellList(state => state.total)
  const status = useCellList(state => state.status)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scenario or run has others in the same cell
  useEffect(() => perform(loadMovers(client, useCellList, cell)), [client, cell, settled, runId])
  const title = flowName(cell.matrix, { ...cell, units: total }, unitName(level))
  return (
    <section className="movers" aria-label="List of a ribbon">
      <div className="movers__bar">
        <button
          type="button"
          className="plain chip"
          // biome-ignore lint/a11y/noAutofocus: the ribbon that had the focus is gone, and this leads back to it
          autoFocus
          onClick={() => setSimulatorView({ cell: null })}
        >
          <ArrowLeft size={12} aria-hidden /> All flows
        </button>
        <h2 className="section-title">{status === 'ready' ? title : ''}</h2>
      </div>
      {status === 'failed' ? (
        <Retry title="The list cannot be shown" again={() => loadMovers(client, useCellList, cell)} />
      ) : status !== 'ready' ? (
        <SkeletonRows rows={8} label="The list is being read" />
      ) : total === 0 ? (
        <EmptyState title="Nobody goes this way any more">
          The scenario has changed since the list was opened.
        </EmptyState>
      ) : (
        <div className="movers__list">
          <MoverTable store={useCellList} label={title} />
        </div>
      )}
    </section>
  )
}
