import { create } from 'zustand'
import { AppError } from '#lib/errors'
import type { Level } from '#schema/unit'
import { openUnit } from './navigation.ts'

/** What the Scores room lists; users are read from the run of workspaces. */
export const SCORE_LEVELS = ['workspace', 'account', 'user'] as const
export type ScoreLevel = (typeof SCORE_LEVELS)[number]

type Shown = Readonly<{
  level: ScoreLevel
  /** The account whose panel is open; any other id is that of a workspace. */
  accountId: string | null
}>

const EMPTY: Shown = { level: 'workspace', accountId: null }

export const useScoreLevel = create<Shown>()(() => EMPTY)

/** The level whose run the list is read from. */
export function listLevel(): Level {
  return useScoreLevel.getState().level === 'account' ? 'account' : 'workspace'
}

/** The level of a unit whose panel is open: an account only where the list of accounts opened it. */
export function levelOf(unitId: string): Level {
  return useScoreLevel.getState().accountId === unitId ? 'account' : 'workspace'
}

/** Opens a unit of the list beside it. */
export function openListed(unitId: string): void {
  useScoreLevel.setState({ accountId: listLevel() === 'account' ? unitId : null })
  openUnit(unitId)
}

/** Nothing of the level has been scored so far: a state of its own, no failure. */
export function isUnscored(error: unknown): boolean {
  return error instanceof AppError && error.code === 'score/no-run'
}

export function forgetLevel(): void {
  useScoreLevel.setState(EMPTY)
}
