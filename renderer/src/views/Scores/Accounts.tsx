import { Button } from '@mantine/core'
import { Building2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { showIdentityTab } from '../../state/identity-overview.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { useScoreList } from '../../state/score-list.ts'
import { scoreAccounts } from '../../state/score-switch.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { CurrentJob } from '../Import/ReadingFiles.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** No run of accounts so far: what it would be, and the way to it. */
export function NoAccounts(): ReactNode {
  const { client } = useServices()
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const action = (
    <Button disabled={isBusy} onClick={() => perform(scoreAccounts(client, asOf))}>
      Score accounts
    </Button>
  )
  return (
    <>
      <CurrentJob />
      <EmptyState
        icon={<Building2 size={24} strokeWidth={1.5} />}
        title="Accounts have not been scored yet"
        action={action}
      >
        An account pools the people and events of all its workspaces. The scores of workspaces stay as they are.
      </EmptyState>
    </>
  )
}

/** Accounts were scored and there is none: what is missing, and where companies without an account are proposed as one. */
export function NoAccountKnown(): ReactNode {
  const action = (
    <Button
      onClick={() => {
        showIdentityTab('domains')
        go('identity')
      }}
    >
      Go to Identity, Domains
    </Button>
  )
  return (
    <EmptyState
      icon={<Building2 size={24} strokeWidth={1.5} />}
      title="No workspace has a known account"
      action={action}
    >
      Accounts come from the CRM: import them, and workspaces find theirs by domain and name. Domains of people who
      signed up and have no account are proposed as accounts under Identity.
    </EmptyState>
  )
}

/** The run of accounts was made before that of the workspaces: says so and makes it anew. */
export function AccountsOlder(): ReactNode {
  const { client } = useServices()
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const newest = useProject(state => state.summary?.scoreRun?.runId ?? 0)
  const isOlder = useScoreList(state => state.runId !== null && state.runId < newest)
  if (!isOlder) return null
  return (
    <span className="muted">
      Scored before the workspaces{' '}
      <button
        type="button"
        className="plain text-button"
        disabled={isBusy}
        onClick={() => perform(scoreAccounts(client, asOf))}
      >
        Score accounts again
      </button>
    </span>
  )
}
