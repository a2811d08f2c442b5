import { TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import type { Parameter } from '../../state/simulator-calls.ts'
import { setSimulatorView, useSimulatorView } from '../../state/simulator-view.ts'
import { GROUPS, isMeant } from '../parameter-words.ts'
import { ChangeList } from './ChangeList.tsx'
import { ParameterGroup } from './ParameterGroup.tsx'

const NO_PARAMETERS: readonly Parameter[] = []

/** Everything that can be changed, with a search over it; what is changed stands first. */
export function ParameterPanel(): ReactNode {
  const parameters = useSimulator(state => state.opened?.parameters ?? NO_PARAMETERS)
  const search = useSimulatorView(state => state.search.trim())
  const ruleTitles = useSimulator(state => state.ruleTitles)
  const groups = useMemo(() => {
    const titleIn = ({ group, subject }: Parameter): string => (group === 'routing' ? (ruleTitles[subject] ?? '') : '')
    const meant =
      search === '' ? parameters : parameters.filter(parameter => isMeant(parameter, search, titleIn(parameter)))
    return GROUPS.map(group => ({ group, own: meant.filter(parameter => parameter.group === group.id) })).filter(
      ({ own }) => own.length > 0,
    )
  }, [parameters, search, ruleTitles])
  return (
    <section className="parameters" aria-label="Parameters">
      <ChangeList parameters={parameters} />
      <SearchField />
      <div className="parameters__groups">
        {groups.map(({ group, own }) => (
          <ParameterGroup key={group.id} group={group} parameters={own} isFound={search !== ''} />
        ))}
        {groups.length === 0 && <p className="parameters__none muted">No parameter fits “{search}”.</p>}
      </div>
    </section>
  )
}

function SearchField(): ReactNode {
  const search = useSimulatorView(state => state.search)
  return (
    <TextInput
      id="parameter-search"
      className="parameters__search"
      aria-label="Search the parameters"
      placeholder="Search, such as intent decay"
      leftSection={<Search size={14} aria-hidden />}
      rightSection={<kbd className="key">/</kbd>}
      value={search}
      onChange={event => setSimulatorView({ search: event.currentTarget.value })}
      onKeyDown={event => {
        if (event.key === 'Escape') setSimulatorView({ search: '' })
      }}
    />
  )
}
