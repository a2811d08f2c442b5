import { create } from 'zustand'
import type { Client, Input, Output, Result } from '#contract/contract'
import { runJob } from './jobs.ts'
import { areSame, type Entries } from './taxonomy-entries.ts'

export type NameList = Result<'taxonomy.names'>
export type Preview = Result<'taxonomy.preview'>
export type Suggestion = Output<'taxonomy.suggest'>['suggestions'][number]
type InForce = Output<'taxonomy.get'>

type Taxonomy = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** Events of the project when the names were counted. */
  events: number
  list: NameList | null
  inForce: InForce | null
  /** The taxonomy as it is edited; null: as it is in force. */
  draft: Entries | null
  /** Drafts before this one, the newest last: for undoing one step. */
  past: readonly (Entries | null)[]
  /** What the draft would do; of the draft before it until the engine has answered. */
  preview: Preview | null
  isPreviewOld: boolean
  suggestions: readonly Suggestion[] | null
  /** Names whose suggestion was put aside for now. */
  dismissed: readonly string[]
}>

const EMPTY: Taxonomy = {
  status: 'idle',
  events: 0,
  list: null,
  inForce: null,
  draft: null,
  past: [],
  preview: null,
  isPreviewOld: false,
  suggestions: null,
  dismissed: [],
}
const NO_ENTRIES: Entries = []
const MOST_PAST = 100

export const useTaxonomy = create<Taxonomy>()(() => EMPTY)
let latestLoad = 0
let latestPreview = 0

/** The entries as they are edited, or as they are in force. */
export function entriesOf({ draft, inForce }: Pick<Taxonomy, 'draft' | 'inForce'>): Entries {
  return draft ?? inForce?.entries ?? NO_ENTRIES
}

/**
 * Names, figures and the taxonomy in force; a draft is kept, where it still is one. Where there are other events than
 * before, they are counted anew, which is a job.
 */
export async function loadTaxonomy(
  client: Pick<Client, 'taxonomy.names' | 'taxonomy.get' | 'taxonomy.preview' | 'taxonomy.suggest'>,
  events = useTaxonomy.getState().events,
): Promise<void> {
  const question = ++latestLoad
  const before = useTaxonomy.getState()
  const isFirst = before.status !== 'ready' || before.events !== events
  if (isFirst) useTaxonomy.setState({ status: 'loading', events })
  try {
    const list = isFirst
      ? await runJob('Count event names', options => client['taxonomy.names']({}, options))
      : await client['taxonomy.names']({})
    const inForce = await client['taxonomy.get']({})
    if (question !== latestLoad) return
    useTaxonomy.setState(({ draft }) => ({
      list,
      inForce,
      draft: draft === null || areSame(draft, inForce.entries) ? null : draft,
    }))
    await loadPreview(client)
    if (question === latestLoad) useTaxonomy.setState({ status: 'ready' })
  } catch (error) {
    if (question === latestLoad) useTaxonomy.setState({ status: 'failed' })
    throw error
  }
}

/** Answers that were overtaken by a later edit are dropped. */
async function loadPreview(client: Pick<Client, 'taxonomy.preview' | 'taxonomy.suggest'>): Promise<void> {
  const question = ++latestPreview
  const entries = sent(entriesOf(useTaxonomy.getState()))
  useTaxonomy.setState({ isPreviewOld: true })
  const preview = await client['taxonomy.preview']({ entries })
  if (question !== latestPreview) return
  useTaxonomy.setState({ preview, isPreviewOld: false })
  const { suggestions } = await client['taxonomy.suggest']({ entries })
  if (question === latestPreview) useTaxonomy.setState({ suggestions })
}

/** The same entries as a call takes them. */
export function sent(entries: Entries): Input<'taxonomy.preview'>['entries'] {
  return entries.map(entry => ({ ...entry, match: [...entry.match] }))
}

/** Takes an edit into the draft and asks what it would do. */
export async function edit(
  client: Pick<Client, 'taxonomy.preview' | 'taxonomy.suggest'>,
  how: (entries: Entries) => Entries,
): Promise<void> {
  const state = useTaxonomy.getState()
  const before = entriesOf(state)
  const after = how(before)
  if (areSame(before, after)) return
  useTaxonomy.setState({
    draft: areSame(after, state.inForce?.entries ?? NO_ENTRIES) ? null : after,
    past: [...state.past, state.draft].slice(-MOST_PAST),
  })
  await loadPreview(client)
}

/** Takes the last edit back. */
export async function undoEdit(client: Pick<Client, 'taxonomy.preview' | 'taxonomy.suggest'>): Promise<void> {
  const { past } = useTaxonomy.getState()
  const before = past.at(-1)
  if (before === undefined) return
  useTaxonomy.setState({ draft: before, past: past.slice(0, -1) })
  await loadPreview(client)
}

export async function discardDraft(client: Pick<Client, 'taxonomy.preview' | 'taxonomy.suggest'>): Promise<void> {
  forgetDraft()
  await loadPreview(client)
}

/** Drops what was edited: it is in force now. */
export function forgetDraft(): void {
  useTaxonomy.setState({ draft: null, past: [], dismissed: [] })
}

export function dismiss(name: string): void {
  useTaxonomy.setState(({ dismissed }) => ({ dismissed: [...dismissed, name] }))
}

export function forgetTaxonomy(): void {
  latestLoad++
  latestPreview++
  useTaxonomy.setState(EMPTY)
}
