import { Button } from '@mantine/core'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { applyAllKnown } from '../../state/held-apply.ts'
import { useHeldRows } from '../../state/held-rows.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { notifyFixed } from './held-notice.tsx'

/** All that was done before about rows that are held again, done again by one button. Of a single rule, the rule itself offers it. */
export function KnownTotal(): ReactNode {
  const { client } = useServices()
  const known = useHeldRows(state => state.known)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  if (known.length < 2) return null
  const rows = sum(known.map(each => each.rows))
  const apply = async (): Promise<void> => {
    const { outcome, done } = await applyAllKnown(client)
    notifyFixed(client, outcome, done)
  }
  return (
    <section className="known-total" aria-label="Fixed or left out before">
      <p>
        <History size={14} aria-hidden />
        <span>
          {counted(rows, 'row')} {knownWords(known)} before, in older exports of the same source.
        </span>
      </p>
      <Button variant="default" fullWidth disabled={isBusy} onClick={() => perform(apply())}>
        Do the same for all {count(rows)}
      </Button>
    </section>
  )
}

function knownWords(known: ReturnType<typeof useHeldRows.getState>['known']): string {
  const effects = new Set(known.map(({ effect }) => effect))
  if (effects.size > 1) return 'were fixed or left out'
  return effects.has('judge') ? 'were fixed' : 'were left out'
}
