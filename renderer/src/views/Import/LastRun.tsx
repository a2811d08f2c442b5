import { Button } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { physicalFiles } from '#contract/physical-files'
import { sum } from '#lib/num'
import { useImports } from '../../state/imports.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { heldSince, recordCounts } from '../../state/physical-files.ts'
import { useProject } from '../../state/project.ts'
import { rescoreAndShow } from '../../state/scoring.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { tableWords } from './board-words.ts'
import { sinceWords } from './held-text.ts'

/** What the import just made did, as a sum that adds up, and the step after it. */
export function LastRun(): ReactNode {
  const { client } = useServices()
  const run = useImports(state => state.lastRun)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const needsScore = useProject(state => state.summary?.scoreRun === null || state.summary?.scoreRun.isStale === true)
  if (run === null) return null
  const files = physicalFiles(run.files)
  const again = files.filter(tables => tables.every(file => file.alreadyImported)).length
  return (
    <section className="last-run" aria-label="Last import">
      <div>
        <div className="last-run__sum">
          <RunSum parts={run.files} />
        </div>
        <p className="muted">
          {counted(files.length, 'file')} imported
          {again > 0 &&
            `, ${count(again)} of them already known${again === files.length ? ', so nothing changed' : ''}`}
          {run.skipped.length > 0 &&
            `; passed over: ${run.skipped.map(file => `${file.file} (${file.reason})`).join(', ')}`}
        </p>
        <TakenOut parts={run.files} />
      </div>
      <div className="screen__spacer" />
      {needsScore && (
        <Button disabled={isBusy} onClick={() => perform(rescoreAndShow(client))}>
          Score workspaces
        </Button>
      )}
    </section>
  )
}

type Parts = Readonly<{ parts: NonNullable<ReturnType<typeof useImports.getState>['lastRun']>['files'] }>

/** Rows that left their tables, which no sum of what was read can show. */
function TakenOut({ parts }: Parts): ReactNode {
  const tables = [...Map.groupBy(parts, ({ table }) => table)]
    .map(([table, files]) => ({ table, rows: sum(files.map(({ removed }) => removed)) }))
    .filter(({ rows }) => rows > 0)
  if (tables.length === 0) return null
  const rows = tables.map(({ table, rows: gone }) => `${counted(gone, 'row')} of ${tableWords(table).toLowerCase()}`)
  return <p className="last-run__removed">Taken out: {rows.join(', ')} that no file has. Undo brings them back.</p>
}

/** A sum that adds up; one for each table where a file feeds several, since its records are read for each of them. */
function RunSum({ parts }: Parts): ReactNode {
  if (physicalFiles(parts).length === parts.length) return <Sum parts={parts} what="rows read" />
  const tables = [...Map.groupBy(parts, ({ table }) => table)]
  return (
    <>
      <strong>{count(recordCounts(parts).read)}</strong> records, read for each table that they feed
      <details className="last-run__tables">
        <summary>{counted(tables.length, 'table')}, each a sum of its own</summary>
        <div>
          {tables.map(([table, ofTable]) => (
            <Fragment key={table}>
              <span className="soft">{tableWords(table)}: </span>
              <span>
                <Sum parts={ofTable} what="read" />
              </span>
            </Fragment>
          ))}
        </div>
      </details>
    </>
  )
}

function Sum({ parts, what }: Parts & Readonly<{ what: string }>): ReactNode {
  const list = useImports(state => state.list)
  const ids = new Set(parts.map(({ importId }) => importId))
  const since = sinceWords(heldSince(list.filter(({ importId }) => ids.has(importId))))
  const of = (pick: 'read' | 'loaded' | 'held' | 'skipped'): number => sum(parts.map(file => file[pick]))
  return (
    <>
      <strong>{count(of('read'))}</strong> {what} = <strong>{count(of('loaded'))}</strong> loaded +{' '}
      <strong>{count(of('held'))}</strong> held{since !== '' && <span className="muted"> ({since} since)</span>} +{' '}
      <strong>{count(of('skipped'))}</strong> skipped
    </>
  )
}
