import type { ScoreLevel } from '../../state/navigation.ts'

/** What a level lists, in words. */
export const LEVELS: Readonly<Record<ScoreLevel, Readonly<{ title: string; one: string }>>> = {
  workspace: { title: 'Workspaces', one: 'workspace' },
  account: { title: 'Accounts', one: 'account' },
  user: { title: 'Users', one: 'user' },
}
