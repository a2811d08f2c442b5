import type { Dataset } from '#schema/dataset'
import type { FullResolution, IdentityLevel, Resolution } from '#schema/identity'
import { indexAccounts } from './account-index.ts'
import { accountsOfWorkspaces, statedAccount } from './accounts.ts'
import { assignedAccounts } from './assigned-accounts.ts'
import { type EmailReading, emailReader } from './email.ts'
import { identifiersOf } from './identifiers.ts'
import type { IdentityOptions } from './identity-options.ts'
import type { IdentityTables } from './identity-tables.ts'
import { mergedWorkspacesOf } from './merged-workspaces.ts'
import { joinPersons, userIdsOf } from './persons.ts'
import { resolveFully } from './resolve-fully.ts'
import { settingsIn } from './settings.ts'

/**
 * Answers the questions of identity: which users are one person, which workspaces are one unit by decision, and which
 * account a workspace belongs to.
 *
 * At level `first` persons are joined by canonical email alone and workspaces are not linked. At level `full` all evidence
 * counts, and links and sign-ups come with it. `explicit` identity has one level: it joins nobody and takes accounts by
 * `account_id` alone.
 *
 * @param dataset tables; its event log is not read
 * @param options mode, users and activity taken from the events, decisions
 * @param level how far the questions are answered
 * @returns every user of users, memberships and `eventUsers` in exactly one person; persons, identifiers and rows sorted
 *
 * Source: docs/methods/identity.md.
 */
export function resolveIdentities(
  dataset: Omit<Dataset, 'events'>,
  options: IdentityOptions,
  level: IdentityLevel = 'first',
): Resolution | FullResolution {
  return level === 'full' && options.mode === 'matched'
    ? resolveFully(dataset, options)
    : firstIdentities(dataset, options)
}

/**
 * The same answers at level `first`.
 *
 * @param dataset tables
 * @param options mode, users and activity taken from the events, decisions
 *
 * Source: docs/methods/identity.md.
 */
export function firstIdentities(dataset: IdentityTables, options: IdentityOptions): Resolution {
  const { domains, words } = settingsIn(options.decisions ?? [])
  const read = emailReader(domains, words)
  const emailOf = new Map<string, EmailReading>()
  if (options.mode === 'matched')
    for (const { user_id, primary_email } of dataset.users) emailOf.set(user_id, read(primary_email))
  const joined = joinPersons(userIdsOf(dataset, options.eventUsers), emailOf)
  const workspaceAccounts =
    options.mode === 'explicit'
      ? dataset.workspaces.flatMap(workspace => statedAccount(workspace, null, words) ?? [])
      : accountsOfWorkspaces({
          dataset,
          index: indexAccounts(dataset, joined, emailOf, { read, words }),
          joined,
          emailOf,
          read,
          words,
          activity: options.activity,
        })
  const workspaceIds = new Set(dataset.workspaces.map(({ workspace_id }) => workspace_id))
  return {
    persons: joined.persons,
    personOfUser: joined.personOfUser,
    identifiers: [...identifiersOf(dataset, joined, emailOf, { read, words, dated: options.datedDevices })],
    workspaceAccounts,
    accountOfWorkspace: assignedAccounts(workspaceAccounts),
    workspaceLinks: [],
    mergedWorkspaces: mergedWorkspacesOf(workspaceIds, options.decisions ?? []),
    refusedIdentifiers: joined.refused,
  }
}
