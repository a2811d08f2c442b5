import { Button } from '@mantine/core'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { discardDraft, undoEdit, useTaxonomy } from '../../state/taxonomy.ts'
import { changesOf } from '../../state/taxonomy-changes.ts'
import { setView } from '../../state/taxonomy-view.ts'
import { DraftBar } from '../../ui/DraftBar.tsx'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What can be done with an edited taxonomy: nothing is in force before it is applied. */
export function DraftActions(): ReactNode {
  const { client } = useServices()
  const draft = useTaxonomy(state => state.draft)
  const inForce = useTaxonomy(state => state.inForce)
  const canUndo = useTaxonomy(state => state.past.length > 0)
  if (inForce === null) return null
  if (draft === null)
    return inForce.previous === null ? null : (
      <Button
        variant="default"
        leftSection={<RotateCcw size={14} aria-hidden />}
        onClick={() => setView({ dialog: 'revert' })}
      >
        Revert the last change
      </Button>
    )
  const changes = changesOf(inForce.entries, draft).length
  return (
    <DraftBar
      status={`${counted(changes, 'kind')} changed, not applied`}
      canUndo={canUndo}
      onUndo={() => perform(undoEdit(client))}
      onDiscard={() => perform(discardDraft(client))}
    >
      <Button onClick={() => setView({ dialog: 'review' })}>Review and apply</Button>
    </DraftBar>
  )
}
