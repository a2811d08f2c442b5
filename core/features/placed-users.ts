import type { Steps } from '#lib/steps'
import type { Instant } from '#lib/time'
import type { EventLog } from '#schema/event'
import type { JudgedRoster } from './roster.ts'

/** A user with events that name no workspace, and the one workspace that they count for. */
export type PlacedUser = Readonly<{ userId: string; workspaceId: string }>

/**
 * Users whose events without a workspace count for the only workspace they belong to.
 *
 * @param log  walked once; halts after each chunk
 * @param asOf ms; later events do not exist
 * @returns steps that come to one entry per such user, in the order of the log's dictionary
 *
 * Source: docs/methods/score.md, "Events that count".
 */
export function* placedUserSteps(log: EventLog, roster: JudgedRoster, asOf: Instant): Steps<PlacedUser[]> {
  const isPlaced = new Uint8Array(log.users.length)
  for (const { workspace, user, timestamp, count } of log.chunks()) {
    // Sorted by workspace: those that name none come first. Columns have `count` values, codes lie in their dictionary.
    for (let i = 0; i < count && workspace[i] === 0; i++)
      if ((timestamp[i] as number) <= asOf) isPlaced[user[i] as number] = 1
    yield
  }
  return log.users.flatMap((userId, code) => {
    const place = isPlaced[code] === 1 ? roster.soleWorkspace.get(userId) : undefined
    const workspace = place === undefined ? undefined : roster.workspaces[place]
    return workspace === undefined || code === 0 ? [] : [{ userId, workspaceId: workspace.workspace_id }]
  })
}
