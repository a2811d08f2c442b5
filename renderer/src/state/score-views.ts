import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { showLevel, useNavigation } from './navigation.ts'
import { hideColumns, knownColumns, useScoreColumns } from './score-columns.ts'
import { loadHistogram } from './score-histogram.ts'
import { listLevel } from './score-level.ts'
import { loadOrder, NO_FILTER, type ScoreFilter, type SortKey, useScoreList } from './score-list.ts'

export type KeptView = Output<'view.list'>['views'][number]

type Kept = Readonly<{
  views: readonly KeptView[]
  /** The view that was taken up last; null: none. */
  viewId: number | null
  isNaming: boolean
}>

const EMPTY: Kept = { views: [], viewId: null, isNaming: false }

/** The views of the score table that the project keeps. */
export const useScoreViews = create<Kept>()(() => EMPTY)

export async function loadViews(client: Pick<Client, 'view.list'>): Promise<void> {
  const { views } = await client['view.list']({})
  useScoreViews.setState(({ viewId }) => ({
    views,
    viewId: views.some(view => view.viewId === viewId) ? viewId : null,
  }))
}

/** Keeps level, filter, order and columns under a name: as a new view, or in the place of another. */
export async function saveView(
  client: Pick<Client, 'view.list' | 'view.save'>,
  name: string,
  replaced: number | null,
): Promise<void> {
  const { viewId } = await client['view.save']({ viewId: replaced, name, state: shownState() })
  useScoreViews.setState({ viewId })
  await loadViews(client)
}

export async function removeView(client: Pick<Client, 'view.list' | 'view.remove'>, viewId: number): Promise<void> {
  await client['view.remove']({ viewId })
  await loadViews(client)
}

/** Shows the list as a view has it. What a view does not say, or not in words known here, is as on a start. */
export async function applyView(
  client: Pick<Client, 'score.order' | 'score.histogram'>,
  { viewId, state }: KeptView,
): Promise<void> {
  const level = state['level'] === 'account' ? 'account' : 'workspace'
  if (useNavigation.getState().level !== level) showLevel(level)
  useScoreViews.setState({ viewId })
  hideColumns(knownColumns(state['hiddenColumns']))
  useScoreList.setState({
    sort: SORT_KEYS.find(key => key === state['sort']) ?? 'score',
    isDescending: state['isDescending'] !== false,
    filter: filterOf(state['filter']),
    isFilterOff: state['isFilterOff'] === true,
    active: -1,
  })
  await Promise.all([loadOrder(client), loadHistogram(client)])
}

/** The view that is shown was changed since it was taken up. */
export function isChanged(view: KeptView): boolean {
  return JSON.stringify(shownState()) !== JSON.stringify(view.state)
}

function shownState(): KeptView['state'] {
  const { sort, isDescending, filter, isFilterOff } = useScoreList.getState()
  const { search, stages, destinations, range } = filter
  return {
    level: listLevel(),
    sort,
    isDescending,
    filter: {
      search,
      stages: [...stages],
      destinations: [...destinations],
      range: range === null ? null : [...range],
    },
    isFilterOff,
    hiddenColumns: [...useScoreColumns.getState().hidden],
  }
}

const SORT_KEYS: readonly SortKey[] = [
  ...(['score', 'id', 'name', 'stage', 'destination', 'account', 'lastActive'] as const),
  ...(['intent', 'activation', 'depth', 'expansion', 'fit', 'negative'] as const),
]

function filterOf(kept: unknown): ScoreFilter {
  if (typeof kept !== 'object' || kept === null) return NO_FILTER
  const parts = new Map<string, unknown>(Object.entries(kept))
  const search = parts.get('search')
  return {
    search: typeof search === 'string' ? search : '',
    stages: textsOf(parts.get('stages')),
    destinations: textsOf(parts.get('destinations')),
    range: rangeOf(parts.get('range')),
  }
}

function textsOf(kept: unknown): readonly string[] {
  return Array.isArray(kept) ? kept.filter(text => typeof text === 'string') : []
}

function rangeOf(kept: unknown): ScoreFilter['range'] {
  if (!Array.isArray(kept)) return null
  const [from, to] = kept.map(Number)
  return from !== undefined && to !== undefined && from < to ? [from, to] : null
}

export function forgetViews(): void {
  useScoreViews.setState(EMPTY)
}
