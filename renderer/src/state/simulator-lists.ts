import { create } from 'zustand'
import { useSimulator } from './simulator.ts'
import type { Mover, MoverPage, SimulatorClient } from './simulator-calls.ts'
import type { ScenarioDocument } from './simulator-scenario.ts'
import type { Cell } from './simulator-view.ts'

export type MoversBy = 'stage' | 'destination' | 'any' | 'score'
/** Which units are listed: all that move, or those of one cell of a matrix. */
export type Listed = Readonly<{ by: MoversBy }> | Cell

type MoverList = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  listed: Listed
  total: number
  rows: readonly Mover[]
  nextOffset: number | null
  /** Place that the keyboard is on. */
  active: number
  /** The scenario that the rows belong to. */
  scenario: ScenarioDocument | null
}>

type Calls = Pick<SimulatorClient, 'simulate.movers' | 'simulate.cell'>
const PAGE = 100

const listStore = (listed: Listed) =>
  create<MoverList>()(() => ({
    status: 'idle',
    listed,
    total: 0,
    rows: [],
    nextOffset: null,
    active: -1,
    scenario: null,
  }))

/** Everything that the scenario moves. */
export const useMovers = listStore({ by: 'any' })
/** The units of the ribbon or cell that is open. */
export const useCellList = listStore({ matrix: 'stage', from: '', to: '' })
export type MoverStore = typeof useMovers

/** Asks for a list from its first row on, and shows what was there until the answer is here. */
export async function loadMovers(client: Calls, store: MoverStore, listed: Listed): Promise<void> {
  const { opened, settled } = useSimulator.getState()
  if (opened === null) return
  const isOther = !isSameList(store.getState().listed, listed)
  store.setState(state => ({
    listed,
    scenario: settled,
    status: state.status === 'ready' && !isOther ? 'ready' : 'loading',
    ...(isOther ? { rows: [], total: 0, active: -1 } : {}),
  }))
  const isOvertaken = (): boolean => store.getState().listed !== listed || store.getState().scenario !== settled
  try {
    const page = await ask(client, listed, { runId: opened.runId, scenario: settled, offset: 0, limit: PAGE })
    if (isOvertaken()) return
    store.setState(({ active }) => ({ status: 'ready', ...page, active: Math.min(active, page.rows.length - 1) }))
  } catch (error) {
    if (isOvertaken()) return
    store.setState({ status: 'failed' })
    throw error
  }
}

/** The next page, once the last row that is here comes into view. */
export async function loadMoreMovers(client: Calls, store: MoverStore, last: number): Promise<void> {
  const { opened } = useSimulator.getState()
  const { listed, scenario, rows, nextOffset, status } = store.getState()
  if (opened === null || scenario === null || nextOffset === null || status !== 'ready' || last < rows.length) return
  store.setState({ nextOffset: null })
  const page = await ask(client, listed, { runId: opened.runId, scenario, offset: nextOffset, limit: PAGE })
  if (store.getState().listed !== listed || store.getState().scenario !== scenario) return
  store.setState(state => ({ total: page.total, rows: [...state.rows, ...page.rows], nextOffset: page.nextOffset }))
}

type Asked = Readonly<{ runId: number; scenario: ScenarioDocument; offset: number; limit: number }>

function ask(client: Calls, listed: Listed, asked: Asked): Promise<MoverPage> {
  if ('by' in listed) return client['simulate.movers']({ ...asked, by: listed.by })
  const { matrix, from, to } = listed
  return client['simulate.cell']({ ...asked, matrix, from, to })
}

function isSameList(a: Listed, b: Listed): boolean {
  if ('by' in a || 'by' in b) return 'by' in a && 'by' in b && a.by === b.by
  return a.matrix === b.matrix && a.from === b.from && a.to === b.to
}

export function setActiveMover(store: MoverStore, active: number): void {
  store.setState({ active })
}

export function forgetMovers(): void {
  for (const store of [useMovers, useCellList]) store.setState(store.getInitialState(), true)
}
