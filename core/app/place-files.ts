import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listedNames, MANIFEST } from './earlier-export.ts'

/** Ends of the names of files that are not placed yet, and of those that make way. Nobody else's files end so. */
export const DRAFT = '.pql-draft'
const ASIDE = '.pql-aside'

/**
 * Gives drafts their names, all or none: what bears a name now is put aside first, and put back where anything fails.
 *
 * The manifest goes first and comes last: a folder that has one is whole. Where the program is killed in between,
 * `restoreFolder` finds what was put aside.
 *
 * @param names files whose drafts are complete, the manifest last
 * @param stale files of an earlier export that go
 * @param record does what else belongs to it; when it throws, nothing is placed
 */
export function placeFiles(
  folder: string,
  { names, stale, record }: Readonly<{ names: readonly string[]; stale: readonly string[]; record: () => void }>,
): void {
  const aside: string[] = []
  const placed: string[] = []
  try {
    for (const name of [...names, ...stale].toSorted((a, b) => Number(b === MANIFEST) - Number(a === MANIFEST))) {
      const path = join(folder, name)
      if (!existsSync(path)) continue
      renameSync(path, path + ASIDE)
      aside.push(path)
    }
    for (const name of names) {
      const path = join(folder, name)
      renameSync(path + DRAFT, path)
      placed.push(path)
    }
    syncFolders(folder, placed)
    record()
  } catch (error) {
    for (const path of placed) rmSync(path, { force: true })
    for (const path of aside.toReversed()) renameSync(path + ASIDE, path)
    throw error
  }
  for (const path of aside.toReversed()) rmSync(path + ASIDE, { force: true })
  syncFolders(folder, placed)
}

/** Puts back what an export that was killed had put aside. */
export function restoreFolder(folder: string): void {
  const manifest = join(folder, MANIFEST)
  const names = listedNames(manifest + ASIDE)
  if (existsSync(manifest)) {
    for (const name of [...names, MANIFEST]) rmSync(join(folder, name) + ASIDE, { force: true })
    return
  }
  for (const name of [...names, MANIFEST]) {
    const path = join(folder, name)
    if (existsSync(path + ASIDE)) renameSync(path + ASIDE, path)
  }
}

/** A new name is durable when its folder is. Windows cannot open folders and needs no telling. */
function syncFolders(folder: string, paths: readonly string[]): void {
  if (process.platform === 'win32') return
  for (const path of new Set([folder, ...paths.map(dirname)])) {
    const descriptor = openSync(path, 'r')
    try {
      fsyncSync(descriptor)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error // a file system that cannot sync folders
    } finally {
      closeSync(descriptor)
    }
  }
}
