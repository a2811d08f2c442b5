import { firstIdentities, type IdentityOptions, type RunWeighing, runIdentitySteps, type WeighedUsers } from '#identity'
import type { IdentitySource } from '#pipeline'
import type { DatedDevice } from '#schema/event'
import type { IdentityMode } from '#schema/identity'
import { identityDecisions, type PackedList, packRunList, type Readable } from '#store'
import { accountRoles } from './account-companies.ts'
import { identityTables } from './dataset.ts'
import { earlierEntities } from './former-entities.ts'
import { bulkyLists } from './kept-identities.ts'
import { type NewPairs, newPairs, weighingOf } from './kept-pairs.ts'
import { openPairThread } from './pair-thread.ts'

export type SourceGround = Readonly<{
  eventUsers: readonly string[]
  mode: IdentityMode
  /** Gets the lists that only the run has to keep. */
  lists: Map<string, PackedList>
  /** Users that were weighed before, for the same data and settings, where they are in memory. */
  weighed?: WeighedUsers | undefined
  /** Gets the pairs that had to be weighed. */
  onWeighed?: (pairs: NewPairs) => void
  /** Told how many pairs of how many were compared. */
  onPairs?: IdentityOptions['onPairs']
  /** Users on ids that events date. */
  dated?: readonly DatedDevice[] | undefined
}>

/**
 * Finds who is who, by all evidence. The tables are read for it alone, and let go; so are identifiers and evidence, of which there
 * is more than of anything else, as soon as they are packed.
 */
export function identitySource(
  db: Readable,
  { eventUsers, mode, lists, weighed, onWeighed, onPairs, dated }: SourceGround,
): IdentitySource {
  return function* (activity) {
    const options = {
      mode,
      activity,
      eventUsers: eventUsers.filter(user => user !== ''),
      decisions: identityDecisions(db),
      datedDevices: dated,
      roleOfAccount: accountRoles(db),
      earlier: mode === 'explicit' ? undefined : earlierEntities(db),
      openSecond: openPairThread,
      onPairs,
    } satisfies IdentityOptions
    const tables = identityTables(db)
    yield
    const weighing = (): RunWeighing => {
      if (weighed !== undefined) return { known: weighed, taken: () => undefined }
      const { key, known } = weighingOf(db, tables, options.decisions)
      return { known, taken: fresh => onWeighed?.(newPairs(key, fresh)) }
    }
    const found =
      mode === 'explicit' ? firstIdentities(tables, options) : yield* runIdentitySteps(tables, options, weighing())
    const { identifiers, workspaceAccounts, workspaceLinks, persons, personOfUser } = found
    const { accountOfWorkspace, mergedWorkspaces } = found
    yield
    for (const [name, rows] of Object.entries(bulkyLists({ identifiers, workspaceAccounts, workspaceLinks })))
      lists.set(name, yield* packRunList(rows))
    return {
      persons,
      personOfUser,
      accountOfWorkspace,
      mergedWorkspaces,
      identifiers: [],
      workspaceAccounts: [],
      workspaceLinks: [],
    }
  }
}
