import type { Call, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { addDecisions, identityDecisions, type NewDecision, type Writable } from '#store'
import { type Context, demandProject } from '../context.ts'
import { countsOf } from './counts.ts'
import { historyOf, stepsOf } from './decide.ts'
import { deskAtHand, imaginedDesk, isComparedAlike } from './desk.ts'
import { keepFound } from './keep-found.ts'
import { openRoom } from './open-room.ts'
import type { Room } from './room.ts'

type Reverted = Output<'review.undo'>
type Wish = Readonly<{ name: string; entriesOf: (db: Writable) => readonly NewDecision[] }>

/**
 * Takes answers back or up again, as one step. Where who is who was found with them, or where several were given together, others follow from
 * them: it is found anew then, before anything is kept, so that list, counts and ties are those of the answers that hold, at once.
 *
 * @param wish how others that wait for it call it, and its entries
 * @throws AppError run/cancelled, store/*, and as `entriesOf` does
 */
export async function revert(ctx: Context, call: Call, { name, entriesOf }: Wish): Promise<Reverted> {
  const { db } = demandProject(ctx).project
  const further = entriesOf(db)
  if (isFoundAnew(db, further))
    return await keepFound(ctx, call, {
      name,
      find: async (db, job) => {
        const entries = entriesOf(db)
        return { further: entries, desk: await imaginedDesk(db, entries, job) }
      },
      tell: (db, room, found) => ({ ...entriesKept(db, found.further), ...standing(room) }),
    })
  addDecisions(db, further)
  const kept = entriesKept(db, further)
  return { ...kept, ...standing(await roomAfterwards(ctx, call)) }
}

/** Where nothing was compared yet, or is to be compared by other rules, that is done once the entries are kept. */
function isFoundAnew(db: Writable, further: readonly NewDecision[]): boolean {
  const holding = identityDecisions(db, further)
  if (!isComparedAlike(db, holding)) return false
  const now = new Set(holding.map(({ id }) => id))
  const takenUp = further.filter(({ reverts }) => now.has(String(reverts)))
  return takenUp.length > 1 || deskAtHand(db, holding) === null
}

async function roomAfterwards(ctx: Context, call: Call): Promise<Room> {
  try {
    return await openRoom(ctx, call)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'run/cancelled') throw error
    throw new AppError('run/cancelled', 'cancelled before the counts were made; the step itself was kept')
  }
}

function entriesKept(db: Writable, { length }: readonly NewDecision[]): Pick<Reverted, 'entries' | 'steps'> {
  return { entries: historyOf(db, { offset: 0, limit: length }).entries, steps: stepsOf(db) }
}

function standing(room: Room): Pick<Reverted, 'state' | 'counts'> {
  return { state: room.state, counts: countsOf(room) }
}
