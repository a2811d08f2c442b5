import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'
import { isUnscored, listLevel } from './score-level.ts'

export type ScoreRow = Output<'score.rows'>['rows'][number]
export type SortKey = Input<'score.order'>['sort']
export type ScoreFilter = Readonly<{
  search: string
  stages: readonly string[]
  destinations: readonly string[]
  /** Edges in whole points; the upper one is outside, but for 100. */
  range: readonly [from: number, to: number] | null
}>
export const NO_FILTER: ScoreFilter = { search: '', stages: [], destinations: [], range: null }

type ScoreList = Readonly<{
  /** `unscored`: there is no run of the level. */
  status: 'idle' | 'loading' | 'ready' | 'failed' | 'unscored'
  runId: number | null
  order: Uint32Array
  total: number
  sort: SortKey
  isDescending: boolean
  filter: ScoreFilter
  /** The filter is kept but not applied. */
  isFilterOff: boolean
  /** Rows seen so far, by unit number; they belong to `runId`. */
  rows: Readonly<Record<number, ScoreRow>>
  /** Place in the order the keyboard is on. */
  active: number
}>

const EMPTY: ScoreList = {
  status: 'idle',
  runId: null,
  order: new Uint32Array(),
  total: 0,
  sort: 'score',
  isDescending: true,
  filter: NO_FILTER,
  isFilterOff: false,
  rows: {},
  active: -1,
}
const CHUNK = 200
const MOST_ROWS = 8000

export const useScoreList = create<ScoreList>()(() => EMPTY)
const requested = new Set<number>()
let latestOrder = 0

/** The filter in the words of the contract. A score has one decimal, so the outer edge is a tenth below. */
export function contractFilter(filter: ScoreFilter): Input<'score.order'>['filter'] {
  const { search, stages, destinations, range } = filter
  const most = range === null || range[1] >= 100 ? {} : { maxScore: range[1] - 0.1 }
  const least = range === null || range[0] <= 0 ? {} : { minScore: range[0] }
  return { search, stages: [...stages], destinations: [...destinations], ...least, ...most }
}

/** The filter in force: none while it is switched off. */
export function appliedFilter(): ScoreFilter {
  const { filter, isFilterOff } = useScoreList.getState()
  return isFilterOff ? NO_FILTER : filter
}

/** Asks for the order anew; answers that were overtaken by a later question are dropped. */
export async function loadOrder(client: Pick<Client, 'score.order'>): Promise<void> {
  const { sort, isDescending, status } = useScoreList.getState()
  const question = ++latestOrder
  if (status !== 'ready') useScoreList.setState({ status: 'loading' })
  try {
    const asked = { sort, descending: isDescending, filter: contractFilter(appliedFilter()), level: listLevel() }
    const answer = await client['score.order'](asked)
    if (question !== latestOrder) return
    const isSameRun = answer.runId === useScoreList.getState().runId
    if (!isSameRun) requested.clear()
    useScoreList.setState(state => ({
      status: 'ready',
      runId: answer.runId,
      order: answer.columns.order,
      total: answer.total,
      rows: isSameRun ? state.rows : {},
      active: Math.min(state.active, answer.columns.order.length - 1),
    }))
  } catch (error) {
    if (question !== latestOrder) return
    useScoreList.setState({ status: isUnscored(error) ? 'unscored' : 'failed' })
    if (!isUnscored(error)) throw error
  }
}

const TEXT_SORTS: readonly SortKey[] = ['name', 'account', 'destination']

/** Sorts by a column; the same column again turns the order round. */
export async function sortBy(client: Pick<Client, 'score.order'>, sort: SortKey): Promise<void> {
  useScoreList.setState(state => ({
    sort,
    isDescending: state.sort === sort ? !state.isDescending : !TEXT_SORTS.includes(sort),
    active: state.active < 0 ? -1 : 0,
  }))
  await loadOrder(client)
}

/** A changed filter is also switched on. */
export async function changeFilter(client: Pick<Client, 'score.order'>, change: Partial<ScoreFilter>): Promise<void> {
  useScoreList.setState(({ filter }) => ({ filter: { ...filter, ...change }, isFilterOff: false, active: -1 }))
  await loadOrder(client)
}

/** Fetches the rows of places `first` to `last` that are not here yet, and some beyond. */
export async function fetchVisible(client: Pick<Client, 'score.rows'>, first: number, last: number): Promise<void> {
  const { order, runId } = useScoreList.getState()
  const missing: number[] = []
  let isNeeded = false
  const until = Math.min(order.length, Math.max(last + 1, Math.max(0, first) + CHUNK))
  for (let place = Math.max(0, first); place < until; place++) {
    const unitNo = order[place]
    if (unitNo === undefined || requested.has(unitNo)) continue
    missing.push(unitNo)
    if (place <= last) isNeeded = true
  }
  // nothing on screen is missing: what lies beyond can wait until enough of it does
  if (!isNeeded && missing.length < CHUNK / 4) return
  for (let from = 0; from < missing.length; from += CHUNK) {
    await fetchRows(client, missing.slice(from, from + CHUNK), runId)
  }
}

async function fetchRows(
  client: Pick<Client, 'score.rows'>,
  unitNos: readonly number[],
  runId: number | null,
): Promise<void> {
  for (const unitNo of unitNos) requested.add(unitNo)
  try {
    const page = await client['score.rows']({ unitNos: [...unitNos], level: listLevel() })
    if (useScoreList.getState().runId !== runId) return
    useScoreList.setState(({ rows }) => ({ rows: joined(rows, page.rows) }))
  } catch (error) {
    for (const unitNo of unitNos) requested.delete(unitNo)
    throw error
  }
}

function joined(rows: ScoreList['rows'], page: readonly ScoreRow[]): ScoreList['rows'] {
  const fresh = Object.fromEntries(page.map(row => [row.unitNo, row]))
  if (requested.size <= MOST_ROWS) return { ...rows, ...fresh }
  requested.clear()
  for (const row of page) requested.add(row.unitNo)
  return fresh
}

export function setActive(active: number): void {
  useScoreList.setState({ active })
}

/** Puts the keyboard on a unit that was opened from elsewhere, where the list holds it. */
export function followUnit(unitNo: number): void {
  const { order, active } = useScoreList.getState()
  if (order[active] !== unitNo) useScoreList.setState({ active: order.indexOf(unitNo) })
}

export function rowAt(state: Pick<ScoreList, 'order' | 'rows'>, place: number): ScoreRow | null {
  const unitNo = state.order[place]
  return unitNo === undefined ? null : (state.rows[unitNo] ?? null)
}

export function forgetScores(): void {
  requested.clear()
  latestOrder += 1
  const { filter, isFilterOff } = useScoreList.getState()
  useScoreList.setState({ ...EMPTY, filter, isFilterOff })
}
