import { create } from 'zustand'
import { normaliseName } from '#lib/text'
import { type NameList, type Preview, useTaxonomy } from './taxonomy.ts'

export const TAXONOMY_TABS = ['names', 'kinds', 'suggestions'] as const
export type TaxonomyTab = (typeof TAXONOMY_TABS)[number]
export type NameSort = 'events' | 'name' | 'users' | 'workspaces' | 'firstDay' | 'lastDay' | 'kind'
export type Shown = 'all' | 'unmapped' | 'mapped'

/** What of the taxonomy is looked at, and what is chosen there. */
type View = Readonly<{
  tab: TaxonomyTab
  search: string
  shown: Shown
  sort: NameSort
  isDescending: boolean
  /** Place of the keyboard in the list of names. */
  active: number
  /** Names picked for one step together. */
  picked: readonly string[]
  /** What the panel beside the lists shows. */
  panel: Readonly<{ of: 'name' | 'kind'; key: string }> | null
  dialog: 'map' | 'new' | 'review' | 'revert' | null
}>

const EMPTY: View = {
  tab: 'names',
  search: '',
  shown: 'all',
  sort: 'kind',
  isDescending: false,
  active: -1,
  picked: [],
  panel: null,
  dialog: null,
}

export const useTaxonomyView = create<View>()(() => EMPTY)

export const setView = (change: Partial<View>): void => useTaxonomyView.setState(change)

export function forgetTaxonomyView(): void {
  useTaxonomyView.setState(EMPTY)
}

/** Sorts by a column; the same column again turns the order round. */
export function sortNamesBy(sort: NameSort): void {
  useTaxonomyView.setState(view => ({
    sort,
    isDescending: view.sort === sort ? !view.isDescending : !['name', 'kind'].includes(sort),
    active: view.active < 0 ? -1 : 0,
  }))
}

export function togglePicked(name: string): void {
  useTaxonomyView.setState(({ picked }) => ({
    picked: picked.includes(name) ? picked.filter(other => other !== name) : [...picked, name],
  }))
}

/** The kind of the name at a place of the list, by the draft; empty: none. */
export function kindAt({ kinds, columns }: Preview, place: number): string {
  return kinds[columns.kindOfName[place] ?? 0] ?? ''
}

type Wanted = Pick<View, 'search' | 'shown' | 'sort' | 'isDescending'>

/** Places of the names that are shown, in their order, of equal ones the one with more events first. No kind comes before every kind. */
export function orderOfNames(list: NameList, preview: Preview, wanted: Wanted): readonly number[] {
  const search = wanted.search.trim().toLowerCase()
  const normal = normaliseName(search)
  const { kindOfName } = preview.columns
  const places = list.names.flatMap((name, place) => {
    const isMapped = (kindOfName[place] ?? 0) > 0
    if (wanted.shown !== 'all' && isMapped !== (wanted.shown === 'mapped')) return []
    const hit = search === '' || isHit(`${name} ${kindAt(preview, place)}`, search, normal)
    return hit ? [place] : []
  })
  const compare = comparison(list, preview, wanted.sort)
  const turn = wanted.isDescending ? -1 : 1
  const moreEvents = comparison(list, preview, 'events')
  return places.sort((a, b) => turn * compare(a, b) || moreEvents(b, a) || a - b)
}

function isHit(text: string, search: string, normal: string): boolean {
  return text.toLowerCase().includes(search) || (normal !== '' && normaliseName(text).includes(normal))
}

function comparison({ names, columns }: NameList, preview: Preview, sort: NameSort): (a: number, b: number) => number {
  const texts = (textOf: (place: number) => string) => (a: number, b: number) => {
    const [one, other] = [textOf(a), textOf(b)]
    return one < other ? -1 : one > other ? 1 : 0
  }
  if (sort === 'name') return texts(place => (names[place] ?? '').toLowerCase())
  if (sort === 'kind') return texts(place => kindAt(preview, place))
  const values = columns[sort]
  return (a, b) => (values[a] ?? 0) - (values[b] ?? 0)
}

/** The order of the names as they are shown now. */
export function currentOrder(): readonly number[] {
  const { list, preview } = useTaxonomy.getState()
  return list === null || preview === null ? [] : orderOfNames(list, preview, useTaxonomyView.getState())
}

/** The names a step is for: those picked, else the one the panel shows or the keyboard is on. */
export function targetNames(): readonly string[] {
  const { picked, panel, active, tab } = useTaxonomyView.getState()
  if (picked.length > 0) return picked
  if (panel?.of === 'name') return [panel.key]
  const name = tab === 'names' ? useTaxonomy.getState().list?.names[currentOrder()[active] ?? -1] : undefined
  return name === undefined ? [] : [name]
}
