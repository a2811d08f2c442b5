import { ActionIcon } from '@mantine/core'
import { ChevronDown, ChevronUp } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { edit, entriesOf, type Preview, useTaxonomy } from '../../state/taxonomy.ts'
import { type Entry, moveKind } from '../../state/taxonomy-entries.ts'
import { setView, useTaxonomyView } from '../../state/taxonomy-view.ts'
import { count, points, share } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { categoryOf } from './category-words.ts'
import { KindMark } from './KindMark.tsx'
import { earningOf } from './kind-options.ts'

type LineProps = Readonly<{ entry: Entry; place: number; of: number; preview: Preview }>

/** One kind in the order of all. */
export function KindLine({ entry, place, of, preview }: LineProps): ReactNode {
  const { client } = useServices()
  const { kind, category, match } = entry
  const isSelected = useTaxonomyView(state => state.panel?.of === 'kind' && state.panel.key === kind)
  const earning = useTaxonomy(state => earningOf(state.inForce?.signals ?? [], kind))
  const reach = preview.entries[place]
  const events = reach?.events ?? 0
  const move = (to: number): void => perform(edit(client, entries => moveKind(entries, kind, to)))
  const open = (): void => setView({ panel: { of: 'kind', key: kind } })
  return (
    <tr className={isSelected ? 'is-choosable is-selected' : 'is-choosable'} onClick={open}>
      <td className="number muted">{place + 1}</td>
      <td>
        <button
          type="button"
          className="plain data-table__choose"
          aria-pressed={isSelected}
          onKeyDown={event => onLineKey(event, { client, kind, place })}
        >
          <KindMark kind={kind} category={category} />
        </button>
      </td>
      <td className="soft">{categoryOf(category).label}</td>
      <td className="number soft" title={match.join('\n')}>
        {count(match.length)}
      </td>
      <td className={events === 0 ? 'number muted' : 'number'}>{count(reach?.names ?? 0)}</td>
      <td className={events === 0 ? 'number muted' : 'number'}>{count(events)}</td>
      <td className="number soft">{share(preview.after.events === 0 ? 0 : events / preview.after.events)}</td>
      <td className={earning < 0 ? 'number is-negative' : 'number'}>
        {earning === 0 ? <span className="muted">–</span> : points(earning)}
      </td>
      <td>
        <Note entry={entry} reach={reach} />
      </td>
      <td className="number nowrap">
        <Move label={`Move ${kind} up`} isOff={place === 0} onMove={() => move(place - 1)} icon="up" />
        <Move label={`Move ${kind} down`} isOff={place === of - 1} onMove={() => move(place + 1)} icon="down" />
      </td>
    </tr>
  )
}

function Note({ entry, reach }: Readonly<{ entry: Entry; reach: Preview['entries'][number] | undefined }>): ReactNode {
  const entries = useTaxonomy(entriesOf)
  const lost = reach?.lostTo[0]
  if (lost !== undefined)
    return (
      <span className="no-kind clip" title={`Such as ${lost.example}`}>
        {count(lost.names)} go to {entries[lost.entry]?.kind} first
      </span>
    )
  if ((reach?.names ?? 0) === 0) return <span className="muted">no name</span>
  return entry.highIntent ? <span className="soft">high intent</span> : null
}

type MoveProps = Readonly<{ label: string; isOff: boolean; onMove: () => void; icon: 'up' | 'down' }>

function Move({ label, isOff, onMove, icon }: MoveProps): ReactNode {
  const Icon = icon === 'up' ? ChevronUp : ChevronDown
  return (
    <ActionIcon
      size={22}
      aria-label={label}
      disabled={isOff}
      onClick={event => {
        event.stopPropagation()
        onMove()
      }}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  )
}

type LineKey = Readonly<{ client: Platform['client']; kind: string; place: number }>

/** Arrows and J, K move along the kinds; with Alt the arrows move the kind itself. */
function onLineKey(event: KeyboardEvent<HTMLButtonElement>, { client, kind, place }: LineKey): void {
  if (event.ctrlKey || event.metaKey) return
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  if (event.altKey) {
    perform(edit(client, entries => moveKind(entries, kind, place + step)))
    return
  }
  const buttons = [...document.querySelectorAll<HTMLElement>('.kinds .data-table__choose')]
  const next = buttons[buttons.indexOf(event.currentTarget) + step]
  next?.focus()
  if (useTaxonomyView.getState().panel !== null) next?.click()
}
