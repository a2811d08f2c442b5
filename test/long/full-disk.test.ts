import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openProject } from '#store'
import { figures, fillDisks, makeProject, onSmallDisk, sizesBetween } from '../core/app/support/full-disk.ts'

/** More than one run of the event writer, so that some of it is on the disk long before the end. */
const EVENTS = 700_000
const BIN = join(import.meta.dirname, '../../cli/bin.js')

async function folderWithEvents(): Promise<Readonly<{ folder: string; path: string }>> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'events.csv')
  const file = createWriteStream(path)
  file.write('event_id,event_name,timestamp,workspace_id,user_id,event_properties\n')
  for (let i = 0; i < EVENTS; i++) {
    const at = new Date(1_770_000_000_000 + i * 1000).toISOString()
    const isRoom = file.write(`e${i},name ${i % 20},${at},w${i % 500},u${i % 3000},"{""n"":${i}}"\n`)
    if (!isRoom) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
  return { folder, path }
}

describe('a large import on a disk that is too small', () => {
  test('by the pages of the database, at ten sizes', async () => {
    const { folder, path } = await folderWithEvents()
    await fillDisks(folder, [path], 10)
  })

  test.skipIf(spawnSync('bash', ['-c', 'ulimit -f 100']).status !== 0)(
    'by a limit of the file, at ten sizes',
    async () => {
      const { folder, path } = await folderWithEvents()
      makeProject(folder, 'empty.pql')
      const project = join(folder, 'p.pql')
      const command = (blocks: number | 'unlimited') =>
        spawnSync(
          'bash',
          [
            '-c',
            `ulimit -f ${blocks}; trap '' XFSZ; exec "$0" "$@"`,
            process.execPath,
            BIN,
            'import',
            path,
            '--project',
            project,
          ],
          { cwd: folder, encoding: 'utf8' },
        )
      onSmallDisk(folder, 'empty.pql', 'p.pql').close()
      const has = statSync(project).size
      expect(command('unlimited').status).toBe(0)
      const needs = statSync(project).size
      for (const bytes of sizesBetween(has, needs, 10)) {
        const small = onSmallDisk(folder, 'empty.pql', 'p.pql')
        const before = figures(small)
        small.close()
        const { status, stderr } = command(Math.floor(bytes / 1024))
        expect([status, stderr.match(/store\/\w+/)?.[0]]).toEqual([6, 'store/disk'])
        const { db, close } = openProject(project)
        expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
        close()
        const after = onSmallDisk(folder, 'p.pql', 'after.pql')
        expect(figures(after)).toEqual(before)
        after.close()
      }
      expect(command('unlimited').status).toBe(0)
    },
  )
})
