import type { Client } from '#contract/contract'
import { AppError } from '#lib/errors'
import { refreshSummary } from './project.ts'
import { forgetPolicyDraft, loadRouting, useRouting } from './routing-draft.ts'
import { loadVersions } from './routing-versions.ts'

type ApplyClient = Pick<
  Client,
  'routing.save' | 'routing.revert' | 'routing.policy' | 'routing.check' | 'routing.versions' | 'project.summary'
>

/** Brings the draft into force as the next version. Where another came first, the draft is held against that one from now on. */
export async function savePolicy(client: ApplyClient, name: string): Promise<void> {
  const { draft, inForce } = useRouting.getState()
  if (draft === null || inForce === null) return
  const { versions } = await client['routing.versions']({})
  const version = Math.max(inForce.policy.version, ...versions.map(known => known.version)) + 1
  const json = JSON.stringify({ ...draft, name, version })
  await client['routing.save']({ json, expectedHash: inForce.hash }).catch(async error => {
    if (error instanceof AppError && error.code === 'usage/overtaken') await loadRouting(client)
    throw error
  })
  await readAnew(client)
}

/** Brings an earlier version into force again. A draft is dropped: it was made of another policy. */
export async function revertPolicy(client: ApplyClient, hash: string): Promise<void> {
  const { inForce } = useRouting.getState()
  if (inForce === null) return
  await client['routing.revert']({ hash, expectedHash: inForce.hash })
  await readAnew(client)
}

async function readAnew(client: ApplyClient): Promise<void> {
  forgetPolicyDraft()
  await loadRouting(client)
  await Promise.all([loadVersions(client), refreshSummary(client)])
}
