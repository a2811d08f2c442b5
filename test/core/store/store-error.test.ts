import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { asStoreError } from '#store'

const sqlite = (code: string): Error => new Database.SqliteError('as the engine words it', code)
const system = (code: string): Error => Object.assign(new Error('as the system words it'), { code })

describe('asStoreError', () => {
  test.each([
    { why: 'another program holds the file', error: sqlite('SQLITE_BUSY'), code: 'store/locked' },
    { why: 'an extended code is read by its family', error: sqlite('SQLITE_BUSY_SNAPSHOT'), code: 'store/locked' },
    { why: 'the disk is full', error: sqlite('SQLITE_FULL'), code: 'store/disk' },
    { why: 'the disk fails', error: sqlite('SQLITE_IOERR_FSYNC'), code: 'store/disk' },
    { why: 'the file ends too early', error: sqlite('SQLITE_IOERR_SHORT_READ'), code: 'store/corrupt' },
    { why: 'a page makes no sense', error: sqlite('SQLITE_CORRUPT_INDEX'), code: 'store/corrupt' },
    { why: 'it is no database', error: sqlite('SQLITE_NOTADB'), code: 'store/not-a-project' },
    { why: 'the file cannot be written', error: sqlite('SQLITE_READONLY_DIRECTORY'), code: 'store/read-only' },
    { why: 'a journal cannot be made', error: sqlite('SQLITE_CANTOPEN'), code: 'store/disk' },
    { why: 'the file is not there', error: system('ENOENT'), code: 'usage/missing-file' },
    { why: 'no permission', error: system('EACCES'), code: 'store/read-only' },
    { why: 'no space', error: system('ENOSPC'), code: 'store/disk' },
  ])('$why', ({ error, code }) => {
    const known = asStoreError(error, { path: '/p.pql' })
    expect(known).toBeInstanceOf(AppError)
    expect(known).toMatchObject({ code, cause: error, context: { path: '/p.pql' } })
    expect((known as AppError).message).toMatch(/^\/p\.pql: /)
  })

  test('a project that cannot be written: what to do is said', () => {
    expect(asStoreError(sqlite('SQLITE_READONLY'), { path: '/p.pql' })).toMatchObject({
      message: expect.stringContaining('copy it to a folder that can be, or change its permissions'),
    })
  })

  test.each([
    { why: 'a broken constraint is a bug', error: sqlite('SQLITE_CONSTRAINT_UNIQUE') },
    { why: 'a typing error is a bug', error: new TypeError('x is undefined') },
    { why: 'an expected failure keeps its code', error: new AppError('run/cancelled', 'cancelled') },
    { why: 'what is no error stays what it is', error: 'text' },
  ])('$why', ({ error }) => {
    expect(asStoreError(error)).toBe(error)
  })
})
