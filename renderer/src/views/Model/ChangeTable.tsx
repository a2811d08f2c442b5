import type { ReactNode } from 'react'
import type { DocumentChange } from '../../state/model-editor.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { decimal, NONE } from '../../ui/format.ts'
import { titleOf, unitOfPath, valueText } from '../parameter-words.ts'

const KINDS: Readonly<Record<DocumentChange['kind'], string>> = {
  changed: 'changed',
  added: 'added',
  removed: 'removed',
  moved: 'moved in the order',
}

/** What differs between two models, place by place. */
export function ChangeTable({
  label,
  changes,
}: Readonly<{ label: string; changes: readonly DocumentChange[] }>): ReactNode {
  return (
    <DataTable label={label} columns={COLUMNS} rows={changes} keyOf={({ kind, path }) => `${kind} ${path.join('.')}`} />
  )
}

const COLUMNS: readonly Column<DocumentChange>[] = [
  {
    id: 'what',
    header: 'What',
    cell: ({ path, kind }) => (
      <span className="with-mark" title={path.join(' › ')}>
        <span className="clip">{titleOf(path)}</span>
        {kind !== 'changed' && <span className="muted">{KINDS[kind]}</span>}
      </span>
    ),
  },
  { id: 'from', header: 'Before', align: 'end', cell: change => <Side path={change.path} value={change.from} /> },
  { id: 'to', header: 'After', align: 'end', cell: change => <Side path={change.path} value={change.to} /> },
]

type SideProps = Readonly<{ path: readonly string[]; value: DocumentChange['from'] }>

/** A value as it is at a place of the model. */
export function Side({ path, value }: SideProps): ReactNode {
  if (value === null) return <span className="muted">{NONE}</span>
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return path.length > 1 ? valueText(value, unitOfPath(path)) : decimal(value)
  return (
    <span className="clip model-side" title={value}>
      {/^[[{]/.test(value) ? <code>{value}</code> : valueText(value, null)}
    </span>
  )
}
