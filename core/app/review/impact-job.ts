import type { Call, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { dataState } from '#store'
import { type Context, demandProject } from '../context.ts'
import { inTurns, toldSteps } from '../jobs.ts'
import type { Pair } from './answers.ts'
import { learnEffect } from './exact-effects.ts'
import { IMPACT_PARTS, impactSteps } from './impact.ts'
import type { Room } from './room.ts'

/**
 * What an answer would do, in turns, so that others are heard meanwhile.
 *
 * @throws AppError run/cancelled where it is not wanted any more, or what it rests on has changed
 */
export async function workedImpact(ctx: Context, room: Room, pair: Pair, call: Call): Promise<Output<'review.impact'>> {
  const { db } = demandProject(ctx).project
  const { open } = ctx
  const state = dataState(db)
  const demandSame = (): void => {
    if (ctx.open !== open || dataState(db) !== state)
      throw new AppError(
        'run/cancelled',
        'what this answer would do was being worked out when the data or answers changed',
      )
  }
  const job = ctx.jobOf(call)
  const impact = await inTurns(toldSteps(impactSteps(room, pair), IMPACT_PARTS, job), {
    breathe: async () => {
      await job.breathe()
      demandSame()
    },
  })
  learnEffect(room, pair, impact)
  return { state: room.state, impact }
}
