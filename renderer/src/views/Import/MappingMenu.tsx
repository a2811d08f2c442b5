import { ActionIcon, Menu } from '@mantine/core'
import { Download, Ellipsis, FileUp } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { mappingsText, takeMappings } from '../../state/mapping-files.ts'
import { counted } from '../../ui/format.ts'
import { saveText } from '../../ui/save-text.ts'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Props = Readonly<{ isDisabled: boolean }>

/** Mappings as files: the same that the command line reads and writes. */
export function MappingMenu({ isDisabled }: Props): ReactNode {
  const { client } = useServices()
  const chooser = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const taken = await takeMappings(client, await file.text())
    notifyDone('Mappings taken', `${counted(taken, 'file is', 'files are')} read by ${file.name}.`)
  }
  const write = (): void => {
    const text = mappingsText()
    if (text !== null) saveText('mappings.json', text)
  }
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        className="unseen"
        tabIndex={-1}
        aria-label="Mapping file"
        onChange={event => {
          perform(take(event.currentTarget.files?.[0]))
          event.currentTarget.value = ''
        }}
      />
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label="Mapping files" variant="default" size={30} disabled={isDisabled}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<FileUp size={14} aria-hidden />} onClick={() => chooser.current?.click()}>
            Use a mapping file
          </Menu.Item>
          <Menu.Item leftSection={<Download size={14} aria-hidden />} onClick={write}>
            Save the mappings as a file
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
