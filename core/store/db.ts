import { accessSync, constants, existsSync, linkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#lib/errors'
import { backUp } from './backup.ts'
import { guarded, statement, transaction, type Writable } from './connection.ts'
import { APPLICATION_ID, type FileHeader, readHeader } from './file-header.ts'
import { forgetHolder, isLikelyHeld, namingHolder, noteHolder } from './holder.ts'
import { EMPTY_STATE } from './meta.ts'
import { MIGRATIONS, migrate, tooNew, versionOf } from './migrate.ts'
import { verifySchema } from './schema-text.ts'
import { asStoreError } from './store-error.ts'

/** An open project file. Only this process has it, until `close`. */
export type Project = Readonly<{
  path: string
  db: Writable
  isReadOnly: boolean
  /** Brings everything into the one file and lets it go. Nothing lies beside it afterwards. May be called again. */
  close(): void
}>

export type OpenOptions = Readonly<{ readOnly?: boolean }>

/** What a new project is told about itself: the store asks neither a clock nor chance. */
export type Birth = Readonly<{ uuid: string; createdAt: number }>

/** Measured at 4, 8, 16 and 32 KiB: column segments are written 1.6 x faster than at 4, rows and look-ups as fast. */
const PAGE_BYTES = 16_384
/** Rides out two programs that open at the same instant; whoever has the file keeps it for much longer. */
const LOCK_WAIT_MS = 200

/** Files that this process has open: reading their header would drop their locks (see `readHeader`). */
const openFiles = new Set<string>()

/**
 * Makes a new project and opens it. It is made under another name and given its own when it is complete.
 *
 * @throws AppError `usage/bad-argument` where there is a file already
 */
export function createProject(path: string, birth: Birth): Project {
  const file = resolve(path)
  const draft = `${file}.new-${birth.uuid}`
  return guarded(
    () => {
      if (existsSync(file)) throw occupied(file)
      accessSync(dirname(file), constants.W_OK)
      // The driver cuts blanks off a path and would open another file.
      if (file !== file.trim())
        throw new AppError('usage/bad-argument', 'a file name cannot end in a blank', { path: file })
      try {
        writeEmptyProject(draft, birth)
        give(draft, file)
      } finally {
        for (const suffix of ['', '-wal', '-journal']) rmSync(`${draft}${suffix}`, { force: true })
      }
      return openProject(file)
    },
    { path: file },
  )
}

/**
 * Opens a project; never makes one. Application, version and schema text are checked before anything is read. A file of
 * an older version is copied, then migrated; the copy goes when the migrated file has passed its checks, and stays
 * where it has not.
 *
 * @throws AppError `usage/missing-file`, `store/not-a-project`, `store/corrupt`, `store/too-new`, `store/locked`,
 *   `store/read-only`, `store/disk`
 */
export function openProject(path: string, options: OpenOptions = {}): Project {
  return openWith(path, options, MIGRATIONS)
}

/** `openProject` for any list of migrations. */
export function openWith(path: string, options: OpenOptions, migrations: readonly string[]): Project {
  const isReadOnly = options.readOnly === true
  return guarded(
    () => {
      const file = realpathSync(resolve(path))
      if (file !== file.trim())
        throw new AppError('usage/bad-argument', 'a file name cannot end in a blank', { path: file })
      const identity = identityOf(file)
      if (openFiles.has(identity)) throw inUse(file)
      const header = readHeader(file)
      if (header.version > migrations.length) throw tooNew(header.version, migrations.length)
      if (!isReadOnly) accessSync(file, constants.W_OK)
      // Also to read what a crash left in the journal, an index has to be made beside it.
      if (!isReadOnly || header.isWal) accessSync(dirname(file), constants.W_OK)
      const db = connect(file, isReadOnly, header)
      try {
        prepareFile(db, { file, isReadOnly, migrations })
      } catch (error) {
        db.close()
        throw namingHolder(asStoreError(error, { path: file }), file)
      }
      db.pragma(`busy_timeout = ${LOCK_WAIT_MS}`)
      openFiles.add(identity)
      if (!isReadOnly) noteHolder(file)
      return { path: file, db, isReadOnly, close: () => close(db, { file, isReadOnly, identity }) }
    },
    { path },
  )
}

function connect(file: string, isReadOnly: boolean, header: FileHeader): Writable {
  const db = new Database(file, {
    fileMustExist: true,
    readonly: isReadOnly,
    // Who has it open may be changing its lock this very instant: one look at it must be enough.
    timeout: isLikelyHeld(file) ? 0 : LOCK_WAIT_MS,
  })
  // A reader may share; over a journal left by a crash it needs the shared index, which exclusive mode rules out.
  db.pragma(`locking_mode = ${isReadOnly && header.isWal ? 'NORMAL' : 'EXCLUSIVE'}`)
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('foreign_keys = ON')
  return db as Writable // opened here; read-only ones are refused by the database itself
}

type Opening = Readonly<{ file: string; isReadOnly: boolean; migrations: readonly string[] }>

function prepareFile(db: Writable, { file, isReadOnly, migrations }: Opening): void {
  if (!isReadOnly) db.exec('BEGIN EXCLUSIVE; COMMIT')
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw notOurs(file)
  const version = versionOf(db)
  if (version > migrations.length) throw tooNew(version, migrations.length)
  verifySchema(db, migrations)
  if (isReadOnly) {
    if (version < migrations.length) throw tooOld(file, version, migrations.length)
    return
  }
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') throw unwritable(file)
  db.pragma('synchronous = FULL')
  if (version < migrations.length) upgrade(db, file, migrations)
}

function upgrade(db: Writable, file: string, migrations: readonly string[]): void {
  const copy = backUp(db, `${file}.v${versionOf(db)}`)
  try {
    migrate(db, migrations.length, migrations)
    verifySchema(db, migrations)
    const broken = statement(db, 'PRAGMA foreign_key_check').all()
    if (broken.length > 0) throw new AppError('store/corrupt', `${file}: rows without their parents`, { path: file })
  } catch (error) {
    const known = asStoreError(error)
    const code = known instanceof AppError ? known.code : 'store/corrupt'
    const message = `${file} could not be brought to the present version; ${copy} holds it as it was`
    throw new AppError(code, message, { path: file, copy }, { cause: error })
  }
  rmSync(copy)
}

type Held = Readonly<{ file: string; isReadOnly: boolean; identity: string }>

function close(db: Writable, { file, isReadOnly, identity }: Held): void {
  if (!db.open) return
  guarded(
    () => {
      try {
        if (isReadOnly) return
        if (db.inTransaction) db.exec('ROLLBACK')
        db.pragma('wal_checkpoint(TRUNCATE)')
        if (!foldJournal(db)) return
        rmSync(`${file}-shm`, { force: true }) // left by a reader over a crash's journal; nobody uses it while we hold the lock
      } finally {
        if (!isReadOnly) forgetHolder(file) // while the lock is held: the next note is another's
        db.close()
        openFiles.delete(identity)
      }
    },
    { path: file },
  )
}

/** @returns false where another program reads the file, which a project that is shared allows: then its journal stays beside it */
function foldJournal(db: Writable): boolean {
  try {
    db.pragma('journal_mode = DELETE')
    return true
  } catch (error) {
    const known = asStoreError(error)
    if (known instanceof AppError && known.code === 'store/locked') return false
    throw error
  }
}

function writeEmptyProject(draft: string, birth: Birth): void {
  const db = new Database(draft) as Writable // made here, nobody else has it
  try {
    db.pragma(`page_size = ${PAGE_BYTES}`)
    db.pragma('synchronous = FULL')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    // All steps at once: each of them alone would wait for the disk several times.
    transaction(db, () => {
      migrate(db)
      statement(db, 'INSERT INTO meta (id, project_uuid, created_at, data_state) VALUES (1, ?, ?, ?)').run(
        birth.uuid,
        birth.createdAt,
        EMPTY_STATE,
      )
    })
  } finally {
    db.close()
  }
}

/** Gives the finished draft its name, but never the name of a file that has come into being meanwhile. */
function give(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (existsSync(file)) throw occupied(file)
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error
    renameSync(draft, file) // a file system without links
  }
}

function identityOf(file: string): string {
  const { dev, ino } = statSync(file, { bigint: true })
  return `${dev}:${ino}`
}

function occupied(path: string): AppError {
  return new AppError('usage/bad-argument', `${path} exists already`, { path })
}
function inUse(path: string): AppError {
  return new AppError('store/locked', `${path} is open already in this program`, { path })
}
function notOurs(path: string): AppError {
  return new AppError('store/not-a-project', `${path} is the database of another program`, { path })
}
function unwritable(path: string): AppError {
  return new AppError(
    'store/read-only',
    `${path} cannot be written: copy it to a folder that can be, or change its permissions`,
    { path },
  )
}
function tooOld(path: string, found: number, known: number): AppError {
  const message = `${path} was written by an older version and has to be opened for writing once: copy it to a folder that can be written`
  return new AppError('store/read-only', message, { path, found, known })
}
