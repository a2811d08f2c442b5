import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { forgetHolder, namingHolder, noteHolder } from '../../../core/store/holder.ts'
import { inFolder } from './temporary-project.ts'

const LOCKED = new AppError('store/locked', 'in use', { path: 'p' })
/** No process has this number: it is beyond what systems give. */
const NOBODY = 2 ** 30

test('the holder of a project is named while its note is there', () => {
  inFolder(folder => {
    const path = join(folder, 'p.pql')
    expect(namingHolder(LOCKED, path)).toBe(LOCKED)
    noteHolder(path)
    expect(namingHolder(LOCKED, path)).toMatchObject({
      code: 'store/locked',
      message: `${path} is open in another window or command (process ${process.pid}); close it there first, or wait until it has ended`,
      context: { path: 'p', pid: process.pid, host: hostname() },
    })
    const other = new AppError('store/disk', 'full')
    expect(namingHolder(other, path)).toBe(other)
    forgetHolder(path)
    forgetHolder(path)
    expect(namingHolder(LOCKED, path)).toBe(LOCKED)
  })
})

test.skipIf(process.platform === 'win32')('a note is never written through a link', () => {
  inFolder(folder => {
    const [path, other] = [join(folder, 'p.pql'), join(folder, 'other')]
    writeFileSync(other, 'kept')
    symlinkSync(other, `${path}-open`)
    noteHolder(path)
    expect(readFileSync(other, 'utf8')).toBe('kept')
    expect(namingHolder(LOCKED, path)).not.toBe(LOCKED)
  })
})

test.each([
  { why: 'left by a process that has ended', note: JSON.stringify({ pid: NOBODY, host: hostname() }), isNamed: false },
  { why: 'of another machine', note: JSON.stringify({ pid: NOBODY, host: 'other-host' }), isNamed: true },
  { why: 'cut off', note: '{"pid": 1', isNamed: false },
  { why: 'of something else', note: '[1, 2]', isNamed: false },
  { why: 'that would write on the terminal', note: JSON.stringify({ pid: 1, host: '\u001b[2Jx' }), isNamed: false },
  { why: 'that names a group of processes', note: JSON.stringify({ pid: -1, host: hostname() }), isNamed: false },
])('a note $why', ({ note, isNamed }) => {
  inFolder(folder => {
    const path = join(folder, 'p.pql')
    writeFileSync(`${path}-open`, note)
    expect(namingHolder(LOCKED, path) !== LOCKED).toBe(isNamed)
  })
})
