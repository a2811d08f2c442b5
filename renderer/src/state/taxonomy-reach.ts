import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { sent } from './taxonomy.ts'
import type { Entries } from './taxonomy-entries.ts'

export type Reach = Output<'taxonomy.pattern'>

/** What the pattern that is being typed would take; null: nothing was asked, or the answer is on its way. */
export const useReach = create<Readonly<{ reach: Reach | null }>>()(() => ({ reach: null }))

let latest = 0

/** Asks what a pattern would take, were it added to a kind; overtaken answers are dropped. */
export async function askReach(
  client: Pick<Client, 'taxonomy.pattern'>,
  { entries, kind, pattern }: Readonly<{ entries: Entries; kind: string; pattern: string }>,
): Promise<void> {
  const question = ++latest
  if (pattern.trim() === '') {
    useReach.setState({ reach: null })
    return
  }
  const place = entries.findIndex(entry => entry.kind === kind)
  const at = place === -1 ? entries.length : place
  const reach = await client['taxonomy.pattern']({ entries: sent(entries), at, pattern })
  if (question === latest) useReach.setState({ reach })
}

export function forgetReach(): void {
  latest++
  useReach.setState({ reach: null })
}
