import { Button } from '@mantine/core'
import { Repeat } from 'lucide-react'
import type { ReactNode } from 'react'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { count, percent } from '../../ui/format.ts'

/** Says that many events count nowhere in these scores. */
export function EventsAside(): ReactNode {
  const found = useProject(state => state.summary?.scoreRun?.eventsAside ?? null)
  if (found === null) return null
  const { events, of, looped } = found
  const looping = looped === events ? 'they look like loops' : `${count(looped)} look like loops`
  return (
    <div className="without-kind" role="status">
      <Repeat size={16} strokeWidth={1.75} aria-hidden />
      <span className="without-kind__text">
        {count(events)} of {count(of)} events ({percent(events / of)}) are set aside and count nowhere
        {looped === 0 ? '' : `: ${looping}`}.
      </span>
      <Button size="compact-xs" variant="default" onClick={() => go('health')}>
        See Data health
      </Button>
    </div>
  )
}
