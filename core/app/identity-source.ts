import { type IdentityOptions, identitySteps, resolveIdentities, type WeighedUsers } from '#identity'
import type { IdentitySource } from '#pipeline'
import type { IdentityMode } from '#schema/identity'
import { identityDecisions, type PackedList, packRunList, type Readable } from '#store'
import { readTables } from './dataset.ts'
import { bulkyLists } from './kept-identities.ts'

export type SourceGround = Readonly<{
  eventUsers: readonly string[]
  mode: IdentityMode
  /** Gets the lists that only the run has to keep. */
  lists: Map<string, PackedList>
  /** Users that were weighed before, for the same data. */
  weighed?: WeighedUsers | undefined
}>

/**
 * Finds who is who, by all evidence. The tables are read for it alone, and let go; so are identifiers and evidence, of which there
 * is more than of anything else, as soon as they are packed.
 */
export function identitySource(db: Readable, { eventUsers, mode, lists, weighed }: SourceGround): IdentitySource {
  return function* (activity) {
    const options: IdentityOptions = {
      mode,
      activity,
      eventUsers: eventUsers.filter(user => user !== ''),
      decisions: identityDecisions(db),
    }
    const tables = readTables(db)
    yield
    const found =
      mode === 'explicit'
        ? resolveIdentities(tables, options)
        : yield* identitySteps(tables, options, { weighed, wantsIdentifiers: true })
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
