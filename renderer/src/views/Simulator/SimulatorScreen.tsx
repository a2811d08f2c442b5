import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { useProject } from '../../state/project.ts'
import { scoreAccounts } from '../../state/score-switch.ts'
import { isIdentityPending, loadRuleTitles, openSimulator, useSimulator } from '../../state/simulator.ts'
import { useSimulatorView } from '../../state/simulator-view.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { CurrentJob } from '../Import/ReadingFiles.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { NothingScored } from '../Scores/NothingScored.tsx'
import { useServices } from '../services.tsx'
import { ApplyDialog } from './ApplyDialog.tsx'
import { NameDialog } from './NameDialog.tsx'
import { ParameterPanel } from './ParameterPanel.tsx'
import { ScenarioHead } from './ScenarioHead.tsx'
import { ScoreShape } from './ScoreShape.tsx'
import { SimulatorTabs } from './SimulatorTabs.tsx'
import { StageStrip } from './StageStrip.tsx'
import { useSimulatorKeys } from './simulator-keys.ts'

/** What if: every figure of the model and of routing as a handle, and at once what it would come to. */
export function SimulatorScreen(): ReactNode {
  const { client } = useServices()
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  const status = useSimulator(state => state.status)
  useEffect(() => {
    const { opened, level } = useSimulator.getState()
    if (runId === null || (opened?.runId === runId && level === opened.level)) return
    perform(openSimulator(client))
    perform(loadRuleTitles(client))
  }, [client, runId])
  useSimulatorKeys()
  if (runId === null) return <NothingScored title="Simulator" />
  return (
    <div className="simulator">
      <ScenarioHead />
      {status === 'ready' ? (
        <Content />
      ) : status === 'unscored' ? (
        <NoAccountsHere />
      ) : status === 'failed' ? (
        <Retry title="The simulator cannot be opened" again={() => openSimulator(client)} />
      ) : (
        <>
          <CurrentJob />
          <SkeletonRows rows={14} label="The simulator is being prepared" />
        </>
      )}
    </div>
  )
}

/** Accounts have no scores so far: what is missing, and the way to it. */
function NoAccountsHere(): ReactNode {
  const { client } = useServices()
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const score = async (): Promise<void> => {
    await scoreAccounts(client, asOf)
    await openSimulator(client, 'account')
  }
  return (
    <>
      <CurrentJob />
      <EmptyState
        title="Accounts have not been scored yet"
        action={
          <Button disabled={isBusy} onClick={() => perform(score())}>
            Score accounts
          </Button>
        }
      >
        An account pools the people and events of all its workspaces. Scenarios are judged against its scores.
      </EmptyState>
    </>
  )
}

function Content(): ReactNode {
  const isNaming = useSimulatorView(state => state.isNaming)
  const isPending = useSimulator(isIdentityPending)
  return (
    <div className="simulator__body">
      <ParameterPanel />
      <div className="simulator__main" aria-busy={isPending}>
        <ScoreShape />
        <StageStrip />
        <SimulatorTabs />
      </div>
      <ApplyDialog />
      {isNaming && <NameDialog />}
    </div>
  )
}
