import { Button } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleSlash, Clock, Loader } from 'lucide-react'
import type { ReactNode } from 'react'
import { cancelJob, isRunning, isWaiting, type Job } from '../../state/jobs.ts'
import { bytes, count, counted, duration, percent, words } from '../../ui/format.ts'
import { Meter } from '../../ui/Meter.tsx'
import { sentence } from '../failures.ts'

type Props = Readonly<{ job: Job }>

const ICONS = { running: Loader, stopping: Loader, done: CircleCheck, failed: CircleAlert, cancelled: CircleSlash }

/** One job with its progress, or how it ended. */
export function JobLine({ job }: Props): ReactNode {
  const waits = isWaiting(job)
  const isAtWork = isRunning(job) && !waits
  const Icon = waits ? Clock : ICONS[job.status]
  return (
    <li className={`job-line job-line--${job.status}`}>
      <Icon size={14} className={isAtWork ? 'spin' : undefined} aria-hidden />
      <div className="job-line__text">
        <p className="clip">{job.title}</p>
        <p className="job-line__detail">{detailOf(job)}</p>
        {isAtWork && <Meter done={job.done} total={job.total} label={job.title} />}
        {isAtWork && <Part job={job} />}
      </div>
      {isRunning(job) && job.canCancel && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={job.status === 'stopping'}
          onClick={() => cancelJob(job.id)}
        >
          Cancel
        </Button>
      )}
    </li>
  )
}

/** The file at hand, where there are several: what stands above it is all of them. */
function Part({ job: { part, subject } }: Props): ReactNode {
  if (part === null || part.of < 2 || subject === null) return null
  const label = `${subject}, file ${count(part.at)} of ${count(part.of)}`
  return (
    <div className="job-line__part">
      <span className="clip">{label}</span>
      <span className="num">{percent(part.total === 0 ? 1 : part.done / part.total)}</span>
      <Meter done={part.done} total={part.total} label={label} />
    </div>
  )
}

/** `Loading rows · events.csv.gz · 4.2 of 5.1 MB · 2.1 MB/s · 3 s left` */
export function detailOf(job: Job): string {
  if (job.status === 'stopping') return 'Stopping'
  if (job.status === 'cancelled') return 'Cancelled, the project is as it was before'
  if (job.status === 'failed') return job.message === null ? 'Failed' : sentence(job.message)
  if (job.status === 'done') return doneIn((job.endedAt ?? job.startedAt) - job.startedAt)
  if (job.waitsFor !== null) return waitingWords(job.waitsFor)
  const phase = job.phase === null ? 'Starting' : words(job.phase)
  const subject = job.part === null || job.part.of < 2 ? job.subject : null
  const parts = [phase, subject, amount(job), rowsOf(job), speed(job), left(job)]
  return parts.filter(part => part !== null).join(' · ')
}

/** `Waits for scoring`, `Waits for an import and 2 more jobs` */
function waitingWords({ job, ahead }: NonNullable<Job['waitsFor']>): string {
  return `Waits for ${job}${ahead > 1 ? ` and ${counted(ahead - 1, 'more job')}` : ''}`
}

const doneIn = (ms: number): string => (ms < 1000 ? 'Done in under 1 s' : `Done in ${duration(ms)}`)

const inUnit = (job: Job, value: number): string =>
  job.unit === 'bytes' ? bytes(value) : `${count(value)}${job.unit === null ? '' : ` ${noun(job.unit)}`}`

const noun = (unit: NonNullable<Job['unit']>): string => (unit === 'units' ? 'workspaces' : unit)

function amount(job: Job): string | null {
  if (job.unit === null || (job.done === 0 && job.total === null)) return null
  if (job.total === null) return inUnit(job, job.done)
  const done = job.unit === 'bytes' ? bytes(job.done) : count(job.done)
  return `${done} of ${inUnit(job, job.total)}`
}

function rowsOf({ rows }: Job): string | null {
  return rows === null ? null : counted(rows, 'row')
}

function speed(job: Job): string | null {
  if (job.rate === null || job.rate < 1 || job.unit === 'steps') return null
  return `${inUnit(job, Math.round(job.rate))}/s`
}

function left(job: Job): string | null {
  if (job.rate === null || job.rate <= 0 || job.total === null || job.done >= job.total) return null
  return `${duration(((job.total - job.done) / job.rate) * 1000)} left`
}
