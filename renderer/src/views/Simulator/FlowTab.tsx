import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import { type Cell, setSimulatorView, useSimulatorView } from '../../state/simulator-view.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FlowChart, type FlowPlace } from '../../ui/FlowChart.tsx'
import type { Flow } from '../../ui/flow-layout.ts'
import { count, counted, difference } from '../../ui/format.ts'
import { channelOf, DESTINATION_ORDER, STAGES, stageOf } from '../words.ts'
import { CellList } from './CellList.tsx'
import { FlowMatrix } from './FlowMatrix.tsx'
import { flowName } from './flow-words.ts'
import { unitName } from './level-words.ts'

type Matrix = Cell['matrix']
type Props = Readonly<{ matrix: Matrix }>

const ORDERS: Readonly<Record<Matrix, readonly string[]>> = {
  stage: STAGES.map(({ id }) => id).toReversed(),
  destination: DESTINATION_ORDER,
}

/** Who goes from where to where: as ribbons or as a table, and behind each of them its list. */
export function FlowTab({ matrix }: Props): ReactNode {
  const [isTable, setIsTable] = useState(false)
  const cell = useSimulatorView(state => state.cell)
  const cells = useSimulator(state => state.answer?.columns[`${matrix}Matrix`] ?? null)
  const names = useSimulator(state => state.opened?.[`${matrix}Names`] ?? [])
  const moved = useSimulator(state => state.answer?.movers[matrix] ?? 0)
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  if (cell !== null && cell.matrix === matrix) return <CellList cell={cell} />
  if (cells === null) return null
  const flows = flowsOf(cells, names)
  const open = ({ from, to }: Flow): void => setSimulatorView({ cell: { matrix, from, to } })
  return (
    <div className="flows">
      <div className="movers__bar">
        <SegmentedControl
          size="xs"
          aria-label="Shown as"
          data={['Flow', 'Table']}
          value={isTable ? 'Table' : 'Flow'}
          onChange={value => setIsTable(value === 'Table')}
        />
        <div className="screen__spacer" />
        <span className="muted" role="status">
          {counted(moved, unitName(level))} {moved === 1 ? 'moves' : 'move'}
        </span>
      </div>
      {isTable ? (
        <FlowMatrix matrix={matrix} order={ORDERS[matrix]} flows={flows} onOpen={open} />
      ) : moved === 0 ? (
        <EmptyState title="Nobody moves">
          {matrix === 'stage'
            ? 'Every workspace stays in its stage. Drag a threshold to see who would cross it.'
            : 'Every workspace stays where it goes. Change a threshold or a routing threshold to see who would go elsewhere.'}
        </EmptyState>
      ) : (
        <FlowChart
          label={`From ${matrix} to ${matrix}, of those that move`}
          flows={flows.filter(({ from, to }) => from !== to)}
          left={placesOf(matrix, flows, 'from')}
          right={placesOf(matrix, flows, 'to')}
          nameOf={flow => flowName(matrix, flow, unitName(level))}
          onOpen={open}
        />
      )}
    </div>
  )
}

function flowsOf(cells: Uint32Array, names: readonly string[]): readonly Flow[] {
  return names.flatMap((from, row) =>
    names.map((to, column) => ({ from, to, units: cells[row * names.length + column] ?? 0 })),
  )
}

/** Names and colours of the bars, with how many are there on that side. */
function placesOf(matrix: Matrix, flows: readonly Flow[], side: 'from' | 'to'): readonly FlowPlace[] {
  return ORDERS[matrix].map(id => {
    const { label, color } = matrix === 'stage' ? stageOf(id) : channelOf(id)
    const on = (end: 'from' | 'to'): number =>
      flows.filter(flow => flow[end] === id).reduce((total, { units }) => total + units, 0)
    const [before, after] = [on('from'), on('to')]
    const note =
      side === 'from' ? count(before) : `${count(after)} ${before === after ? '' : difference(after - before)}`
    return { id, label, color, note: note.trim() }
  })
}
