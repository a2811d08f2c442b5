import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { type ScoringModel, scoringModel } from '#schema/model'
import { askHealth } from './health.ts'

export type Activation = ScoringModel['activation']
export type ActivationEffect = Output<'health.activation'>

type State = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** The rule in force. */
  inForce: Activation | null
  draft: Activation | null
  /** Of the draft; null until it is known. */
  effect: ActivationEffect | null
  isApplying: boolean
  /** Kinds that events can have, for the choice of a test. */
  kinds: readonly string[]
}>

const EMPTY: State = { status: 'idle', inForce: null, draft: null, effect: null, isApplying: false, kinds: [] }

export const useActivation = create<State>()(() => EMPTY)
let latest = 0

/** The rule in force as a draft, with what it reaches. */
export async function loadActivation(client: Pick<Client, 'model.get' | 'health.activation'>): Promise<void> {
  const { json } = await client['model.get']({})
  const { activation, taxonomy, signals } = scoringModel.parse(JSON.parse(json))
  const kinds = [...new Set([...taxonomy.map(({ kind }) => kind), ...signals.map(({ kind }) => kind)])].sort()
  useActivation.setState(({ draft }) => ({ inForce: activation, draft: draft ?? activation, kinds }))
  await askEffect(client)
}

export async function changeActivation(client: Pick<Client, 'health.activation'>, draft: Activation): Promise<void> {
  useActivation.setState({ draft })
  await askEffect(client)
}

export async function resetActivation(client: Pick<Client, 'health.activation'>): Promise<void> {
  const { inForce } = useActivation.getState()
  if (inForce !== null) await changeActivation(client, inForce)
}

async function askEffect(client: Pick<Client, 'health.activation'>): Promise<void> {
  const { draft } = useActivation.getState()
  if (draft === null) return
  const question = ++latest
  useActivation.setState({ status: 'loading' })
  try {
    const effect = await askHealth(options => client['health.activation']({ activation: draft }, options))
    if (question === latest) useActivation.setState({ status: 'ready', effect })
  } catch (error) {
    if (question === latest) useActivation.setState({ status: 'failed' })
    throw error
  }
}

export const isChanged = ({ inForce, draft }: Pick<State, 'inForce' | 'draft'>): boolean =>
  JSON.stringify(inForce) !== JSON.stringify(draft)

export function forgetActivation(): void {
  latest += 1
  useActivation.setState(EMPTY)
}
