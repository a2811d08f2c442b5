import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { loadModel } from './model.ts'
import { areSameModels, type ModelDocument, readModel, textOf } from './model-document.ts'
import { refreshSummary } from './project.ts'

export type Version = Output<'model.versions'>['versions'][number]
export type Preset = Output<'model.presets'>['presets'][number]
export type Lint = Output<'model.lint'>
export type Finding = Lint['findings'][number]
export type DocumentChange = Output<'model.diff'>['changes'][number]
type InForce = Output<'model.get'>

type Editor = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  inForce: InForce | null
  /** The document of the model in force. */
  base: ModelDocument | null
  /** The model as it is edited; null: as it is in force. */
  draft: ModelDocument | null
  /** Drafts before this one, the newest last. */
  past: readonly (ModelDocument | null)[]
  /** What is to be known of the document as it is edited; of the one before it until the engine has answered. */
  lint: Lint | null
  versions: readonly Version[]
  presets: readonly Preset[]
}>

const EMPTY: Editor = {
  status: 'idle',
  inForce: null,
  base: null,
  draft: null,
  past: [],
  lint: null,
  versions: [],
  presets: [],
}
const MOST_PAST = 200

export const useModelEditor = create<Editor>()(() => EMPTY)
let latestLoad = 0
let latestLint = 0

type Loading = Pick<Client, 'model.get' | 'model.versions' | 'model.presets' | 'model.draft' | 'model.lint'>
type Editing = Pick<Client, 'model.lint' | 'model.keepDraft'>
type Applying = Loading & Editing & Pick<Client, 'model.apply' | 'model.revert' | 'project.summary'>

/** The document as it is edited, or as it is in force. */
export function documentOf({ draft, base }: Pick<Editor, 'draft' | 'base'>): ModelDocument | null {
  return draft ?? base
}

/** The model in force, its versions, and the draft that was left. */
export async function loadModelEditor(client: Loading): Promise<void> {
  const question = ++latestLoad
  if (useModelEditor.getState().status !== 'ready') useModelEditor.setState({ status: 'loading' })
  try {
    const [inForce, { versions }, { presets }, kept] = await Promise.all([
      client['model.get']({}),
      client['model.versions']({}),
      client['model.presets']({}),
      client['model.draft']({}),
    ])
    if (question !== latestLoad) return
    const base = readModel(inForce.json)
    const draft = kept.json === null ? null : readModel(kept.json)
    const isEdited = draft !== null && base !== null && !areSameModels(draft, base)
    useModelEditor.setState({ inForce, base, versions, presets, draft: isEdited ? draft : null, past: [] })
    await loadLint(client)
    if (question === latestLoad) useModelEditor.setState({ status: 'ready' })
  } catch (error) {
    if (question === latestLoad) useModelEditor.setState({ status: 'failed' })
    throw error
  }
}

async function loadLint(client: Pick<Client, 'model.lint'>): Promise<void> {
  const question = ++latestLint
  const document = documentOf(useModelEditor.getState())
  if (document === null) return
  const lint = await client['model.lint']({ json: textOf(document) })
  if (question === latestLint) useModelEditor.setState({ lint })
}

/** Takes an edit into the draft, keeps it in the project and asks what is to be known of it. */
export async function editModel(client: Editing, how: (document: ModelDocument) => ModelDocument): Promise<void> {
  const state = useModelEditor.getState()
  const before = documentOf(state)
  if (before === null || state.base === null) return
  const after = how(before)
  if (areSameModels(before, after)) return
  useModelEditor.setState({
    draft: areSameModels(after, state.base) ? null : after,
    past: [...state.past, state.draft].slice(-MOST_PAST),
  })
  await settleDraft(client)
}

/** One step back. */
export async function undoModelEdit(client: Editing): Promise<void> {
  const { past } = useModelEditor.getState()
  const draft = past.at(-1)
  if (draft === undefined) return
  useModelEditor.setState({ draft, past: past.slice(0, -1) })
  await settleDraft(client)
}

/** Back to the model in force; it is one step that can be undone. */
export async function discardModelDraft(client: Editing): Promise<void> {
  const { base } = useModelEditor.getState()
  if (base !== null) await editModel(client, () => base)
}

async function settleDraft(client: Editing): Promise<void> {
  const { draft } = useModelEditor.getState()
  await Promise.all([loadLint(client), client['model.keepDraft']({ json: draft === null ? null : textOf(draft) })])
}

/** The draft as a new version of the model. */
export async function applyModelDraft(client: Applying): Promise<void> {
  const { draft } = useModelEditor.getState()
  if (draft === null) return
  await client['model.apply']({ json: textOf(draft) })
  await client['model.keepDraft']({ json: null })
  await reload(client)
}

/** Brings an earlier version into force again; the draft, where there is one, stays. */
export async function revertModel(client: Applying, hash: string): Promise<void> {
  await client['model.revert']({ hash })
  await reload(client)
}

async function reload(client: Applying): Promise<void> {
  await loadModelEditor(client)
  await Promise.all([loadModel(client), refreshSummary(client)])
}
