import { join } from 'node:path'
import type { Output } from '#contract/contract'
import { CERTAIN_FILES } from '#export'
import { AppError } from '#lib/errors'
import type { Readable, ScoreRun } from '#store'
import type { Context, OpenProject } from './context.ts'
import { type DeliveryWish, deliver, dryRun } from './delivery-run.ts'
import { collectUnits } from './delivery-units.ts'
import type { Job } from './jobs.ts'
import { checkFolder } from './output-folder.ts'

type Several = Readonly<{ wishes: readonly DeliveryWish[]; job: Job }>
type Target = Several & Readonly<{ folder: string; overwrite: boolean }>
type Result = Output<'export.deliverEach'>['results'][number]

/** What exports to several CRMs would come to. Their units are read once. Nothing is written. */
export async function dryRunEach(
  db: Readable,
  run: ScoreRun,
  { wishes, job }: Several,
): Promise<Output<'export.dryRunEach'>['answers']> {
  const collected = await collectUnits(db, run, { job, isForSeveral: wishes.length > 1 })
  const answers: Output<'export.dryRun'>[] = []
  for (const [i, wish] of wishes.entries())
    answers.push(await dryRun(db, collected, wish, partOf(job, { wish, place: i + 1, of: wishes.length })))
  return answers
}

/**
 * Writes the files of several CRMs, each into a folder of its own below the one given, one after the other; one alone into that folder
 * itself. Every folder is looked at before the first is written. Each is whole or not there at all: one that fails does not undo the
 * others, and does not keep the next from being written.
 *
 * @throws AppError what the first ran into, where none was written
 */
export async function deliverEach(
  ctx: Context,
  open: OpenProject,
  run: ScoreRun,
  { folder, overwrite, wishes, job }: Target,
): Promise<readonly Result[]> {
  const folderOf = ({ preset }: DeliveryWish): string => (wishes.length === 1 ? folder : join(folder, preset))
  for (const wish of wishes) checkFolder(folderOf(wish), CERTAIN_FILES, overwrite)
  const collected = await collectUnits(open.project.db, run, { job, isForSeveral: wishes.length > 1 })
  const results: Result[] = []
  const errors: AppError[] = []
  for (const [i, wish] of wishes.entries()) {
    const target = { folder: folderOf(wish), overwrite, wish }
    const part = partOf(job, { wish, place: i + 1, of: wishes.length })
    try {
      const written = await deliver(ctx, open, collected, { ...target, ...part })
      results.push({ preset: wish.preset, folder: target.folder, written, failure: null })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      errors.push(error)
      const { code, message } = error
      results.push({ preset: wish.preset, folder: target.folder, written: null, failure: { code, message } })
    }
  }
  const [first] = errors
  if (first !== undefined && errors.length === wishes.length) throw first
  return results
}

/** A CRM as one of several: what is told of it names it. */
function partOf(
  job: Job,
  { wish, place, of }: Readonly<{ wish: DeliveryWish; place: number; of: number }>,
): Readonly<{ job: Job; phase: string }> {
  const phase = 'Trying the export'
  if (of === 1) return { job, phase }
  const named: Job = {
    ...job,
    report: progress => {
      const { done, total } = progress
      const part = total === null ? {} : { part: { at: place, of, done, total } }
      job.report({ ...progress, subject: wish.preset, ...part })
    },
  }
  return { job: named, phase }
}
