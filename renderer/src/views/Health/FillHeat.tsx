import type { ReactNode } from 'react'
import { type HealthReport, useHealth } from '../../state/health.ts'
import { count, counted } from '../../ui/format.ts'
import { shareText } from './share.ts'
import { tableName } from './table-name.ts'

type Fill = HealthReport['fill'][number]

const NO_FILL: readonly Fill[] = []

/** How full every column of every table is: the fuller, the darker. */
export function FillHeat(): ReactNode {
  const fill = useHealth(state => state.report?.fill ?? NO_FILL)
  const tables = [...Map.groupBy(fill, ({ table }) => table)].filter(([, columns]) => (columns[0]?.of ?? 0) > 0)
  return (
    <section aria-labelledby="fill-title" className="heat">
      <div className="heat__head">
        <h2 id="fill-title" className="section-title">
          Completeness per column
        </h2>
        <Legend />
      </div>
      <table className="heat__table" aria-label="Completeness per column">
        <tbody>
          {tables.map(([table, columns]) => (
            <tr key={table}>
              <th scope="row">
                {tableName(table)}
                <span className="muted">{count(columns[0]?.of ?? 0)}</span>
              </th>
              <td>
                <ul className="heat__cells">
                  {columns.map(column => (
                    <Cell key={column.column} fill={column} />
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ fill: { column, filled, of, isDelivered } }: Readonly<{ fill: Fill }>): ReactNode {
  const share = filled / of
  const said = isDelivered ? `${count(filled)} of ${counted(of, 'row')} have a value` : 'no file has this column'
  return (
    <li
      className={isDelivered ? 'heat__cell' : 'heat__cell heat__cell--absent'}
      style={isDelivered ? { background: tint(share) } : undefined}
      title={`${column}: ${said}`}
    >
      <span className="heat__name clip">{column}</span>
      <span className="heat__share">{isDelivered ? shareText(filled, of) || '0 %' : 'absent'}</span>
    </li>
  )
}

function Legend(): ReactNode {
  return (
    <p className="heat__legend muted" aria-hidden>
      {[0, 25, 50, 75, 100].map(share => (
        <span key={share} className="heat__cell heat__cell--key" style={{ background: tint(share / 100) }} />
      ))}
      empty to full
      <span className="heat__cell heat__cell--key heat__cell--absent" /> in no file
    </p>
  )
}

/** The accent over the ground, as much of it as is filled; text on it keeps its contrast in both themes. */
function tint(share: number): string {
  return `color-mix(in srgb, var(--accent) ${Math.round(3 + 27 * share)}%, var(--ground))`
}
