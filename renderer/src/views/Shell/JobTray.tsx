import { Popover } from '@mantine/core'
import { CircleAlert, CircleCheck, Loader } from 'lucide-react'
import type { ReactNode } from 'react'
import { clearEnded, currentJob, isRunning, isWaiting, type Job, setTray, useJobs } from '../../state/jobs.ts'
import { count, counted } from '../../ui/format.ts'
import { JobLine } from './JobLine.tsx'

/** Long work: what runs, how far it is, and what ended. */
export function JobTray(): ReactNode {
  const jobs = useJobs(state => state.jobs)
  const isOpen = useJobs(state => state.isTrayOpen)
  const running = jobs.filter(isRunning)
  if (jobs.length === 0) return null
  const first = currentJob(running)
  const waiting = running.filter(isWaiting).length
  const hasFailed = jobs[0]?.status === 'failed'
  const Ended = hasFailed ? CircleAlert : CircleCheck
  return (
    <Popover opened={isOpen} onChange={setTray} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={hasFailed ? 'plain job-button is-failed' : 'plain job-button'}
          aria-expanded={isOpen}
          aria-label={running.length > 0 ? underWayWords(running) : hasFailed ? 'Jobs, the last one failed' : 'Jobs'}
          onClick={() => setTray(!isOpen)}
        >
          {first === null ? <Ended size={14} aria-hidden /> : <Loader size={14} className="spin" aria-hidden />}
          <span className="clip">{first === null ? 'Jobs' : first.title}</span>
          {waiting > 0 && <span className="job-button__more num">+{count(waiting)}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className="job-tray">
          <div className="job-tray__head">
            <h2 className="section-title">Jobs</h2>
            {running.length < jobs.length && (
              <button type="button" className="plain text-button" onClick={clearEnded}>
                Clear ended
              </button>
            )}
          </div>
          <ul>
            {jobs.map(job => (
              <JobLine key={job.id} job={job} />
            ))}
          </ul>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** `1 job running`, `1 job running, 2 waiting` */
function underWayWords(running: readonly Job[]): string {
  const waiting = running.filter(isWaiting).length
  const atWork = `${counted(running.length - waiting, 'job')} running`
  return waiting === 0 ? atWork : `${atWork}, ${count(waiting)} waiting`
}
