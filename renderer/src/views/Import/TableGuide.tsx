import type { ReactNode } from 'react'
import { TABLE_NAMES, TABLES } from '#schema/tables'
import { counted, words } from '../../ui/format.ts'

const NEEDED: readonly string[] = ['users', 'workspaces', 'events']

/** The tables files are recognised as, with the columns that each must have. */
export function TableGuide(): ReactNode {
  return (
    <section aria-labelledby="guide-title" className="table-guide">
      <h2 id="guide-title" className="section-title">
        Tables that are recognised
      </h2>
      <table className="data-table" aria-labelledby="guide-title">
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">Must have</th>
            <th scope="col">Can have</th>
          </tr>
        </thead>
        <tbody>
          {TABLE_NAMES.map(table => {
            const columns = Object.entries<Readonly<{ type: string; required?: boolean }>>(TABLES[table].columns)
            const required = columns.filter(([, column]) => column.required === true).map(([name]) => name)
            const others = columns.map(([name]) => name).filter(name => !required.includes(name))
            return (
              <tr key={table}>
                <th scope="row">
                  {words(table).replace('Crm', 'CRM')}
                  {NEEDED.includes(table) && <span className="muted"> · needed to score</span>}
                </th>
                <td>
                  <code>{required.join(', ')}</code>
                </td>
                <td className="muted" title={others.join(', ')}>
                  {others.slice(0, 4).join(', ')}
                  {others.length > 4 && ` and ${counted(others.length - 4, 'more', 'more')}`}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
