import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createProject, openProject } from '../../../../core/store/db.ts'
import { beginBulk, endBulk } from '../../../../core/store/events/bulk-journal.ts'
import { beginImport, emptyProject } from './project.ts'

const modeOf = (db: Parameters<typeof beginBulk>[0]): unknown => db.pragma('journal_mode', { simple: true })

test('a project is written once while much is added, and what a crash leaves is rolled back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-'))
  try {
    const path = join(folder, 'p.pql')
    const broken = join(folder, 'broken.pql')
    const project = createProject(path, { uuid: 'x', createdAt: 0 })
    const { db } = project
    const hold = db.prepare('UPDATE meta SET created_at = ?')
    beginBulk(db)
    expect(modeOf(db)).toBe('truncate')
    db.exec('BEGIN')
    hold.run(7)
    beginImport(db)
    const add = db.prepare(
      `INSERT INTO held_row (import_id, line, column_name, value, code, message, raw) VALUES (1, ?, '', '', 'row/too-long', '', ?)`,
    )
    for (let line = 1; line <= 20; line++) add.run(line, 'x'.repeat(1_000_000))
    // More than the cache holds is in the file by now; the journal has what was there before.
    for (const suffix of ['', '-journal']) copyFileSync(`${path}${suffix}`, `${broken}${suffix}`)
    db.exec('COMMIT')
    endBulk(db)
    expect(modeOf(db)).toBe('wal')
    project.close()
    expect([existsSync(`${path}-journal`), existsSync(`${path}-wal`)]).toEqual([false, false])
    const [before, after] = [openProject(broken), openProject(path)]
    expect([before, after].map(one => one.db.prepare('SELECT created_at FROM meta').pluck().get())).toEqual([0, 7])
    expect([before, after].map(one => one.db.prepare('SELECT count(*) FROM held_row').pluck().get())).toEqual([0, 20])
    before.close()
    after.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a database in memory is left as it is', () => {
  const db = emptyProject()
  beginBulk(db)
  expect(modeOf(db)).toBe('memory')
  endBulk(db)
  expect(modeOf(db)).toBe('memory')
  db.close()
})
