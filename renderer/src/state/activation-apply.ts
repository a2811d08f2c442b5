import type { Client } from '#contract/contract'
import { loadActivation, useActivation } from './activation.ts'
import { loadModel } from './model.ts'
import { refreshSummary } from './project.ts'

type Applying = Pick<Client, 'model.get' | 'model.apply' | 'health.activation' | 'project.summary'>

/** Brings the draft into force as a new version of the model; everything else of the model stays as it is. */
export async function applyActivation(client: Applying): Promise<void> {
  const { draft } = useActivation.getState()
  if (draft === null) return
  useActivation.setState({ isApplying: true })
  try {
    const { json } = await client['model.get']({})
    const model = JSON.parse(json) as Record<string, unknown> // written by the engine
    await client['model.apply']({ json: JSON.stringify({ ...model, activation: draft }) })
    await Promise.all([loadModel(client), refreshSummary(client)])
    await loadActivation(client)
  } finally {
    useActivation.setState({ isApplying: false })
  }
}
