import { finish, type Steps } from '#lib/steps'
import { type Readable, writeMark } from '#store'
import { inTurns, type Job } from './jobs.ts'

const OVERTAKEN = Symbol('the project was written meanwhile')
/** Then the project is written all the time, and others have to wait. */
const MOST_TIMES = 3

/**
 * Reads a project in turns, so that others have theirs, and yet tells of one state of it: where it is written meanwhile, it is read anew;
 * where that goes on, in one go.
 *
 * @param look steps that read and keep nothing; begun anew each time
 * @throws AppError run/cancelled, and as `look` does
 */
export async function inOneState<T>(db: Readable, job: Pick<Job, 'breathe'>, look: () => Steps<T>): Promise<T> {
  for (let time = 0; time < MOST_TIMES; time++) {
    const mark = writeMark(db)
    const breathe = async (): Promise<void> => {
      await job.breathe()
      if (writeMark(db) !== mark) throw OVERTAKEN
    }
    try {
      return await inTurns(look(), { breathe })
    } catch (error) {
      if (error !== OVERTAKEN) throw error
    }
  }
  return finish(look())
}
