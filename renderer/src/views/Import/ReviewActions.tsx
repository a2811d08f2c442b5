import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { physicalFiles } from '#contract/physical-files'
import type { Platform } from '../../platform/platform.ts'
import { type StagedFile, useBatch } from '../../state/import-batch.ts'
import { discardBatch, publishReviewed, useImports } from '../../state/imports.ts'
import { refreshSummary } from '../../state/project.ts'
import { counted } from '../../ui/format.ts'
import { modKey } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Publish what was read, or go back to the board. */
export function ReviewActions(): ReactNode {
  const platform = useServices()
  const { client } = platform
  const phase = useImports(state => state.phase)
  const hasPlan = useImports(state => state.plan.length > 0)
  const files = useBatch(state => fileCount(state.batch?.files ?? []))
  const isBusy = phase !== 'staged'
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      if (useImports.getState().phase !== 'staged') return
      event.preventDefault()
      perform(confirmPublish(platform))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [platform])
  return (
    <>
      <Button variant="default" disabled={isBusy} onClick={() => perform(discardBatch(client))}>
        {hasPlan ? 'Back to the columns' : 'Discard'}
      </Button>
      <Button disabled={isBusy} title={`${modKey()} Enter`} onClick={() => perform(confirmPublish(platform))}>
        Publish {counted(files, 'file')}
      </Button>
    </>
  )
}

function fileCount(files: readonly StagedFile[]): number {
  return physicalFiles(files.filter(file => !file.alreadyImported)).length
}

async function confirmPublish(platform: Platform): Promise<void> {
  await publishReviewed(platform)
  await refreshSummary(platform.client)
}
