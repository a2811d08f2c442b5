import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { type NameList, type Preview, useTaxonomy } from '../../state/taxonomy.ts'
import { orderOfNames, setView, sortNamesBy, togglePicked, useTaxonomyView } from '../../state/taxonomy-view.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { focusList } from './focus.ts'
import { NamesBar } from './NamesBar.tsx'
import { nameCell } from './name-cells.tsx'
import { nameColumns, nameSortOf } from './name-columns.ts'

/** Every event name; at first by kind, so that those without one are on top. */
export function NamesTab(): ReactNode {
  const list = useTaxonomy(state => state.list)
  const preview = useTaxonomy(state => state.preview)
  if (list === null || preview === null) return null
  return <Names list={list} preview={preview} />
}

function Names({ list, preview }: Readonly<{ list: NameList; preview: Preview }>): ReactNode {
  const { ref, width } = useElementSize()
  const search = useTaxonomyView(state => state.search)
  const shown = useTaxonomyView(state => state.shown)
  const sort = useTaxonomyView(state => state.sort)
  const isDescending = useTaxonomyView(state => state.isDescending)
  const order = useMemo(
    () => orderOfNames(list, preview, { search, shown, sort, isDescending }),
    [list, preview, search, shown, sort, isDescending],
  )
  return (
    <div className="names" ref={ref}>
      <NamesBar matching={order.length} />
      {order.length === 0 ? <NothingShown /> : <Rows {...{ list, preview, order }} width={width || 1000} />}
    </div>
  )
}

type RowsProps = Readonly<{ list: NameList; preview: Preview; order: readonly number[]; width: number }>

function Rows({ list, preview, order, width }: RowsProps): ReactNode {
  const entries = useTaxonomy(state => state.draft ?? state.inForce?.entries ?? NONE)
  const found = useTaxonomy(state => state.suggestions)
  const active = useTaxonomyView(state => state.active)
  const pickedNames = useTaxonomyView(state => state.picked)
  const sort = useTaxonomyView(state => state.sort)
  const isDescending = useTaxonomyView(state => state.isDescending)
  const picked = useMemo(() => new Set(pickedNames), [pickedNames])
  const suggestions = useMemo(() => new Map((found ?? []).map(one => [one.name, one])), [found])
  const columns = nameColumns(width)
  usePanelOfActive(list, order)
  const open = useCallback(
    (place: number) => {
      const name = list.names[order[place] ?? -1]
      if (name !== undefined) setView({ active: place, panel: { of: 'name', key: name } })
    },
    [list, order],
  )
  return (
    <div className="names__table" onKeyDownCapture={event => onPickKey(event, list, order)}>
      <VirtualTable
        label="Event names"
        columns={columns}
        count={order.length}
        rowHeight={32}
        sort={{ id: sort, descending: isDescending }}
        onSort={id => sortNamesBy(nameSortOf(id))}
        active={Math.min(active, order.length - 1)}
        onActive={place => (useTaxonomyView.getState().panel === null ? setView({ active: place }) : open(place))}
        onOpen={open}
        onVisible={ignore}
        cellsOf={row =>
          columns.map(column => nameCell(column.id, order[row] ?? 0, { list, preview, entries, suggestions, picked }))
        }
      />
    </div>
  )
}

/** A name that is mapped goes to another place of the list: the panel then shows what is at the place in hand, as the mark does. */
function usePanelOfActive(list: NameList, order: readonly number[]): void {
  const before = useRef(order)
  useEffect(() => {
    if (before.current === order) return
    before.current = order
    const { active, panel } = useTaxonomyView.getState()
    const name = list.names[order[Math.min(active, order.length - 1)] ?? -1]
    if (panel?.of === 'name' && name !== undefined && name !== panel.key) setView({ panel: { of: 'name', key: name } })
  }, [list, order])
}

const NONE: readonly never[] = []
const ignore = (): void => undefined

/** Space or X picks the name the keyboard is on; with Shift the arrows pick along the way. */
function onPickKey(event: KeyboardEvent, list: NameList, order: readonly number[]): void {
  if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'grid') return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const { active, picked } = useTaxonomyView.getState()
  const step = event.shiftKey ? STEPS[event.key] : undefined
  const nameAt = (place: number): string | undefined => list.names[order[place] ?? -1]
  if (step !== undefined) {
    event.preventDefault()
    event.stopPropagation()
    const next = Math.max(0, Math.min(order.length - 1, active + step))
    const both = [nameAt(active), nameAt(next)].filter(name => name !== undefined)
    setView({ active: next, picked: [...new Set([...picked, ...both])] })
  } else if (event.key === ' ' || event.key === 'x') {
    event.preventDefault()
    event.stopPropagation()
    const name = nameAt(active)
    if (name !== undefined) togglePicked(name)
  }
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, J: 1, K: -1 }

function NothingShown(): ReactNode {
  const shown = useTaxonomyView(state => state.shown)
  const search = useTaxonomyView(state => state.search)
  const clear = (): void => {
    setView({ search: '', shown: 'all' })
    focusList()
  }
  const action = (
    <button type="button" className="plain text-button" onClick={clear}>
      Show all names
    </button>
  )
  if (shown === 'unmapped' && search === '')
    return (
      <EmptyState title="Every name has a kind" action={action}>
        Each event counts as what it is. New names appear here after the next import.
      </EmptyState>
    )
  return (
    <EmptyState title="No name fits the filter" action={action}>
      Search looks at names and kinds, without case and punctuation.
    </EmptyState>
  )
}
