import { Button, Tabs } from '@mantine/core'
import { Upload } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { useCrmExport } from '../../state/export-crm.ts'
import { EXPORT_TABS, useExportTab } from '../../state/export-tab.ts'
import { loadPreview, useExports, writeExport } from '../../state/exports.ts'
import { useProject } from '../../state/project.ts'
import { count, counted, dateTime } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { CurrentJob } from '../Import/ReadingFiles.tsx'
import { notifyDone, perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { NothingScored } from '../Scores/NothingScored.tsx'
import { useServices } from '../services.tsx'
import { Channels } from './Channels.tsx'
import { CrmActions } from './CrmActions.tsx'
import { CrmTab } from './CrmTab.tsx'
import { Deliveries } from './Deliveries.tsx'
import { TextActions } from './TextActions.tsx'
import { TextsTab } from './TextsTab.tsx'
import { WrittenFiles } from './WrittenFiles.tsx'

/** Files out: what would be written, from which scores, and what was. */
export function ExportScreen(): ReactNode {
  const platform = useServices()
  const run = useProject(state => state.summary?.scoreRun ?? null)
  const runId = run?.runId ?? null
  useEffect(() => {
    if (runId !== null) perform(loadPreview(platform.client, runId))
  }, [platform, runId])
  if (run === null) return <NothingScored title="Export" />
  return (
    <div className="screen">
      <div className="screen__head">
        <h1 className="screen__title">Export</h1>
        <span className="muted clip">
          {counted(run.units, 'workspace')} as of {dateTime(run.asOf)} · model {run.modelName}
        </span>
        <div className="screen__spacer" />
        <Actions runId={run.runId} />
      </div>
      <Body runId={run.runId} />
    </div>
  )
}

/** What can be done with the part that is shown. */
function Actions({ runId }: Readonly<{ runId: number }>): ReactNode {
  const platform = useServices()
  const tab = useExportTab(state => state.tab)
  const status = useExports(state => state.status)
  if (tab === 'crm') return <CrmActions runId={runId} />
  if (tab === 'texts') return <TextActions />
  if (tab === 'deliveries') return null
  return (
    <Button
      leftSection={<Upload size={14} aria-hidden />}
      loading={status === 'writing'}
      disabled={status === 'loading'}
      onClick={() => perform(write(platform, runId))}
    >
      Write files
    </Button>
  )
}

function Body({ runId }: Readonly<{ runId: number }>): ReactNode {
  const { client } = useServices()
  const status = useExports(state => state.status)
  const hasPreview = useExports(state => state.preview !== null)
  if (status === 'failed' && !hasPreview)
    return <Retry title="The lists cannot be shown" again={() => loadPreview(client, runId)} />
  if (!hasPreview) return <SkeletonRows rows={8} label="The lists are being made" />
  return (
    <>
      {status === 'writing' && <CurrentJob />}
      <Parts runId={runId} />
    </>
  )
}

function Parts({ runId }: Readonly<{ runId: number }>): ReactNode {
  const tab = useExportTab(state => state.tab)
  const written = useExports(state => state.written?.files.length ?? 0)
  const lists = useExports(state => state.preview?.channels.length ?? 0)
  const deliveries = useCrmExport(state => state.deliveries?.length ?? null)
  return (
    <Tabs
      value={tab}
      onChange={value => useExportTab.setState({ tab: EXPORT_TABS.find(known => known === value) ?? 'lists' })}
      className="export"
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="lists">
          Lists <span className="tab-count">{count(lists)}</span>
        </Tabs.Tab>
        <Tabs.Tab value="crm">CRM hand-off</Tabs.Tab>
        <Tabs.Tab value="texts">Texts</Tabs.Tab>
        <Tabs.Tab value="deliveries">
          History <span className="tab-count">{deliveries === null ? '' : count(deliveries)}</span>
        </Tabs.Tab>
        <Tabs.Tab value="written">
          Written files <span className="tab-count">{count(written)}</span>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="lists" className="export__part">
        <Channels />
      </Tabs.Panel>
      <Tabs.Panel value="crm" className="export__part">
        <CrmTab runId={runId} />
      </Tabs.Panel>
      <Tabs.Panel value="texts" className="export__part">
        <TextsTab runId={runId} />
      </Tabs.Panel>
      <Tabs.Panel value="deliveries" className="export__part">
        <Deliveries />
      </Tabs.Panel>
      <Tabs.Panel value="written" className="export__part">
        <WrittenFiles />
      </Tabs.Panel>
    </Tabs>
  )
}

async function write({ client, shell }: Platform, runId: number): Promise<void> {
  const project = useProject.getState().summary?.project.name ?? 'Project'
  const isWritten = await writeExport(client, shell, { project, runId })
  const { written, place } = useExports.getState()
  if (!isWritten || written === null) return
  useExportTab.setState({ tab: 'written' })
  notifyDone(`${counted(written.files.length, 'file')} written`, place?.folder ?? '')
}
