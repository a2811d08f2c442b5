import { fork } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createProject, openProject, readMeta, readTable } from '#store'
import { openWith } from '../../../core/store/db.ts'
import { MIGRATIONS } from '../../../core/store/migrate.ts'
import { importBatch, inFolder, rowOf } from './temporary-project.ts'

/** Permissions do not bind root, so another user tries. */
const NOBODY = 65_534
const BIRTH = { uuid: 'project-1', createdAt: 1_000 }
const rows = Array.from({ length: 300 }, (_, i) => rowOf('users', i + 2, { user_id: `u${i}`, name: `Name ${i}` }))

/** A closed project with some rows. */
function makeProject(folder: string): string {
  const path = join(folder, 'p.pql')
  const project = createProject(path, BIRTH)
  importBatch(project.db, 'b', [{ table: 'users', rows }])
  project.close()
  return path
}

function tamper(path: string, sql: string): void {
  const db = new Database(path)
  db.exec(sql)
  db.close()
}

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const content = readFileSync(path)
  content.set(bytes, at)
  writeFileSync(path, content)
}

describe('create and open', () => {
  test('a new project is complete, and one file when it is closed', () => {
    inFolder(folder => {
      const path = join(folder, 'p.pql')
      const project = createProject(path, BIRTH)
      expect(readMeta(project.db)).toEqual({ ...BIRTH, modelHash: null, policyHash: null })
      importBatch(project.db, 'b', [{ table: 'users', rows }])
      project.close()
      project.close()
      expect(readdirSync(folder)).toEqual(['p.pql'])
      const again = openProject(path)
      expect(readTable(again.db, 'users')).toHaveLength(rows.length)
      again.close()
      expect(readdirSync(folder)).toEqual(['p.pql'])
    })
  })

  test('the connection has the settings that the design asks for', () => {
    inFolder(folder => {
      const project = openProject(makeProject(folder))
      const settings = [
        'application_id',
        'trusted_schema',
        'cell_size_check',
        'locking_mode',
        'journal_mode',
        'synchronous',
      ]
      const found = [...settings, 'foreign_keys', 'page_size'].map(name => project.db.pragma(name, { simple: true }))
      project.close()
      expect(found).toEqual([0x50514c57, 0, 1, 'exclusive', 'wal', 2, 1, 16_384])
    })
  })

  test('a file that is there already is left alone', () => {
    inFolder(folder => {
      const path = join(folder, 'p.pql')
      writeFileSync(path, 'mine')
      expect(() => createProject(path, BIRTH)).toThrow(expect.objectContaining({ code: 'usage/bad-argument' }))
      expect(readFileSync(path, 'utf8')).toBe('mine')
      expect(readdirSync(folder)).toEqual(['p.pql'])
    })
  })

  test('opening never makes a file', () => {
    inFolder(folder => {
      expect(() => openProject(join(folder, 'p.pql'))).toThrow(expect.objectContaining({ code: 'usage/missing-file' }))
      expect(() => createProject(join(folder, 'no', 'p.pql'), BIRTH)).toThrow(
        expect.objectContaining({ code: 'usage/missing-file' }),
      )
      expect(readdirSync(folder)).toEqual([])
    })
  })

  test('what an open transaction wrote is not kept by closing', () => {
    inFolder(folder => {
      const path = makeProject(folder)
      const project = openProject(path)
      project.db.exec('BEGIN; DELETE FROM users')
      project.close()
      const again = openProject(path)
      expect(readTable(again.db, 'users')).toHaveLength(rows.length)
      again.close()
    })
  })
})

describe('what is not a project, or not in order, is refused and left as it is', () => {
  test.each<{ why: string; make(path: string, folder: string): void; code: string }>([
    { why: 'a folder', make: path => mkdirSync(path), code: 'store/not-a-project' },
    { why: 'an empty file', make: path => writeFileSync(path, ''), code: 'store/not-a-project' },
    { why: 'a text', make: path => writeFileSync(path, 'user_id,name\n'.repeat(20)), code: 'store/not-a-project' },
    {
      why: "another program's database",
      make: path => tamper(path, 'CREATE TABLE note (text TEXT)'),
      code: 'store/not-a-project',
    },
    { why: 'a file that ends within its header', make: path => truncateSync(path, 60), code: 'store/corrupt' },
    { why: 'a file cut short', make: path => truncateSync(path, statSync(path).size - 16_384), code: 'store/corrupt' },
    {
      why: 'a page of the schema overwritten',
      make: path => overwrite(path, 100, new Uint8Array(8_000).fill(0x77)),
      code: 'store/corrupt',
    },
    { why: 'a newer schema', make: path => overwrite(path, 60, Uint8Array.of(0, 0, 3, 0xe7)), code: 'store/too-new' },
    {
      why: 'a trigger slipped in',
      make: path => tamper(path, 'CREATE TRIGGER t AFTER INSERT ON users BEGIN DELETE FROM users; END'),
      code: 'store/corrupt',
    },
    { why: 'a view slipped in', make: path => tamper(path, 'CREATE VIEW v AS SELECT 1'), code: 'store/corrupt' },
    { why: 'an index removed', make: path => tamper(path, 'DROP INDEX import_by_sha256'), code: 'store/corrupt' },
  ])('$why', ({ make, code, why }) => {
    inFolder(folder => {
      const path = join(folder, 'p.pql')
      if (/schema|cut|ends|slipped|removed/.test(why)) makeProject(folder)
      make(path, folder)
      const before = statSync(path).isDirectory() ? null : readFileSync(path)
      for (const readOnly of [false, true])
        expect(() => openProject(path, { readOnly })).toThrow(expect.objectContaining({ code }))
      expect(readdirSync(folder)).toEqual(['p.pql'])
      if (before !== null) expect(readFileSync(path).equals(before)).toBe(true)
    })
  })

  test('a damaged page within is met when it is read, as what it is', () => {
    inFolder(folder => {
      const path = makeProject(folder)
      const pages = statSync(path).size / 16_384
      for (let page = 20; page < pages; page++) overwrite(path, page * 16_384, new Uint8Array(16_384).fill(0x55))
      expect(() => {
        const project = openProject(path)
        try {
          readTable(project.db, 'users')
        } finally {
          project.close()
        }
      }).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
    })
  })
})

describe('one holder at a time', () => {
  test('this program says so itself, also by another name of the file', () => {
    inFolder(folder => {
      const path = makeProject(folder)
      symlinkSync(path, join(folder, 'other.pql'))
      const project = openProject(path)
      for (const name of ['p.pql', 'other.pql'])
        expect(() => openProject(join(folder, name))).toThrow(expect.objectContaining({ code: 'store/locked' }))
      project.close()
      openProject(path).close()
    })
  })

  test('another process is told, whether it would write or read, and gets in when the file is free', async () => {
    await inFolderAsync(async folder => {
      const path = makeProject(folder)
      const project = openProject(path)
      expect(await openElsewhere(path)).toEqual({ write: 'store/locked', read: 'store/locked' })
      // Its look at the file has not taken the lock from us.
      expect(await openElsewhere(path)).toEqual({ write: 'store/locked', read: 'store/locked' })
      project.close()
      expect(await openElsewhere(path)).toEqual({ write: 'open', read: 'open' })
    })
  })

  test('readers share, a writer has to wait for them', async () => {
    await inFolderAsync(async folder => {
      const path = makeProject(folder)
      const project = openProject(path, { readOnly: true })
      expect(await openElsewhere(path)).toEqual({ write: 'store/locked', read: 'open' })
      expect(() => project.db.exec('DELETE FROM users')).toThrow(expect.objectContaining({ code: 'SQLITE_READONLY' }))
      project.close()
      expect(readdirSync(folder)).toEqual(['p.pql'])
    })
  })
})

describe('a place that cannot be written', () => {
  test.skipIf(process.platform === 'win32')('is said, and reading works', async () => {
    await inFolderAsync(async folder => {
      const path = makeProject(folder)
      chmodSync(path, 0o444)
      chmodSync(folder, 0o555)
      const found = await openElsewhere(path, process.getuid?.() === 0 ? NOBODY : undefined)
      chmodSync(folder, 0o755)
      expect(found).toEqual({ write: 'store/read-only', read: 'open' })
    })
  })
})

describe('a full disk', () => {
  test('fails a write as what it is and leaves the project as it was', () => {
    inFolder(folder => {
      const path = makeProject(folder)
      const project = openProject(path)
      const pages = project.db.pragma('page_count', { simple: true })
      project.db.pragma(`max_page_count = ${pages}`)
      const many = Array.from({ length: 5_000 }, (_, i) =>
        rowOf('users', i + 2, { user_id: `v${i}`, name: 'x'.repeat(99) }),
      )
      expect(() => importBatch(project.db, 'b2', [{ table: 'users', rows: many }])).toThrow(
        expect.objectContaining({ code: 'store/disk' }),
      )
      expect(readTable(project.db, 'users')).toHaveLength(rows.length)
      project.close()
    })
  })
})

describe('a file of an older version', () => {
  const next = [...MIGRATIONS, "ALTER TABLE meta ADD COLUMN motto TEXT NOT NULL DEFAULT 'none'"]

  test('is migrated, rows survive, and the copy goes', () => {
    inFolder(folder => {
      const path = makeProject(folder)
      const project = openWith(path, {}, next)
      expect(readTable(project.db, 'users')).toHaveLength(rows.length)
      expect(project.db.prepare('SELECT motto FROM meta').pluck().get()).toBe('none')
      project.close()
      expect(readdirSync(folder)).toEqual(['p.pql'])
      expect(() => openProject(path)).toThrow(expect.objectContaining({ code: 'store/too-new' }))
    })
  })

  test('is not migrated by a reader', () => {
    inFolder(folder => {
      const path = makeProject(folder)
      const before = readFileSync(path)
      expect(() => openWith(path, { readOnly: true }, next)).toThrow(
        expect.objectContaining({ code: 'store/read-only' }),
      )
      expect(readFileSync(path).equals(before)).toBe(true)
    })
  })

  test('whose migration fails is as it was, with a complete copy beside it', () => {
    inFolder(folder => {
      const path = makeProject(folder)
      const broken = [...MIGRATIONS, 'ALTER TABLE meta ADD COLUMN motto TEXT; CREATE TABLE users (x TEXT) STRICT']
      const version = MIGRATIONS.length
      expect(() => openWith(path, {}, broken)).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
      expect(() => openWith(path, {}, broken)).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
      expect(readdirSync(folder)).toEqual(['p.pql', `p.pql.v${version}-2.bak`, `p.pql.v${version}.bak`])
      for (const name of readdirSync(folder)) {
        const project = openProject(join(folder, name))
        expect(readTable(project.db, 'users')).toHaveLength(rows.length)
        project.close()
      }
    })
  })
})

type Answer = Readonly<{ write: string; read: string }>

/** What another process gets when it opens the file for writing, and for reading. */
async function openElsewhere(path: string, uid?: number | undefined): Promise<Answer> {
  const child = fork(join(import.meta.dirname, 'open-elsewhere.ts'), uid === undefined ? [path] : [path, String(uid)])
  return await new Promise<Answer>((resolve, reject) => {
    child.once('message', message => resolve(message as Answer))
    child.once('exit', code => reject(new Error(`the other process ended with ${code}`)))
  })
}

async function inFolderAsync(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-store-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
