import { create } from 'zustand'
import type { Client, Output, Result } from '#contract/contract'
import { formatDay } from '#lib/time'
import { listLevel } from './score-level.ts'

export type ScoreHistory = Result<'score.history'>
export type ScoreChanges = Output<'score.changes'>
export type ScoreExplanation = Output<'score.explain'>

type Past = Readonly<{
  unitId: string | null
  history: ScoreHistory | null
  /** The day at whose end the comparison begins; null: none chosen yet. */
  since: number | null
  changes: ScoreChanges | null
  explanation: ScoreExplanation | null
}>

const EMPTY: Past = { unitId: null, history: null, since: null, changes: null, explanation: null }
const DAYS_BACK = 7

export const useScoreHistory = create<Past>()(() => EMPTY)
let latestChanges = 0

/** The score of each of the last 90 days, and what changed in the last week; of another unit: all anew. */
export async function loadHistory(
  client: Pick<Client, 'score.history' | 'score.changes'>,
  unitId: string,
): Promise<void> {
  takeUnit(unitId)
  const history = await client['score.history']({ unitId, level: listLevel() })
  if (useScoreHistory.getState().unitId !== unitId) return
  useScoreHistory.setState({ history })
  const { since } = useScoreHistory.getState()
  await compareSince(client, since ?? Math.max(history.firstDay, history.lastDay - DAYS_BACK))
}

/** What changed since the end of a day; an answer that was overtaken is dropped. */
export async function compareSince(client: Pick<Client, 'score.changes'>, since: number): Promise<void> {
  const { unitId, history } = useScoreHistory.getState()
  if (unitId === null || history === null) return
  const day = Math.min(history.lastDay, Math.max(history.firstDay, since))
  const question = ++latestChanges
  useScoreHistory.setState({ since: day })
  const changes = await client['score.changes']({ unitId, level: listLevel(), since: formatDay(day) })
  if (question === latestChanges) useScoreHistory.setState({ changes })
}

/** What the score rests on that is not known, and what would lift it. */
export async function loadExplanation(client: Pick<Client, 'score.explain'>, unitId: string): Promise<void> {
  takeUnit(unitId)
  const explanation = await client['score.explain']({ unitId, level: listLevel() })
  if (useScoreHistory.getState().unitId === unitId) useScoreHistory.setState({ explanation })
}

function takeUnit(unitId: string): void {
  if (useScoreHistory.getState().unitId !== unitId) useScoreHistory.setState({ ...EMPTY, unitId })
}

/** Forgets what was read of a run that is no longer the newest. */
export function forgetHistory(): void {
  latestChanges += 1
  useScoreHistory.setState(EMPTY)
}
