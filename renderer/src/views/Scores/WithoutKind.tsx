import { ActionIcon, Button } from '@mantine/core'
import { Tags, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { setView } from '../../state/taxonomy-view.ts'
import { count, percent } from '../../ui/format.ts'

/** The run of a project whose line was put away: the next run says it again. */
const usePutAway = create<Readonly<{ run: string | null }>>()(() => ({ run: null }))

/** Says that many events of the scores earn nothing because their names have no kind. */
export function WithoutKind(): ReactNode {
  const found = useProject(state => state.summary?.scoreRun?.withoutKind ?? null)
  const isMapped = useProject(state => state.summary?.scoreRun?.staleBecause?.includes('taxonomy') ?? false)
  const run = useProject(({ summary }) =>
    summary === null ? '' : JSON.stringify([summary.project, summary.scoreRun?.runId]),
  )
  const isPutAway = usePutAway(state => state.run === run)
  if (found === null || isMapped || isPutAway) return null
  return (
    <div className="without-kind" role="status">
      <Tags size={16} strokeWidth={1.75} aria-hidden />
      <span className="without-kind__text">
        {count(found.events)} of {count(found.of)} events ({percent(found.events / found.of)}) have no kind and earn no
        points.
      </span>
      <Button size="compact-xs" variant="default" onClick={mapNames}>
        Map them in Taxonomy
      </Button>
      <div className="screen__spacer" />
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label="Put this line away until the next scores"
        onClick={() => usePutAway.setState({ run })}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
    </div>
  )
}

function mapNames(): void {
  setView({ tab: 'names', shown: 'unmapped', panel: null })
  go('taxonomy')
}
