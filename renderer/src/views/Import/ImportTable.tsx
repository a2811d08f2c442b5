import { Tooltip } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { sum } from '#lib/num'
import type { Platform } from '../../platform/platform.ts'
import { showHeld } from '../../state/held-rows.ts'
import { useImportTab } from '../../state/import-tab.ts'
import { askUndo, useUndo } from '../../state/import-undo.ts'
import { type ListedImport, useImports } from '../../state/imports.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { filesThatCount, heldSince } from '../../state/physical-files.ts'
import { useProject } from '../../state/project.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count, counted, dateTime, dateTimeOfUtc, words } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { sinceWords } from './held-text.ts'

const figure = (
  id: 'read' | 'loaded' | 'skipped' | 'added' | 'changed' | 'same',
  header: string,
  means: string,
): Column<ListedImport> => ({
  id,
  header,
  means,
  align: 'end',
  sortBy: report => report[id],
  cell: report => <span className={report[id] === 0 ? 'muted' : undefined}>{count(report[id])}</span>,
})

const columnsOf = (client: Platform['client']): readonly Column<ListedImport>[] => [
  {
    id: 'file',
    header: 'File',
    sortBy: report => report.file,
    cell: report => (
      <span title={`SHA-256 ${report.sha256}`}>
        {report.file}
        {report.alreadyImported && <span className="muted"> · already imported</span>}
        {report.madeOf !== undefined && <span className="muted"> · held rows, fixed</span>}
        {report.undoneAt === null && report.removed > 0 && (
          <span className="muted"> · took out {counted(report.removed, 'row')}</span>
        )}
        {report.undoneAt !== null && <span className="muted"> · undone {dateTime(report.undoneAt)}</span>}
      </span>
    ),
  },
  {
    id: 'table',
    header: 'Table',
    sortBy: report => report.table,
    cell: report => words(report.table).replace('Crm', 'CRM'),
  },
  figure('read', 'Read', 'Rows read from the file: loaded + held + skipped.'),
  figure('loaded', 'Loaded', 'Rows that are in the project: new + changed + same.'),
  {
    id: 'held',
    header: 'Held',
    means: 'Rows kept aside because a value could not be read, as of now; rows fixed since have a line of their own.',
    align: 'end',
    sortBy: report => heldSince([report]).held,
    cell: report => <HeldFigure report={report} client={client} />,
  },
  figure(
    'skipped',
    'Skipped',
    'Rows that count for nothing: blank, of another table, an event id seen before, or an id that a later row has again (the last one counts).',
  ),
  figure('added', 'New', 'Of the rows loaded: keys that were not there.'),
  figure('changed', 'Changed', 'Of the rows loaded: keys whose values changed.'),
  figure('same', 'Same', 'Of the rows loaded: keys whose values are as they were.'),
  {
    id: 'at',
    header: 'Imported, UTC',
    align: 'end',
    sortBy: report => report.importedAt,
    cell: report => <span className="muted nowrap">{dateTimeOfUtc(report.importedAt)}</span>,
  },
  { id: 'undo', header: 'Undo', align: 'end', cell: report => <UndoButton report={report} client={client} /> },
]

/** One line per imported file, with the accounting of its rows. */
export function ImportTable(): ReactNode {
  const { client } = useServices()
  const list = useImports(state => state.list)
  const counting = list.filter(({ undoneAt }) => undoneAt === null)
  const warnings = counting.flatMap(report => report.warnings.map(warning => ({ file: report.file, warning })))
  return (
    <div className="scroll">
      <DataTable
        label="Imported files"
        columns={columnsOf(client)}
        rows={list}
        keyOf={report => String(report.importId)}
        foot={<Totals list={counting} />}
      />
      {warnings.length > 0 && (
        <section className="import-notes" aria-labelledby="notes-title">
          <h2 id="notes-title" className="section-title">
            Notes
          </h2>
          <ul>
            {warnings.map(({ file, warning }) => (
              <li key={`${file} ${warning}`}>
                <span className="soft">{file}</span> {warning}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/**
 * The sums of what counts now. Rows of a fix were read with their file, and a record that is held for several tables is one: so
 * many are held as the project says.
 */
function Totals({ list }: Readonly<{ list: readonly ListedImport[] }>): ReactNode {
  const records = useProject(state => state.summary?.held ?? null)
  const read = list.filter(({ madeOf }) => madeOf === undefined)
  const rows = heldSince(list).held
  const files = filesThatCount(list)
  const sums = (pick: 'loaded' | 'skipped' | 'added' | 'changed' | 'same'): ReactNode => (
    <td className="number">{count(sum(list.map(report => report[pick])))}</td>
  )
  return (
    <tr>
      <th scope="row" colSpan={2}>
        {files === 1 ? '1 file' : `All ${count(files)} files`}
        {list.length > files && <span className="muted"> · {count(list.length)} lines</span>}
      </th>
      <td className="number">{count(sum(read.map(report => report.read)))}</td>
      {sums('loaded')}
      <td
        className="number"
        title={
          records !== null && records < rows
            ? `${count(rows)} on the lines: a record that feeds several tables is held for each`
            : undefined
        }
      >
        {count(records ?? rows)}
      </td>
      {(['skipped', 'added', 'changed', 'same'] as const).map(pick => (
        <Fragment key={pick}>{sums(pick)}</Fragment>
      ))}
      <td colSpan={2} />
    </tr>
  )
}

/** What is held now, which opens it, and what became of the others. */
function HeldFigure({ report, client }: Readonly<{ report: ListedImport; client: Platform['client'] }>): ReactNode {
  const { held, ...settled } = heldSince([report])
  const since = sinceWords(settled)
  const show = (): void => {
    perform(showHeld(client, report.importId))
    useImportTab.setState({ tab: 'held' })
  }
  return (
    <>
      {held === 0 ? (
        <span className="muted">0</span>
      ) : (
        <button
          type="button"
          className="plain link-button"
          onClick={show}
          aria-label={`${count(held)} held rows of ${report.file}`}
        >
          {count(held)}
        </button>
      )}
      {since !== '' && <span className="import-table__since muted">{since}</span>}
    </>
  )
}

function UndoButton({ report, client }: Readonly<{ report: ListedImport; client: Platform['client'] }>): ReactNode {
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const isAsking = useUndo(state => state.status !== 'idle')
  const { undoneAt, undoRefusal, file } = report
  if (undoneAt !== null) return null
  const button = (
    <button
      type="button"
      className={undoRefusal === null ? 'plain text-button' : 'plain text-button is-refused'}
      aria-label={`Undo the import of ${file}`}
      disabled={isBusy}
      // not disabled while it is asked: the focus would be gone, and not come back from the dialog
      aria-disabled={undoRefusal !== null || isAsking}
      onClick={() => {
        if (undoRefusal === null && !isAsking) perform(askUndo(client, report, useImports.getState().list))
      }}
    >
      Undo
    </button>
  )
  return undoRefusal === null ? (
    button
  ) : (
    <Tooltip label={undoRefusal} events={{ hover: true, focus: true, touch: true }}>
      {button}
    </Tooltip>
  )
}
