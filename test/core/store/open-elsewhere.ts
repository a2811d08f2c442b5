import Database from 'better-sqlite3'
import { AppError } from '#lib/errors'
import { openProject } from '#store'

const [path = '', uid] = process.argv.slice(2)
if (uid !== undefined) {
  new Database(':memory:').close() // loads the engine while it can still be read
  process.setuid?.(Number(uid))
}

/** `open`, or the code of why not. */
function attempt(readOnly: boolean): string {
  try {
    openProject(path, { readOnly }).close()
    return 'open'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

process.send?.({ write: attempt(false), read: attempt(true) })
