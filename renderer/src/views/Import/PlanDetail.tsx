import type { ReactNode } from 'react'
import type { FilePlan } from '../../state/imports.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { bytes, counted, words } from '../../ui/format.ts'

type Props = Readonly<{ file: FilePlan }>
type ColumnPlan = FilePlan['columns'][number]

const MATCHES: Readonly<Record<ColumnPlan['match'], string>> = {
  exact: 'by name',
  synonym: 'by synonym',
  custom: 'custom field',
  secret: 'secret, not imported',
}

const COLUMNS: readonly Column<ColumnPlan>[] = [
  { id: 'header', header: 'Column in the file', cell: column => <code>{column.header}</code> },
  {
    id: 'fills',
    header: 'Fills',
    means: 'The canonical column that it becomes.',
    cell: column => (column.column === null ? <span className="muted">–</span> : <code>{column.column}</code>),
  },
  {
    id: 'match',
    header: 'Recognised',
    cell: column => (
      <span className={column.match === 'exact' ? 'nowrap muted' : 'nowrap soft'}>{MATCHES[column.match]}</span>
    ),
  },
  { id: 'type', header: 'Read as', cell: column => <span className="soft">{column.type}</span> },
  {
    id: 'samples',
    header: 'Samples',
    width: '50%',
    cell: column => (
      <span className="samples clip" title={column.samples.join('\n')}>
        {column.samples.map((sample, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two samples may be equal
          <span key={place} className="sample">
            {sample === '' ? 'empty' : sample}
          </span>
        ))}
      </span>
    ),
  },
]

/** What the chosen file is taken for and why, column by column. */
export function PlanDetail({ file }: Props): ReactNode {
  return (
    <section className="plan__detail" aria-label={`Plan for ${file.file}`}>
      <div className="plan__heading">
        <h2 className="panel-title clip">{file.file}</h2>
        <p className="soft">
          {file.table === null
            ? 'Fits no table'
            : `Imported as ${words(file.table).toLowerCase().replace('crm', 'CRM')}`}
          : {file.reason}
        </p>
        <p className="muted">{formatOf(file)}</p>
      </div>
      {file.columns.length === 0 ? (
        <EmptyState title="No columns were found">
          This file will be passed over. If it should be imported, export it as CSV, JSON or JSON Lines with a header.
        </EmptyState>
      ) : (
        <DataTable
          label={`Columns of ${file.file}`}
          columns={COLUMNS}
          rows={file.columns}
          keyOf={column => column.header}
        />
      )}
    </section>
  )
}

const FORMATS = { csv: 'CSV', json: 'JSON', jsonl: 'JSON Lines', unknown: 'Unknown format' } as const
const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

function formatOf(file: FilePlan): string {
  const delimiter = file.delimiter === null ? null : `separated by ${DELIMITERS[file.delimiter] ?? file.delimiter}`
  const compression = file.compression === 'none' ? null : file.compression
  const columns = file.columns.length === 0 ? null : counted(file.columns.length, 'column')
  return [FORMATS[file.format], delimiter, file.encoding, compression, bytes(file.bytes), columns]
    .filter(part => part !== null && part !== '')
    .join(' · ')
}
