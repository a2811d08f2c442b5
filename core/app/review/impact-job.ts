import type { Call, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Steps } from '#lib/steps'
import { dataState } from '#store'
import { type Context, demandProject } from '../context.ts'
import { inTurns, type Job } from '../jobs.ts'
import type { Pair } from './answers.ts'
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
  const impact = await inTurns(told(impactSteps(room, pair), job), {
    breathe: async () => {
      await job.breathe()
      demandSame()
    },
  })
  return { state: room.state, impact }
}

/** Tells which part begins. */
function* told<T>(steps: Steps<T, unknown>, job: Job): Steps<T> {
  const parts: readonly unknown[] = IMPACT_PARTS
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    const done = parts.indexOf(step.value)
    if (done >= 0)
      job.report({ phase: IMPACT_PARTS[done] ?? '', done, total: parts.length, unit: 'steps', subject: null })
    yield
  }
}
