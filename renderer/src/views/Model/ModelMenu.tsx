import { ActionIcon, Menu } from '@mantine/core'
import { Download, Ellipsis, FileUp, LayoutTemplate } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { readModel, textOf } from '../../state/model-document.ts'
import { documentOf, editModel, useModelEditor } from '../../state/model-editor.ts'
import { setJsonText } from '../../state/model-json.ts'
import { setModelView } from '../../state/model-view.ts'
import { saveText } from '../../ui/save-text.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Models as files, and models to start from. */
export function ModelMenu(): ReactNode {
  const { client } = useServices()
  const chooser = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const text = await file.text()
    const document = readModel(text)
    if (document !== null) await editModel(client, () => document)
    else setJsonText(text)
    setModelView(document === null ? { tab: 'json', signal: null } : { signal: null })
  }
  const write = (): void => {
    const document = documentOf(useModelEditor.getState())
    if (document !== null)
      saveText(`${document.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.model.json`, textOf(document))
  }
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        className="unseen"
        tabIndex={-1}
        aria-label="Model file"
        onChange={event => {
          perform(take(event.currentTarget.files?.[0]))
          event.currentTarget.value = ''
        }}
      />
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label="More about the model" variant="default" size={30}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<LayoutTemplate size={14} aria-hidden />}
            onClick={() => setModelView({ dialog: 'presets' })}
          >
            Start from a preset
          </Menu.Item>
          <Menu.Item leftSection={<FileUp size={14} aria-hidden />} onClick={() => chooser.current?.click()}>
            Open a model file
          </Menu.Item>
          <Menu.Item leftSection={<Download size={14} aria-hidden />} onClick={write}>
            Save as a file
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
