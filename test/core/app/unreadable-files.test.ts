import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { notReadable, readChunks, readHead, readPlainChunks, systemSaid } from '../../../core/app/source-file.ts'
import { hashFile } from '../../../core/app/source-hash.ts'

const folder = mkdtempSync(join(tmpdir(), 'unreadable-'))
afterAll(() => rmSync(folder, { recursive: true }))

const patient = { report: () => {}, breathe: async () => {}, turn: async () => {} }
const GONE = {
  code: 'import/file-changed',
  message: 'users.csv was taken away while it was read; put it back and import it again',
}

test('a file that is taken away after it was looked at is named as that, however it is read', async () => {
  const path = join(folder, 'users.csv')
  const file = { path, name: 'users.csv' }
  writeFileSync(path, 'user_id\nu1\n')
  const { head: _head, isWhole: _isWhole, ...facts } = await readHead(file)
  rmSync(path)
  expect(() => [...readPlainChunks(file, facts)]).toThrow(expect.objectContaining(GONE))
  await expect(readChunks(file, facts, createHash('sha256')).next()).rejects.toMatchObject(GONE)
  await expect(hashFile(file, patient)).rejects.toMatchObject(GONE)
  await expect(readHead(file)).rejects.toMatchObject({ code: 'usage/missing-file' })
})

test('what cannot be read is refused with what to do', async () => {
  const path = join(folder, 'inner')
  mkdirSync(path)
  await expect(readHead({ path, name: 'inner' })).rejects.toMatchObject({
    code: 'import/not-readable',
    message: expect.stringContaining('it is not a regular file; write what it gives into a file'),
  })
  const denied = Object.assign(new Error('denied'), { code: 'EACCES' })
  expect(notReadable({ path, name: 'x.csv' }, systemSaid(denied)).message).toBe(
    'x.csv cannot be read: the system answered EACCES; allow it to be read, or copy it to where it may be',
  )
})
