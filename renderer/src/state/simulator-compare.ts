import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { useSimulator } from './simulator.ts'
import { useLibrary } from './simulator-library.ts'
import type { ScenarioDocument } from './simulator-scenario.ts'

/** A kept scenario by its number, or the one at hand. */
export type Compared = number | 'here'
export type Comparison = Output<'simulate.compare'>['scenarios'][number]

type Compare = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  chosen: readonly Compared[]
  scenarios: readonly Comparison[]
}>

export const MOST_COMPARED = 4

export const useCompare = create<Compare>()(() => ({ status: 'idle', chosen: ['here'], scenarios: [] }))
let latest = 0

/** The chosen scenarios side by side; those before them stay until the answer is here. */
export async function loadComparison(client: Pick<Client, 'simulate.compare'>): Promise<void> {
  const question = ++latest
  const { opened } = useSimulator.getState()
  const { chosen } = useCompare.getState()
  const scenarios = chosen.flatMap(one => documentOf(one))
  if (opened === null) return
  if (scenarios.length === 0) {
    useCompare.setState({ status: 'ready', scenarios: [] })
    return
  }
  useCompare.setState({ status: 'loading' })
  try {
    const answer = await client['simulate.compare']({ runId: opened.runId, scenarios })
    if (question === latest) useCompare.setState({ status: 'ready', scenarios: answer.scenarios })
  } catch (error) {
    if (question === latest) useCompare.setState({ status: 'failed' })
    throw error
  }
}

function documentOf(one: Compared): readonly ScenarioDocument[] {
  if (one === 'here') return [{ ...useSimulator.getState().settled, name: 'At hand' }]
  const kept = useLibrary.getState().kept.find(({ scenarioId }) => scenarioId === one)
  return kept === undefined ? [] : [kept.scenario]
}

/** Puts a scenario beside the others, or takes it away. */
export async function toggleCompared(client: Pick<Client, 'simulate.compare'>, one: Compared): Promise<void> {
  const { chosen } = useCompare.getState()
  const next = chosen.includes(one) ? chosen.filter(known => known !== one) : [...chosen, one]
  if (next.length > MOST_COMPARED) return
  useCompare.setState({ chosen: next })
  await loadComparison(client)
}

export function forgetComparison(): void {
  latest += 1
  useCompare.setState(useCompare.getInitialState(), true)
}
