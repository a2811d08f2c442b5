import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { ExportFile } from '#export'
import { AppError } from '#lib/errors'
import type { Job } from './jobs.ts'
import { DISK } from './output-folder.ts'
import { DRAFT } from './place-files.ts'

export type WrittenRows = Readonly<{ rows: number; bytes: number; cellsMadeHarmless: number }>

/**
 * Writes a file in full under another name, flushes it and gives it its own.
 *
 * @throws AppError export/exists where the name is taken and may not be; store/disk, store/read-only; run/cancelled
 */
export async function writeFile(
  path: string,
  file: ExportFile,
  { overwrite, job }: Readonly<{ overwrite: boolean; job: Job }>,
): Promise<WrittenRows> {
  if (!overwrite && existsSync(path))
    throw new AppError('export/exists', `${path} is there already; choose another name or allow overwriting`, { path })
  const draft = path + DRAFT
  let bytes = 0
  let cellsMadeHarmless = 0
  try {
    const descriptor = openSync(draft, 'w')
    try {
      for (const text of file.chunks(() => void cellsMadeHarmless++)) {
        const buffer = Buffer.from(text, 'utf8')
        for (let at = 0; at < buffer.length; ) at += writeSync(descriptor, buffer, at)
        bytes += buffer.length
        job.report({ phase: 'Writing', done: bytes, total: null, unit: 'bytes', subject: file.name })
        await job.breathe()
      }
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw asDiskError(error, path)
  }
  return { rows: file.rows, bytes, cellsMadeHarmless }
}

function asDiskError(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error
  const code = (error as NodeJS.ErrnoException).code
  if (code === undefined) return error
  if (DISK.has(code))
    return new AppError(
      'store/disk',
      `the disk is full or cannot be written (${code}); nothing was written`,
      { path },
      { cause: error },
    )
  return new AppError('store/read-only', `${path} cannot be written (${code})`, { path }, { cause: error })
}
