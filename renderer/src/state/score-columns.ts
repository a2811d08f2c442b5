import { create } from 'zustand'
import { LIST_COLUMNS, type ListColumn } from '#schema/list-columns'

const KEY = 'pql.scores.hidden-columns'

/** Columns that are switched off, on this computer and in the views that are kept. */
export const useScoreColumns = create<Readonly<{ hidden: readonly ListColumn[] }>>()(() => ({ hidden: remembered() }))

export function hideColumns(hidden: readonly ListColumn[]): void {
  useScoreColumns.setState({ hidden })
  window.localStorage.setItem(KEY, JSON.stringify(hidden))
}

/** Columns known here among what was kept; the others are passed over. */
export function knownColumns(kept: unknown): readonly ListColumn[] {
  return Array.isArray(kept) ? LIST_COLUMNS.filter(column => kept.includes(column)) : []
}

function remembered(): readonly ListColumn[] {
  try {
    return knownColumns(JSON.parse(window.localStorage.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}
