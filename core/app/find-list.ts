import { choosableLists, createListSearch, createListSurvey } from '#import'
import type { FilePlan } from '#schema/import'
import type { Job } from './jobs.ts'
import { readChunks, type SourceFile, type SourceHead } from './source-file.ts'

/** Records that a plan is made by, in bytes. */
const HEAD_BYTES = 1 << 20
/** Bytes of a document in which lists are looked for that nobody named: under a second of work. */
const SURVEYED_BYTES = 64 << 20

type Looked = Readonly<{ head: SourceHead; plans: readonly FilePlan[] }>
type Watch = Pick<Job, 'breathe'>

/** `head`: null where the document does not have the list; `paths`: the lists that it has. */
export type ListFound = Readonly<{ head: SourceHead | null; paths: readonly string[] }>

/** May a file be a document of which only the beginning was looked at? One without a table may have its records late. */
function mayHaveMore({ head, plans: [plan] }: Looked): boolean {
  return !head.isWhole && (plan?.format === 'json' || plan?.format === 'unknown')
}

/**
 * Looks through a whole document for a list that its first bytes do not have.
 *
 * @returns null where there is nothing to look for: the plan has the list, or the file is no document
 * @throws AppError as `readChunks` and the job do
 */
export async function findList(
  file: SourceFile,
  looked: Looked,
  recordsAt: string,
  job: Watch,
): Promise<ListFound | null> {
  const { head, plans } = looked
  const [plan] = plans
  if (plan === undefined || plan.recordsAt === recordsAt || (plan.format !== 'json' && plan.format !== 'unknown'))
    return null
  const search = createListSearch(recordsAt, plan, HEAD_BYTES)
  for await (const { chunk } of readChunks(file, head)) {
    if (search.push(chunk)) break
    await job.breathe()
  }
  const found = search.head()
  return { head: found === null ? null : { ...head, head: found, isWhole: false }, paths: search.paths() }
}

/**
 * Lists that can be chosen in the first 64 MiB of a document, where its plan was made by less.
 *
 * @returns null where there is no more to look at
 * @throws AppError as `readChunks` and the job do
 */
export async function surveyLists(
  file: SourceFile,
  looked: Looked,
  job: Watch,
): Promise<ReturnType<typeof choosableLists> | null> {
  const { head, plans } = looked
  const [plan] = plans
  if (plan === undefined || !mayHaveMore(looked)) return null
  const survey = createListSurvey(plan)
  let bytes = 0
  for await (const { chunk } of readChunks(file, head)) {
    bytes += chunk.length
    if (survey.push(chunk) || bytes >= SURVEYED_BYTES) break
    await job.breathe()
  }
  return choosableLists(survey.lists())
}
