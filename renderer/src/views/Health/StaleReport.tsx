import { Button } from '@mantine/core'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { runHealth, useHealth } from '../../state/health.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Says that the report is older than the data. */
export function StaleReport(): ReactNode {
  const { client } = useServices()
  const isStale = useHealth(state => state.report?.isStale ?? false)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  if (!isStale) return null
  return (
    <div className="stale-banner" role="status">
      <History size={16} aria-hidden />
      <span>The data, or what reads them, has changed since this check.</span>
      <Button size="compact-xs" variant="default" disabled={isBusy} onClick={() => perform(runHealth(client))}>
        Check again
      </Button>
    </div>
  )
}
