import type { Output } from '#contract/contract'
import { finish } from '#lib/steps'
import { calendarOf } from '#lib/time'
import type { Stitching } from '#schema/event'
import { newestRun, openEventLog, type Readable } from '#store'
import { modelInForce } from '../judgement.ts'
import { projectStitching } from '../stitched-events.ts'

type AnonymousPast = NonNullable<Output<'identity.person'>['anonymous']>

/** Whose the events without a login are as of the newest scores; null before them, and where there are none. */
export function newestStitching(db: Readable): Stitching | null {
  const run = newestRun(db)
  if (run === null) return null
  const { timeZone } = modelInForce(db).model
  const log = openEventLog(db, calendarOf(timeZone))
  return finish(projectStitching(db, log, { timeZone, asOf: run.asOf }))
}

/** What users did before they logged in, as of the newest scores; null where nothing is known of it. */
export function anonymousPast(db: Readable, userIds: readonly string[]): AnonymousPast | null {
  const stitching = newestStitching(db)
  const own = new Set(userIds)
  const since = userIds.flatMap(userId => stitching?.anonymousSince.get(userId) ?? [])
  if (stitching === null || since.length === 0) return null
  const under = stitching.dated.filter(({ userId, isGiven }) => isGiven && own.has(userId))
  return { since: Math.min(...since), under: under.map(({ kind, id, from, to }) => ({ kind, id, from, to })) }
}
