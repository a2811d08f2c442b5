import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { useSimulator } from './simulator.ts'
import type { ScenarioDocument } from './simulator-scenario.ts'

export type ScenarioDiff = Output<'scenario.diff'>
type Applied = Readonly<{ scenario: ScenarioDocument; done: Output<'scenario.apply'> }>

type Review = Readonly<{
  /** What is being reviewed; null: nothing. */
  diff: ScenarioDiff | null
  scenario: ScenarioDocument | null
  /** What was applied last, for the step back. */
  applied: Applied | null
}>

export const useReview = create<Review>()(() => ({ diff: null, scenario: null, applied: null }))

/** Asks what the scenario would change in the model and the rules; nothing is written. */
export async function reviewScenario(client: Pick<Client, 'scenario.diff'>): Promise<void> {
  const { scenario } = useSimulator.getState()
  const diff = await client['scenario.diff']({ scenario })
  useReview.setState({ diff, scenario })
}

export function closeReview(): void {
  useReview.setState({ diff: null, scenario: null })
}

export function forgetReview(): void {
  useReview.setState(useReview.getInitialState(), true)
}
