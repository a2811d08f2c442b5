import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Check } from '../../state/routing-draft.ts'
import { count, counted } from '../../ui/format.ts'
import { DestinationMark } from './DestinationMark.tsx'
import { UnitLink } from './UnitLink.tsx'

/** Who would go elsewhere than by the rules in force. */
export function Moves({ moved }: Readonly<{ moved: Check['moved'] }>): ReactNode {
  const flows = moved.flows.toSorted((a, b) => b.units - a.units)
  return (
    <section aria-labelledby="moves-title">
      <h2 id="moves-title" className="section-title">
        Goes elsewhere{' '}
        <span className="muted">
          {moved.units === 0
            ? 'nobody, compared with the rules in force'
            : `${counted(moved.units, 'workspace')}, compared with the rules in force`}
        </span>
      </h2>
      {flows.length > 0 && (
        <table className="plain-table" aria-label="Moves from the rules in force">
          <thead className="unseen">
            <tr>
              <th scope="col">From and to</th>
              <th scope="col">Workspaces</th>
              <th scope="col">Best among them</th>
            </tr>
          </thead>
          <tbody>
            {flows.map(({ from, to, units, example }) => (
              <tr key={`${from} ${to}`}>
                <th scope="row" className="nowrap">
                  <span className="move">
                    <DestinationMark id={from} />
                    <ArrowRight size={12} aria-label="to" />
                    <DestinationMark id={to} />
                  </span>
                </th>
                <td className="number">{count(units)}</td>
                <td className="plain-table__unit">
                  <UnitLink unit={example} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
