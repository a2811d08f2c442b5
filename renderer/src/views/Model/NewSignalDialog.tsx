import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { addSignal, isChecklist, type SignalBucketId } from '../../state/model-document.ts'
import { documentOf, editModel, useModelEditor } from '../../state/model-editor.ts'
import { setModelView } from '../../state/model-view.ts'
import { ChoiceField } from '../../ui/ChoiceField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { Field } from './Field.tsx'
import { KindField } from './KindField.tsx'
import { BUCKET_CHOICES } from './model-words.ts'

/** A kind of event that is to earn points. */
export function NewSignalDialog(): ReactNode {
  const { client } = useServices()
  const [kind, setKind] = useState<string | null>(null)
  const [bucket, setBucket] = useState<SignalBucketId>('depth')
  const close = (): void => setModelView({ dialog: null })
  const add = (): void => {
    const document = documentOf(useModelEditor.getState())
    if (kind === null || document === null || isChecklist(document)) return
    setModelView({ dialog: null, tab: 'signals', signal: document.signals.length })
    perform(editModel(client, own => (isChecklist(own) ? own : addSignal(own, kind, bucket))))
  }
  return (
    <Dialog onClose={close} title="Add a signal" size={440}>
      <div className="review">
        <div>
          <Field label="Kind of event">
            <KindField value={kind} onChange={setKind} isFocused />
          </Field>
          <Field label="Bucket">
            <ChoiceField label="Bucket" value={bucket} choices={BUCKET_CHOICES} onChange={setBucket} />
          </Field>
        </div>
        <p className="muted">It starts with one point for every event; set points, cap and decay beside the list.</p>
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button disabled={kind === null} onClick={add}>
            Add
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
