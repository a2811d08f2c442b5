import { Button } from '@mantine/core'
import { FilePlus2 } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { loadImports, useImports } from '../../state/imports.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { useProject } from '../../state/project.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ImportEmpty } from './ImportEmpty.tsx'
import { ImportedFiles } from './ImportedFiles.tsx'
import { PlanActions } from './PlanActions.tsx'
import { PlanView } from './PlanView.tsx'
import { ReadingFiles } from './ReadingFiles.tsx'

/** Exports in: what was dropped, what an import would do with it, and what earlier imports did. */
export function ImportScreen(): ReactNode {
  const platform = useServices()
  const phase = useImports(state => state.phase)
  const planned = useImports(state => state.plan.length)
  const project = useProject(state => state.summary?.project.name)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project has other imports
  useEffect(() => perform(loadImports(platform.client)), [platform, project])
  return (
    <div className="screen">
      <div className="screen__head">
        <h1 className="screen__title">Import</h1>
        <div className="screen__spacer" />
        {planned > 0 ? (
          <PlanActions />
        ) : (
          <Button
            disabled={phase !== 'idle'}
            leftSection={<FilePlus2 size={14} aria-hidden />}
            onClick={() => perform(chooseAndTake(platform))}
          >
            Add exports
          </Button>
        )}
      </div>
      <Body isPlanned={planned > 0} isReading={phase === 'inspecting'} />
    </div>
  )
}

function Body({ isPlanned, isReading }: Readonly<{ isPlanned: boolean; isReading: boolean }>): ReactNode {
  const status = useImports(state => state.listStatus)
  const isEmpty = useImports(state => state.list.length === 0)
  if (isPlanned) return <PlanView />
  if (isReading) return <ReadingFiles />
  if (isEmpty && status === 'ready') return <ImportEmpty />
  return <ImportedFiles />
}
