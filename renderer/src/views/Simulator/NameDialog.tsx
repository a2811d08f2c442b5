import type { ReactNode } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import { saveScenario } from '../../state/simulator-library.ts'
import { setSimulatorView } from '../../state/simulator-view.ts'
import { NamePrompt } from '../../ui/NamePrompt.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** The name under which a scenario is kept. */
export function NameDialog(): ReactNode {
  const { client } = useServices()
  const close = (): void => setSimulatorView({ isNaming: false })
  return (
    <NamePrompt
      title="Save the scenario"
      placeholder="Slower intent"
      name={useSimulator.getState().scenario.name ?? ''}
      onClose={close}
      onSave={name => perform(saveScenario(client, name, null).then(close))}
    />
  )
}
