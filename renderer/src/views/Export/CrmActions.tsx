import { Button } from '@mantine/core'
import { Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { deliver, isSeen, tryCrmExport, useCrmExport } from '../../state/export-crm.ts'
import { useExportTab } from '../../state/export-tab.ts'
import { useExports } from '../../state/exports.ts'
import { useProject } from '../../state/project.ts'
import { counted } from '../../ui/format.ts'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Props = Readonly<{ runId: number }>

/** Tries the files of a CRM, and writes them once it was seen what they come to. */
export function CrmActions({ runId }: Props): ReactNode {
  const platform = useServices()
  const status = useCrmExport(state => state.status)
  const title = useCrmExport(state => state.presets.find(({ preset }) => preset === state.preset)?.title ?? '')
  const canWrite = useCrmExport(state => isSeen(state, runId))
  const isBusy = status === 'trying' || status === 'writing'
  return (
    <>
      <Button
        variant="default"
        loading={status === 'trying'}
        disabled={isBusy}
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
        Write {title} files
      </Button>
    </>
  )
}

async function write({ client, shell }: Platform, runId: number): Promise<void> {
  const { preset } = useCrmExport.getState()
  const project = useProject.getState().summary?.project.name ?? 'Project'
  const written = await deliver(client, shell, { project: `${project} ${preset}`, runId })
  if (written === null) return
  useExportTab.setState({ tab: 'written' })
  const records = `${counted(written.created, 'record')} to create, ${counted(written.updated, 'record')} to update`
  notifyDone(
    `${counted(written.files.length, 'file')} written`,
    `${records}. ${useExports.getState().place?.folder ?? ''}`,
  )
}
