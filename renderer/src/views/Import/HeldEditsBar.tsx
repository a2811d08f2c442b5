import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { forgetEdits, useHeldEdits } from '../../state/held-edits.ts'
import type { HeldGroup } from '../../state/held-group.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { count, counted } from '../../ui/format.ts'
import { modKey } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { applyEdits } from './held-notice.tsx'

/** Rows that were edited in place and not applied yet; without any, how that is done. */
export function HeldEditsBar({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const { client } = useServices()
  const edited = useHeldEdits(state => (state.importId === group.importId ? Object.keys(state.edits).length : 0))
  const outcome = useHeldEdits(state => state.outcome)
  const status = useHeldEdits(state => state.status)
  const problem = useHeldEdits(state => state.problem)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  if (group.state !== 'held') return null
  if (edited === 0)
    return (
      <p className="edits-bar muted">
        <kbd className="key">Enter</kbd> edits a cell, <kbd className="key">Tab</kbd> goes on to the next,{' '}
        <kbd className="key">Esc</kbd> reverts, <kbd className="key">{modKey()} Enter</kbd> applies
      </p>
    )
  const settles = (outcome?.loads ?? 0) + (outcome?.skips ?? 0)
  return (
    <div className="edits-bar is-on" role="status">
      <span>
        <strong>{counted(edited, 'row')}</strong> edited
        {problem !== null
          ? `: ${problem}`
          : outcome !== null &&
            `: ${count(outcome.loads)} would load${outcome.holds > 0 ? `, ${count(outcome.holds)} still held` : ''}`}
      </span>
      <div className="screen__spacer" />
      <Button variant="default" onClick={forgetEdits}>
        Discard edits
      </Button>
      <Button
        disabled={isBusy || status !== 'ready' || settles === 0}
        rightSection={<kbd className="key">{modKey()} Enter</kbd>}
        onClick={() => perform(applyEdits(client))}
      >
        Load {outcome !== null && settles > 0 ? counted(settles, 'row') : 'rows'}
      </Button>
    </div>
  )
}
