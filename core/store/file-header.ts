import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { AppError } from '#lib/errors'
import { guarded } from './connection.ts'

/** `PQLW` in ASCII: marks a database file as a project of this program. */
export const APPLICATION_ID = 0x50514c57

const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'

/** What the first bytes of a project file say. `isWal`: a journal of the last session may lie beside it. */
export type FileHeader = Readonly<{ version: number; isWal: boolean }>

/**
 * Reads the header from the bytes of the file, before the database touches it: opening another program's database, even
 * only to look at it, can write to it (journals are rolled back). The caller must know that this process does not have
 * the file open: closing a second handle on it would drop the locks of the first.
 */
export function readHeader(path: string): FileHeader {
  const { header, size } = guarded(() => readFirst(path), { path })
  if (header.length === 0) throw foreign(path, 'it is empty')
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC.slice(0, header.length))
    throw foreign(path, 'it is no database')
  if (header.length < HEADER_BYTES) throw damaged(path, 'it ends within its header')
  if (header.readUInt32BE(68) !== APPLICATION_ID) throw foreign(path, 'it is the database of another program')
  const isWal = header.readUInt8(18) === 2
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const isCountValid = header.readUInt32BE(24) === header.readUInt32BE(92)
  const expected = header.readUInt32BE(28) * pageSize
  if (isCountValid && size < expected && !existsSync(`${path}-wal`) && !existsSync(`${path}-journal`))
    throw damaged(path, `it has ${size} of ${expected} bytes`)
  return { version: header.readUInt32BE(60), isWal }
}

function readFirst(path: string): Readonly<{ header: Buffer; size: number }> {
  const stat = statSync(path)
  if (!stat.isFile()) throw foreign(path, stat.isDirectory() ? 'it is a folder' : 'it is not a regular file')
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    const length = readSync(file, header, 0, HEADER_BYTES, 0)
    return { header: header.subarray(0, length), size: stat.size }
  } finally {
    closeSync(file)
  }
}

function foreign(path: string, found: string): AppError {
  return new AppError('store/not-a-project', `${path} is not a project: ${found}`, { path })
}

function damaged(path: string, found: string): AppError {
  return new AppError('store/corrupt', `${path} is damaged: ${found}`, { path })
}
