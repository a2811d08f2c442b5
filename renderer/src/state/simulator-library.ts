import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { takeScenario, useSimulator } from './simulator.ts'
import { changesOf, minimal, NO_CHANGES, type ScenarioDocument } from './simulator-scenario.ts'

export type KeptScenario = Output<'scenario.list'>['scenarios'][number]

type Library = Readonly<{
  kept: readonly KeptScenario[]
  /** The kept scenario that is being changed; null: it is not kept. */
  scenarioId: number | null
}>

/** The scenarios of the project. */
export const useLibrary = create<Library>()(() => ({ kept: [], scenarioId: null }))

export async function loadLibrary(client: Pick<Client, 'scenario.list'>): Promise<void> {
  const { scenarios } = await client['scenario.list']({})
  useLibrary.setState(({ scenarioId }) => ({
    kept: scenarios,
    scenarioId: scenarios.some(known => known.scenarioId === scenarioId) ? scenarioId : null,
  }))
}

/** Keeps the scenario under a name: in the place of the one it was, or as another. */
export async function saveScenario(
  client: Pick<Client, 'scenario.save' | 'scenario.list'>,
  name: string,
  scenarioId: number | null,
): Promise<void> {
  const scenario = { ...useSimulator.getState().scenario, name }
  const saved = await client['scenario.save']({ scenarioId, scenario })
  useSimulator.setState({ scenario, settled: scenario })
  await loadLibrary(client)
  useLibrary.setState({ scenarioId: saved.scenarioId })
}

/** Takes up a kept scenario. */
export async function takeKept(client: Pick<Client, 'simulate.set'>, kept: KeptScenario): Promise<void> {
  useLibrary.setState({ scenarioId: kept.scenarioId })
  await takeScenario(client, minimal(kept.scenario))
}

/** Begins with nothing changed and no name. */
export async function takeNone(client: Pick<Client, 'simulate.set'>): Promise<void> {
  useLibrary.setState({ scenarioId: null })
  await takeScenario(client, NO_CHANGES)
}

export async function removeKept(
  client: Pick<Client, 'scenario.remove' | 'scenario.list'>,
  scenarioId: number,
): Promise<void> {
  await client['scenario.remove']({ scenarioId })
  await loadLibrary(client)
}

/** The scenario as a file to hand on. */
export async function scenarioFile(client: Pick<Client, 'scenario.text'>): Promise<Output<'scenario.text'>> {
  return await client['scenario.text']({ scenario: useSimulator.getState().scenario })
}

/** Takes up a scenario from the text of a file; it is not kept before it is saved. */
export async function readScenario(
  client: Pick<Client, 'scenario.read' | 'simulate.set'>,
  text: string,
): Promise<void> {
  const { scenario } = await client['scenario.read']({ text })
  useLibrary.setState({ scenarioId: null })
  await takeScenario(client, minimal(scenario))
}

/** Whether the scenario differs from the one that is kept under its number. */
export function isUnsaved(scenario: ScenarioDocument, { kept, scenarioId }: Library): boolean {
  const saved = kept.find(known => known.scenarioId === scenarioId)
  if (saved === undefined) return changesOf(scenario).length > 0
  const said = (one: ScenarioDocument): string =>
    changesOf(one)
      .map(change => JSON.stringify(change))
      .toSorted()
      .join('\n')
  return said(saved.scenario) !== said(scenario)
}

export function forgetLibrary(): void {
  useLibrary.setState(useLibrary.getInitialState(), true)
}
