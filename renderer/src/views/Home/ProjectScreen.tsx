import { Button } from '@mantine/core'
import { FilePlus2 } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { chooseAndTake } from '../../state/intake.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { closeProject, refreshSummary, useProject } from '../../state/project.ts'
import { loadRecent } from '../../state/recent.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { NextStep } from './NextStep.tsx'
import { OpenOther } from './OpenOther.tsx'
import { RecentProjects } from './RecentProjects.tsx'
import { ScoreFacts } from './ScoreFacts.tsx'
import { TableCounts } from './TableCounts.tsx'

/** The open project at a glance: what is in it, how it was scored, what to do next. */
export function ProjectScreen(): ReactNode {
  const platform = useServices()
  const project = useProject(state => state.summary?.project ?? null)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  useEffect(() => {
    perform(loadRecent(platform.shell))
    perform(refreshSummary(platform.client))
  }, [platform])
  return (
    <div className="screen">
      <div className="screen__head">
        <h1 className="screen__title">{project?.name}</h1>
        <span className="muted clip">{project?.folder}</span>
        <div className="screen__spacer" />
        <Button variant="default" disabled={isBusy} onClick={() => perform(closeProject(platform.client))}>
          Close project
        </Button>
        <Button
          variant="default"
          disabled={isBusy}
          leftSection={<FilePlus2 size={14} aria-hidden />}
          onClick={() => perform(chooseAndTake(platform))}
        >
          Add exports
        </Button>
      </div>
      <div className="screen__body project">
        <NextStep />
        <div className="project__columns">
          <TableCounts />
          <ScoreFacts />
        </div>
        <RecentProjects title="Other projects" />
        <OpenOther />
      </div>
    </div>
  )
}
