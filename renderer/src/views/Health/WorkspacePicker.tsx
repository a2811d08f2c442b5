import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { DAY_MS, formatDay } from '#lib/time'
import { useHealth } from '../../state/health.ts'
import { chooseDay, chooseWorkspace, searchWorkspaces, useWorkspaceAsOf } from '../../state/workspace-as-of.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Which workspace, and as of which day. */
export function WorkspacePicker(): ReactNode {
  const { client } = useServices()
  const asOf = useHealth(state => state.report?.asOf ?? 0)
  const day = useWorkspaceAsOf(state => state.day)
  const isLoading = useWorkspaceAsOf(state => state.status === 'loading')
  const [typed, setTyped] = useState<string | null>(null)
  const choose = useDebouncedCallback((chosen: string) => perform(chooseDay(client, chosen)), 350)
  const back = (): void => {
    setTyped(null)
    perform(chooseDay(client, ''))
  }
  const today = formatDay(Math.floor(asOf / DAY_MS))
  return (
    <div className="as-of__bar">
      <Picker />
      <label className="as-of__day">
        as of the end of
        <input
          type="date"
          className="date-input"
          min="2000-01-01"
          value={typed ?? (day === '' ? today : day)}
          onChange={event => {
            const { value, validity } = event.target
            setTyped(value)
            // a year is typed digit by digit, and every day has to be worked out
            if (value !== '' && validity.valid) choose(value)
          }}
        />
      </label>
      {day !== '' && (
        <button type="button" className="plain text-button" onClick={back}>
          Back to the day of the check
        </button>
      )}
      {isLoading && <Loader size={14} aria-label="The workspace is being read" />}
    </div>
  )
}

function Picker(): ReactNode {
  const { client } = useServices()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const matches = useWorkspaceAsOf(state => state.matches)
  const matching = useWorkspaceAsOf(state => state.matching)
  const workspaceId = useWorkspaceAsOf(state => state.workspaceId)
  const name = useWorkspaceAsOf(state => state.answer?.workspace?.name ?? null)
  const [typed, setTyped] = useState<string | null>(null)
  const search = (text: string): void => {
    setTyped(text)
    combobox.openDropdown()
    combobox.resetSelectedOption()
    perform(searchWorkspaces(client, text))
  }
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={id => {
        setTyped(null)
        combobox.closeDropdown()
        perform(chooseWorkspace(client, id))
      }}
    >
      <Combobox.Target>
        <TextInput
          className="as-of__picker"
          aria-label="Workspace"
          placeholder="Name or id of a workspace"
          value={typed ?? name ?? workspaceId ?? ''}
          rightSection={<ChevronsUpDown size={14} aria-hidden />}
          onChange={event => search(event.currentTarget.value)}
          onFocus={() => setTyped('')} // what is shown may still change, and would undo a selection
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            setTyped(null)
            combobox.closeDropdown()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {matches.map(match => (
            <Combobox.Option key={match.workspaceId} value={match.workspaceId}>
              <span className="match">
                <span className="clip">{match.name ?? match.workspaceId}</span>
                <code className="muted">{match.workspaceId}</code>
              </span>
            </Combobox.Option>
          ))}
          {matches.length === 0 && <Combobox.Empty>No workspace has this in its name or id</Combobox.Empty>}
        </Combobox.Options>
        {matching > matches.length && (
          <Combobox.Footer>
            <span className="muted">{counted(matching, 'workspace')} fit; type more to see fewer</span>
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}
