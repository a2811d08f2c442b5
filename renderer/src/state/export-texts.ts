import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'

type Templates = Output<'handoff.templates'>
export type Template = Templates['templates'][number]
export type TemplateId = Template['id']
export type TextPreview = Output<'handoff.preview'>

type Texts = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  templates: readonly Template[]
  fields: Templates['fields']
  /** Texts that differ from those that are kept. */
  drafts: Readonly<Partial<Record<TemplateId, string>>>
  chosen: TemplateId
  /** The workspace that the preview shows; null: the first. */
  unitId: string | null
  preview: TextPreview | null
  isPreviewOld: boolean
}>

const EMPTY: Texts = {
  status: 'idle',
  templates: [],
  fields: [],
  drafts: {},
  chosen: 'sdr_task',
  unitId: null,
  preview: null,
  isPreviewOld: false,
}
/** Letters of a word are not asked for one by one. */
const PREVIEW_AFTER_MS = 200

export const useTexts = create<Texts>()(() => EMPTY)
let latest = 0

/** The text of a template as it is edited, or as it is kept. */
export function textOf({ templates, drafts }: Pick<Texts, 'templates' | 'drafts'>, id: TemplateId): string {
  return drafts[id] ?? templates.find(template => template.id === id)?.text ?? ''
}

export async function loadTexts(client: Pick<Client, 'handoff.templates' | 'handoff.preview'>): Promise<void> {
  useTexts.setState(({ status }) => ({ status: status === 'ready' ? 'ready' : 'loading' }))
  try {
    const { templates, fields } = await client['handoff.templates']({})
    useTexts.setState({ templates, fields })
    await showTexts(client, ++latest)
    useTexts.setState({ status: 'ready' })
  } catch (error) {
    useTexts.setState({ status: 'failed' })
    throw error
  }
}

async function showTexts(client: Pick<Client, 'handoff.preview'>, question: number): Promise<void> {
  const { templates, drafts } = useTexts.getState()
  const edited = templates.flatMap(({ id }) => (drafts[id] === undefined ? [] : [{ id, text: drafts[id] }]))
  useTexts.setState({ isPreviewOld: true })
  const preview = await client['handoff.preview']({ templates: edited })
  if (question === latest) useTexts.setState({ preview, isPreviewOld: false })
}

/** Takes what is typed; what it would say is asked once the typing rests. */
export async function editText(client: Pick<Client, 'handoff.preview'>, id: TemplateId, text: string): Promise<void> {
  const question = ++latest
  useTexts.setState(({ templates, drafts }) => {
    const { [id]: _, ...others } = drafts
    const isKept = templates.find(template => template.id === id)?.text === text
    return { drafts: isKept ? others : { ...others, [id]: text }, isPreviewOld: true }
  })
  await new Promise(resolve => setTimeout(resolve, PREVIEW_AFTER_MS))
  if (question === latest) await showTexts(client, question)
}

type SaveClient = Pick<Client, 'handoff.save' | 'handoff.templates' | 'handoff.preview'>

/** Keeps every text that was edited. */
export async function saveTexts(client: SaveClient): Promise<void> {
  const { templates, drafts } = useTexts.getState()
  const edited = templates.flatMap(({ id }) => (drafts[id] === undefined ? [] : [{ id, text: drafts[id] }]))
  if (edited.length === 0) return
  await client['handoff.save']({ templates: edited })
  useTexts.setState({ drafts: {} })
  await loadTexts(client)
}

/** Brings the built-in text back. */
export async function resetText(client: SaveClient, id: TemplateId): Promise<void> {
  await client['handoff.save']({ templates: [{ id, text: null }] })
  useTexts.setState(({ drafts: { [id]: _, ...others } }) => ({ drafts: others }))
  await loadTexts(client)
}

export async function discardTexts(client: Pick<Client, 'handoff.preview'>): Promise<void> {
  useTexts.setState({ drafts: {} })
  await showTexts(client, ++latest)
}

export const chooseText = (chosen: TemplateId): void => useTexts.setState({ chosen })
export const showUnitText = (unitId: string): void => useTexts.setState({ unitId })

export function forgetTexts(): void {
  latest++
  useTexts.setState(EMPTY)
}
