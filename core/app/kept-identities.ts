import type { Instant } from '#lib/time'
import { cellsKey, frameKey, type Links } from '#pipeline'
import type { ContactLink } from '#route'
import type { Identities, IdentityMode, PersonIdentifier } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import { listRuns, type Readable, type ScoreRun } from '#store'
import { modelOfRun } from './judgement.ts'
import { isMadeAsNow } from './made-by.ts'
import { keptPart, keptRecords, type RunParts, type RunRecords } from './run-parts.ts'

/** Lists and parts that tell who is who: equal for equal keys of cells. */
export const IDENTITY_LISTS = [
  'persons',
  'identifiers',
  'workspace accounts',
  'workspace links',
  'contact links',
  'placed users',
] as const satisfies readonly (keyof RunRecords)[]
export const IDENTITY_PARTS = ['merged workspaces'] as const satisfies readonly (keyof RunParts)[]

/** Who is who as an earlier run found it, as far as judging asks, and the run that keeps all of it. */
export type KnownIdentities = Readonly<{
  runId: number
  identities: Identities
  contactLinks: readonly ContactLink[]
}>

/** The same, walked once. */
type RowsOf<K extends keyof RunRecords> = { readonly [N in K]: Iterable<RunRecords[N]> }
type ListsOf<K extends keyof RunRecords> = { readonly [N in K]: readonly RunRecords[N][] }

/** Lists that nothing but the run they are kept in asks for. */
export function bulkyLists({
  identifiers,
  workspaceAccounts,
  workspaceLinks,
}: Pick<Identities, 'workspaceAccounts' | 'workspaceLinks'> &
  Readonly<{ identifiers: Iterable<PersonIdentifier> }>): RowsOf<
  'identifiers' | 'workspace accounts' | 'workspace links'
> {
  return { identifiers, 'workspace accounts': workspaceAccounts, 'workspace links': workspaceLinks }
}

/** The other lists that a run keeps of identity. */
export function leanLists(
  { persons }: Pick<Identities, 'persons'>,
  { contactLinks, placedUsers }: Links,
): ListsOf<'persons' | 'contact links' | 'placed users'> {
  return { persons, 'contact links': contactLinks, 'placed users': placedUsers }
}

/** Persons and accounts that a run was made with; identifiers, links and evidence, of which there is much, are left out. */
export function keptPeople(db: Readable, runId: number): Identities {
  const persons = [...keptRecords(db, runId, 'persons')]
  const personOfUser = new Map<string, number>()
  for (const [i, { userIds }] of persons.entries()) for (const userId of userIds) personOfUser.set(userId, i)
  const accountOfWorkspace = new Map<string, string>()
  for (const { workspaceId, accountId, status } of keptRecords(db, runId, 'workspace accounts'))
    if (status === 'given' || status === 'decided' || status === 'auto') accountOfWorkspace.set(workspaceId, accountId)
  return {
    persons,
    personOfUser,
    identifiers: [],
    workspaceAccounts: [],
    accountOfWorkspace,
    workspaceLinks: [],
    mergedWorkspaces: keptPart(db, runId, 'merged workspaces'),
  }
}

/** All of it. */
function keptIdentities(db: Readable, runId: number): Identities {
  return {
    ...keptPeople(db, runId),
    identifiers: [...keptRecords(db, runId, 'identifiers')],
    workspaceAccounts: [...keptRecords(db, runId, 'workspace accounts')],
    workspaceLinks: [...keptRecords(db, runId, 'workspace links')],
  }
}

/** Who is who for a key of cells, where this version has found it before: it rests on nothing that is not in the key. */
export function knownIdentities(db: Readable, cellsKey: string): Identities | null {
  const runId = runOfKey(db, cellsKey)
  return runId === null ? null : keptIdentities(db, runId)
}

/** All that who is who rests on: no weight, no taxonomy, and no level. */
export type IdentityGround = Readonly<{
  dataState: string
  identityMode: IdentityMode
  asOf: Instant
  timeZone: string
}>

/** Who is who, as far as judging asks, where this version has found it before: of identifiers there are more than of anything else. */
export function knownPeople(db: Readable, ground: IdentityGround): KnownIdentities | null {
  const run = listRuns(db).find(earlier => hasGround(db, earlier, ground))
  if (run === undefined) return null
  const { runId } = run
  return { runId, identities: keptPeople(db, runId), contactLinks: [...keptRecords(db, runId, 'contact links')] }
}

function hasGround(db: Readable, run: ScoreRun, { dataState, identityMode, asOf, timeZone }: IdentityGround): boolean {
  if (run.dataState !== dataState || run.identityMode !== identityMode || run.asOf !== asOf) return false
  if (!isMadeAsNow(db, run.runId)) return false
  const model = modelOfRun(db, run)
  return model.timeZone === timeZone && hasCurrentCells(run, model)
}

/** Were its cells counted as they are now? */
export function hasCurrentCells(run: ScoreRun, model: ScoringModel): boolean {
  const { dataState, identityMode: identity, asOf, level } = run
  return cellsKey({ dataState, identity, model, asOf, level }) === run.cellsKey
}

function runOfKey(db: Readable, cellsKey: string): number | null {
  const run = listRuns(db).find(earlier => earlier.cellsKey === cellsKey)
  return run === undefined || !isMadeAsNow(db, run.runId) ? null : run.runId
}

/** The newest run whose units are those of a judgement by the same cells and these parts of a model. */
export function runOfFrame(db: Readable, cellsKey: string, model: ScoringModel): ScoreRun | null {
  const wanted = frameKey(cellsKey, model)
  const isSame = (run: ScoreRun): boolean =>
    run.cellsKey === cellsKey && isMadeAsNow(db, run.runId) && frameKey(cellsKey, modelOfRun(db, run)) === wanted
  return listRuns(db).find(isSame) ?? null
}
