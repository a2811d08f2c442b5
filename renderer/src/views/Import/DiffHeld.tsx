import { type ReactNode, useEffect } from 'react'
import { loadNextStagedHeld, type StagedFile, type StagedHeldRow, useBatch } from '../../state/import-batch.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ruleTitle, withoutPlace } from './held-text.ts'
import { ShowMore } from './ShowMore.tsx'

/** The rows of a staged file that publishing would keep aside: where they stand, what holds them and what to do. */
export function DiffHeld({ file }: Readonly<{ file: StagedFile }>): ReactNode {
  const { client } = useServices()
  const held = useBatch(state => state.held)
  const isUnread = held.next === 0 && held.status === 'ready'
  useEffect(() => {
    if (isUnread) perform(loadNextStagedHeld(client))
  }, [client, isUnread])
  const title = `Held rows of ${file.file}`
  return (
    <section className="diff__rows" aria-label={title}>
      <h2 className="section-title diff__title">
        {title}
        <span className="muted"> · are kept aside; once published, they are fixed or left out under Held rows</span>
      </h2>
      <DataTable label={title} columns={COLUMNS} rows={held.rows} keyOf={row => String(row.heldId)} />
      {held.next !== null && (
        <ShowMore
          shown={held.rows.length}
          of={file.held}
          isLoading={held.status === 'loading'}
          onMore={() => perform(loadNextStagedHeld(client))}
        />
      )}
    </section>
  )
}

const COLUMNS: readonly Column<StagedHeldRow>[] = [
  { id: 'line', header: 'Line', align: 'end', cell: row => <span className="muted">{row.line}</span> },
  {
    id: 'column',
    header: 'Column',
    cell: row =>
      row.column === '' ? <span className="muted">whole record</span> : <code className="nowrap">{row.column}</code>,
  },
  {
    id: 'value',
    header: 'Value',
    cell: row =>
      row.value === '' ? (
        <span className="diff-cell__none">{row.column === '' ? '–' : 'empty'}</span>
      ) : (
        <span className="diff-held">{row.value}</span>
      ),
  },
  { id: 'rule', header: 'Rule', cell: row => <span title={row.code}>{ruleTitle(row.code)}</span> },
  { id: 'message', header: 'What to do', width: '45%', cell: row => withoutPlace(row.message) },
]
