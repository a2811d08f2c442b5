import { Button, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTaxonomy } from '../../state/taxonomy.ts'
import { type Shown, setView, useTaxonomyView } from '../../state/taxonomy-view.ts'
import { count, counted } from '../../ui/format.ts'
import { focusList } from './focus.ts'

/** What of the names is shown, and what can be done with those picked. */
export function NamesBar({ matching }: Readonly<{ matching: number }>): ReactNode {
  const search = useTaxonomyView(state => state.search)
  return (
    <div className="filter-bar names__bar" role="toolbar" aria-label="Filters">
      <TextInput
        id="name-search"
        className="search-field"
        aria-label="Search the names"
        placeholder="Search"
        leftSection={<Search size={14} aria-hidden />}
        rightSection={search === '' ? <kbd className="key">/</kbd> : null}
        value={search}
        onChange={event => setView({ search: event.currentTarget.value, active: -1 })}
        onKeyDown={event => {
          if (event.key === 'Escape') setView({ search: '' })
          if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return
          event.stopPropagation()
          event.preventDefault()
          if (event.key !== 'Escape') setView({ active: 0 })
          focusList()
        }}
      />
      <Chips />
      <div className="screen__spacer" />
      <Picked matching={matching} />
    </div>
  )
}

function Chips(): ReactNode {
  const shown = useTaxonomyView(state => state.shown)
  const after = useTaxonomy(state => state.preview?.after ?? null)
  if (after === null) return null
  const chips: readonly (readonly [shown: Shown, label: string, figure: number | null])[] = [
    ['all', 'All', null],
    ['unmapped', 'No kind', after.names - after.namesWithKind],
    ['mapped', 'With a kind', after.namesWithKind],
  ]
  return (
    <div className="filter-bar__stages">
      {chips.map(([id, label, figure]) => (
        <button
          key={id}
          type="button"
          className={id === shown ? 'plain chip is-on' : 'plain chip'}
          aria-pressed={id === shown}
          onClick={() => setView({ shown: id, active: -1 })}
        >
          {label} {figure !== null && <span className="chip__count">{count(figure)}</span>}
        </button>
      ))}
    </div>
  )
}

function Picked({ matching }: Readonly<{ matching: number }>): ReactNode {
  const picked = useTaxonomyView(state => state.picked.length)
  const unlisted = useTaxonomy(state => state.list?.unlisted ?? null)
  if (picked > 0)
    return (
      <>
        <span className="filter-bar__total" role="status">
          {counted(picked, 'name')} picked
        </span>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setView({ picked: [] })}>
          Clear
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setView({ dialog: 'new' })}>
          New kind
        </Button>
        <Button size="compact-sm" onClick={() => setView({ dialog: 'map' })}>
          Map to a kind
        </Button>
      </>
    )
  const more = unlisted === null || unlisted.names === 0 ? '' : ` · ${count(unlisted.names)} rare ones not listed`
  return (
    <span className="muted filter-bar__total">
      {counted(matching, 'name')}
      {more}
    </span>
  )
}
