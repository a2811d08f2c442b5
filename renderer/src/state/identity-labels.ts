import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

export type LabelSheet = Output<'identity.labels'>
export type Label = Input<'identity.label'>['labels'][number]['label']

type Labels = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  sheet: LabelSheet | null
  /** Place of the pair that is shown. */
  at: number
}>

const EMPTY: Labels = { status: 'idle', sheet: null, at: 0 }

export const useLabels = create<Labels>()(() => EMPTY)
let latest = 0

type LabelClient = Pick<Client, 'identity.labels' | 'identity.label'>

/** The sample of joined pairs and the estimate so far; the first pair without a label is shown. */
export async function loadLabels(client: Pick<Client, 'identity.labels'>): Promise<void> {
  const question = ++latest
  if (useLabels.getState().status !== 'ready') useLabels.setState({ status: 'loading' })
  try {
    const sheet = await client['identity.labels']({})
    if (question !== latest) return
    useLabels.setState({ status: 'ready', sheet, at: openAfter(sheet, -1) })
  } catch (error) {
    if (question === latest) useLabels.setState({ status: 'failed' })
    throw error
  }
}

/** The next pair without a label; behind the last where there is none. */
function openAfter({ sample }: LabelSheet, place: number): number {
  const next = sample.findIndex(({ label }, i) => i > place && label === null)
  const first = next >= 0 ? next : sample.findIndex(({ label }) => label === null)
  return first >= 0 ? first : sample.length
}

/** Labels the pair that is shown and shows the next; the estimate follows. */
export async function labelShown(client: LabelClient, label: Label): Promise<void> {
  const { sheet, at } = useLabels.getState()
  const shown = sheet?.sample[at]
  if (sheet === null || shown === undefined) return
  const sample = sheet.sample.map((one, place) => (place === at ? { ...one, label } : one))
  const next = { ...sheet, sample }
  useLabels.setState({ sheet: next, at: openAfter(next, at) })
  await client['identity.label']({ labels: [{ a: shown.pair.a, b: shown.pair.b, label }] })
  const question = latest
  const { labelled, judged, same, precision, labelledAt } = await client['identity.labels']({})
  if (question === latest)
    useLabels.setState(state => ({
      sheet: state.sheet === null ? null : { ...state.sheet, labelled, judged, same, precision, labelledAt },
    }))
}

export function showLabelAt(at: number): void {
  useLabels.setState(({ sheet }) => ({ at: Math.max(0, Math.min(sheet?.sample.length ?? 0, at)) }))
}

export function forgetLabels(): void {
  latest += 1
  useLabels.setState(EMPTY)
}
