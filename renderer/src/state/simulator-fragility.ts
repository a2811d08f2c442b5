import { create } from 'zustand'
import type { Client, Input } from '#contract/contract'
import { useSimulator } from './simulator.ts'
import type { Flip, FragilityPage } from './simulator-calls.ts'
import type { ScenarioDocument } from './simulator-scenario.ts'

export type Queue = NonNullable<Input<'simulate.fragility'>['destination']> | null
type Row = FragilityPage['rows'][number]

type Fragility = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** The destination that is looked at; null: all units. */
  queue: Queue
  units: number
  near: number
  share: number
  rows: readonly Row[]
  nextOffset: number | null
  active: number
  scenario: ScenarioDocument | null
  /** The unit that was opened, and the smallest changes that would send it elsewhere; null: on their way. */
  opened: Row | null
  flips: readonly Flip[] | null
}>

const PAGE = 100
const MOST_FLIPS = 3

export const useFragility = create<Fragility>()(() => ({
  status: 'idle',
  queue: null,
  units: 0,
  near: 0,
  share: 0,
  rows: [],
  nextOffset: null,
  active: -1,
  scenario: null,
  opened: null,
  flips: null,
}))
let latest = 0

/** The units closest to another destination, from the first on. */
export async function loadFragility(client: Pick<Client, 'simulate.fragility'>, queue: Queue): Promise<void> {
  const question = ++latest
  const { opened, settled: scenario } = useSimulator.getState()
  if (opened === null) return
  const { status } = useFragility.getState()
  useFragility.setState({ queue, scenario, opened: null, status: status === 'ready' ? 'ready' : 'loading' })
  try {
    const page = await client['simulate.fragility']({
      runId: opened.runId,
      scenario,
      destination: queue,
      offset: 0,
      limit: PAGE,
    })
    if (question === latest) useFragility.setState({ status: 'ready', active: -1, ...page })
  } catch (error) {
    if (question === latest) useFragility.setState({ status: 'failed' })
    throw error
  }
}

/** The next page, once the last row that is here comes into view. */
export async function loadMoreFragility(client: Pick<Client, 'simulate.fragility'>, last: number): Promise<void> {
  const { opened } = useSimulator.getState()
  const { queue, scenario, rows, nextOffset, status } = useFragility.getState()
  if (opened === null || scenario === null || nextOffset === null || status !== 'ready' || last < rows.length) return
  const question = latest
  useFragility.setState({ nextOffset: null })
  const page = await client['simulate.fragility']({
    runId: opened.runId,
    scenario,
    destination: queue,
    offset: nextOffset,
    limit: PAGE,
  })
  if (question !== latest) return
  useFragility.setState(state => ({ rows: [...state.rows, ...page.rows], nextOffset: page.nextOffset }))
}

/** The smallest single changes that would send one unit elsewhere. */
export async function openFlips(client: Pick<Client, 'simulate.flips'>, place: number): Promise<void> {
  const { opened } = useSimulator.getState()
  const { rows, scenario } = useFragility.getState()
  const row = rows[place]
  if (opened === null || scenario === null || row === undefined) return
  useFragility.setState({ active: place, opened: row, flips: null })
  const asked = { runId: opened.runId, scenario, unitNo: row.unitNo, limit: MOST_FLIPS }
  const { flips } = await client['simulate.flips'](asked)
  if (useFragility.getState().opened === row) useFragility.setState({ flips })
}

export function forgetFragility(): void {
  latest += 1
  useFragility.setState(useFragility.getInitialState(), true)
}
