import type { Client } from '#contract/contract'
import { AppError } from '#lib/errors'
import { refreshSummary } from './project.ts'
import { dropIcpDraft, fitOf, loadIcp, useIcp } from './routing-icp.ts'

type ApplyClient = Pick<Client, 'routing.icp' | 'routing.icpPreview' | 'routing.icpSave' | 'project.summary'>

/** Publishes the edited ICP rules as a version of the model. Where the model was changed first, they are held against that one from now on. */
export async function publishIcp(client: ApplyClient): Promise<void> {
  const state = useIcp.getState()
  const fit = fitOf(state)
  if (fit === null || state.inForce === null) return
  const { rules, tierFrom } = fit
  await client['routing.icpSave']({ rules, tierFrom, modelHash: state.inForce.modelHash }).catch(async error => {
    if (error instanceof AppError && error.code === 'usage/overtaken') await loadIcp(client)
    throw error
  })
  dropIcpDraft()
  await Promise.all([loadIcp(client), refreshSummary(client)])
}
