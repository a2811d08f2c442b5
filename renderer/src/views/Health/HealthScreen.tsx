import { Button, Tabs } from '@mantine/core'
import { RefreshCw } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { sum } from '#lib/num'
import { HEALTH_TABS, type HealthTab, loadHealth, runHealth, showHealthTab, useHealth } from '../../state/health.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { useProject } from '../../state/project.ts'
import { dateTime } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { ActivationTab } from './ActivationTab.tsx'
import { ChecksTab } from './ChecksTab.tsx'
import { NothingChecked } from './NothingChecked.tsx'
import { StaleReport } from './StaleReport.tsx'
import { TablesTab } from './TablesTab.tsx'
import { WorkspaceTab } from './WorkspaceTab.tsx'

const LABELS: Readonly<Record<HealthTab, string>> = {
  checks: 'Checks',
  tables: 'Tables',
  workspace: 'Workspace as of',
  activation: 'Activation',
}
const PARTS: Readonly<Record<HealthTab, () => ReactNode>> = {
  checks: ChecksTab,
  tables: TablesTab,
  workspace: WorkspaceTab,
  activation: ActivationTab,
}

/** What is wrong with the data before they are scored: checks, tables, one workspace at any date, the activation rule. */
export function HealthScreen(): ReactNode {
  const { client } = useServices()
  const project = useProject(state => state.summary?.project.name)
  const rows = useProject(state => sum(Object.values(state.summary?.rowsPerTable ?? {})))
  const runId = useProject(state => state.summary?.scoreRun?.runId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project, other rows or another run make the report old
  useEffect(() => {
    if (rows > 0) perform(loadHealth(client))
  }, [client, project, rows, runId])
  return (
    <div className="screen data-health">
      <Head />
      {rows === 0 ? <NothingChecked hasData={false} /> : <Body />}
    </div>
  )
}

function Head(): ReactNode {
  const { client } = useServices()
  const report = useHealth(state => state.report)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  return (
    <div className="screen__head">
      <h1 className="screen__title">Data health</h1>
      {report !== null && (
        <span className="muted clip" title={`Checked on ${dateTime(report.checkedAt)}`}>
          as of {dateTime(report.asOf)}
        </span>
      )}
      <div className="screen__spacer" />
      {report !== null && (
        <Button
          variant="default"
          disabled={isBusy}
          leftSection={<RefreshCw size={14} aria-hidden />}
          onClick={() => perform(runHealth(client))}
        >
          Check again
        </Button>
      )}
    </div>
  )
}

function Body(): ReactNode {
  const { client } = useServices()
  const status = useHealth(state => state.status)
  const hasReport = useHealth(state => state.report !== null)
  const tab = useHealth(state => state.tab)
  if (!hasReport && status === 'failed')
    return <Retry title="The data cannot be checked" again={() => loadHealth(client)} />
  if (!hasReport && status === 'idle') return <NothingChecked hasData />
  if (!hasReport) return <SkeletonRows rows={12} label="The data are being checked" />
  const Part = PARTS[tab]
  return (
    <Tabs
      value={tab}
      onChange={value => showHealthTab(HEALTH_TABS.find(known => known === value) ?? 'checks')}
      className="data-health__tabs"
    >
      <StaleReport />
      <Tabs.List aria-label="Parts">
        {HEALTH_TABS.map(id => (
          <Tabs.Tab key={id} value={id}>
            {LABELS[id]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {HEALTH_TABS.map(id => (
        <Tabs.Panel key={id} value={id} className="data-health__part">
          {id === tab && <Part />}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
