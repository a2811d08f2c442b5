import type { Presence } from '#schema/cells'
import type { Activity } from '#schema/identity'
import type { JudgedRoster } from './roster.ts'

/**
 * Who is active where: workspace id -> ids of the users with an event in it, sorted as the log's users are.
 *
 * @param presence pairs of a workspace of the roster and a user code of the log
 * @param users    ids by user code
 */
export function activeUsers(roster: JudgedRoster, presence: Presence, users: readonly string[]): Activity {
  const active = new Map<string, string[]>()
  for (const [i, place] of presence.workspace.entries()) {
    // Within range: presence was taken with this roster and these users.
    const workspaceId = roster.workspaces[place]?.workspace_id ?? ''
    const userId = users[presence.user[i] as number] ?? ''
    const known = active.get(workspaceId)
    if (known === undefined) active.set(workspaceId, [userId])
    else known.push(userId)
  }
  return active
}
