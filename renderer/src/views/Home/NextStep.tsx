import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { useFirstRun } from '../../state/first-run.ts'
import { useImports } from '../../state/imports.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { go } from '../../state/navigation.ts'
import { type Summary, useProject } from '../../state/project.ts'
import { rescoreAndShow } from '../../state/scoring.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { SampleSteps } from './SampleSteps.tsx'

/** The one thing to do now. */
export function NextStep(): ReactNode {
  const platform = useServices()
  const summary = useProject(state => state.summary)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const isSample = useFirstRun(state => state.step !== null)
  const waiting = useWaiting()
  if (summary === null) return null
  if (isSample)
    return (
      <section className="next-step" aria-label="Next step">
        <div className="next-step__sample">
          <p>The sample is being loaded and scored.</p>
          <SampleSteps />
        </div>
      </section>
    )
  const { says, label, run } = waiting ?? nextOf(summary, platform)
  return (
    <section className="next-step" aria-label="Next step">
      <p>{says}</p>
      <Button disabled={isBusy && waiting === null} onClick={run}>
        {label}
      </Button>
    </section>
  )
}

type Next = Readonly<{ says: string; label: string; run: () => void }>

/** Files on the mapping board, or an import that is read and not published: what was begun comes first. */
function useWaiting(): Next | null {
  const phase = useImports(state => state.phase)
  const files = useImports(state => state.plan.length)
  if (phase !== 'planned' && phase !== 'staged') return null
  const says =
    phase === 'staged'
      ? 'An import has been read and waits to be published.'
      : `${counted(files, 'file')} ${files === 1 ? 'waits' : 'wait'} on Import; nothing of ${files === 1 ? 'it' : 'them'} is loaded yet.`
  return { says, label: 'Go to Import', run: () => go('import') }
}

function nextOf(summary: Summary, platform: Platform): Next {
  const missing = ['users', 'workspaces', 'events'].filter(table => (summary.rowsPerTable[table] ?? 0) === 0)
  const hasRows = Object.values(summary.rowsPerTable).some(rows => rows > 0)
  if (!hasRows) {
    const says = 'This project is empty. Users, workspaces and events are enough to score.'
    return { says, label: 'Add exports', run: () => perform(chooseAndTake(platform)) }
  }
  if (missing.includes('events') || missing.includes('workspaces')) {
    const says = `To score, the project still needs: ${missing.join(', ')}.`
    return { says, label: 'Add exports', run: () => perform(chooseAndTake(platform)) }
  }
  if (summary.scoreRun === null) {
    const says = `${counted(summary.rowsPerTable['workspaces'] ?? 0, 'workspace')} are ready to be scored.`
    return { says, label: 'Score workspaces', run: () => perform(rescoreAndShow(platform.client)) }
  }
  if (summary.scoreRun.isStale) {
    const says = 'The data has changed since the workspaces were scored.'
    return { says, label: 'Re-score', run: () => perform(rescoreAndShow(platform.client)) }
  }
  const says = `${counted(summary.scoreRun.units, 'workspace')} are scored and routed.`
  return { says, label: 'Review scores', run: () => go('scores') }
}
