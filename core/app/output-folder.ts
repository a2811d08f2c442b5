import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '#lib/errors'
import { type EarlierExport, earlierExport, MANIFEST } from './earlier-export.ts'
import type { Job } from './jobs.ts'
import { DRAFT, placeFiles, restoreFolder } from './place-files.ts'

/** A file to write: its name may hold folders (`routing/sdr.csv`); its text comes in chunks. */
export type OutputFile = Readonly<{ name: string; rows: number; chunks(): Iterable<string> }>
/**
 * Files that are written side by side: each part has a text for each of them, in the order of the names. Their rows are
 * known when the last part has been made. Names may be added while parts are made: those files begin there.
 */
export type OutputGroup = Readonly<{
  names: readonly string[]
  parts(): Iterable<readonly string[]>
  rows(): readonly number[]
}>
export type WrittenFile = Readonly<{ name: string; rows: number; bytes: number; sha256: string }>

export type WriteOptions = Readonly<{
  /** Replace files that no export wrote, or that were changed since one did. */
  overwrite: boolean
  job: Job
  /** The manifest, made from the files written before it; written with them. */
  last(written: readonly WrittenFile[]): OutputFile
  /** Called when all files have their names; when it throws, the folder is as it was. */
  record(): void
}>

const BUFFER_BYTES = 1 << 19
/** Bytes of a UTF-16 code unit in UTF-8, at most. */
const MOST_BYTES = 3

/**
 * Writes files into a folder: each as a draft, flushed to the disk, and only when all are whole do they get their names,
 * all or none. A failure leaves the folder as it was, a cancel too. Files of an earlier export are replaced, and those
 * that are no longer written go; files that no export wrote, or that somebody changed since, are not touched without
 * leave.
 *
 * @throws AppError export/exists where a name is taken; store/disk, store/read-only; run/cancelled
 */
export async function writeFolder(
  folder: string,
  files: readonly (OutputFile | OutputGroup)[],
  options: WriteOptions,
): Promise<readonly WrittenFile[]> {
  const groups = files.map(file => ('names' in file ? file : groupOf(file)))
  const namesOf = (): readonly string[] => [...groups.flatMap(group => group.names), MANIFEST]
  let names = namesOf()
  const made: string[] = []
  const drafts: string[] = []
  try {
    demandFolder(folder)
    restoreFolder(folder)
    const earlier = earlierExport(folder)
    demandFree(folder, { names, earlier, overwrite: options.overwrite })
    for (const path of new Set(names.map(name => dirname(resolve(folder, name))))) makeFolder(path, made)
    const written = await writeDrafts(folder, groups, { ...options, drafts })
    await options.job.turn()
    if (namesOf().length > names.length) demandFree(folder, { names: namesOf(), earlier, overwrite: options.overwrite })
    names = namesOf()
    const stale = [...earlier.own].filter(name => !names.includes(name))
    placeFiles(folder, { names, stale, record: options.record })
    return written
  } catch (error) {
    for (const path of drafts) rmSync(path, { force: true })
    for (const path of made) removeEmpty(path)
    throw asDiskError(error, folder)
  }
}

function groupOf({ name, rows, chunks }: OutputFile): OutputGroup {
  return {
    names: [name],
    rows: () => [rows],
    *parts() {
      for (const chunk of chunks()) yield [chunk]
    },
  }
}

/** Could files of these names be written into a folder? @throws AppError export/exists where they could not */
export function checkFolder(folder: string, names: readonly string[], overwrite: boolean): void {
  demandFolder(folder)
  demandFree(folder, { names: [...names, MANIFEST], earlier: earlierExport(folder), overwrite })
}

async function writeDrafts(
  folder: string,
  groups: readonly OutputGroup[],
  { job, last, drafts }: WriteOptions & Readonly<{ drafts: string[] }>,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = []
  const total = groups.reduce((sum, { names }) => sum + names.length, 1)
  const write = async (group: OutputGroup): Promise<void> => {
    const open = (name: string): Draft => {
      const path = join(folder, name) + DRAFT
      drafts.push(path)
      return new Draft(path)
    }
    const sums = await writeGroup(group, { open, job })
    const rows = group.rows()
    for (const [i, name] of group.names.entries()) {
      const { bytes = 0, sha256 = '' } = sums[i] ?? {}
      written.push({ name, rows: rows[i] ?? 0, bytes, sha256 })
    }
    job.report({ phase: 'Writing', done: written.length, total, unit: 'steps', subject: group.names.at(-1) ?? null })
  }
  for (const group of groups) await write(group)
  await write(groupOf(last(written)))
  return written
}

type Sum = Pick<WrittenFile, 'bytes' | 'sha256'>

async function writeGroup(
  group: OutputGroup,
  { open, job }: Readonly<{ open: (name: string) => Draft; job: Job }>,
): Promise<readonly Sum[]> {
  const drafts: Draft[] = []
  const openNew = (): void => {
    for (const name of group.names.slice(drafts.length)) drafts.push(open(name))
  }
  try {
    openNew()
    for (const part of group.parts()) {
      openNew()
      for (const [i, text] of part.entries()) if (text !== '') drafts[i]?.add(text)
      await job.breathe()
    }
    const sums: Sum[] = []
    for (const draft of drafts) {
      sums.push(draft.finish())
      await job.breathe()
    }
    return sums
  } finally {
    for (const draft of drafts) draft.close()
  }
}

/** A file that is being written, in larger pieces than it comes in. */
class Draft {
  private readonly descriptor: number
  private readonly hash = createHash('sha256')
  /** Filled again and again: a fresh one for each piece would be memory to give back. */
  private readonly buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  private filled = 0
  private bytes = 0

  constructor(path: string) {
    this.descriptor = openSync(path, 'w')
  }

  add(text: string): void {
    const most = text.length * MOST_BYTES
    if (this.filled + most > BUFFER_BYTES) this.flush()
    if (most > BUFFER_BYTES) this.write(Buffer.from(text, 'utf8'))
    else this.filled += this.buffer.write(text, this.filled, 'utf8')
  }

  finish(): Sum {
    this.flush()
    fsyncSync(this.descriptor)
    return { bytes: this.bytes, sha256: this.hash.digest('hex') }
  }

  close(): void {
    closeSync(this.descriptor)
  }

  private flush(): void {
    this.write(this.buffer.subarray(0, this.filled))
    this.filled = 0
  }

  private write(bytes: Buffer): void {
    this.hash.update(bytes)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.descriptor, bytes, at)
    this.bytes += bytes.length
  }
}

function demandFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found !== undefined && !found.isDirectory())
    throw new AppError('export/exists', `${folder} is a file; choose a folder`, { folder })
}

type Claim = Readonly<{ names: readonly string[]; earlier: EarlierExport; overwrite: boolean }>

/** A folder in the place of a file is never replaced, with leave or without, and neither is a file in the place of one. */
function demandFree(folder: string, { names, earlier, overwrite }: Claim): void {
  for (const parent of new Set(names.map(name => dirname(name)))) demandFolder(join(folder, parent))
  const found = names.filter(name => lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined)
  const folders = found.filter(name => lstatSync(join(folder, name)).isDirectory())
  if (folders.length > 0)
    throw new AppError(
      'export/exists',
      `${listed(folders)} in ${folder} is a folder; move it or choose another place`,
      {
        folder,
        files: folders.length,
      },
    )
  const edited = found.filter(name => earlier.edited.has(name))
  const foreign = found.filter(name => !earlier.own.has(name) && !earlier.edited.has(name))
  if (overwrite || edited.length + foreign.length === 0) return
  const parts = [
    ...(foreign.length === 0 ? [] : [`already holds ${listed(foreign)}, which no earlier export wrote`]),
    ...(edited.length === 0 ? [] : [`holds ${listed(edited)}, changed since an earlier export wrote it`]),
  ]
  throw new AppError('export/exists', `the folder ${parts.join('; it ')}; choose another folder or allow overwriting`, {
    folder,
    files: edited.length + foreign.length,
  })
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and more' : ''}`
}

/**
 * Makes a folder and those above it, one by one: where a file system denies that a folder can be (ENOENT), the recursive
 * call of Node tries for ever.
 *
 * @param made gets the folders that are made, the innermost first
 */
function makeFolder(path: string, made: string[]): void {
  const missing: string[] = []
  for (let at = path; !existsSync(at); at = dirname(at)) missing.push(at)
  for (const at of missing.toReversed()) {
    mkdirSync(at)
    made.unshift(at)
  }
}

function removeEmpty(path: string): void {
  try {
    rmdirSync(path)
  } catch {
    // somebody else has put a file there meanwhile
  }
}

/** Codes of the system where the disk is full or broken. */
export const DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'])
const REFUSED = new Set(['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT', 'EBUSY', 'ENAMETOOLONG'])

function asDiskError(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const options = { cause: error }
  if (DISK.has(code)) {
    const message = `the disk is full or cannot be written (${code}); nothing was exported`
    return new AppError('store/disk', message, { folder }, options)
  }
  if (!REFUSED.has(code)) return error
  return new AppError(
    'store/read-only',
    `the folder cannot be written to (${code}); nothing was exported`,
    { folder },
    options,
  )
}
