import type { Call } from '#contract/contract'
import type { Steps } from '#lib/steps'
import { dataState } from '#store'
import type { Context } from '../context.ts'
import { inTurns } from '../jobs.ts'
import { openRoom } from './open-room.ts'
import type { Room } from './room.ts'

const OVERTAKEN = Symbol('data or answers changed')

/**
 * Looks at the review room in turns. Where data or answers change while others have theirs, it is looked at anew, as they are then.
 *
 * @param look steps that read and keep nothing
 * @throws AppError project/not-open, run/cancelled, and as `look` does
 */
export async function inRoom<T>(ctx: Context, call: Call, look: (room: Room) => Steps<T>): Promise<T> {
  const job = ctx.jobOf(call)
  for (;;) {
    const room = await openRoom(ctx, call)
    const { open } = ctx
    const breathe = async (): Promise<void> => {
      await job.breathe()
      if (ctx.open !== open || dataState(room.db) !== room.state) throw OVERTAKEN
    }
    try {
      return await inTurns(look(room), { breathe })
    } catch (error) {
      if (error !== OVERTAKEN) throw error
    }
  }
}
