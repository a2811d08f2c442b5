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

const BUFFER_CHARACTERS = 1 << 18

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
  files: readonly OutputFile[],
  options: WriteOptions,
): Promise<readonly WrittenFile[]> {
  const names = [...files.map(file => file.name), MANIFEST]
  const made: string[] = []
  const drafts: string[] = []
  try {
    demandFolder(folder)
    restoreFolder(folder)
    const earlier = earlierExport(folder)
    demandFree(folder, { names, earlier, overwrite: options.overwrite })
    for (const path of new Set(names.map(name => dirname(resolve(folder, name))))) makeFolder(path, made)
    const written = await writeDrafts(folder, files, { ...options, drafts })
    await options.job.turn()
    const stale = [...earlier.own].filter(name => !names.includes(name))
    placeFiles(folder, { names, stale, record: options.record })
    return written
  } catch (error) {
    for (const path of drafts) rmSync(path, { force: true })
    for (const path of made) removeEmpty(path)
    throw asDiskError(error, folder)
  }
}

async function writeDrafts(
  folder: string,
  files: readonly OutputFile[],
  { job, last, drafts }: WriteOptions & Readonly<{ drafts: string[] }>,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = []
  const total = files.length + 1
  const write = async (file: OutputFile): Promise<void> => {
    const path = join(folder, file.name) + DRAFT
    drafts.push(path)
    written.push(await writeDraft(path, file, job))
    job.report({ phase: 'Writing', done: written.length, total, unit: 'steps', subject: file.name })
  }
  for (const file of files) await write(file)
  await write(last(written))
  return written
}

async function writeDraft(path: string, file: OutputFile, job: Job): Promise<WrittenFile> {
  const hash = createHash('sha256')
  const descriptor = openSync(path, 'w')
  let bytes = 0
  const write = (text: string): void => {
    const buffer = Buffer.from(text, 'utf8')
    hash.update(buffer)
    for (let at = 0; at < buffer.length; ) at += writeSync(descriptor, buffer, at)
    bytes += buffer.length
  }
  try {
    let pending = ''
    for (const chunk of file.chunks()) {
      pending += chunk
      if (pending.length < BUFFER_CHARACTERS) continue
      write(pending)
      pending = ''
      await job.breathe()
    }
    write(pending)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  await job.breathe()
  return { name: file.name, rows: file.rows, bytes, sha256: hash.digest('hex') }
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

const DISK = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'])
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
