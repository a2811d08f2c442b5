import { Button, Modal, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import { saveScenario } from '../../state/simulator-library.ts'
import { setSimulatorView } from '../../state/simulator-view.ts'
import { notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** The name under which a scenario is kept. */
export function NameDialog(): ReactNode {
  const { client } = useServices()
  const [name, setName] = useState(() => useSimulator.getState().scenario.name ?? '')
  const close = (): void => setSimulatorView({ isNaming: false })
  const save = async (): Promise<void> => {
    try {
      await saveScenario(client, name.trim(), null)
      close()
    } catch (error) {
      notifyFailure(error)
    }
  }
  return (
    <Modal opened onClose={close} title="Save the scenario" size={400} closeButtonProps={{ 'aria-label': 'Close' }}>
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
          placeholder="Slower intent"
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
