import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import type { Check } from './routing-draft.ts'

export type Version = Output<'routing.versions'>['versions'][number]

type Versions = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  versions: readonly Version[]
  /** What bringing a version back would do; null: not asked, or on its way. */
  compared: Readonly<{ hash: string; check: Check }> | null
}>

const EMPTY: Versions = { status: 'idle', versions: [], compared: null }

export const useVersions = create<Versions>()(() => EMPTY)
let latestCompare = 0

export async function loadVersions(client: Pick<Client, 'routing.versions'>): Promise<void> {
  useVersions.setState(({ status }) => ({ status: status === 'ready' ? 'ready' : 'loading' }))
  try {
    const { versions } = await client['routing.versions']({})
    useVersions.setState({ status: 'ready', versions })
  } catch (error) {
    useVersions.setState({ status: 'failed' })
    throw error
  }
}

/** What a version would do beside the one in force. */
export async function compareVersion(
  client: Pick<Client, 'routing.version' | 'routing.check'>,
  hash: string,
): Promise<void> {
  const question = ++latestCompare
  useVersions.setState({ compared: null })
  const { policy } = await client['routing.version']({ hash })
  const check = await client['routing.check']({ json: JSON.stringify(policy) })
  if (question === latestCompare) useVersions.setState({ compared: { hash, check } })
}

export function forgetVersions(): void {
  latestCompare++
  useVersions.setState(EMPTY)
}
