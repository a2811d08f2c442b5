import type { ReactNode } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import type { Cell } from '../../state/simulator-view.ts'
import type { Flow } from '../../ui/flow-layout.ts'
import { count } from '../../ui/format.ts'
import { channelOf, stageOf } from '../words.ts'
import { flowName } from './flow-words.ts'
import { unitName } from './level-words.ts'

type Props = Readonly<{
  matrix: Cell['matrix']
  order: readonly string[]
  flows: readonly Flow[]
  onOpen: (flow: Flow) => void
}>

/** The ribbons as a table: down the base, across the scenario. Each figure opens its list. */
export function FlowMatrix({ matrix, order, flows, onOpen }: Props): ReactNode {
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  const labelOf = (id: string): string => (matrix === 'stage' ? stageOf(id).label : channelOf(id).label)
  return (
    <div className="scroll">
      <table className="data-table flow-matrix" aria-label={`From ${matrix} to ${matrix}`}>
        <thead>
          <tr>
            <th scope="col">
              <span className="muted">Base ↓ scenario →</span>
            </th>
            {order.map(id => (
              <th key={id} scope="col" className="number">
                {labelOf(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map(from => (
            <tr key={from}>
              <th scope="row">{labelOf(from)}</th>
              {order.map(to => {
                const flow = flows.find(one => one.from === from && one.to === to) ?? { from, to, units: 0 }
                return (
                  <td key={to} className={from === to ? 'number flow-matrix__stay' : 'number'}>
                    {flow.units === 0 ? (
                      <span className="muted">·</span>
                    ) : (
                      <button
                        type="button"
                        className="plain link-button"
                        aria-label={flowName(matrix, flow, unitName(level))}
                        onClick={() => onOpen(flow)}
                      >
                        {count(flow.units)}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
