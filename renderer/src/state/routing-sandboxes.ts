import { create } from 'zustand'
import type { Client } from '#contract/contract'

const CODE = 'sandbox_by_name'

/** Workspaces that the last check of the data found to be named like a sandbox, while they are routed as if real; null: not checked. */
export const useSandboxes = create<Readonly<{ named: number | null }>>()(() => ({ named: null }))

export async function loadSandboxes(client: Pick<Client, 'health.report'>): Promise<void> {
  const { report } = await client['health.report']({})
  useSandboxes.setState({ named: report?.checks.find(({ code }) => code === CODE)?.count ?? null })
}

export function forgetSandboxes(): void {
  useSandboxes.setState({ named: null })
}
