import type { Person } from './unit.ts'

/** Evidence that two things are one, or belong together. `bits` are log2 odds in steps of 1/16. */
export type Evidence = Readonly<{ comparison: string; value: string; bits: number }>

/** Status of a judged link. `given`: stated by the data itself. */
export type LinkStatus = 'given' | 'decided' | 'auto' | 'review' | 'ambiguous' | 'watch'

/** A workspace and the account it belongs to. Several rows of status `ambiguous` are candidates, none assigned. */
export type WorkspaceAccount = Readonly<{
  workspaceId: string
  accountId: string
  status: LinkStatus
  bits: number | null
  evidence: readonly Evidence[]
}>

/** Two workspaces that belong together, and how. */
export type WorkspaceLink = Readonly<{
  workspaceA: string
  workspaceB: string
  relation: 'merge' | 'group' | 'environment-of' | 'agency-of' | 'unrelated'
  status: LinkStatus
  bits: number | null
  evidence: readonly Evidence[]
}>

/** One identifier of a person with the time it is known to hold, ms; null is unbounded. */
export type PersonIdentifier = Readonly<{
  kind: 'user_id' | 'email' | 'anonymous_id' | 'device_id' | 'sso_subject' | 'contact_id'
  id: string
  from: number | null
  to: number | null
  personId: string
}>

/** The answers of identity. `personOfUser` is total over the users of the data, events and memberships included. */
export type Identities = Readonly<{
  /** Sorted by id. */
  persons: readonly Person[]
  /** user id -> index in `persons` */
  personOfUser: ReadonlyMap<string, number>
  identifiers: readonly PersonIdentifier[]
  workspaceAccounts: readonly WorkspaceAccount[]
  /** workspace id -> account id, assigned ones only */
  accountOfWorkspace: ReadonlyMap<string, string>
  workspaceLinks: readonly WorkspaceLink[]
  /** Groups of workspaces whose merge was decided; each is one unit. Empty without decisions. */
  mergedWorkspaces: readonly (readonly string[])[]
}>

/** A value that several records share and that still joins nobody, and why. */
export type RefusedIdentifier = Readonly<{
  kind: PersonIdentifier['kind']
  /** In canonical form. */
  value: string
  /** User records that carry it, at least 2. */
  records: number
  reason: 'placeholder' | 'not_an_address' | 'role_inbox' | 'noreply' | 'relay' | 'too_many_records' | 'below_auto'
  /** Bits of the join that was not made; null where the value is no identifier at all. */
  bits: number | null
}>

/** The answers of identity, with what it would not use. */
export type Resolution = Identities & Readonly<{ refusedIdentifiers: readonly RefusedIdentifier[] }>

/** Workspace id -> distinct ids of the users with an event in it at or before asOf; empty user ids left out. */
export type Activity = ReadonlyMap<string, readonly string[]>

/** `explicit`: user ids as given, nobody is joined, accounts by account_id alone. */
export type IdentityMode = 'matched' | 'explicit'
