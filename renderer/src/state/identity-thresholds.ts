import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import type { Thresholds } from './identity-overview.ts'

export type Figures = Output<'identity.thresholds'>['figures'][number]
export type Answered = Output<'identity.thresholds'>['answered']
export type Moves = Output<'identity.moves'>
export type Cut = 'auto' | 'review'

type Panel = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** In force. */
  thresholds: Thresholds | null
  /** Where the two handles stand. */
  draft: Readonly<Record<Cut, number>> | null
  records: number
  /** Strongest first, one for each threshold at which something changes. */
  figures: readonly Figures[]
  /** Above the first of them. */
  above: Omit<Figures, 'bits'> | null
  answered: Answered
  /** The handle that was moved last. */
  moved: Cut
  moves: Moves | null
  /** What would join first if the cut for joining went down to where asking begins; while no handle is moved. */
  nearest: Moves | null
}>

const EMPTY: Panel = {
  status: 'idle',
  thresholds: null,
  draft: null,
  records: 0,
  figures: [],
  above: null,
  answered: { same: [], different: [], bCubed: [] },
  moved: 'auto',
  moves: null,
  nearest: null,
}
/** Joining without asking is never allowed below; the engine refuses it too. */
export const LEAST_AUTO = 7

export const useThresholds = create<Panel>()(() => EMPTY)
let latest = 0
let latestMoves = 0

type PanelClient = Pick<Client, 'identity.thresholds' | 'identity.moves'>

/** The figures of every threshold at once, so that a handle moves without a call. A draft stays. */
export async function loadThresholds(client: PanelClient): Promise<void> {
  const question = ++latest
  if (useThresholds.getState().status !== 'ready') useThresholds.setState({ status: 'loading' })
  try {
    const { thresholds, records, figures, above, answered } = await client['identity.thresholds']({})
    if (question !== latest) return
    const { auto, review } = thresholds
    useThresholds.setState(({ draft }) => ({
      status: 'ready',
      thresholds,
      records,
      figures,
      above: above ?? null,
      answered,
      draft: draft ?? { auto, review },
    }))
    await loadMoves(client)
  } catch (error) {
    if (question === latest) useThresholds.setState({ status: 'failed' })
    throw error
  }
}

/** Moves a handle; asking never begins above joining. */
export function moveHandle(cut: Cut, value: number): void {
  useThresholds.setState(({ draft }) => {
    if (draft === null) return {}
    const auto = Math.max(LEAST_AUTO, cut === 'auto' ? value : draft.auto)
    const review = Math.min(cut === 'review' ? value : draft.review, auto)
    return { draft: { auto, review }, moved: cut }
  })
}

export function resetHandles(): void {
  useThresholds.setState(({ thresholds }) => ({
    draft: thresholds === null ? null : { auto: thresholds.auto, review: thresholds.review },
    moves: null,
  }))
}

/** What newly joins, or falls apart, where the handle stands now; answers that were overtaken are dropped. */
export async function loadMoves(client: PanelClient): Promise<void> {
  const question = ++latestMoves
  const { thresholds, draft, moved } = useThresholds.getState()
  if (thresholds === null || draft === null) return
  const moves = await client['identity.moves']({ from: thresholds[moved], to: draft[moved], limit: 100 })
  if (question !== latestMoves) return
  useThresholds.setState({ moves })
  if (thresholds[moved] !== draft[moved]) return
  const nearest = await client['identity.moves']({ from: thresholds.auto, to: thresholds.review, limit: 100 })
  if (question === latestMoves) useThresholds.setState({ nearest })
}

/** The figures in force at a cut: those of the lowest threshold at or above it; above the strongest there is what answers alone join. */
export function figuresAt(figures: readonly Figures[], cut: number, above?: Panel['above']): Figures {
  let low = 0
  let high = figures.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((figures[middle]?.bits ?? -Infinity) >= cut) low = middle + 1
    else high = middle
  }
  const none = above ?? { clusters: 0, mergedRecords: 0, largest: 0, refused: 0 }
  return figures[low - 1] ?? { ...none, bits: cut }
}

/** Answered pairs at a cut: joined by the evidence and answered the same or different; apart and answered the same. */
export type Agreed = Readonly<{ same: number; different: number; missed: number }>

export function agreedAt({ same, different }: Answered, cut: number): Agreed {
  const joined = (heights: Answered['same']): number =>
    heights.filter(height => height !== null && height >= cut).length
  const agreed = joined(same)
  return { same: agreed, different: joined(different), missed: same.length - agreed }
}

export function forgetThresholds(): void {
  latest += 1
  latestMoves += 1
  useThresholds.setState(EMPTY)
}

/** B-cubed of the answered records at a cut; undefined where nothing was answered. */
export function bCubedAt({ bCubed }: Answered, cut: number): Answered['bCubed'][number] | undefined {
  return bCubed.findLast(({ bits }) => bits === null || bits >= cut)
}
