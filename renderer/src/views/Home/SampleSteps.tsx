import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFirstRun } from '../../state/first-run.ts'
import { currentJob, useJobs } from '../../state/jobs.ts'
import { Meter } from '../../ui/Meter.tsx'
import { detailOf } from '../Shell/JobLine.tsx'

const STEPS = [
  { id: 'project', label: 'New project' },
  { id: 'read', label: 'Read files' },
  { id: 'import', label: 'Import' },
  { id: 'score', label: 'Score' },
] as const

/** How far the sample is, step by step; nothing while it is not under way. */
export function SampleSteps(): ReactNode {
  const step = useFirstRun(state => state.step)
  const job = useJobs(state => currentJob(state.jobs))
  if (step === null) return null
  const at = STEPS.findIndex(known => known.id === step)
  return (
    <div className="sample-steps" role="status">
      <ol className="sample-steps__list">
        {STEPS.map(({ id, label }, place) => (
          <li key={id} className={place <= at ? 'sample-steps__step is-reached' : 'sample-steps__step'}>
            {place < at && <Check size={12} aria-label="done" />}
            {label}
          </li>
        ))}
      </ol>
      <Meter done={job?.done ?? 0} total={job?.total ?? null} label="Progress of this step" />
      <p className="muted clip">{job === null ? 'Starting' : detailOf(job)}</p>
    </div>
  )
}
