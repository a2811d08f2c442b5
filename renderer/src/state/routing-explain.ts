import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { findUnits } from './palette.ts'
import { useRouting } from './routing-draft.ts'
import { setRoutingView } from './routing-view.ts'
import type { ScoreRow } from './score-list.ts'

export type Explanation = Output<'routing.explain'>

type Explain = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  unitId: string | null
  answer: Explanation | null
  /** Workspaces that fit what is typed into the picker, best score first. */
  found: readonly ScoreRow[]
}>

const EMPTY: Explain = { status: 'idle', unitId: null, answer: null, found: [] }
const SHOWN = 12

export const useExplain = create<Explain>()(() => EMPTY)
let latestAnswer = 0
let latestSearch = 0

/** Tries the rules on a workspace: those of the draft, where there is one that can be read. */
export async function explainUnit(client: Pick<Client, 'routing.explain'>, unitId: string): Promise<void> {
  const question = ++latestAnswer
  const { draft, issues } = useRouting.getState()
  if (draft !== null && issues.length > 0) return
  useExplain.setState(state => ({
    unitId,
    status: state.answer?.unit.unitId === unitId ? 'ready' : 'loading',
    answer: state.answer?.unit.unitId === unitId ? state.answer : null,
  }))
  try {
    const input = draft === null ? { unitId } : { unitId, json: JSON.stringify(draft) }
    const answer = await client['routing.explain'](input)
    if (question === latestAnswer) useExplain.setState({ status: 'ready', answer })
  } catch (error) {
    if (question === latestAnswer) useExplain.setState({ status: 'failed' })
    throw error
  }
}

/** Shows a workspace in the part of the room that tries the rules. */
export async function testUnit(client: Pick<Client, 'routing.explain'>, unitId: string): Promise<void> {
  setRoutingView({ tab: 'test' })
  await explainUnit(client, unitId)
}

export async function searchToTest(client: Pick<Client, 'score.order' | 'score.rows'>, typed: string): Promise<void> {
  const question = ++latestSearch
  const found = await findUnits(client, typed, SHOWN)
  if (question === latestSearch) useExplain.setState({ found })
}

export function forgetExplain(): void {
  latestAnswer++
  latestSearch++
  useExplain.setState(EMPTY)
}
