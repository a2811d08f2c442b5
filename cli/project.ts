import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '#lib/errors'
import { type Session, withSession } from './engine.ts'
import { fromCaller } from './terminal.ts'

/** Opens the project, or makes it where there is none; does the work; removes a project it made if the work failed at once. */
export async function withProject<T>(
  path: string,
  work: (session: Session, kept: () => void) => Promise<T>,
): Promise<T> {
  const target = fromCaller(path)
  const isNew = !existsSync(target)
  if (isNew) mkdirSync(dirname(target), { recursive: true })
  let keep = !isNew
  try {
    return await withSession(async session => {
      if (isNew) await session.client['project.create']({ target })
      else await session.client['project.open']({ source: target })
      return await work(session, () => {
        keep = true
      })
    })
  } finally {
    if (!keep) rmSync(target, { force: true })
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
