import { Button } from '@mantine/core'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { useNavigation } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { rescore } from '../../state/scoring.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { staleWords } from './stale-words.ts'

/** Says on Scores, Simulator, Routing and Export that the scores are older than the data they are made of. */
export function StaleBanner(): ReactNode {
  const { client } = useServices()
  const isStale = useProject(state => state.summary?.scoreRun?.isStale ?? false)
  const because = useProject(state => state.summary?.scoreRun?.staleBecause)
  const isShown = useNavigation(state => ['scores', 'simulator', 'routing', 'export'].includes(state.screen))
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  if (!isStale || !isShown) return null
  return (
    <div className="stale-banner" role="status">
      <History size={16} aria-hidden />
      <span>{staleWords(because)}</span>
      <Button size="compact-xs" variant="default" disabled={isBusy} onClick={() => perform(rescore(client))}>
        Re-score
      </Button>
    </div>
  )
}
