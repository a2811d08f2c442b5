import { create } from 'zustand'
import type { Client } from '#contract/contract'
import { type ScoringModel, scoringModel } from '#schema/model'

type ModelInForce = Readonly<{ model: ScoringModel | null; hash: string | null }>

/** The model in force, for the definitions of its signals and stages. */
export const useModel = create<ModelInForce>()(() => ({ model: null, hash: null }))

export async function loadModel(client: Pick<Client, 'model.get'>): Promise<void> {
  const { json, hash } = await client['model.get']({})
  const parsed = scoringModel.safeParse(JSON.parse(json))
  useModel.setState({ model: parsed.success ? parsed.data : null, hash })
}
