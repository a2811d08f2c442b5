import { Button, Modal, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { saveView, useScoreViews } from '../../state/score-views.ts'
import { notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** The name under which a view is kept. */
export function ViewName(): ReactNode {
  const { client } = useServices()
  const [name, setName] = useState('')
  const close = (): void => useScoreViews.setState({ isNaming: false })
  const save = async (): Promise<void> => {
    try {
      await saveView(client, name.trim(), null)
      close()
    } catch (error) {
      notifyFailure(error)
    }
  }
  return (
    <Modal opened onClose={close} title="Save the view" size={400} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="review"
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          description="Level, filters, order and columns are kept with the project."
          placeholder="Hot, by intent"
          maxLength={120}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  )
}
