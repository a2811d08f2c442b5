import { Button } from '@mantine/core'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { physicalFiles } from '#contract/physical-files'
import type { Platform } from '../../platform/platform.ts'
import { type PendingBatch, useBatch } from '../../state/import-batch.ts'
import { discardBatch, resumeBatch, useImports } from '../../state/imports.ts'
import { counted, dateTime } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** An import that a crash or a closed window left behind: go on with it, or give it up. */
export function PendingBanner(): ReactNode {
  const platform = useServices()
  const pending = useBatch(state => state.pending)
  const isBusy = useImports(state => state.phase === 'importing')
  if (pending === null || isBusy) return null
  const lost = pending.files.filter(({ problem }) => problem !== null)
  return (
    <section className="pending" aria-label="Unfinished import">
      <History size={16} aria-hidden />
      <div className="pending__text">
        <p>
          An import of {counted(physicalFiles(pending.files).length, 'file')}, begun {dateTime(pending.begunAt)}, was
          not published. {stateWords(pending)}
        </p>
        {lost.map(({ file, problem }) => (
          <p key={file} className="muted">
            {file}: {problem}
          </p>
        ))}
      </div>
      <Button variant="default" onClick={() => perform(discardBatch(platform.client))}>
        Discard
      </Button>
      {lost.length > 0 ? (
        <Button onClick={() => perform(findAndResume(platform, pending))}>Choose the files again</Button>
      ) : (
        <Button onClick={() => perform(resumeBatch(platform.client, pending.batchId))}>
          {pending.isReady ? 'Review' : 'Resume'}
        </Button>
      )}
    </section>
  )
}

function stateWords({ isReady, files }: PendingBatch): string {
  if (isReady) return 'All of it was read.'
  const again = physicalFiles(files.filter(({ state }) => state === 'again')).length
  return `${counted(again, 'file has', 'files have')} to be read again.`
}

async function findAndResume({ client, shell }: Platform, { batchId }: PendingBatch): Promise<void> {
  const files = await shell.chooseFiles()
  if (files.length > 0)
    await resumeBatch(
      client,
      batchId,
      files.map(({ token }) => token),
    )
}
