import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { csv, longEvents } from './support/exports.ts'
import {
  decide,
  expectFull,
  figures,
  fillDisks,
  importInto,
  makeProject,
  onSmallDisk,
  publishInto,
  stageInto,
  undoIn,
} from './support/full-disk.ts'

function folderWithExport(): Readonly<{ folder: string; sources: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const users = Array.from({ length: 2000 }, (_, i) => ({
    user_id: `u${i}`,
    name: `Name ${i} ${'x'.repeat(150)}`,
    created_at: i % 50 === 0 ? 'soon' : '2026-01-01',
  }))
  const files = { 'users.csv': csv(users), 'events.csv': longEvents(600, 900) }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return { folder, sources: Object.keys(files).map(name => join(folder, name)) }
}

test('an import on a full disk fails as what it is, at ten sizes, and leaves room for decisions', async () => {
  const { folder, sources } = folderWithExport()
  await fillDisks(folder, sources, 10)
})

test('a publish on a full disk leaves the batch waiting; an undo gives room back', async () => {
  const { folder, sources } = folderWithExport()
  makeProject(folder, 'p.pql')
  const disk = onSmallDisk(folder, 'p.pql', 'small.pql')
  const { batchId } = await stageInto(disk, sources)
  disk.grow(disk.pages())
  await expectFull(disk, async () => await publishInto(disk, batchId))
  expect(figures(disk).waiting).toBe(2)
  decide(disk)
  disk.grow(disk.pages() * 3)
  const { files } = await publishInto(disk, batchId)
  expect(files).toMatchObject([{ added: 1960, held: 40 }, { added: 600 }])
  const pages = disk.pages()
  disk.grow(pages)
  for (const { importId } of files.toReversed()) await undoIn(disk, importId)
  expect(figures(disk)).toMatchObject({ events: 0, held: 0, rows: { users: 0 } })
  disk.grow(Math.ceil(pages * 1.1)) // rows need not fall into pages as they did
  await importInto(disk, sources)
  expect(figures(disk)).toMatchObject({ events: 600, held: 40, rows: { users: 1960 } })
  disk.close()
})
