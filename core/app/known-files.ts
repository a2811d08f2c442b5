import type { ImportMode, ImportOptions } from '#schema/import'
import { type ImportRecord, listImports } from '#store'
import type { OpenProject } from './context.ts'
import { isSamePlan } from './import-sameness.ts'
import type { ImportThreads } from './import-threads.ts'
import type { Job } from './jobs.ts'
import { type SourceFile, sizeOf } from './source-file.ts'
import type { PlannedFile, StagedFile } from './stage-file.ts'

type Reading = Readonly<{
  reading: ImportOptions
  mode: ImportMode
  job: Job
  threads: Pick<ImportThreads, 'hashes'>
}>

/** Which files were imported before, as they are. Only a file as long as one that was can be that one: the others are not hashed. */
export class KnownFiles {
  private readonly published: readonly ImportRecord[]
  /** By place; each is asked for again where the file is read, and then forgotten. */
  private readonly hashes = new Map<number, string>()
  private readonly order: Reading

  constructor({ project: { db } }: OpenProject, order: Reading) {
    this.published = listImports(db).filter(({ status }) => status === 'published')
    this.order = order
  }

  /** Is it as long as one that was imported, and not to be read whatever it is? */
  mayBeKnown(file: SourceFile): boolean {
    const bytes = sizeOf(file)
    return this.order.mode !== 'replace' && this.published.some(each => each.bytes === bytes)
  }

  /** Was it imported before? Its hash is kept for `look`. @throws AppError import/not-readable, run/cancelled */
  async isKnown(entry: PlannedFile): Promise<boolean> {
    const isRead = this.order.mode === 'replace' && entry.table !== 'events'
    const { known, sha256 } = await this.look(entry, [], isRead)
    if (sha256 !== null) this.hashes.set(entry.place, sha256)
    return known !== null
  }

  /**
   * @param staged files of the same import that were read
   * @param isRead is the file read even where it was imported before?
   * @returns the import or the file that it is a copy of; `sha256`: null where it was not needed
   * @throws AppError import/not-readable, run/cancelled
   */
  async look(
    entry: PlannedFile,
    staged: readonly StagedFile[],
    isRead: boolean,
  ): Promise<Readonly<{ sha256: string | null; known: ImportRecord | null; copy: StagedFile | null }>> {
    const { file, facts, table, plan, place } = entry
    const { reading, threads, job } = this.order
    const isLike = (other: StagedFile): boolean =>
      other.bytes === facts.bytes && other.table === table && isSamePlan(other.plan, plan, reading)
    const published = isRead ? [] : this.published.filter(isLike)
    const copies = staged.filter(isLike)
    const kept = this.hashes.get(place) ?? null
    this.hashes.delete(place)
    if (published.length + copies.length === 0) return { sha256: kept, known: null, copy: null }
    const sha256 = kept ?? (await threads.hashes.hashOf(file, facts, job))
    const isSame = (other: StagedFile): boolean => other.sha256 === sha256
    return { sha256, known: published.find(isSame) ?? null, copy: copies.find(isSame) ?? null }
  }
}
