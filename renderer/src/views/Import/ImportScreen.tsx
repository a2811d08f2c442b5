import { Button } from '@mantine/core'
import { FilePlus2 } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { loadPending, useBatch } from '../../state/import-batch.ts'
import { loadImports, useImports } from '../../state/imports.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { useProject } from '../../state/project.ts'
import { useFocusKept } from '../../ui/focus-kept.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { DiffReview } from './DiffReview.tsx'
import { ImportEmpty } from './ImportEmpty.tsx'
import { ImportedFiles } from './ImportedFiles.tsx'
import { MappingBoard } from './MappingBoard.tsx'
import { PendingBanner } from './PendingBanner.tsx'
import { PlanActions } from './PlanActions.tsx'
import { CurrentJob, ReadingFiles } from './ReadingFiles.tsx'
import { ReviewActions } from './ReviewActions.tsx'
import { UndoDialog } from './UndoDialog.tsx'

/** Exports in: what was dropped, what an import would do with it, and what earlier imports did. */
export function ImportScreen(): ReactNode {
  const platform = useServices()
  const { client } = platform
  const project = useProject(state => state.summary?.project.name)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project has other imports
  useEffect(() => {
    perform(loadImports(client))
    // what is being read now is no left-over
    if (useImports.getState().phase !== 'importing') perform(loadPending(client))
  }, [client, project])
  return (
    <div className="screen">
      <div className="screen__head">
        <h1 className="screen__title">Import</h1>
        <div className="screen__spacer" />
        <Actions />
      </div>
      <PendingBanner />
      <Body />
      <UndoDialog />
    </div>
  )
}

function Actions(): ReactNode {
  const platform = useServices()
  const phase = useImports(state => state.phase)
  const isStaged = useBatch(state => state.batch !== null)
  const isPlanned = useImports(state => state.plan.length > 0)
  if (isStaged) return <ReviewActions />
  if (isPlanned) return <PlanActions />
  return (
    <Button
      disabled={phase !== 'idle'}
      leftSection={<FilePlus2 size={14} aria-hidden />}
      onClick={() => perform(chooseAndTake(platform))}
    >
      Add exports
    </Button>
  )
}

function Body(): ReactNode {
  const phase = useImports(state => state.phase)
  const status = useImports(state => state.listStatus)
  const isEmpty = useImports(state => state.list.length === 0)
  const isStaged = useBatch(state => state.batch !== null)
  const isPlanned = useImports(state => state.plan.length > 0)
  useFocusKept(`${isStaged} ${isPlanned}`)
  if (isStaged) return <DiffReview />
  if (isPlanned) return <MappingBoard />
  if (phase !== 'idle') return phase === 'inspecting' ? <ReadingFiles /> : <CurrentJob />
  if (isEmpty && status === 'ready') return <ImportEmpty />
  return <ImportedFiles />
}
