import { VERSION } from '#lib/version'
import type { Identities } from '#schema/identity'
import { listRuns, type Readable } from '#store'
import { keptPart, type RunParts } from './run-parts.ts'

type Kept = Pick<RunParts, 'persons' | 'identifiers' | 'workspace accounts' | 'workspace links' | 'merged workspaces'>

/** What a run keeps of identity: the look-ups follow from it. */
export function identityParts(identities: Identities): Kept {
  return {
    persons: identities.persons,
    identifiers: identities.identifiers,
    'workspace accounts': identities.workspaceAccounts,
    'workspace links': identities.workspaceLinks,
    'merged workspaces': identities.mergedWorkspaces,
  }
}

/** The answers of identity that a run was made with. */
export function keptIdentities(db: Readable, runId: number): Identities {
  return {
    ...keptPeople(db, runId),
    identifiers: keptPart(db, runId, 'identifiers'),
    workspaceLinks: keptPart(db, runId, 'workspace links'),
  }
}

/** The same without identifiers and links, which take the longest to read: all that lists need. */
export function keptPeople(db: Readable, runId: number): Identities {
  const persons = keptPart(db, runId, 'persons')
  const workspaceAccounts = keptPart(db, runId, 'workspace accounts')
  const assigned = workspaceAccounts.filter(
    ({ status }) => status === 'given' || status === 'decided' || status === 'auto',
  )
  return {
    persons,
    personOfUser: new Map(persons.flatMap(({ userIds }, i) => userIds.map(id => [id, i] as const))),
    identifiers: [],
    workspaceAccounts,
    accountOfWorkspace: new Map(assigned.map(({ workspaceId, accountId }) => [workspaceId, accountId])),
    workspaceLinks: [],
    mergedWorkspaces: keptPart(db, runId, 'merged workspaces'),
  }
}

/**
 * The answers of identity for a key of cells, where this version has given them before: who is who rests on nothing that
 * is not in the key.
 */
export function knownIdentities(db: Readable, cellsKey: string): Identities | null {
  const run = listRuns(db).find(earlier => earlier.cellsKey === cellsKey)
  if (run === undefined || keptPart(db, run.runId, 'made by') !== VERSION) return null
  return keptIdentities(db, run.runId)
}
