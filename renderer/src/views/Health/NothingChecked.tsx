import { Button } from '@mantine/core'
import { Stethoscope } from 'lucide-react'
import type { ReactNode } from 'react'
import { runHealth } from '../../state/health.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Props = Readonly<{ hasData: boolean }>

/** Before the first check: what there is to do. */
export function NothingChecked({ hasData }: Props): ReactNode {
  const platform = useServices()
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const icon = <Stethoscope size={24} strokeWidth={1.5} />
  if (!hasData)
    return (
      <EmptyState
        icon={icon}
        title="There are no data to check"
        action={<Button onClick={() => perform(chooseAndTake(platform))}>Choose files</Button>}
      >
        Add exports first. Then this page shows what is missing, repeated, out of time or belongs nowhere, and what that
        does to scores.
      </EmptyState>
    )
  return (
    <EmptyState
      icon={icon}
      title="The data were not checked yet"
      action={
        <Button disabled={isBusy} onClick={() => perform(runHealth(platform.client))}>
          Check the data
        </Button>
      }
    >
      A check reads everything once and changes nothing.
    </EmptyState>
  )
}
