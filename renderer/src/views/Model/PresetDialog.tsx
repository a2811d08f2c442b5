import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { readModel } from '../../state/model-document.ts'
import { editModel, type Preset, useModelEditor } from '../../state/model-editor.ts'
import { setModelView } from '../../state/model-view.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Models to start from; one becomes the draft, and nothing is in force by that. */
export function PresetDialog(): ReactNode {
  const { client } = useServices()
  const presets = useModelEditor(state => state.presets)
  const close = (): void => setModelView({ dialog: null })
  const take = ({ json }: Preset): void => {
    const document = readModel(json)
    setModelView({ dialog: null, tab: 'signals', signal: null })
    if (document !== null) perform(editModel(client, () => document))
  }
  return (
    <Dialog onClose={close} title="Start from a preset" size={640}>
      <p className="muted">The preset becomes a draft. The model in force stays until the draft is applied.</p>
      <ul className="model-presets">
        {presets.map(preset => (
          <li key={preset.id} className="model-presets__line">
            <div>
              <h3 className="panel-title">{preset.title}</h3>
              <p className="soft">{preset.description}</p>
            </div>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={`Edit ${preset.title}`}
              onClick={() => take(preset)}
            >
              Edit
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
