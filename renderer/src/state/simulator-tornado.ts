import { create } from 'zustand'
import type { Client, Input } from '#contract/contract'
import { runJob } from './jobs.ts'
import { useSimulator } from './simulator.ts'
import type { Tornado } from './simulator-calls.ts'
import type { ScenarioDocument } from './simulator-scenario.ts'

export type Measure = NonNullable<Input<'simulate.tornado'>['measure']>

type Sensitivity = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  measure: Measure
  /** By how much every parameter is moved, down and up. */
  share: number
  tornado: Tornado | null
  /** The scenario and run that it is of. */
  scenario: ScenarioDocument | null
  runId: number | null
}>

export const useTornado = create<Sensitivity>()(() => ({
  status: 'idle',
  measure: 'pql',
  share: 0.2,
  tornado: null,
  scenario: null,
  runId: null,
}))
let latest = 0

/** Moves every parameter alone, as a job; the bars before it stay until then. */
export async function loadTornado(
  client: Pick<Client, 'simulate.tornado'>,
  change: Partial<Pick<Sensitivity, 'measure' | 'share'>> = {},
): Promise<void> {
  const question = ++latest
  const { opened, settled: scenario } = useSimulator.getState()
  if (opened === null) return
  useTornado.setState({ ...change, status: 'loading' })
  const { measure, share } = useTornado.getState()
  const { runId } = opened
  try {
    const tornado = await runJob('Sensitivity', options =>
      client['simulate.tornado']({ runId, scenario, share, measure }, options),
    )
    if (question === latest) useTornado.setState({ status: 'ready', tornado, scenario, runId })
  } catch (error) {
    if (question === latest) useTornado.setState({ status: 'failed' })
    throw error
  }
}

export function forgetTornado(): void {
  latest += 1
  useTornado.setState(useTornado.getInitialState(), true)
}
