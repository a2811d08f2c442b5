import type { Client } from '#contract/contract'
import { refreshSummary } from './project.ts'
import { entriesOf, forgetDraft, loadTaxonomy, sent, useTaxonomy } from './taxonomy.ts'
import type { Entries } from './taxonomy-entries.ts'

type Applying = Pick<
  Client,
  'taxonomy.apply' | 'taxonomy.names' | 'taxonomy.get' | 'taxonomy.preview' | 'taxonomy.suggest' | 'project.summary'
>

/** The draft as a new version of the model. */
export async function applyDraft(client: Applying): Promise<void> {
  await applyEntries(client, entriesOf(useTaxonomy.getState()))
}

/** The taxonomy before the one in force, as a new version of the model as it is now. */
export async function revertTaxonomy(client: Applying): Promise<void> {
  const previous = useTaxonomy.getState().inForce?.previous ?? null
  if (previous !== null) await applyEntries(client, previous.entries)
}

async function applyEntries(client: Applying, entries: Entries): Promise<void> {
  const { inForce } = useTaxonomy.getState()
  if (inForce === null) return
  await client['taxonomy.apply']({ entries: sent(entries), hash: inForce.hash })
  forgetDraft()
  await loadTaxonomy(client)
  await refreshSummary(client)
}
