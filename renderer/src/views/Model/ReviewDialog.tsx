import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { textOf } from '../../state/model-document.ts'
import { applyModelDraft, useModelEditor } from '../../state/model-editor.ts'
import { setModelView } from '../../state/model-view.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { counted } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { notifyDone, notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { useDifference } from './use-difference.ts'

/** What a new version of the model would change, before it is made. */
export function ReviewDialog(): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const draft = useModelEditor(state => state.draft)
  const warnings = useModelEditor(state => state.lint?.findings.filter(({ level }) => level === 'warning').length ?? 0)
  const changes = useDifference(null, draft === null ? null : textOf(draft))
  if (draft === null) return null
  const close = (): void => setModelView({ dialog: null })
  const apply = async (): Promise<void> => {
    setBusy(true)
    try {
      await applyModelDraft(client)
      close()
      notifyDone('The model is in force', 'A new version was made. Scores follow with the next scoring.')
    } catch (error) {
      setBusy(false)
      notifyFailure(error)
    }
  }
  return (
    <Dialog onClose={close} title="Review and apply" size={640}>
      <div className="review">
        {warnings > 0 && (
          <p className="model-warned">{counted(warnings, 'warning')} stand; they are listed above the signals.</p>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
        <div className="model-review" tabIndex={0}>
          {changes === null ? (
            <SkeletonRows rows={4} label="The models are being compared" />
          ) : (
            <ChangeTable label="Changes of the model" changes={changes} />
          )}
        </div>
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button data-autofocus loading={isBusy} disabled={changes === null} onClick={() => void apply()}>
            Apply as a new version
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
