import { Button, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { entriesOf, useTaxonomy } from '../../state/taxonomy.ts'
import { applyDraft, revertTaxonomy } from '../../state/taxonomy-apply.ts'
import { changesOf } from '../../state/taxonomy-changes.ts'
import { setView } from '../../state/taxonomy-view.ts'
import { counted } from '../../ui/format.ts'
import { notifyDone, notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ChangeLine } from './ChangeLine.tsx'
import { useReturnFocus } from './focus.ts'
import { MovedNames } from './MovedNames.tsx'
import { ReviewEffects } from './ReviewEffects.tsx'

/** What a new version of the model would change, before it is made. */
export function ReviewDialog({ isRevert }: Readonly<{ isRevert: boolean }>): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  useReturnFocus()
  const inForce = useTaxonomy(state => state.inForce)
  const entries = useTaxonomy(entriesOf)
  const preview = useTaxonomy(state => state.preview)
  if (inForce === null || preview === null) return null
  const changes = changesOf(inForce.entries, isRevert ? (inForce.previous?.entries ?? inForce.entries) : entries)
  const close = (): void => setView({ dialog: null })
  const apply = async (): Promise<void> => {
    setBusy(true)
    try {
      await (isRevert ? revertTaxonomy(client) : applyDraft(client))
      close()
      notifyDone(
        isRevert ? 'The taxonomy is as it was before' : 'The taxonomy is in force',
        'A new version of the model was made. Scores follow with the next scoring.',
      )
    } catch (error) {
      setBusy(false)
      notifyFailure(error)
    }
  }
  return (
    <Modal
      opened
      onClose={close}
      title={isRevert ? 'Revert the last change' : 'Review and apply'}
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="review">
        {!isRevert && <ReviewEffects preview={preview} />}
        <section aria-label="Changes of the model">
          <h3 className="section-title">{counted(changes.length, 'kind')} changed</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
          <ul className="review__changes" tabIndex={0}>
            {changes.map(change => (
              <ChangeLine key={change.kind} change={change} />
            ))}
          </ul>
        </section>
        {!isRevert && <MovedNames preview={preview} />}
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button data-autofocus loading={isBusy} onClick={() => void apply()}>
            {isRevert ? 'Revert' : 'Apply as a new version'}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
