import { Button } from '@mantine/core'
import { FileDown, FolderOpen } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { openSample, useFirstRun } from '../../state/first-run.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { loadRecent } from '../../state/recent.ts'
import { perform } from '../notify.tsx'
import { ThemeToggle } from '../Shell/ThemeToggle.tsx'
import { useServices } from '../services.tsx'
import { OpenOther } from './OpenOther.tsx'
import { RecentProjects } from './RecentProjects.tsx'
import { SampleSteps } from './SampleSteps.tsx'

/** No project is open: the sample, own files, or a project from before. */
export function StartScreen(): ReactNode {
  const platform = useServices()
  const isBusy = useFirstRun(state => state.step !== null)
  useEffect(() => perform(loadRecent(platform.shell)), [platform])
  return (
    <main id="main" tabIndex={-1} className="start">
      <div className="start__corner">
        <ThemeToggle />
      </div>
      <div className="start__column">
        <h1 className="start__title">PQL Workbench</h1>
        <p className="start__lead">Product usage exports in, scored and routed workspaces out. All on this computer.</p>
        <section className="start__offer" aria-labelledby="start-sample">
          <div className="start__words">
            <h2 id="start-sample" className="start__heading">
              See it with sample data
            </h2>
            <p className="soft">
              About 600 workspaces with their people, subscriptions and events, scored in one step.
            </p>
            <SampleSteps />
          </div>
          <Button size="sm" loading={isBusy} onClick={() => perform(openSample(platform.client, platform.shell))}>
            Open the sample
          </Button>
        </section>
        <button
          type="button"
          className="start__drop"
          disabled={isBusy}
          onClick={() => perform(chooseAndTake(platform))}
        >
          <FileDown size={20} strokeWidth={1.5} aria-hidden />
          <span className="start__heading">Drop exports to start a new project</span>
          <span className="soft">
            Users, workspaces and events are enough to score. CSV, TSV, JSON or JSON Lines, plain, .gz or .zip; folders
            too.
          </span>
          <span className="start__choose">
            <FolderOpen size={14} aria-hidden /> Choose files
          </span>
        </button>
        <RecentProjects title="Projects" />
        <OpenOther />
      </div>
    </main>
  )
}
