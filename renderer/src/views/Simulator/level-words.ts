import type { Opened } from '../../state/simulator-calls.ts'

type Level = Opened['level']

/** What is scored on a level, in the plural, as a heading. */
export const unitsName = (level: Level): string => (level === 'account' ? 'Accounts' : 'Workspaces')

/** The same for one, within a sentence. */
export const unitName = (level: Level): string => (level === 'account' ? 'account' : 'workspace')
