import { Combobox, Loader } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { DAY_MS, formatDay } from '#lib/time'
import { useHealth } from '../../state/health.ts'
import { chooseDay, chooseWorkspace, searchWorkspaces, useWorkspaceAsOf } from '../../state/workspace-as-of.ts'
import { counted } from '../../ui/format.ts'
import { SearchPicker } from '../../ui/SearchPicker.tsx'
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
  const matches = useWorkspaceAsOf(state => state.matches)
  const matching = useWorkspaceAsOf(state => state.matching)
  const workspaceId = useWorkspaceAsOf(state => state.workspaceId)
  const name = useWorkspaceAsOf(state => state.answer?.workspace?.name ?? null)
  return (
    <SearchPicker
      className="as-of__picker"
      label="Workspace"
      placeholder="Name or id of a workspace"
      chosen={name ?? workspaceId ?? ''}
      rows={matches}
      keyOf={match => match.workspaceId}
      option={match => (
        <span className="match">
          <span className="clip">{match.name ?? match.workspaceId}</span>
          <code className="muted">{match.workspaceId}</code>
        </span>
      )}
      empty="No workspace has this in its name or id"
      footer={
        matching > matches.length && (
          <Combobox.Footer>
            <span className="muted">{counted(matching, 'workspace')} fit; type more to see fewer</span>
          </Combobox.Footer>
        )
      }
      height={320}
      onSearch={text => perform(searchWorkspaces(client, text))}
      onChoose={id => perform(chooseWorkspace(client, id))}
    />
  )
}
