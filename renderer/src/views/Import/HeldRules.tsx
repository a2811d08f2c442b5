import type { ReactNode } from 'react'
import { showHeld, useHeldRows } from '../../state/held-rows.ts'
import { type ImportReport, useImports } from '../../state/imports.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { withoutPlace } from './held-text.ts'

type Rule = ImportReport['heldRules'][number] & Readonly<{ file: string; importId: number }>

const COLUMNS: readonly Column<Rule>[] = [
  {
    id: 'count',
    header: 'Rows',
    align: 'end',
    width: '64px',
    sortBy: rule => rule.count,
    cell: rule => count(rule.count),
  },
  {
    id: 'message',
    header: 'Why and what to do',
    width: '100%',
    sortBy: rule => withoutPlace(rule.message),
    cell: rule => (
      <span className="held__why clip" title={withoutPlace(rule.message)}>
        {withoutPlace(rule.message)}
      </span>
    ),
  },
  {
    id: 'column',
    header: 'Column',
    sortBy: rule => rule.column,
    cell: rule => (rule.column === '' ? <span className="nowrap muted">whole row</span> : <code>{rule.column}</code>),
  },
  { id: 'example', header: 'Example', cell: rule => <code className="held__example clip">{rule.example}</code> },
  { id: 'file', header: 'File', sortBy: rule => rule.file, cell: rule => <span className="nowrap">{rule.file}</span> },
  { id: 'code', header: 'Rule', cell: rule => <code className="nowrap muted">{rule.code}</code> },
]

/** How many rows each rule held, most first. */
export function HeldRules(): ReactNode {
  const { client } = useServices()
  const list = useImports(state => state.list)
  const importId = useHeldRows(state => state.importId)
  const shown = list.filter(report => importId === null || report.importId === importId)
  const rules = shown.flatMap(({ file, importId: id, heldRules }) =>
    heldRules.map(rule => ({ ...rule, file, importId: id })),
  )
  const only = importId === null ? null : (list.find(report => report.importId === importId)?.file ?? null)
  return (
    <section className="held__rules" aria-labelledby="rules-title">
      <div className="held__heading">
        <h2 id="rules-title" className="section-title">
          By rule
        </h2>
        {only !== null && (
          <button type="button" className="plain text-button" onClick={() => perform(showHeld(client, null))}>
            Only {only} · show all files
          </button>
        )}
      </div>
      <DataTable
        label="Held rows by rule"
        columns={COLUMNS}
        rows={rules}
        keyOf={rule => `${rule.importId} ${rule.code} ${rule.column}`}
        sort={{ id: 'count', desc: true }}
      />
    </section>
  )
}
