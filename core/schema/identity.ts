import type { RecordRef } from './decision.ts'
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

/** What a row of accounts is a record of. `other`: nothing says so, as of files of no known export. */
export type AccountRole = 'billing' | 'crm' | 'other'

/** Why a billing record and an account that have something in common are left for somebody to say. */
export const ACCOUNT_DOUBTS = [
  'several_accounts',
  'several_matches',
  'stronger_elsewhere',
  'other_tax_id',
  'other_sso_domain',
  'answers',
  'names',
  'name_only',
] as const
export type AccountDoubt = (typeof ACCOUNT_DOUBTS)[number]

/** What a billing record and an account have in common. `domain`: both state it; `billing_domain`: the record is billed to it. */
export type SharedByAccounts = Readonly<{
  comparison: 'billing_id' | 'crm_id' | 'tax_id' | 'domain' | 'billing_domain' | 'name'
  value: string
}>

/** A billing record and an account of the CRM that are one company, or may be. */
export type AccountPair = Readonly<{
  /** The account: it stands for the company. */
  accountId: string
  billingId: string
  isOne: boolean
  /** `review`: left for somebody to say, for the reason in `doubt`. */
  status: Extract<LinkStatus, 'auto' | 'decided' | 'review'>
  doubt: AccountDoubt | null
  shared: readonly SharedByAccounts[]
}>

/** Two accounts of different sources, both of which stand: no pair of a billing record and an account. */
export type AccountRivals = Readonly<{
  a: string
  b: string
  /** Where each is from. */
  sources: readonly [readonly string[], readonly string[]]
  /** Corporate domains that both state. */
  domains: readonly string[]
  /** Workspaces that both are candidates of. */
  workspaceIds: readonly string[]
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
  /** Groups of workspaces whose merge was decided; each is one unit, named by its first workspace. Empty without decisions. */
  mergedWorkspaces: readonly (readonly string[])[]
}>

/** An id that no person has any more. `heirs` have its users now, the one with most of them first; none: its users are gone. */
export type FormerPerson = Readonly<{ id: string; heirs: readonly string[]; userIds: readonly string[] }>

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

/** How far the questions are answered. `first`: by canonical email, ids, domains and counts. `full`: by all evidence. */
export type IdentityLevel = 'first' | 'full'

/** Users of two persons, those of the one first. */
export type TwoPersons = readonly [a: readonly string[], b: readonly string[]]

/** What somebody decided about identity, in the order of the log; later ones of one subject win. */
export type IdentityDecision = Readonly<
  { id: string } & (
    | {
        type: 'must_link' | 'cannot_link'
        a: RecordRef
        b: RecordRef
        /** All users of two persons that are two, A's and B's: each of the one is kept apart from each of the other. */
        persons?: TwoPersons
      }
    | { type: 'assign'; workspace: string; account: string }
    | { type: 'detach'; workspace: string; account: string }
    /** The account that a new user belongs to, or does not belong to. */
    | { type: 'assign_signup' | 'detach_signup'; user: string; account: string }
    /** What workspace A is to workspace B. `merge` and `unrelated` are must_link and cannot_link. */
    | { type: 'relation'; a: RecordRef; b: RecordRef; relation: 'group' | 'environment-of' | 'agency-of' }
    /** What a domain is in this project; null: what the lists say. */
    | { type: 'set_domain'; domain: string; class: string | null }
    /** Weights by name and the bits that join users; what is not named stays as it was. */
    | { type: 'set_rules'; weights: Readonly<Record<string, number>>; auto: number | null }
    /** Does an entry belong to a list of words in this project? null: as shipped. */
    | { type: 'set_word'; list: string; entry: string; isIn: boolean | null }
    | { type: 'block_value' | 'allow_value'; kind: PersonIdentifier['kind']; value: string }
  )
>

/** Two user records that may be one person, with what speaks for and against it. `bits` is the sum of the evidence. */
export type PersonLink = Readonly<{
  userA: string
  userB: string
  status: Extract<LinkStatus, 'auto' | 'review' | 'watch'>
  bits: number
  evidence: readonly Evidence[]
}>

/** Why two records or clusters were not joined. */
export type PersonRefusal = Readonly<{
  userA: string
  userB: string
  reason: 'cannot_link' | 'unique_id' | 'too_large' | 'too_many_ids' | 'weak_bridge'
  bits: number | null
}>

/** The steps of a person from nobody to buyer, in their order. */
export const LADDER_STEPS = ['anonymous', 'signed_up', 'sso', 'billing_admin'] as const

/** A step of a person: when, and what shows it. */
export type LadderStep = Readonly<{
  personId: string
  step: (typeof LADDER_STEPS)[number]
  /** Null where the data do not say when. */
  at: number | null
  /** Did it come at that instant, or is that only the earliest at which it can have come? */
  dating: 'at' | 'not_before'
  /** The user whose record or device shows it. */
  userId: string
  /** What shows it, in words. */
  evidence: string
}>

/** Where a new user belongs: lead-to-account matching. */
export type SignupMatch = Readonly<{
  userId: string
  status: 'matched' | 'decided' | 'ambiguous' | 'new_corporate_domain' | 'personal' | 'disposable' | 'unknown'
  /** Candidates, the likeliest first; one where matched, none where it is no company. */
  candidates: readonly Readonly<{
    accountId: string
    bits: number
    isStrategic: boolean
    evidence: readonly Evidence[]
  }>[]
  /** Registrable corporate domain of the address; a proposed account where no account has it. */
  domain: string | null
}>

/** The answers of identity by all evidence. */
export type FullResolution = Resolution &
  Readonly<{
    personLinks: readonly PersonLink[]
    personRefusals: readonly PersonRefusal[]
    signups: readonly SignupMatch[]
  }>
