import { Tabs } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { loadPreview, useExports } from '../../state/exports.ts'
import { useProject } from '../../state/project.ts'
import { loadRouting, rulesOf, useRouting } from '../../state/routing-draft.ts'
import { ROUTING_TABS, type RoutingTab, setRoutingView, useRoutingView } from '../../state/routing-view.ts'
import { count, dateTime } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { NothingScored } from '../Scores/NothingScored.tsx'
import { useServices } from '../services.tsx'
import { AlertsTab } from './AlertsTab.tsx'
import { AnomaliesTab } from './AnomaliesTab.tsx'
import { DestinationStrip } from './DestinationStrip.tsx'
import { ExplainTab } from './ExplainTab.tsx'
import { IcpTab } from './IcpTab.tsx'
import { PoolsTab } from './PoolsTab.tsx'
import { RevertDialog } from './RevertDialog.tsx'
import { RoutingActions } from './RoutingActions.tsx'
import { RulePanel } from './RulePanel.tsx'
import { RulesTab } from './RulesTab.tsx'
import { useRoutingKeys } from './routing-keys.ts'
import { SaveDialog } from './SaveDialog.tsx'
import { SettingsTab } from './SettingsTab.tsx'
import { TeamsTab } from './TeamsTab.tsx'
import { VersionsTab } from './VersionsTab.tsx'

/** Where workspaces go: the rules in their order, what they would do, and why one workspace goes where it goes. */
export function RoutingScreen(): ReactNode {
  const { client } = useServices()
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  const status = useRouting(state => state.status)
  useEffect(() => {
    if (runId === null) return
    perform(loadRouting(client, runId))
    if (useExports.getState().previewRunId !== runId) perform(loadPreview(client, runId))
  }, [client, runId])
  if (runId === null) return <NothingScored title="Routing" />
  return (
    <div className="routing">
      <Head isReady={status === 'ready'} />
      {status === 'ready' ? (
        <Content />
      ) : status === 'failed' ? (
        <Retry title="The rules cannot be shown" again={() => loadRouting(client)} />
      ) : (
        <SkeletonRows rows={12} label="The rules are being tried" />
      )}
    </div>
  )
}

function Head({ isReady }: Readonly<{ isReady: boolean }>): ReactNode {
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  const policy = useRouting(state => state.inForce?.policy ?? null)
  const hash = useRouting(state => state.inForce?.hash ?? '')
  return (
    <div className="screen__head">
      <h1 className="screen__title">Routing</h1>
      {isReady && policy !== null && (
        <span className="muted clip" title={`Rules ${policy.name}, version ${policy.version}, hash ${hash}`}>
          as of {dateTime(asOf)} · rules {policy.name}, version {count(policy.version)}
        </span>
      )}
      <div className="screen__spacer" />
      {isReady && <RoutingActions />}
    </div>
  )
}

const PARTS: Readonly<Record<RoutingTab, () => ReactNode>> = {
  rules: RulesTab,
  test: ExplainTab,
  settings: SettingsTab,
  teams: TeamsTab,
  pools: PoolsTab,
  icp: IcpTab,
  alerts: AlertsTab,
  anomalies: AnomaliesTab,
  versions: VersionsTab,
}

function Content(): ReactNode {
  const tab = useRoutingView(state => state.tab)
  const dialog = useRoutingView(state => state.dialog)
  const ruleId = useRoutingView(state => state.ruleId)
  const Part = PARTS[tab]
  useRoutingKeys()
  return (
    <>
      <DestinationStrip />
      <Tabs
        value={tab}
        onChange={value => setRoutingView({ tab: ROUTING_TABS.find(known => known === value) ?? 'rules' })}
        className="routing__tabs"
      >
        <TabList />
        <div className="routing__lists">
          <Tabs.Panel value={tab} className="routing__part" tabIndex={-1}>
            <Part />
          </Tabs.Panel>
          {tab === 'rules' && ruleId !== null && <RulePanel key={ruleId} ruleId={ruleId} />}
        </div>
      </Tabs>
      {dialog === 'save' && <SaveDialog />}
      {dialog !== null && dialog !== 'save' && <RevertDialog hash={dialog.revertTo} />}
    </>
  )
}

function TabList(): ReactNode {
  const rules = useRouting(state => rulesOf(state).length)
  return (
    <Tabs.List aria-label="Parts of routing">
      <Tabs.Tab value="rules">
        Rules <span className="tab-count">{count(rules)}</span>
      </Tabs.Tab>
      <Tabs.Tab value="test">Test a workspace</Tabs.Tab>
      <Tabs.Tab value="settings">Suppressions</Tabs.Tab>
      <Tabs.Tab value="teams">Teams</Tabs.Tab>
      <Tabs.Tab value="pools">Pools</Tabs.Tab>
      <Tabs.Tab value="icp">ICP</Tabs.Tab>
      <Tabs.Tab value="alerts">Alerts</Tabs.Tab>
      <Tabs.Tab value="anomalies">Anomalies</Tabs.Tab>
      <Tabs.Tab value="versions">Versions</Tabs.Tab>
    </Tabs.List>
  )
}
