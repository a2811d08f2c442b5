import type { Call } from '#contract/contract'
import { addDecisions, dataState, type NewDecision, type Writable } from '#store'
import { type Context, demandProject } from '../context.ts'
import { inTurns, type Job } from '../jobs.ts'
import { type Desk, takeDesk } from './desk.ts'
import { type Room, roomOf } from './room.ts'
import { roomGroundSteps } from './room-ground.ts'

/** Decisions that are not kept yet, and who is who as they make it. */
type Found = Readonly<{ further: readonly NewDecision[]; desk: Desk }>
type Work<F, T> = Readonly<{
  /** What others wait for, in words: `an import`. */
  name: string
  find: (db: Writable, job: Job) => Promise<F>
  /** Says what was kept, before anybody else has a turn. */
  tell: (db: Writable, room: Room, found: F) => T
}>

/**
 * Keeps decisions together with who is who as they make it. That is found first, in turns; then all of them are kept in one transaction, and
 * nothing can be cancelled any more: whatever stops it before has changed nothing. Where something else was decided meanwhile it is found again.
 *
 * @throws AppError run/cancelled, store/*, and as `find` does
 */
export async function keepFound<F extends Found, T>(
  ctx: Context,
  call: Call,
  { name, find, tell }: Work<F, T>,
): Promise<T> {
  return await ctx.jobs.run(name, call, async () => {
    // No other project is opened while a job runs.
    const { db } = demandProject(ctx).project
    for (;;) {
      const state = dataState(db)
      const job = ctx.jobOf(call)
      const found = await find(db, job)
      await inTurns(roomGroundSteps(db, found.desk), job)
      if (dataState(db) !== state) continue
      addDecisions(db, found.further)
      return tell(db, roomOf(db, takeDesk(db, found.desk)), found)
    }
  })
}
