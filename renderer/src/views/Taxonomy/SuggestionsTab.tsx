import { Button, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { edit, type Suggestion, useTaxonomy } from '../../state/taxonomy.ts'
import { mapNames } from '../../state/taxonomy-entries.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted, percent } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { SuggestionLines } from './SuggestionLines.tsx'
import { isSure, kindOf } from './sureness.ts'

const MARKS = ['0.9', '0.8', '0.7', '0.6', '0.5']
const NONE: readonly Suggestion[] = []

/** Kinds that names without one resemble: accepted one by one, or all above a mark. */
export function SuggestionsTab(): ReactNode {
  const found = useTaxonomy(state => state.suggestions) ?? NONE
  const dismissed = useTaxonomy(state => state.dismissed)
  const unmapped = useTaxonomy(state =>
    state.preview === null ? 0 : state.preview.after.names - state.preview.after.namesWithKind,
  )
  const shown = found.filter(({ name }) => !dismissed.includes(name))
  if (shown.length === 0)
    return (
      <EmptyState title={unmapped === 0 ? 'Every name has a kind' : 'No name resembles a kind'}>
        {unmapped === 0
          ? 'There is nothing to suggest.'
          : `${counted(unmapped, 'name')} without a kind ${unmapped === 1 ? 'shares' : 'share'} too few words with the kinds there are. Map them by hand, or make a new kind.`}
      </EmptyState>
    )
  return (
    <div className="names">
      <Bar shown={shown} />
      <SuggestionLines shown={shown} />
    </div>
  )
}

function Bar({ shown }: Readonly<{ shown: readonly Suggestion[] }>): ReactNode {
  const { client } = useServices()
  const [mark, setMark] = useState('0.8')
  const sure = shown.filter(one => isSure(one, Number(mark)))
  const acceptAll = (): void =>
    perform(edit(client, entries => sure.reduce((all, one) => mapNames(all, [one.name], kindOf(one)), entries)))
  return (
    <div className="filter-bar names__bar" role="toolbar" aria-label="Suggestions">
      <span className="muted">{counted(shown.length, 'name')} that resemble a kind. Nothing is taken by itself.</span>
      <div className="screen__spacer" />
      <span className="muted">From a likeness of</span>
      <Select
        className="mark-field"
        aria-label="Least likeness"
        data={MARKS.map(value => ({ value, label: percent(Number(value)) }))}
        value={mark}
        allowDeselect={false}
        onChange={value => setMark(value ?? mark)}
      />
      <Button size="compact-sm" disabled={sure.length === 0} onClick={acceptAll}>
        Accept {count(sure.length)}
      </Button>
    </div>
  )
}
