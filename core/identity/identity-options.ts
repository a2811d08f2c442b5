import type { Decision } from '#schema/decision'
import type { DatedDevice } from '#schema/event'
import type { AccountRole, Activity, IdentityDecision, IdentityMode } from '#schema/identity'
import type { EarlierPersons } from './entities/lasting-persons.ts'
import type { PairsTold } from './threads/score-steps.ts'
import type { SecondThread } from './threads/second-thread.ts'

/** What ids are carried over from. */
export type EarlierEntities = EarlierPersons &
  Readonly<{
    /** Merged workspaces of the last run, each group with the workspace that names it first. */
    mergedWorkspaces: readonly (readonly string[])[]
  }>

/** What the questions of identity are answered with, besides the tables. */
export type IdentityOptions = Readonly<{
  mode: IdentityMode
  /** Distinct user ids of events; those of no users row are users with nothing known. */
  eventUsers: readonly string[]
  /** Who is active where; a workspace that is missing has nobody active. */
  activity: Activity
  decisions?: readonly (Decision | IdentityDecision)[]
  /** Users on ids that events date; see `stitchSteps` of features. */
  datedDevices?: readonly DatedDevice[] | undefined
  /** What a row of accounts is a record of, as far as the file tells that it is from; without it the rows alone tell. */
  roleOfAccount?: ((accountId: string) => AccountRole) | undefined
  /** Who was who in the last run of a project; without it everything is named by its smallest key. */
  earlier?: EarlierEntities | undefined
  /** Another thread to score pairs of so many users, where they have to be weighed; null: none. */
  openSecond?: ((users: number) => SecondThread | null) | undefined
  /** Told how many pairs of how many were compared, where they have to be weighed. */
  onPairs?: PairsTold | undefined
}>
