import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { discardModelDraft, isOvertaken, undoModelEdit, useModelEditor } from '../../state/model-editor.ts'
import { setModelView } from '../../state/model-view.ts'
import { DraftBar } from '../../ui/DraftBar.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What can be done with an edited model: nothing is in force before it is applied. */
export function ModelActions(): ReactNode {
  const { client } = useServices()
  const isEdited = useModelEditor(state => state.draft !== null)
  const canUndo = useModelEditor(state => state.past.length > 0)
  const isBehind = useModelEditor(isOvertaken)
  const isFaulty = useModelEditor(state => state.lint?.isValid === false)
  const status = isBehind ? 'The model changed since this draft was begun' : 'Edited, not in force'
  return (
    <DraftBar
      status={isEdited ? status : null}
      canUndo={canUndo}
      onUndo={() => perform(undoModelEdit(client))}
      onDiscard={() => perform(discardModelDraft(client))}
    >
      {isBehind ? (
        <Button onClick={() => setModelView({ dialog: 'rebase' })}>Bring up to date</Button>
      ) : (
        <Button disabled={isFaulty} onClick={() => setModelView({ dialog: 'review' })}>
          Review and apply
        </Button>
      )}
    </DraftBar>
  )
}
