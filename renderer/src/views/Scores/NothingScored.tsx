import { Button } from '@mantine/core'
import { Gauge } from 'lucide-react'
import type { ReactNode } from 'react'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { rescore } from '../../state/scoring.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { CurrentJob } from '../Import/ReadingFiles.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** No scores yet: make them, or get the data that they need. */
export function NothingScored({ title = 'Scores' }: Readonly<{ title?: string }>): ReactNode {
  const { client } = useServices()
  const hasEvents = useProject(state => (state.summary?.events ?? 0) > 0)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const action = hasEvents ? (
    <Button disabled={isBusy} onClick={() => perform(rescore(client))}>
      Score workspaces
    </Button>
  ) : (
    <Button onClick={() => go('import')}>Go to Import</Button>
  )
  return (
    <div className="screen">
      <div className="screen__head">
        <h1 className="screen__title">{title}</h1>
      </div>
      <CurrentJob />
      <EmptyState icon={<Gauge size={24} strokeWidth={1.5} />} title="Nothing has been scored yet" action={action}>
        {hasEvents
          ? 'Scoring finds the people behind the user ids, rates every workspace, and decides where it goes.'
          : 'Scoring needs users, workspaces and events. Import them first.'}
      </EmptyState>
    </div>
  )
}
