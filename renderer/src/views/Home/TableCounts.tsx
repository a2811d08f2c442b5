import type { ReactNode } from 'react'
import { TABLE_NAMES } from '#schema/tables'
import { useProject } from '../../state/project.ts'
import { count, words } from '../../ui/format.ts'

const MEANS: Readonly<Record<string, string>> = {
  users: 'People as the product knows them',
  workspaces: 'What gets a score',
  memberships: 'Who belongs to which workspace, and as what',
  subscriptions: 'Plans, trials, seats and revenue',
  events: 'What happened, by whom, when',
  accounts: 'Companies with fit and owner',
  contacts: 'People as the CRM knows them',
  deals: 'Open and closed deals',
  crm_users: 'Sales and success teams',
  outcomes: 'What came of it',
}

/** Rows of every table, those without any too: what could still be added. */
export function TableCounts(): ReactNode {
  const rows = useProject(state => state.summary?.rowsPerTable ?? null)
  const held = useProject(state => state.summary?.held ?? 0)
  return (
    <section aria-labelledby="tables-title">
      <h2 id="tables-title" className="section-title">
        Rows by table
      </h2>
      <table className="data-table" aria-labelledby="tables-title">
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">Holds</th>
            <th scope="col" className="number">
              Rows
            </th>
          </tr>
        </thead>
        <tbody>
          {TABLE_NAMES.map(table => {
            const figure = rows?.[table] ?? 0
            return (
              <tr key={table} className={figure === 0 ? 'is-faint' : undefined}>
                <th scope="row">{words(table).replace('Crm', 'CRM')}</th>
                <td className="soft">{MEANS[table]}</td>
                <td className="number">{figure === 0 ? 'none' : count(figure)}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Held</th>
            <td className="soft">Rows that could not be read, kept aside</td>
            <td className="number">{held === 0 ? 'none' : <a href="#/import">{count(held)}</a>}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
