import { create } from 'zustand'

/** Columns of the score table that may be switched off; the name always stands. */
export const SCORE_COLUMNS = ['score', 'stage', 'destination', 'reason', 'owner', 'health', 'lastActive'] as const
export type ScoreColumn = (typeof SCORE_COLUMNS)[number]

const KEY = 'pql.scores.hidden-columns'

/** Columns that are switched off, on this computer and in the views that are kept. */
export const useScoreColumns = create<Readonly<{ hidden: readonly ScoreColumn[] }>>()(() => ({ hidden: remembered() }))

export function hideColumns(hidden: readonly ScoreColumn[]): void {
  useScoreColumns.setState({ hidden })
  window.localStorage.setItem(KEY, JSON.stringify(hidden))
}

/** Columns known here among what was kept; the others are passed over. */
export function knownColumns(kept: unknown): readonly ScoreColumn[] {
  return Array.isArray(kept) ? SCORE_COLUMNS.filter(column => kept.includes(column)) : []
}

function remembered(): readonly ScoreColumn[] {
  try {
    return knownColumns(JSON.parse(window.localStorage.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}
