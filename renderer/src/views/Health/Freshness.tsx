import type { ReactNode } from 'react'
import { type HealthReport, useHealth } from '../../state/health.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count, date, dateTime, NONE } from '../../ui/format.ts'
import { tableName } from './table-name.ts'

type Fresh = HealthReport['freshness'][number]

const NO_TABLES: readonly Fresh[] = []

const COLUMNS: readonly Column<Fresh>[] = [
  {
    id: 'table',
    header: 'Table',
    sortBy: fresh => fresh.table,
    cell: fresh => <span className={fresh.rows === 0 ? 'muted' : undefined}>{tableName(fresh.table)}</span>,
  },
  {
    id: 'rows',
    header: 'Rows',
    align: 'end',
    sortBy: fresh => fresh.rows,
    cell: fresh => (fresh.rows === 0 ? <span className="muted">not imported</span> : count(fresh.rows)),
  },
  {
    id: 'newest',
    header: 'Newest time',
    means: 'Newest time in the table that is not after the as-of date.',
    align: 'end',
    sortBy: fresh => fresh.newestAt ?? 0,
    cell: fresh => (
      <span title={fresh.column === null ? 'The table has no time' : `${fresh.column}, ${dateTime(fresh.newestAt)}`}>
        {date(fresh.newestAt)}
      </span>
    ),
  },
  {
    id: 'behind',
    header: 'Behind',
    means: 'Days between that time and the as-of date.',
    align: 'end',
    sortBy: fresh => fresh.daysBehind ?? -1,
    cell: fresh => <Behind days={fresh.daysBehind} isEvents={fresh.table === 'events'} />,
  },
  {
    id: 'file',
    header: 'Newest file',
    sortBy: fresh => fresh.importedAt ?? 0,
    cell: fresh => (
      <span className="freshness__file clip muted" title={`Imported ${dateTime(fresh.importedAt)}`}>
        {fresh.file ?? NONE}
      </span>
    ),
  },
]

function Behind({ days, isEvents }: Readonly<{ days: number | null; isEvents: boolean }>): ReactNode {
  if (days === null) return <span className="muted">{NONE}</span>
  const isLate = days > (isEvents ? 2 : 30)
  return <span className={isLate ? 'is-late' : days === 0 ? 'muted' : undefined}>{count(days)} d</span>
}

/** The newest time of every table against the as-of date. */
export function Freshness(): ReactNode {
  const tables = useHealth(state => state.report?.freshness ?? NO_TABLES)
  return (
    <section aria-labelledby="fresh-title">
      <h2 id="fresh-title" className="section-title tables-tab__title">
        Freshness
      </h2>
      <DataTable label="Freshness" columns={COLUMNS} rows={tables} keyOf={fresh => fresh.table} />
    </section>
  )
}
