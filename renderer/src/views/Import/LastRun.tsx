import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { physicalFiles } from '#contract/physical-files'
import { sum } from '#lib/num'
import { useImports } from '../../state/imports.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { recordCounts } from '../../state/physical-files.ts'
import { useProject } from '../../state/project.ts'
import { rescoreAndShow } from '../../state/scoring.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { tableWords } from './board-words.ts'

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
        <p className="last-run__sum">
          <RunSum parts={run.files} />
        </p>
        <p className="muted">
          {counted(files.length, 'file')} imported
          {again > 0 && `, ${count(again)} of them already known, so nothing changed`}
          {run.skipped.length > 0 &&
            `; passed over: ${run.skipped.map(file => `${file.file} (${file.reason})`).join(', ')}`}
        </p>
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

/** A sum that adds up; one for each table where a file feeds several, since its records are read for each of them. */
function RunSum({ parts }: Parts): ReactNode {
  if (physicalFiles(parts).length === parts.length) return <Sum parts={parts} what="rows read" />
  const tables = [...Map.groupBy(parts, ({ table }) => table)]
  return (
    <>
      <strong>{count(recordCounts(parts).read)}</strong> records, read for each table that they feed
      {tables.map(([table, ofTable]) => (
        <span key={table} className="last-run__table">
          <span className="soft">{tableWords(table)}:</span> <Sum parts={ofTable} what="read" />
        </span>
      ))}
    </>
  )
}

function Sum({ parts, what }: Parts & Readonly<{ what: string }>): ReactNode {
  const of = (pick: 'read' | 'loaded' | 'held' | 'skipped'): number => sum(parts.map(file => file[pick]))
  return (
    <>
      <strong>{count(of('read'))}</strong> {what} = <strong>{count(of('loaded'))}</strong> loaded +{' '}
      <strong>{count(of('held'))}</strong> held + <strong>{count(of('skipped'))}</strong> skipped
    </>
  )
}
