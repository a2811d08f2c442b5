import type { Decision } from '#schema/decision'
import type { Activity, IdentityDecision, IdentityMode } from '#schema/identity'

/** What the questions of identity are answered with, besides the tables. */
export type IdentityOptions = Readonly<{
  mode: IdentityMode
  /** Distinct user ids of events; those of no users row are users with nothing known. */
  eventUsers: readonly string[]
  /** Who is active where; a workspace that is missing has nobody active. */
  activity: Activity
  decisions?: readonly (Decision | IdentityDecision)[]
  /** Earliest anonymous sighting of each user's devices, ms; see `stitchDevices`. */
  anonymousSince?: ReadonlyMap<string, number>
}>
