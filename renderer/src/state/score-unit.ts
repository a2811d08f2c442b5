import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { listLevel } from './score-level.ts'

export type UnitDetail = Output<'score.unit'>
export type ScoreLine = UnitDetail['lines'][number]
export type UnitPerson = UnitDetail['people'][number]
export const UNIT_TABS = ['why', 'history', 'ledger', 'people', 'timeline', 'facts', 'routing'] as const
export type UnitTab = (typeof UNIT_TABS)[number]

type ScoreUnit = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  detail: UnitDetail | null
  /** Events per day, oldest first, from `firstDay` on. */
  perDay: readonly number[]
  firstDay: number
  /** Why it could not be read, in words. */
  message: string | null
  tab: UnitTab
}>

const EMPTY: ScoreUnit = { status: 'idle', detail: null, perDay: [], firstDay: 0, message: null, tab: 'why' }

export const useScoreUnit = create<ScoreUnit>()(() => EMPTY)
let latest = 0

/** All that is known about one unit; the one shown before stays until the answer is here. */
export async function loadUnit(client: Pick<Client, 'score.unit' | 'score.activity'>, unitId: string): Promise<void> {
  const question = ++latest
  const level = listLevel()
  useScoreUnit.setState({ status: 'loading', message: null })
  try {
    const [detail, activity] = await Promise.all([
      client['score.unit']({ unitId, level }),
      client['score.activity']({ unitId, level }),
    ])
    if (question !== latest) return
    const perDay = [...activity.columns.perDay]
    useScoreUnit.setState({ status: 'ready', detail, perDay, firstDay: activity.firstDay })
  } catch (error) {
    if (question !== latest) return
    const message = error instanceof Error ? error.message : String(error)
    useScoreUnit.setState({ status: 'failed', detail: null, message })
  }
}

/** Name of a person of the unit; the id where there is no name. */
export function nameOf(unit: UnitDetail | null, personId: string): string {
  return unit?.people.find(person => person.personId === personId)?.name ?? personId
}

export function showTab(tab: UnitTab): void {
  useScoreUnit.setState({ tab })
}

export function forgetUnit(): void {
  latest += 1
  useScoreUnit.setState(({ tab }) => ({ ...EMPTY, tab }))
}
