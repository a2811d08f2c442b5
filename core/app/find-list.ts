import { createHash } from 'node:crypto'
import { createListSearch } from '#import'
import type { FilePlan } from '#schema/import'
import type { Job } from './jobs.ts'
import { readChunks, type SourceFile, type SourceHead } from './source-file.ts'

/** Records that a plan is made by, in bytes. */
const HEAD_BYTES = 1 << 20

type Looked = Readonly<{ head: SourceHead; plans: readonly FilePlan[] }>

/** `head`: null where the document does not have the list; `paths`: the lists that it has. */
export type ListFound = Readonly<{ head: SourceHead | null; paths: readonly string[] }>

/**
 * Looks through a whole document for a list that its first bytes do not have.
 *
 * @returns null where there is nothing to look for: the plan has the list, or the file is no document in UTF-8
 * @throws AppError as `readChunks` and the job do
 */
export async function findList(
  file: SourceFile,
  { head, plans: [plan] }: Looked,
  recordsAt: string,
  job: Pick<Job, 'breathe'>,
): Promise<ListFound | null> {
  if (plan === undefined || plan.recordsAt === recordsAt || plan.encoding !== 'utf-8') return null
  // One without a table may be a document whose records come late.
  if (plan.format !== 'json' && plan.format !== 'unknown') return null
  const search = createListSearch(recordsAt, plan.bomBytes, HEAD_BYTES)
  for await (const { chunk } of readChunks(file, head, createHash('sha256'))) {
    if (search.push(chunk)) break
    await job.breathe()
  }
  const found = search.head()
  return { head: found === null ? null : { ...head, head: found, isWhole: false }, paths: search.paths() }
}
