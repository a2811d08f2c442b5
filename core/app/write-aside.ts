import { shareProject, transaction, unshareProject, type WriteListener } from '#store'
import type { Context, OpenProject } from './context.ts'
import type { Job } from './jobs.ts'
import { writeInThread } from './write-thread.ts'
import { type WriteOrder, writeInSteps } from './write-work.ts'

/** As many rows are published within some 50 ms of processor time: less than another thread takes to start. */
const ROWS_IN_ONE_GO = 20_000
/** Rows that are taken back in the time of one that is published. */
const UNDOS_PER_PUBLISH = 3

export type Write = Readonly<{
  order: WriteOrder
  /** Rows of tables that it may touch; events are cheap. */
  rows: number
  phase: string
  job: Job
}>

/**
 * Makes a change of the data in one transaction. A large one is made by another thread: meanwhile all calls that read are answered
 * from what was there before, whole, and commands wait.
 *
 * @throws AppError run/cancelled, and as the store does: then nothing has changed
 */
export async function write(ctx: Context, open: OpenProject, { order, rows, phase, job }: Write): Promise<void> {
  const { project } = open
  job.report({ phase, done: 0, total: 1, unit: 'steps', subject: null })
  await job.turn()
  if (isLarge(ctx, order, rows) && shareProject(project)) {
    const { promise, resolve } = Promise.withResolvers<void>()
    ctx.writing = promise
    try {
      const tell: WriteListener = at => job.report({ phase, unit: 'rows', ...at })
      if (await writeInThread({ path: project.path, order, job, tell })) return
    } finally {
      unshareProject(project)
      ctx.writing = null
      resolve()
    }
  }
  transaction(project.db, () => writeInSteps(project.db, order, () => undefined))
  job.report({ phase, done: 1, total: 1, unit: 'steps', subject: null })
}

/** A command line has nobody else to answer meanwhile. */
function isLarge({ host }: Context, { kind }: WriteOrder, rows: number): boolean {
  const most = host.rowsInOneGo ?? (host.kind === 'cli' ? Number.POSITIVE_INFINITY : ROWS_IN_ONE_GO)
  return (kind === 'undo' ? rows / UNDOS_PER_PUBLISH : rows) > most
}
