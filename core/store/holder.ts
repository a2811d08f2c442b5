import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { AppError } from '#lib/errors'

/** Who has a project open: the lock itself does not tell. */
type Holder = Readonly<{ pid: number; host: string }>

/**
 * Leaves a note beside an open project that says who has it. The lock decides, not the note: where it cannot be written, or was
 * left by a crash, nothing is lost.
 */
export function noteHolder(file: string): void {
  const holder: Holder = { pid: process.pid, host: hostname() }
  try {
    rmSync(noteOf(file), { force: true })
    // Never through a link that somebody has put there.
    writeFileSync(noteOf(file), JSON.stringify(holder), { flag: 'wx' })
  } catch {
    // a full disk must not keep anybody from opening a project
  }
}

/** Takes the note away again. */
export function forgetHolder(file: string): void {
  try {
    rmSync(noteOf(file), { force: true })
  } catch {
    // it is overwritten by whoever opens the project next
  }
}

/** The same failure with the holder in its message, where it is known who that is. */
export function namingHolder(error: unknown, file: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'store/locked') return error
  const holder = readHolder(file)
  if (holder === null) return error
  const { pid, host } = holder
  const where = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`
  return new AppError(
    'store/locked',
    `${file} is open in another window or command (${where}); close it there first, or wait until it has ended`,
    {
      ...error.context,
      ...holder,
    },
    { cause: error },
  )
}

/** Does the note name somebody who may well have the project open? Not for sure: a number of a process is given again. */
export function isLikelyHeld(file: string): boolean {
  return readHolder(file) !== null
}

function noteOf(file: string): string {
  return `${file}-open`
}

function readHolder(file: string): Holder | null {
  try {
    const { pid, host } = JSON.parse(readFileSync(noteOf(file), 'utf8')) as Partial<Holder>
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return null
    // Anybody may have written the note: it is shown only where it is what it should be.
    if (typeof host !== 'string' || !/^[\w.-]{1,100}$/.test(host)) return null
    return host === hostname() && !isRunning(pid) ? null : { pid, host }
  } catch {
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // it runs for another user
  }
}
