import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { loadModel } from './model.ts'
import { areSameModels, type ModelDocument, readDraft, readModel, textOf } from './model-document.ts'
import { refreshSummary } from './project.ts'

export type Version = Output<'model.versions'>['versions'][number]
export type Preset = Output<'model.presets'>['presets'][number]
export type Lint = Output<'model.lint'>
export type Finding = Lint['findings'][number]
export type DocumentChange = Output<'model.diff'>['changes'][number]
export type Rebase = Output<'model.rebase'>
type InForce = Output<'model.get'>

type Editor = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  inForce: InForce | null
  /** The document of the model in force. */
  base: ModelDocument | null
  /** The model as it is edited; null: as it is in force. */
  draft: ModelDocument | null
  /** Hash of the model that the draft was begun on. */
  draftBase: string | null
  /** Drafts before this one, the newest last. */
  past: readonly Pick<Editor, 'draft' | 'draftBase'>[]
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
  draftBase: null,
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
    const draft = kept.json === null ? null : readDraft(kept.json)
    const isEdited = draft !== null && base !== null && !areSameModels(draft, base)
    const draftBase = isEdited ? (kept.baseHash ?? inForce.hash) : null
    useModelEditor.setState({ inForce, base, versions, presets, draft: isEdited ? draft : null, draftBase, past: [] })
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
  const { draft, draftBase, inForce, past } = state
  useModelEditor.setState({
    draft: areSameModels(after, state.base) ? null : after,
    draftBase: draft === null ? (inForce?.hash ?? null) : draftBase,
    past: [...past, { draft, draftBase }].slice(-MOST_PAST),
  })
  await settleDraft(client)
}

/** One step back. */
export async function undoModelEdit(client: Editing): Promise<void> {
  const { past } = useModelEditor.getState()
  const before = past.at(-1)
  if (before === undefined) return
  useModelEditor.setState({ ...before, past: past.slice(0, -1) })
  await settleDraft(client)
}

/** Back to the model in force; it is one step that can be undone. */
export async function discardModelDraft(client: Editing): Promise<void> {
  const { base } = useModelEditor.getState()
  if (base !== null) await editModel(client, () => base)
}

async function settleDraft(client: Editing): Promise<void> {
  const { draft, draftBase } = useModelEditor.getState()
  const kept = { json: draft === null ? null : textOf(draft), baseHash: draftBase }
  await Promise.all([loadLint(client), client['model.keepDraft'](kept)])
}

/** Whether another model has come into force since the draft was begun. */
export function isOvertaken({ draft, draftBase, inForce }: Pick<Editor, 'draft' | 'draftBase' | 'inForce'>): boolean {
  return draft !== null && inForce !== null && draftBase !== inForce.hash
}

/** The draft on top of the model in force, and what was changed there; null without a draft that was overtaken. */
export async function rebaseOf(client: Pick<Client, 'model.rebase'>): Promise<Rebase | null> {
  const state = useModelEditor.getState()
  const { draft, draftBase } = state
  if (draft === null || draftBase === null || !isOvertaken(state)) return null
  return await client['model.rebase']({ json: textOf(draft), baseHash: draftBase })
}

/** Takes what came into force into the draft. Steps before it were on another model: they cannot be taken back any more. */
export async function takeRebase(client: Editing, { json, hash }: Rebase): Promise<void> {
  const taken = readDraft(json)
  if (taken === null) throw new Error('the draft with what came into force is not of the shape of a model')
  const { base, inForce } = useModelEditor.getState()
  const isEdited = base === null || inForce?.hash !== hash || !areSameModels(taken, base)
  useModelEditor.setState({ draft: isEdited ? taken : null, draftBase: isEdited ? hash : null, past: [] })
  await settleDraft(client)
}

/**
 * The draft as a new version of the model. Where another model is in force than the draft was begun on, nothing is applied, and the
 * editor shows what is in force.
 */
export async function applyModelDraft(client: Applying): Promise<void> {
  const { draft, draftBase } = useModelEditor.getState()
  if (draft === null) return
  try {
    await client['model.apply']({ json: textOf(draft), ...(draftBase === null ? {} : { expected: draftBase }) })
  } catch (error) {
    await reload(client)
    throw error
  }
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
