import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { useImports } from '../../state/imports.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { useProject } from '../../state/project.ts'
import { rescoreAndShow } from '../../state/scoring.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What the import just made did, as a sum that adds up, and the step after it. */
export function LastRun(): ReactNode {
  const { client } = useServices()
  const run = useImports(state => state.lastRun)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const needsScore = useProject(state => state.summary?.scoreRun === null || state.summary?.scoreRun.isStale === true)
  if (run === null) return null
  const of = (pick: 'read' | 'loaded' | 'held' | 'skipped'): number => sum(run.files.map(file => file[pick]))
  const again = run.files.filter(file => file.alreadyImported).length
  return (
    <section className="last-run" aria-label="Last import">
      <div>
        <p className="last-run__sum">
          <strong>{count(of('read'))}</strong> rows read = <strong>{count(of('loaded'))}</strong> loaded +{' '}
          <strong>{count(of('held'))}</strong> held + <strong>{count(of('skipped'))}</strong> skipped
        </p>
        <p className="muted">
          {counted(run.files.length, 'file')} imported
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
