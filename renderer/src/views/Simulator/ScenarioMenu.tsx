import { Menu } from '@mantine/core'
import { Check, ChevronDown, Download, FilePlus2, Save, SaveAll, Trash2, Upload } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import {
  isUnsaved,
  loadLibrary,
  readScenario,
  removeKept,
  saveScenario,
  scenarioFile,
  takeKept,
  takeNone,
  useLibrary,
} from '../../state/simulator-library.ts'
import { setSimulatorView } from '../../state/simulator-view.ts'
import { saveText } from '../../ui/save-text.ts'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** The scenarios of the project: take one up, keep this one, hand it on as a file. */
export function ScenarioMenu(): ReactNode {
  const { client } = useServices()
  const file = useRef<HTMLInputElement>(null)
  const name = useSimulator(state => state.scenario.name ?? null)
  const scenario = useSimulator(state => state.scenario)
  const library = useLibrary()
  useEffect(() => perform(loadLibrary(client)), [client])
  const isEdited = isUnsaved(scenario, library)
  const { kept, scenarioId } = library
  const open = async (files: FileList | null): Promise<void> => {
    const [first] = files ?? []
    if (first !== undefined) await readScenario(client, await first.text())
  }
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <button type="button" className="plain chip scenario-menu">
            <span className="clip">{name ?? 'Scenario'}</span>
            {isEdited && <span className="muted">{scenarioId === null ? 'not saved' : 'edited'}</span>}
            <ChevronDown size={12} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.length > 0 && <Menu.Label>Saved in this project</Menu.Label>}
          {kept.map(one => (
            <Menu.Item
              key={one.scenarioId}
              rightSection={
                <Check size={14} aria-hidden visibility={one.scenarioId === scenarioId ? 'visible' : 'hidden'} />
              }
              onClick={() => perform(takeKept(client, one))}
            >
              {one.name}
            </Menu.Item>
          ))}
          {kept.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<FilePlus2 size={14} />} onClick={() => perform(takeNone(client))}>
            New scenario
          </Menu.Item>
          {scenarioId !== null && (
            <Menu.Item
              leftSection={<Save size={14} />}
              disabled={!isEdited}
              onClick={() => perform(saveScenario(client, name ?? 'Unnamed', scenarioId))}
            >
              Save
            </Menu.Item>
          )}
          <Menu.Item leftSection={<SaveAll size={14} />} onClick={() => setSimulatorView({ isNaming: true })}>
            Save as
          </Menu.Item>
          <Menu.Item leftSection={<Download size={14} />} onClick={() => perform(handOn(client))}>
            Export to a file
          </Menu.Item>
          <Menu.Item leftSection={<Upload size={14} />} onClick={() => file.current?.click()}>
            Open a file
          </Menu.Item>
          {scenarioId !== null && (
            <Menu.Item
              leftSection={<Trash2 size={14} />}
              color="red"
              onClick={() => perform(removeKept(client, scenarioId))}
            >
              Remove from the project
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <input
        ref={file}
        type="file"
        className="unseen"
        tabIndex={-1}
        accept=".json,application/json"
        aria-label="Scenario file"
        onChange={event => {
          const field = event.currentTarget
          perform(
            open(field.files).finally(() => {
              // the same file may be chosen again
              field.value = ''
            }),
          )
        }}
      />
    </>
  )
}

async function handOn(client: Parameters<typeof scenarioFile>[0]): Promise<void> {
  const { text, fileName } = await scenarioFile(client)
  saveText(fileName, text)
  notifyDone('The scenario was exported', `${fileName} holds ids and figures alone, no customer data.`)
}
