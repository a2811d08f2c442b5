import { Button } from '@mantine/core'
import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { discardModelDraft, undoModelEdit, useModelEditor } from '../../state/model-editor.ts'
import { setModelView } from '../../state/model-view.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What can be done with an edited model: nothing is in force before it is applied. */
export function ModelActions(): ReactNode {
  const { client } = useServices()
  const isEdited = useModelEditor(state => state.draft !== null)
  const canUndo = useModelEditor(state => state.past.length > 0)
  const isFaulty = useModelEditor(state => state.lint?.isValid === false)
  if (!isEdited && !canUndo) return null
  return (
    <>
      {isEdited && (
        <span className="model__draft" role="status">
          Edited, not in force
        </span>
      )}
      <Button
        variant="subtle"
        color="gray"
        disabled={!canUndo}
        leftSection={<Undo2 size={14} aria-hidden />}
        onClick={() => perform(undoModelEdit(client))}
      >
        Undo
      </Button>
      {isEdited && (
        <>
          <Button variant="default" onClick={() => perform(discardModelDraft(client))}>
            Discard
          </Button>
          <Button disabled={isFaulty} onClick={() => setModelView({ dialog: 'review' })}>
            Review and apply
          </Button>
        </>
      )}
    </>
  )
}
