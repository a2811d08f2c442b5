import { type ReactNode, useEffect } from 'react'
import { useHealth } from '../../state/health.ts'
import { searchWorkspaces, useWorkspaceAsOf } from '../../state/workspace-as-of.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { WorkspaceFacts } from './WorkspaceFacts.tsx'
import { WorkspacePicker } from './WorkspacePicker.tsx'

/** Rollups, milestones and health of any workspace as of any day. */
export function WorkspaceTab(): ReactNode {
  const { client } = useServices()
  const checkedAt = useHealth(state => state.report?.checkedAt ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new check means other data
  useEffect(() => perform(searchWorkspaces(client, '')), [client, checkedAt])
  return (
    <div className="as-of">
      <WorkspacePicker />
      <Answer />
    </div>
  )
}

function Answer(): ReactNode {
  const { client } = useServices()
  const status = useWorkspaceAsOf(state => state.status)
  const answer = useWorkspaceAsOf(state => state.answer)
  const workspaceId = useWorkspaceAsOf(state => state.workspaceId)
  const matching = useWorkspaceAsOf(state => state.matching)
  if (status === 'failed')
    return <Retry title="The workspace cannot be shown" again={() => searchWorkspaces(client, '')} />
  if (answer === null && workspaceId === null && status === 'idle' && matching === 0)
    return <EmptyState title="No workspace is there on this day">Choose a later day, or import workspaces.</EmptyState>
  if (answer === null) return <SkeletonRows rows={10} label="The workspace is being read" />
  return (
    <div className="as-of__answer" aria-busy={status === 'loading'}>
      {answer.workspace === null ? (
        <EmptyState title="This workspace was not there yet">
          It was created after the day that is shown. Choose a later one.
        </EmptyState>
      ) : (
        <WorkspaceFacts workspace={answer.workspace} asOf={answer.asOf} />
      )}
    </div>
  )
}
