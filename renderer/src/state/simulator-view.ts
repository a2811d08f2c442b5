import { create } from 'zustand'

export const SIMULATOR_TABS = [
  'volume',
  'movers',
  'stages',
  'destinations',
  'solve',
  'tornado',
  'fragility',
  'compare',
] as const
export type SimulatorTab = (typeof SIMULATOR_TABS)[number]

/** A ribbon or a cell of a matrix whose list is open. */
export type Cell = Readonly<{ matrix: 'stage' | 'destination'; from: string; to: string }>

type SimulatorView = Readonly<{
  tab: SimulatorTab
  search: string
  /** Groups of parameters that are unfolded. */
  open: readonly string[]
  /** Signals that show all their parameters. */
  unfolded: readonly string[]
  cell: Cell | null
  /** The dialog that asks for the name of the scenario is open. */
  isNaming: boolean
}>

const PLAIN: SimulatorView = {
  tab: 'volume',
  search: '',
  open: ['stages', 'buckets'],
  unfolded: [],
  cell: null,
  isNaming: false,
}

/** What of the simulator is on screen. */
export const useSimulatorView = create<SimulatorView>()(() => PLAIN)

export function setSimulatorView(change: Partial<SimulatorView>): void {
  useSimulatorView.setState(change)
}

export function toggleIn(part: 'open' | 'unfolded', id: string): void {
  useSimulatorView.setState(state => {
    const ids = state[part]
    return { [part]: ids.includes(id) ? ids.filter(known => known !== id) : [...ids, id] }
  })
}

export function forgetSimulatorView(): void {
  useSimulatorView.setState(PLAIN)
}
