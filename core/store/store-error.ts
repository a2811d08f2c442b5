import { AppError, type ErrorCode, type ErrorContext } from '#lib/errors'

type Failure = Readonly<{ code: ErrorCode; message: string }>

const LOCKED: Failure = { code: 'store/locked', message: 'the project file is in use by another program' }
const DISK: Failure = { code: 'store/disk', message: 'the disk refused: it is full, gone or failing' }
const CORRUPT: Failure = { code: 'store/corrupt', message: 'the project file is damaged' }
const READ_ONLY: Failure = {
  code: 'store/read-only',
  message:
    'the project file or its folder cannot be written: copy it to a folder that can be, or change its permissions',
}
const FOREIGN: Failure = { code: 'store/not-a-project', message: 'the file is not a project' }
const MISSING: Failure = {
  code: 'usage/missing-file',
  message: 'the file or its folder does not exist; check the path, or make a project by an import',
}

/** Result codes of the database, by the part before the extended suffix; then those of the file system. */
const FAILURES: Readonly<Record<string, Failure>> = {
  SQLITE_BUSY: LOCKED,
  SQLITE_LOCKED: LOCKED,
  SQLITE_PROTOCOL: LOCKED,
  SQLITE_FULL: DISK,
  SQLITE_IOERR: DISK,
  SQLITE_CANTOPEN: DISK,
  SQLITE_NOLFS: DISK,
  SQLITE_CORRUPT: CORRUPT,
  SQLITE_FORMAT: CORRUPT,
  SQLITE_NOTADB: FOREIGN,
  SQLITE_READONLY: READ_ONLY,
  SQLITE_PERM: READ_ONLY,
  SQLITE_AUTH: READ_ONLY,
  ENOENT: MISSING,
  ENOTDIR: MISSING,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EROFS: READ_ONLY,
  EISDIR: FOREIGN,
  EBUSY: LOCKED,
  ENOSPC: DISK,
  EDQUOT: DISK,
  EFBIG: DISK,
  EIO: DISK,
  ENXIO: DISK,
  EMFILE: DISK,
  ENFILE: DISK,
}
/** Extended codes that mean something else than their family. */
const EXCEPTIONS: Readonly<Record<string, Failure>> = {
  SQLITE_IOERR_DATA: CORRUPT,
  SQLITE_IOERR_SHORT_READ: CORRUPT,
  SQLITE_IOERR_LOCK: LOCKED,
  SQLITE_READONLY_ROLLBACK: READ_ONLY,
}

/**
 * The failure of a database or file call in the public vocabulary, with the original as its cause. What is not an
 * expected failure (a broken constraint, a typing error) comes back as it is: it is a bug.
 */
export function asStoreError(error: unknown, context: ErrorContext = {}): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const failure = EXCEPTIONS[code] ?? FAILURES[code] ?? FAILURES[code.split('_', 2).join('_')]
  if (failure === undefined) return error
  const subject = typeof context['path'] === 'string' ? `${context['path']}: ` : ''
  return new AppError(failure.code, `${subject}${failure.message}`, { ...context, reason: code }, { cause: error })
}
