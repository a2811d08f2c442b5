import { Button } from '@mantine/core'
import { FilePlus2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { discardPlan, importPlan, useImports } from '../../state/imports.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { refreshSummary } from '../../state/project.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Confirm or give up what was read. */
export function PlanActions(): ReactNode {
  const platform = useServices()
  const phase = useImports(state => state.phase)
  const fitting = useImports(state => state.plan.filter(file => file.table !== null).length)
  const isBusy = phase !== 'planned'
  return (
    <>
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
        disabled={isBusy || fitting === 0}
        loading={phase === 'importing'}
        onClick={() => perform(confirm(platform))}
      >
        Import {counted(fitting, 'file')}
      </Button>
    </>
  )
}

async function confirm({ client }: Platform): Promise<void> {
  await importPlan(client)
  await refreshSummary(client)
}
