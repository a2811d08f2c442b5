import type { Call } from '#contract/contract'
import { dataState, rowIndexSteps } from '#store'
import { type Context, demandProject } from '../context.ts'
import { inTurns } from '../jobs.ts'
import { openEdgesOf } from './card.ts'
import { deskAtHand, freshDesk } from './desk.ts'
import { linkedContactSteps } from './linked-contacts.ts'
import { type Room, roomOf } from './room.ts'
import { roomGroundSteps } from './room-ground.ts'

/**
 * The review room for the data as they are. Where nothing was compared yet, that is done first, as a job; answers given since do
 * not make it anew unless that is asked for. @throws AppError project/not-open, run/cancelled
 */
export async function openRoom(ctx: Context, call: Call, isFresh = false): Promise<Room> {
  const { db } = demandProject(ctx).project
  const atHand = deskAtHand(db)
  if (atHand !== null && (!isFresh || atHand.state === dataState(db))) return roomOf(db, atHand)
  return await ctx.jobs.run('the comparison of records', call, async () => {
    const now = demandProject(ctx).project.db
    const job = ctx.jobOf(call)
    const desk = await freshDesk(now, job)
    await inTurns(roomGroundSteps(now, desk), job)
    const room = roomOf(now, desk)
    await inTurns(room.scores.reach.read(), job)
    await inTurns(linkedContactSteps(room), job)
    await inTurns(rowIndexSteps(now), job)
    openEdgesOf(room.desk)
    return room
  })
}
