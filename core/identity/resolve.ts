import type { Dataset } from '#schema/dataset'
import type { Decision } from '#schema/decision'
import type { Activity, IdentityMode, Resolution, WorkspaceAccount } from '#schema/identity'
import { indexAccounts } from './account-index.ts'
import { accountsOfWorkspaces, statedAccount } from './accounts.ts'
import { type EmailReading, emailReader } from './email.ts'
import { identifiersOf } from './identifiers.ts'
import { mergedWorkspacesOf } from './merged-workspaces.ts'
import { joinPersons, userIdsOf } from './persons.ts'

export type IdentityOptions = Readonly<{
  mode: IdentityMode
  /** Distinct user ids of events; those of no users row are users with nothing known. */
  eventUsers: readonly string[]
  /** Who is active where; a workspace that is missing has nobody active. */
  activity: Activity
  decisions?: readonly Decision[]
}>

/**
 * Answers the questions of identity: which users are one person, which workspaces are one unit by decision, and which
 * account a workspace belongs to.
 *
 * `explicit` joins nobody and takes accounts by `account_id` alone; `matched` joins persons by canonical email and
 * judges accounts by evidence.
 *
 * @param dataset tables; its event log is not read
 * @param options mode, users and activity taken from the events, decisions
 * @returns every user of users, memberships and `eventUsers` in exactly one person; persons, identifiers and rows sorted
 *
 * Source: docs/methods/identity.md.
 */
export function resolveIdentities(dataset: Omit<Dataset, 'events'>, options: IdentityOptions): Resolution {
  const read = emailReader()
  const emailOf = new Map<string, EmailReading>()
  if (options.mode === 'matched')
    for (const { user_id, primary_email } of dataset.users) emailOf.set(user_id, read(primary_email))
  const joined = joinPersons(userIdsOf(dataset, options.eventUsers), emailOf)
  const workspaceAccounts =
    options.mode === 'explicit'
      ? dataset.workspaces.flatMap(workspace => statedAccount(workspace, null) ?? [])
      : accountsOfWorkspaces({
          dataset,
          index: indexAccounts(dataset, joined, emailOf, read),
          joined,
          emailOf,
          read,
          activity: options.activity,
        })
  const workspaceIds = new Set(dataset.workspaces.map(({ workspace_id }) => workspace_id))
  return {
    persons: joined.persons,
    personOfUser: joined.personOfUser,
    identifiers: identifiersOf(dataset, joined, emailOf, read),
    workspaceAccounts,
    accountOfWorkspace: assignedAccounts(workspaceAccounts),
    workspaceLinks: [],
    mergedWorkspaces: mergedWorkspacesOf(workspaceIds, options.decisions ?? []),
    refusedIdentifiers: joined.refused,
  }
}

function assignedAccounts(rows: readonly WorkspaceAccount[]): ReadonlyMap<string, string> {
  const assigned = rows.filter(({ status }) => status === 'given' || status === 'decided' || status === 'auto')
  return new Map(assigned.map(({ workspaceId, accountId }) => [workspaceId, accountId]))
}
