import type { Steps } from '#lib/steps'
import type { Readable } from '#store'
import { evidenceCountSteps } from './counts.ts'
import type { Desk } from './desk.ts'
import { indexSteps } from './room.ts'
import { scoreSteps } from './scores.ts'
import { subjectSteps } from './settled-rows.ts'
import { TIED, tieSteps } from './ties.ts'

/**
 * Steps that make what lists, counts and ties rest on beside the answers: once for what was found, so that an answer is as quick as a look. What
 * was not made beforehand is made where it is first asked for, in one go.
 */
export function* roomGroundSteps(db: Readable, desk: Desk): Steps<void> {
  const index = yield* indexSteps(desk)
  yield* scoreSteps(db, desk)
  yield* tieSteps(desk)
  yield* evidenceCountSteps({ desk, index })
  for (const question of TIED) yield* subjectSteps({ desk, index }, question)
}
