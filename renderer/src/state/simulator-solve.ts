import { create } from 'zustand'
import type { Client, Input } from '#contract/contract'
import { useSimulator } from './simulator.ts'
import type { Parameter, Solution } from './simulator-calls.ts'

type Target = Input<'simulate.solve'>['target']

type Solve = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** Id of the parameter that is a threshold: of a stage, or of a rule. */
  parameterId: string
  units: number
  solution: Solution | null
}>

const USUAL_UNITS = 40

export const useSolve = create<Solve>()(() => ({
  status: 'idle',
  parameterId: 'stages.pql',
  units: USUAL_UNITS,
  solution: null,
}))
let latest = 0

/** Thresholds that can be solved for: stages, and rules that ask for a score from a figure on. */
export function solvable(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter(({ group, field }) => group === 'stages' || (group === 'routing' && field === '>='))
}

/** Asks which threshold fills the capacity; what was answered before stays until then. */
export async function solve(client: Pick<Client, 'simulate.solve'>): Promise<void> {
  const question = ++latest
  const { opened, settled } = useSimulator.getState()
  const { parameterId, units } = useSolve.getState()
  const parameter = opened?.parameters.find(({ id }) => id === parameterId)
  if (opened === null || parameter === undefined) return
  useSolve.setState({ status: 'loading' })
  try {
    const asked = { runId: opened.runId, scenario: settled, goal: { kind: 'capacity' as const, units } }
    const solution = await client['simulate.solve']({ ...asked, target: targetOf(parameter) })
    if (question === latest) useSolve.setState({ status: 'ready', solution })
  } catch (error) {
    if (question === latest) useSolve.setState({ status: 'failed' })
    throw error
  }
}

function targetOf({ group, subject }: Parameter): Target {
  if (group === 'routing') return { kind: 'rule', ruleId: subject }
  const stage = (['warm', 'pql', 'hot'] as const).find(known => known === subject) ?? 'pql'
  return { kind: 'stage', stage }
}

export async function changeSolve(
  client: Pick<Client, 'simulate.solve'>,
  change: Partial<Pick<Solve, 'parameterId' | 'units'>>,
): Promise<void> {
  const isOther = change.parameterId !== undefined && change.parameterId !== useSolve.getState().parameterId
  useSolve.setState({ ...change, ...(isOther ? { solution: null } : {}) })
  await solve(client)
}

export function forgetSolve(): void {
  latest += 1
  useSolve.setState(useSolve.getInitialState(), true)
}
