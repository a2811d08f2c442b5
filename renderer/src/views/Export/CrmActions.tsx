import { Button } from '@mantine/core'
import { Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import type { Platform } from '../../platform/platform.ts'
import { deliver, isSeen, tryCrmExport, useCrmExport } from '../../state/export-crm.ts'
import { useExportTab } from '../../state/export-tab.ts'
import { useExports } from '../../state/exports.ts'
import { useProject } from '../../state/project.ts'
import { counted } from '../../ui/format.ts'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Props = Readonly<{ runId: number }>

/** Tries the files of the chosen CRMs, and writes them once it was seen what they come to. */
export function CrmActions({ runId }: Props): ReactNode {
  const platform = useServices()
  const status = useCrmExport(state => state.status)
  const chosen = useCrmExport(state => state.chosen)
  const titles = useCrmExport(state => state.presets)
    .filter(({ preset }) => chosen.includes(preset))
    .map(({ title }) => title)
  const canWrite = useCrmExport(state => isSeen(state, runId))
  const isBusy = status === 'trying' || status === 'writing'
  return (
    <>
      <Button
        variant="default"
        loading={status === 'trying'}
        disabled={isBusy || titles.length === 0}
        onClick={() => perform(tryCrmExport(platform.client, runId))}
      >
        Dry run
      </Button>
      <Button
        leftSection={<Upload size={14} aria-hidden />}
        loading={status === 'writing'}
        disabled={!canWrite || isBusy}
        title={canWrite ? undefined : 'A dry run with these options comes first'}
        onClick={() => perform(write(platform, runId))}
      >
        {titles.length > 1 ? `Write files for ${titles.length} CRMs` : `Write ${titles[0] ?? 'CRM'} files`}
      </Button>
    </>
  )
}

async function write({ client, shell }: Platform, runId: number): Promise<void> {
  const { chosen } = useCrmExport.getState()
  const project = useProject.getState().summary?.project.name ?? 'Project'
  const results = await deliver(client, shell, { project: `${project} ${chosen.join(' ')}`, runId })
  if (results === null) return
  useExportTab.setState({ tab: 'written' })
  const written = results.flatMap(one => one.written ?? [])
  const made = sum(written.map(({ created }) => created))
  const updated = sum(written.map(({ updated: own }) => own))
  const files = useExports.getState().written?.files.length ?? 0
  notifyDone(
    written.length < results.length
      ? `${counted(written.length, 'CRM')} of ${results.length} written`
      : `${counted(files, 'file')} written`,
    `${counted(made, 'record')} to create, ${counted(updated, 'record')} to update. ${useExports.getState().place?.folder ?? ''}`,
  )
}
