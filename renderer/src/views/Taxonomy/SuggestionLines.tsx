import { Button } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useCallback, useState } from 'react'
import { dismiss, edit, entriesOf, type Suggestion, useTaxonomy } from '../../state/taxonomy.ts'
import { mapNames } from '../../state/taxonomy-entries.ts'
import { useTaxonomyView } from '../../state/taxonomy-view.ts'
import { count, percent } from '../../ui/format.ts'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { KindMark } from './KindMark.tsx'
import { kindOf } from './sureness.ts'

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', header: 'Event name', width: 'minmax(140px, 0.75fr)', isSortable: false },
  { id: 'events', header: 'Events', align: 'end', width: '64px', isSortable: false },
  { id: 'kind', header: 'Kind', width: 'minmax(140px, 0.75fr)', isSortable: false },
  {
    id: 'likeness',
    header: 'Likeness',
    means: 'Weight of the words that both share, of all their words. Rare words weigh more.',
    align: 'end',
    width: '64px',
    isSortable: false,
  },
  { id: 'why', header: 'Why', width: 'minmax(180px, 2fr)', isSortable: false },
  { id: 'take', header: '', align: 'end', width: '132px', isSortable: false },
]

/** Suggestions one by one, each with its reason. */
export function SuggestionLines({ shown }: Readonly<{ shown: readonly Suggestion[] }>): ReactNode {
  const { client } = useServices()
  const [active, setActive] = useState(-1)
  const entries = useTaxonomy(entriesOf)
  const hasPanel = useTaxonomyView(state => state.panel !== null)
  const accept = useCallback(
    (place: number) => {
      const one = shown[place]
      if (one !== undefined) perform(edit(client, before => mapNames(before, [one.name], kindOf(one))))
    },
    [client, shown],
  )
  const at = Math.min(active, shown.length - 1)
  const columns = hasPanel ? COLUMNS.filter(({ id }) => id !== 'why') : COLUMNS
  return (
    <div className="names__table" onKeyDownCapture={event => onKey(event, { shown, at, accept })}>
      <VirtualTable
        label="Suggestions"
        columns={columns}
        count={shown.length}
        rowHeight={32}
        sort={null}
        onSort={ignore}
        active={at}
        onActive={setActive}
        onOpen={setActive}
        onVisible={ignore}
        cellsOf={place => {
          const one = shown[place]
          if (one === undefined) return null
          const category = entries.find(({ kind }) => kind === kindOf(one))?.category ?? 'other'
          return columns.map(({ id }) => cell(id, one, { category, onAccept: () => accept(place) }))
        }}
      />
    </div>
  )
}

const ignore = (): void => undefined

type Ground = Readonly<{ category: string; onAccept: () => void }>

function cell(id: string, one: Suggestion, { category, onAccept }: Ground): ReactNode {
  const [best, second] = one.likenesses
  if (best === undefined) return null
  if (id === 'name') return <span className="clip">{one.name}</span>
  if (id === 'events') return count(one.events)
  if (id === 'kind') return <KindMark kind={best.kind} category={category} />
  if (id === 'likeness') return <span className="soft">{percent(best.score)}</span>
  if (id === 'why')
    return (
      <span className="soft clip" title={best.why}>
        {best.why}
        {second !== undefined && (
          <span className="muted">
            {' '}
            · or {second.kind} {percent(second.score)}
          </span>
        )}
      </span>
    )
  return (
    <>
      <Button tabIndex={-1} size="compact-xs" variant="subtle" color="gray" onClick={() => dismiss(one.name)}>
        Not now
      </Button>
      <Button tabIndex={-1} size="compact-xs" variant="default" onClick={onAccept}>
        Accept
      </Button>
    </>
  )
}

type KeyGround = Readonly<{ shown: readonly Suggestion[]; at: number; accept: (place: number) => void }>

/** Enter or A accepts the suggestion the keyboard is on, D puts it aside. */
function onKey(event: KeyboardEvent, { shown, at, accept }: KeyGround): void {
  if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'grid') return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const name = shown[at]?.name
  const isAccepted = event.key === 'Enter' || event.key === 'a'
  if (name === undefined || !(isAccepted || event.key === 'd')) return
  event.preventDefault()
  event.stopPropagation()
  if (isAccepted) accept(at)
  else dismiss(name)
}
