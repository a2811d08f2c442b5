import type { TestFile } from './temporary-project.ts'
import { rowOf } from './temporary-project.ts'

/** Users and workspaces that there are after batch `n`. */
export const usersAfter = (n: number): number => (n === 0 ? 0 : 1_500 + 50 * n)
export const workspacesAfter = (n: number): number => 50 * n

/** Batch `n` names every user after itself, adds 50 users (more at first) and 50 workspaces. */
export function batchFiles(n: number): readonly TestFile[] {
  const users = Array.from({ length: usersAfter(n) }, (_, i) =>
    rowOf('users', i + 2, { user_id: `u${i}`, name: `batch ${n}`, job_title: 'unchanged'.repeat(5) }),
  )
  const workspaces = Array.from({ length: workspacesAfter(n) }, (_, i) =>
    rowOf('workspaces', i + 2, { workspace_id: `w${i}` }),
  )
  return [
    { table: 'users', rows: users },
    { table: 'workspaces', rows: workspaces },
  ]
}
