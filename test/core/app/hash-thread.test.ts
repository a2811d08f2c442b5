import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { HashThread } from '../../../core/app/hash-thread.ts'
import type { Job } from '../../../core/app/jobs.ts'
import { readHead } from '../../../core/app/source-file.ts'
import { hashFile } from '../../../core/app/source-hash.ts'

const folder = mkdtempSync(join(tmpdir(), 'hash-thread-'))
afterAll(() => rmSync(folder, { recursive: true }))

const patient: Job = { report: () => {}, breathe: async () => {}, turn: async () => {} }
const impatient: Job = {
  ...patient,
  turn: async () => {
    throw new AppError('run/cancelled', 'cancelled')
  },
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function fileOf(name: string, text: string): { path: string; name: string } {
  const path = join(folder, name)
  writeFileSync(path, text)
  return { path, name }
}

describe('the hash of a file made by a thread of its own', () => {
  const NO_ENTRY = new URL('./no-such-entry.ts', import.meta.url)
  const text = 'event,time\n'.repeat(200_000)
  test.each([
    { why: 'of a large file', threadBytes: 0 },
    { why: 'of a file too small for a thread', threadBytes: Number.POSITIVE_INFINITY },
    { why: 'where no thread can be started', threadBytes: 0, entry: NO_ENTRY },
  ])('is that of its bytes, $why', async ({ threadBytes, entry }) => {
    const file = fileOf('plain.csv', text)
    const hashes = new HashThread([file], threadBytes, entry)
    expect(await hashes.hashOf(file, await readHead(file), patient)).toBe(sha256(text))
    await hashes.close()
  })

  const AHEAD = 1 << 19
  test.each([0, 1, AHEAD - 1, AHEAD, AHEAD + 1, 2 * AHEAD, 5 * AHEAD + 7])(
    'is that of %i bytes read ahead',
    async size => {
      const bytes = Buffer.alloc(
        size,
        Uint8Array.from({ length: 251 }, (_, i) => i),
      )
      const file = { path: join(folder, 'ahead'), name: 'ahead' }
      writeFileSync(file.path, bytes)
      const told: number[] = []
      const job: Job = { ...patient, report: ({ done }) => told.push(done) }
      expect(await hashFile(file, job)).toBe(createHash('sha256').update(bytes).digest('hex'))
      expect(told.at(-1) ?? 0).toBe(size)
    },
  )

  test('is broken off by a cancel where it is made here, and lets the file go', async () => {
    const file = fileOf('broken-off.csv', text)
    const open = (): number => readdirSync('/proc/self/fd').length
    const before = process.platform === 'linux' ? open() : 0
    await expect(hashFile(file, { ...patient, breathe: impatient.turn })).rejects.toMatchObject({
      code: 'run/cancelled',
    })
    if (process.platform === 'linux') expect(open()).toBe(before)
  })

  test('is made of each file in turn, and of one that was not announced', async () => {
    const files = ['a', 'b', 'c'].map(name => fileOf(name, name.repeat(100_000)))
    const hashes = new HashThread(files.slice(0, 2), 0)
    for (const file of files.toReversed())
      expect(await hashes.hashOf(file, await readHead(file), patient)).toBe(sha256(file.name.repeat(100_000)))
    await hashes.close()
  })

  test('is made anew when it is asked for again', async () => {
    const file = fileOf('changed.csv', text)
    const before = await readHead(file)
    const hashes = new HashThread([file], 0)
    expect(await hashes.hashOf(file, before, patient)).toBe(sha256(text))
    writeFileSync(file.path, 'other')
    expect(await hashes.hashOf(file, before, patient)).toBe(sha256('other'))
    await hashes.close()
  })

  test('is no reason to fail before the file is asked for', async () => {
    const file = fileOf('gone.csv', text)
    const facts = await readHead(file)
    rmSync(file.path)
    const hashes = new HashThread([{ path: file.path, name: file.name }, fileOf('there.csv', text)], 0)
    await expect(hashes.hashOf(file, facts, patient)).rejects.toMatchObject({ code: 'import/file-changed' })
    await hashes.close()
  })

  test.each([
    { why: 'that it is at work', threadBytes: 0 },
    { why: 'that there will be none', threadBytes: Number.POSITIVE_INFINITY },
    { why: 'that it cannot be started', threadBytes: 0, entry: NO_ENTRY },
  ])('whose start may be waited for, says $why', async ({ threadBytes, entry }) => {
    const file = fileOf('start.csv', text)
    const hashes = new HashThread([file], threadBytes, entry)
    await hashes.begun()
    expect(await hashes.hashOf(file, await readHead(file), patient)).toBe(sha256(text))
    await hashes.close()
    await hashes.begun()
  })

  test('need not be waited for', async () => {
    const file = fileOf('long.csv', text.repeat(100))
    const hashes = new HashThread([file], 0)
    await expect(hashes.hashOf(file, await readHead(file), impatient)).rejects.toMatchObject({ code: 'run/cancelled' })
    await hashes.close()
  })
})
