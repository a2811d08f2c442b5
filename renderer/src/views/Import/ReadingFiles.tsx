import type { ReactNode } from 'react'
import { currentJob, useJobs } from '../../state/jobs.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { JobLine } from '../Shell/JobLine.tsx'

/** Files are being read for the first time; the plan is not there yet. */
export function ReadingFiles(): ReactNode {
  return (
    <div className="screen__body">
      <CurrentJob />
      <SkeletonRows rows={6} label="Files are being read" />
    </div>
  )
}

/** The job that runs now, with its progress. */
export function CurrentJob(): ReactNode {
  const job = useJobs(state => currentJob(state.jobs))
  if (job === null) return null
  return (
    <ul className="current-job" aria-label="Running">
      <JobLine job={job} />
    </ul>
  )
}
