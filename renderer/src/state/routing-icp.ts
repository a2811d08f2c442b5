import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

export type Icp = Output<'routing.icp'>
export type Fit = Pick<Input<'routing.icpPreview'>, 'rules' | 'tierFrom'>
export type FitRule = Fit['rules'][number]
export type IcpPreview = Output<'routing.icpPreview'>
export type IcpFinding = IcpPreview['findings'][number]

type State = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  inForce: Icp | null
  /** The rules as they are edited; null: as they are in force. */
  draft: Fit | null
  /** Drafts before this one, the newest last. */
  past: readonly (Fit | null)[]
  /** What the last step edited: letters typed into one field are one step. */
  field: string | null
  preview: IcpPreview | null
  isPreviewOld: boolean
  isReviewing: boolean
}>

const EMPTY: State = {
  status: 'idle',
  inForce: null,
  draft: null,
  past: [],
  field: null,
  preview: null,
  isPreviewOld: false,
  isReviewing: false,
}
const MOST_PAST = 100
const ASK_AFTER_MS = 150

export const useIcp = create<State>()(() => EMPTY)
let latestLoad = 0
let latestPreview = 0

type ReadClient = Pick<Client, 'routing.icp' | 'routing.icpPreview'>
type PreviewClient = Pick<Client, 'routing.icpPreview'>

/** The rules as they are edited, or as they are in force. */
export function fitOf({ draft, inForce }: Pick<State, 'draft' | 'inForce'>): Fit | null {
  return draft ?? inForce
}

/** The rules in force and the tiers that they give; a draft is kept, where it still is one. */
export async function loadIcp(client: ReadClient): Promise<void> {
  const question = ++latestLoad
  if (useIcp.getState().status !== 'ready') useIcp.setState({ status: 'loading' })
  try {
    const inForce = await client['routing.icp']({})
    if (question !== latestLoad) return
    useIcp.setState(({ draft }) => ({ inForce, draft: draft === null || areSame(draft, inForce) ? null : draft }))
    await ask(client, ++latestPreview)
    if (question === latestLoad) useIcp.setState({ status: 'ready' })
  } catch (error) {
    if (question === latestLoad) useIcp.setState({ status: 'failed' })
    throw error
  }
}

async function ask(client: PreviewClient, question: number): Promise<void> {
  const fit = fitOf(useIcp.getState())
  if (fit === null) return
  useIcp.setState({ isPreviewOld: true })
  const preview = await client['routing.icpPreview']({ rules: fit.rules, tierFrom: fit.tierFrom })
  if (question === latestPreview) useIcp.setState({ preview, isPreviewOld: false })
}

async function askSoon(client: PreviewClient): Promise<void> {
  const question = ++latestPreview
  useIcp.setState({ isPreviewOld: true })
  await new Promise(resolve => setTimeout(resolve, ASK_AFTER_MS))
  if (question === latestPreview) await ask(client, question)
}

/** Takes an edit into the draft and asks who would be of which tier. Steps of one field are undone together. */
export async function editIcp(
  client: PreviewClient,
  how: (fit: Fit) => Fit,
  field: string | null = null,
): Promise<void> {
  const state = useIcp.getState()
  const before = fitOf(state)
  if (before === null || state.inForce === null) return
  const after = how({ rules: before.rules, tierFrom: before.tierFrom })
  if (areSame(before, after)) return
  const isSameStep = field !== null && field === state.field
  useIcp.setState({
    draft: areSame(after, state.inForce) ? null : after,
    past: isSameStep ? state.past : [...state.past, state.draft].slice(-MOST_PAST),
    field,
  })
  await askSoon(client)
}

/** Takes the last step back. */
export async function undoIcpEdit(client: PreviewClient): Promise<void> {
  const { past } = useIcp.getState()
  const before = past.at(-1)
  if (before === undefined) return
  useIcp.setState({ draft: before, past: past.slice(0, -1), field: null })
  await ask(client, ++latestPreview)
}

export async function discardIcp(client: PreviewClient): Promise<void> {
  dropIcpDraft()
  await ask(client, ++latestPreview)
}

/** Drops what was edited: it is in force now. */
export function dropIcpDraft(): void {
  useIcp.setState({ draft: null, past: [], field: null })
}

export const reviewIcp = (isReviewing: boolean): void => useIcp.setState({ isReviewing })

const textOf = ({ rules, tierFrom }: Fit): string => JSON.stringify([rules, Object.entries(tierFrom).sort()])
const areSame = (one: Fit, other: Fit): boolean => textOf(one) === textOf(other)

export function forgetIcp(): void {
  latestLoad++
  latestPreview++
  useIcp.setState(EMPTY)
}
