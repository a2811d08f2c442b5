import { Button } from '@mantine/core'
import { RotateCcw, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { discardDraft, undoEdit, useTaxonomy } from '../../state/taxonomy.ts'
import { changesOf } from '../../state/taxonomy-changes.ts'
import { setView } from '../../state/taxonomy-view.ts'
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
    <>
      <span className="taxonomy__draft" role="status">
        {counted(changes, 'kind')} changed, not applied
      </span>
      <Button
        variant="subtle"
        color="gray"
        disabled={!canUndo}
        leftSection={<Undo2 size={14} aria-hidden />}
        onClick={() => perform(undoEdit(client))}
      >
        Undo
      </Button>
      <Button variant="default" onClick={() => perform(discardDraft(client))}>
        Discard
      </Button>
      <Button onClick={() => setView({ dialog: 'review' })}>Review and apply</Button>
    </>
  )
}
