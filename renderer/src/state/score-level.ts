import { AppError } from '#lib/errors'
import type { Level } from '#schema/unit'
import { openUnit, useNavigation } from './navigation.ts'

/** The level whose run the list and the panel beside it are read from. */
export function listLevel(): Level {
  return useNavigation.getState().level === 'account' ? 'account' : 'workspace'
}

/** Opens a unit of the list beside it. */
export function openListed(unitId: string): void {
  openUnit(unitId, listLevel())
}

/** Nothing of the level has been scored so far: a state of its own, no failure. */
export function isUnscored(error: unknown): boolean {
  return error instanceof AppError && error.code === 'score/no-run'
}
