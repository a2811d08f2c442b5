import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { explainUnit, searchToTest, useExplain } from '../../state/routing-explain.ts'
import { score } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Which workspace the rules are tried on; nothing typed: the best ones. */
export function UnitPicker(): ReactNode {
  const { client } = useServices()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useExplain(state => state.found)
  const shown = useExplain(state => state.answer?.unit.unitName ?? state.unitId ?? '')
  const [typed, setTyped] = useState<string | null>(null)
  const search = (text: string): void => {
    setTyped(text)
    combobox.openDropdown()
    combobox.resetSelectedOption()
    perform(searchToTest(client, text))
  }
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={unitId => {
        setTyped(null)
        combobox.closeDropdown()
        perform(explainUnit(client, unitId))
      }}
    >
      <Combobox.Target>
        <TextInput
          id="unit-to-test"
          className="explain__picker"
          aria-label="Workspace"
          placeholder="Name, id or account of a workspace"
          value={typed ?? shown}
          rightSection={<ChevronsUpDown size={14} aria-hidden />}
          onChange={event => search(event.currentTarget.value)}
          onFocus={() => search('')}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            setTyped(null)
            combobox.closeDropdown()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={360} style={{ overflowY: 'auto' }}>
          {found.map(row => (
            <Combobox.Option key={row.unitId} value={row.unitId}>
              <span className="match">
                <span className="clip">
                  {row.unitName ?? row.unitId}{' '}
                  <span className="muted">{row.accountName === row.unitName ? '' : row.accountName}</span>
                </span>
                <span className="number">{score(row.score)}</span>
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>No workspace has this in its name, id or account</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
