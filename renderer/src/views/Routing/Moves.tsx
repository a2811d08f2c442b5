import { ArrowRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
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
              <th scope="col">Which</th>
            </tr>
          </thead>
          <tbody>
            {flows.map(({ from, to, units, listed }) => (
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
                  <Movers listed={listed} units={units} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** Shown before all are asked for. */
const FIRST = 8

/** Who goes this way, best score first. */
function Movers({ listed, units }: Pick<Check['moved']['flows'][number], 'listed' | 'units'>): ReactNode {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? listed : listed.slice(0, FIRST)
  return (
    <ul className="pool-moves">
      {shown.map(unit => (
        <li key={unit.unitId}>
          <UnitLink unit={unit} />
        </li>
      ))}
      {shown.length < listed.length && (
        <li>
          <button type="button" className="plain pool-moves__more" onClick={() => setWhole(true)}>
            Show {count(listed.length - shown.length)} more
          </button>
        </li>
      )}
      {isWhole && listed.length < units && (
        <li className="muted">and {count(units - listed.length)} with lower scores</li>
      )}
    </ul>
  )
}
