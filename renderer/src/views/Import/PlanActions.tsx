import { Button } from '@mantine/core'
import { FilePlus2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { discardPlan, useImports } from '../../state/imports.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { useBoard } from '../../state/mapping-board.ts'
import { counted } from '../../ui/format.ts'
import { modKey } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { canImport, confirmImport, fittingFiles } from './board-import.ts'
import { useBoardKeys } from './board-keys.ts'
import { useBoardFiles } from './MappingBoard.tsx'
import { MappingMenu } from './MappingMenu.tsx'

/** Confirm or give up what was read. */
export function PlanActions(): ReactNode {
  const platform = useServices()
  const phase = useImports(state => state.phase)
  const files = useBoardFiles()
  const isBusy = phase !== 'planned'
  const isCompared = useBoard(state => state.isCompared)
  const isReady = canImport(files, isCompared)
  useBoardKeys(platform)
  return (
    <>
      <MappingMenu isDisabled={isBusy} />
      <Button
        variant="subtle"
        color="gray"
        disabled={isBusy}
        leftSection={<FilePlus2 size={14} aria-hidden />}
        onClick={() => perform(chooseAndTake(platform))}
      >
        Add more
      </Button>
      <Button variant="default" disabled={isBusy} onClick={() => perform(discardPlan(platform.shell))}>
        Discard
      </Button>
      <Button
        disabled={isBusy || !isReady}
        loading={phase === 'importing'}
        aria-describedby={isReady ? undefined : 'import-blocker'}
        title={`${modKey()} Enter`}
        onClick={() => perform(confirmImport(platform))}
      >
        Import {counted(fittingFiles(files).length, 'file')}
      </Button>
    </>
  )
}
