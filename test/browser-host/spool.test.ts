import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSpool } from '../../browser-host/spool.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pql-spool-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const left = () => readdirSync(join(folder, '.spool'))

test('what a host that crashed has left is deleted, what a running one holds is not', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  for (const name of [`${pid}-dead`, `${process.pid}-alive`]) {
    mkdirSync(join(folder, '.spool', name), { recursive: true })
    writeFileSync(join(folder, '.spool', name, 'a'), 'a')
  }
  const spool = await openSpool(folder, 100)
  expect(left()).toEqual([`${process.pid}-alive`])
  await spool.close()
})

test('a body that breaks off leaves nothing', async () => {
  const spool = await openSpool(folder, 100)
  const broken = new Readable({
    read() {
      this.push('half')
      this.destroy(new Error('gone'))
    },
  })
  await expect(spool.take(broken, 'a.csv')).rejects.toThrow('gone')
  const files = left().flatMap(name => readdirSync(join(folder, '.spool', name)))
  expect(files).toEqual([])
  await spool.close()
})

test('only its own files are removed', async () => {
  const mine = join(folder, 'mine.csv')
  writeFileSync(mine, 'a')
  const spool = await openSpool(folder, 100)
  const taken = await spool.take(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 'a.csv')
  expect([taken.bytes, readFileSync(taken.path, 'utf8')]).toEqual([3, 'abc'])
  await spool.remove(mine)
  await spool.remove(taken.path)
  expect([existsSync(mine), existsSync(taken.path)]).toEqual([true, false])
  await spool.close()
  expect(left()).toEqual([])
})

test('a body above the cap is refused and leaves nothing', async () => {
  const spool = await openSpool(folder, 2)
  await expect(spool.take(Readable.from([Buffer.from('abc')]), 'a.csv')).rejects.toMatchObject({ status: 413 })
  expect(left().flatMap(name => readdirSync(join(folder, '.spool', name)))).toEqual([])
  await spool.close()
})
