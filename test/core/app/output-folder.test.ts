import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createJob } from '../../../core/app/jobs.ts'
import { type OutputFile, type OutputGroup, writeFolder } from '../../../core/app/output-folder.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pql-out-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const job = createJob(
  { signal: { aborted: false, addEventListener: () => undefined }, onProgress: () => undefined },
  () => 0,
)
const file = (name: string, text: string): OutputFile => ({ name, rows: 1, chunks: () => [text] })

function write(folder: string, files: readonly (OutputFile | OutputGroup)[], record: () => void = () => undefined) {
  return writeFolder(folder, files, {
    overwrite: false,
    job,
    record,
    last: outputs => file('manifest.json', JSON.stringify({ product: { name: 'PQL Workbench' }, outputs })),
  })
}

const listing = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map(name => (name.includes('.') ? `${name}: ${readFileSync(join(folder, name), 'utf8').slice(0, 12)}` : name))

test('when what belongs to the files fails, a new folder is not there, and an old one is as it was', async () => {
  const fail = (): never => {
    throw new Error('the record cannot be kept')
  }
  const deep = join(root, 'a/b/c')
  await expect(write(deep, [file('x.csv', '1'), file('routing/y.csv', '2')], fail)).rejects.toThrow('cannot be kept')
  expect(readdirSync(root)).toEqual([])
  await write(deep, [file('x.csv', 'old x'), file('gone.csv', 'old gone'), file('routing/y.csv', 'old y')])
  const before = listing(deep)
  await expect(write(deep, [file('x.csv', 'new'), file('routing/z.csv', 'new')], fail)).rejects.toThrow(
    'cannot be kept',
  )
  expect(listing(deep)).toEqual(before)
})

test('when the text of a later file cannot be made, nothing is written', async () => {
  mkdirSync(join(root, 'out'))
  writeFileSync(join(root, 'out', 'notes.txt'), 'mine')
  const broken: OutputFile = {
    name: 'routing/z.csv',
    rows: 1,
    *chunks() {
      yield 'x'.repeat(400_000)
      throw new Error('a bug')
    },
  }
  await expect(write(join(root, 'out'), [file('x.csv', '1'), broken])).rejects.toThrow('a bug')
  expect(listing(join(root, 'out'))).toEqual(['notes.txt: mine'])
})

test('while the files get their names the record is made with all of them there', async () => {
  let seen: readonly string[] = []
  await write(root, [file('x.csv', '1'), file('routing/y.csv', '2')], () => {
    seen = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
  })
  expect(seen).toEqual(['manifest.json', 'routing', 'routing/y.csv', 'x.csv'])
})

test('files that are written side by side get each its own text, whatever the sizes', async () => {
  const folder = join(root, 'out')
  const long = 'x'.repeat(300_000)
  const group: OutputGroup = {
    names: ['a.csv', 'routing/b.csv', 'c.csv'],
    *parts() {
      yield ['a1', '', 'c1']
      yield ['', long, '']
      yield ['a2', long, 'c2']
    },
    rows: () => [2, 5, 3],
  }
  const written = await write(folder, [group, file('d.csv', 'd')])
  expect(written.map(({ name, rows, bytes }) => [name, rows, bytes]).slice(0, 4)).toEqual([
    ['a.csv', 2, 4],
    ['routing/b.csv', 5, 600_000],
    ['c.csv', 3, 4],
    ['d.csv', 1, 1],
  ])
  const texts = ['a.csv', 'routing/b.csv', 'c.csv'].map(name => readFileSync(join(folder, name), 'utf8'))
  expect(texts).toEqual(['a1a2', long + long, 'c1c2'])
})

test('where a part of files side by side cannot be made, none of them is there', async () => {
  const broken: OutputGroup = {
    names: ['a.csv', 'b.csv'],
    *parts() {
      yield ['a', 'b']
      throw new Error('a bug')
    },
    rows: () => [1, 1],
  }
  await expect(write(join(root, 'out'), [broken])).rejects.toThrow('a bug')
  expect(readdirSync(root)).toEqual([])
})
