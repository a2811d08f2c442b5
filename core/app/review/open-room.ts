import type { Call } from '#contract/contract'
import { dataState } from '#store'
import { type Context, demandProject } from '../context.ts'
import { deskAtHand, freshDesk } from './desk.ts'
import { type Room, roomOf } from './room.ts'

/**
 * The review room for the data as they are. Where nothing was compared yet, that is done first, as a job; answers given since do
 * not make it anew unless that is asked for. @throws AppError project/not-open, run/busy
 */
export async function openRoom(ctx: Context, call: Call, isFresh = false): Promise<Room> {
  const { db } = demandProject(ctx).project
  const atHand = deskAtHand(db)
  if (atHand !== null && (!isFresh || atHand.state === dataState(db))) return roomOf(db, atHand)
  return await ctx.jobs.run('the comparison of records', async () => roomOf(db, await freshDesk(db, ctx.jobOf(call))))
}
