import type { Opened } from '../../state/simulator-calls.ts'

type Level = Opened['level']

/** What is scored on a level, in the plural, as a heading. */
export const unitsName = (level: Level): string => (level === 'account' ? 'Accounts' : 'Workspaces')

/** One of them, as the head of a column. */
export const unitHead = (level: Level): string => (level === 'account' ? 'Account' : 'Workspace')

/** Columns of a list of units, the first of which is their name. */
export function withUnitHead<C extends Readonly<{ header: string }>>(
  columns: readonly C[],
  level: Level,
): readonly C[] {
  return columns.map((column, place) => (place === 0 ? { ...column, header: unitHead(level) } : column))
}

/** The same for one, within a sentence. */
export const unitName = (level: Level): string => (level === 'account' ? 'account' : 'workspace')
