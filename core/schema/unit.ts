import type { Day, Instant } from '#lib/time'
import type { SubscriptionState } from './subscription.ts'

/** What gets a score. `account` pools the prod workspaces of one account; a merged group is a `workspace` unit. */
export type Level = 'workspace' | 'account'

/**
 * One human as identity sees it, with its users in code-point order. The smallest of them names it, unless it carries the id of an
 * earlier run on; an id need not be that of one of its users.
 */
export type Person = Readonly<{ id: string; userIds: readonly string[] }>

/** A person's part in one unit. `person` is the index in the list of persons. */
export type UnitPerson = Readonly<{
  person: number
  personId: string
  roleFactor: number
  /** The row of the role table that was met. */
  role: 'weight' | 'admin' | 'manager' | 'contributor' | 'other'
  isAdmin: boolean
  isManager: boolean
  isChampion: boolean
  /** Persona champion, whatever the factor; absent in runs that were kept before it was. */
  isPersonaChampion?: boolean
  /** Fields the factor rests on that are unknown: lowest and highest factor, had they been known. */
  factorRange: readonly [lowest: number, highest: number]
  /**
   * The rows that might be met in the place of this one, had those fields been known: bit i is row i of the role table. An
   * admin's row makes an admin of who has a weight too. Absent in runs that were kept before it was.
   */
  openRows?: number
}>

/** The frame of one unit at asOf: all that scoring and routing know besides events. Missing is null. */
export type Unit = Readonly<{
  id: string
  level: Level
  name: string | null
  /** Sorted by code point. */
  workspaceIds: readonly string[]
  accountId: string | null
  /** Further accounts of the unit's workspaces; fit and owner come from `accountId`, which has the most persons. */
  otherAccountIds: readonly string[]
  createdAt: Instant | null
  createdDay: Day | null
  isPaid: boolean
  isOnTrial: boolean
  trialEndDay: Day | null
  seatsGiven: number | null
  seatsPurchased: number | null
  seatsUsed: number | null
  mrr: number | null
  arr: number | null
  isPastDue: boolean
  renewalDay: Day | null
  isDeleted: boolean
  /** Every workspace is sandbox or dev. */
  isSandbox: boolean
  fit: Fit
  subscriptions: readonly SubscriptionState[]
  /** Sorted by person id. */
  people: readonly UnitPerson[]
  /** Persons with a membership in the unit. */
  memberCount: number
}>

/** Fit of the unit's account. `points` is 0 where nothing is known, and `source` says so. */
export type Fit = Readonly<{
  points: number
  score: number | null
  tier: string | null
  source: 'given score' | 'given tier' | 'rules' | 'unknown'
}>
