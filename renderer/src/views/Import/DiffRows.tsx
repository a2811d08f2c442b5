import { ArrowRight } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import {
  type DiffKind,
  type DiffRow,
  type ImportMode,
  loadNextDiff,
  type StagedFile,
  useBatch,
} from '../../state/import-batch.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count, date } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { KINDS } from './diff-words.ts'
import { ShowMore } from './ShowMore.tsx'

type Props = Readonly<{ file: StagedFile; kind: DiffKind; mode: ImportMode }>

/** The rows of one kind: of changed ones every value before and after, with the lines that they stand on. */
export function DiffRows({ file, kind, mode }: Props): ReactNode {
  const { client } = useServices()
  const diff = useBatch(state => state.diff)
  // the samples came with the batch; the first whole page follows them
  const isSample = diff.next === 0 && diff.status === 'ready'
  useEffect(() => {
    if (isSample) perform(loadNextDiff(client))
  }, [client, isSample])
  const title = `${KINDS[kind]} rows of ${file.file}`
  return (
    <section className="diff__rows" aria-label={title}>
      <h2 className="section-title diff__title">
        {title}
        <span className="muted"> · {fateWords(file, kind, mode)}</span>
      </h2>
      <DataTable label={title} columns={kind === 'missing' ? MISSING : COLUMNS[kind]} rows={diff.rows} keyOf={keyOf} />
      {diff.next === null && diff.status === 'ready' && diff.rows.length < file[kind] && (
        <p className="diff__more">
          <span className="muted">
            The first {count(diff.rows.length)} of {count(file[kind])} are listed.
          </span>
        </p>
      )}
      {diff.next !== null && (
        <ShowMore
          shown={diff.rows.length}
          of={file[kind]}
          isLoading={diff.status === 'loading'}
          onMore={() => perform(loadNextDiff(client))}
        />
      )}
    </section>
  )
}

const keyOf = (row: DiffRow): string => JSON.stringify([row.key, row.line])

/** What becomes of these rows. */
function fateWords(file: StagedFile, kind: DiffKind, mode: ImportMode): string {
  if (kind === 'repeated')
    return file.table === 'events'
      ? 'are there already with the same content, and count once'
      : 'count for nothing: a row further down has the same id, and the last one counts'
  if (kind === 'differingCopies') return 'are kept beside the event that had their id before'
  if (kind === 'new') return 'will be added'
  if (kind === 'changed') return mode === 'append' ? 'stay as they are' : 'take the values of the file'
  if (mode !== 'replace') return 'stay: no file of this import has them'
  return file.spared > 0
    ? `leave the table; ${count(file.spared)} more stay, because held rows may be theirs`
    : 'leave the table'
}

const KEY: Column<DiffRow> = {
  id: 'key',
  header: 'Row',
  cell: row => <code className="nowrap">{row.key.join(' · ')}</code>,
}

const place = (header: string, of: (row: DiffRow) => string): Column<DiffRow> => ({
  id: header,
  header,
  align: 'end',
  cell: row => <span className="muted">{of(row)}</span>,
})

const line = place('Line', row => (row.line === null ? '' : String(row.line)))
const present = place('Read from', row => (row.present === null ? '' : `${row.present.file}, line ${row.present.line}`))

const counting = place('Counts', ({ present: one, earlier }) => {
  if (one === null) return ''
  const file = `${one.file}, line ${one.line}`
  return earlier === undefined ? file : `import ${earlier.importId} of ${date(earlier.importedAt)}: ${file}`
})

const COLUMNS = {
  new: [KEY, { id: 'cells', header: 'Values', width: '70%', cell: row => <Values row={row} side="after" /> }, line],
  changed: [KEY, { id: 'cells', header: 'Changes', width: '60%', cell: row => <Changes row={row} /> }, line, present],
  repeated: [
    KEY,
    { id: 'cells', header: 'Says, and what counts', width: '60%', cell: row => <Differences row={row} /> },
    line,
    counting,
  ],
  differingCopies: [
    KEY,
    { id: 'cells', header: 'The first, and this one', width: '60%', cell: row => <Differences row={row} /> },
    line,
    { ...counting, header: 'The first' },
  ],
} as const satisfies Record<string, readonly Column<DiffRow>[]>

const MISSING: readonly Column<DiffRow>[] = [
  KEY,
  { id: 'cells', header: 'Values', width: '60%', cell: row => <Values row={row} side="before" /> },
  present,
]

function Changes({ row }: Readonly<{ row: DiffRow }>): ReactNode {
  return (
    <span className="diff-cells">
      {row.cells.map(({ column, before, after }) => (
        <span key={column} className="diff-cell">
          <span className="muted">{column}</span>
          {before === null ? <Nothing /> : <del className="diff-cell__before">{before}</del>}
          <ArrowRight size={12} aria-label="becomes" />
          {after === null ? <Nothing /> : <ins className="diff-cell__after">{after}</ins>}
        </span>
      ))}
    </span>
  )
}

/** What is passed over may say the same. */
function Differences({ row }: Readonly<{ row: DiffRow }>): ReactNode {
  return row.cells.length === 0 ? <span className="muted">the same</span> : <Changes row={row} />
}

const Nothing = (): ReactNode => <span className="diff-cell__none">empty</span>

function Values({ row, side }: Readonly<{ row: DiffRow; side: 'before' | 'after' }>): ReactNode {
  return (
    <span className="diff-cells">
      {row.cells
        .filter(cell => cell[side] !== null)
        .slice(0, 8)
        .map(cell => (
          <span key={cell.column} className="diff-cell">
            <span className="muted">{cell.column}</span> {cell[side]}
          </span>
        ))}
    </span>
  )
}
