import { Button } from '@mantine/core'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { useNavigation } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { rescore } from '../../state/scoring.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Says on Scores and Export that the scores are older than the data they are made of. */
export function StaleBanner(): ReactNode {
  const { client } = useServices()
  const isStale = useProject(state => state.summary?.scoreRun?.isStale ?? false)
  const isShown = useNavigation(state => state.screen === 'scores' || state.screen === 'export')
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  if (!isStale || !isShown) return null
  return (
    <div className="stale-banner" role="status">
      <History size={16} aria-hidden />
      <span>The data has changed since these scores were made.</span>
      <Button size="compact-xs" variant="default" disabled={isBusy} onClick={() => perform(rescore(client))}>
        Re-score
      </Button>
    </div>
  )
}
