import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '#lib/errors'
import { type Session, withSession } from './engine.ts'
import { fromCaller } from './terminal.ts'

/**
 * Opens the project, or makes it where there is none, with the folders above it; does the work. What it made itself goes
 * again if the work failed before it was `kept`: a file that somebody else made meanwhile is not touched.
 */
export async function withProject<T>(
  path: string,
  work: (session: Session, kept: () => void) => Promise<T>,
): Promise<T> {
  const target = fromCaller(path)
  if (existsSync(target)) {
    return await withSession(async session => {
      await session.client['project.open']({ source: target })
      return await work(session, () => undefined)
    })
  }
  const folders = makeFolders(dirname(target))
  let isOurs = false
  try {
    return await withSession(async session => {
      await session.client['project.create']({ target })
      isOurs = true
      return await work(session, () => {
        isOurs = false
        folders.length = 0
      })
    })
  } catch (error) {
    if (isOurs) rmSync(target, { force: true })
    for (const folder of folders) removeEmpty(folder)
    throw error
  }
}

/** Makes a folder and those above it. @returns the folders that were made, the innermost first */
function makeFolders(folder: string): string[] {
  const first = mkdirSync(folder, { recursive: true })
  const made: string[] = []
  if (first === undefined) return made
  for (let at = folder; at.length >= first.length; at = dirname(at)) made.push(at)
  return made
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // somebody else has put a file there meanwhile
  }
}

/** Opens a project that must be there. */
export async function withExistingProject<T>(path: string, work: (session: Session) => Promise<T>): Promise<T> {
  return await withSession(async session => {
    await session.client['project.open']({ source: fromCaller(path) })
    return await work(session)
  })
}

/** Text of a file named on the command line. @throws AppError usage/missing-file */
export function readNamed(path: string): string {
  try {
    return readFileSync(fromCaller(path), 'utf8')
  } catch (cause) {
    throw new AppError('usage/missing-file', `${path} cannot be read`, { file: path }, { cause })
  }
}
