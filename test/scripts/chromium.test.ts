import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findChromium } from '../../scripts/chromium.ts'
import { unpackTar } from '../../scripts/chromium-archive.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pql-archive-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('findChromium', () => {
  test('takes the one that CHROMIUM names, and says so where it is not there', () => {
    const binary = join(folder, 'chrome')
    expect(() => findChromium({ CHROMIUM: binary })).toThrow('does not exist')
    writeFileSync(binary, '')
    expect(findChromium({ CHROMIUM: binary, HOME: '/h' })).toMatchObject({
      executablePath: binary,
      source: 'environment',
      env: { CHROMIUM: binary, HOME: '/h' },
    })
  })

  test.runIf(process.platform === 'linux')('else an installed one, found by PATH', () => {
    writeFileSync(join(folder, 'google-chrome'), '')
    expect(findChromium({ PATH: `/nowhere:${folder}`, CHROMIUM: '' })).toMatchObject({
      executablePath: join(folder, 'google-chrome'),
      source: 'installed',
    })
  })

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'else the one of the npm package, unpacked whole',
    () => {
      const found = findChromium({ PATH: '' })
      expect(found?.source).toBe('npm')
      const cache = join(found?.executablePath ?? '', '..')
      expect(existsSync(found?.executablePath ?? '')).toBe(true)
      expect(readdirSync(join(cache, 'lib'))).toEqual(
        expect.arrayContaining(['libnss3.so', 'libnspr4.so', 'libexpat.so.1']),
      )
      expect(findChromium({ PATH: '' })).toEqual(found)
    },
  )
})

describe('unpackTar', () => {
  test('writes files of any size in their folders', () => {
    const archive = tar([
      { name: 'lib/', kind: '5', text: '' },
      { name: 'lib/a.so', kind: '0', text: 'x'.repeat(513) },
      { name: 'empty', kind: '0', text: '' },
      { name: 'b', kind: '\0', text: 'y'.repeat(512) },
    ])
    unpackTar(archive, folder)
    const read = (name: string) => readFileSync(join(folder, name), 'utf8').length
    expect([read('lib/a.so'), read('empty'), read('b')]).toEqual([513, 0, 512])
  })

  test.each([
    { why: 'a name that leads out', entry: { name: '../a', kind: '0', text: 'x' }, message: 'leads out' },
    { why: 'an absolute name', entry: { name: '/tmp/a', kind: '0', text: 'x' }, message: 'leads out' },
    { why: 'a link', entry: { name: 'a', kind: '2', text: '' }, message: 'neither a file nor a folder' },
  ])('refuses $why', ({ entry, message }) => {
    expect(() => unpackTar(tar([entry]), folder)).toThrow(message)
  })
})

function tar(entries: readonly { name: string; kind: string; text: string }[]): Buffer {
  const blocks = entries.flatMap(({ name, kind, text }) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(text.length.toString(8).padStart(11, '0'), 124)
    header.write(kind, 156)
    const body = Buffer.alloc(Math.ceil(text.length / 512) * 512)
    body.write(text)
    return [header, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
