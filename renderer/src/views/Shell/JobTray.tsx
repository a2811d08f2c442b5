import { Popover } from '@mantine/core'
import { CircleCheck, Loader } from 'lucide-react'
import type { ReactNode } from 'react'
import { clearEnded, isRunning, setTray, useJobs } from '../../state/jobs.ts'
import { counted } from '../../ui/format.ts'
import { JobLine } from './JobLine.tsx'

/** Long work: what runs, how far it is, and what ended. */
export function JobTray(): ReactNode {
  const jobs = useJobs(state => state.jobs)
  const isOpen = useJobs(state => state.isTrayOpen)
  const running = jobs.filter(isRunning)
  if (jobs.length === 0) return null
  const first = running[0]
  return (
    <Popover opened={isOpen} onChange={setTray} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="plain job-button"
          aria-expanded={isOpen}
          aria-label={running.length > 0 ? `${counted(running.length, 'job')} running` : 'Jobs'}
          onClick={() => setTray(!isOpen)}
        >
          {first === undefined ? (
            <CircleCheck size={14} aria-hidden />
          ) : (
            <Loader size={14} className="spin" aria-hidden />
          )}
          <span className="clip">{first === undefined ? 'Jobs' : first.title}</span>
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
