import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  createProject,
  listVersions,
  openProject,
  type Readable,
  saveVersion,
  shareProject,
  transaction,
  unshareProject,
  type Writable,
  writeBeside,
} from '#store'
import { inFolder, inProject } from './temporary-project.ts'

const NONE = { beforeCommit: () => undefined, committed: () => undefined }

describe('a project that is shared with a connection beside', () => {
  test('shows what was there before until the commit, then all of it', () => {
    inProject((db, project) => {
      mark(db, 'a')
      expect(shareProject(project)).toBe(true)
      const seen: string[][] = []
      writeBeside(
        project.path,
        beside => {
          mark(beside, 'b')
          seen.push(marksOf(db))
          mark(beside, 'c')
        },
        { beforeCommit: () => void seen.push(marksOf(db)), committed: () => void seen.push(marksOf(db)) },
      )
      unshareProject(project)
      expect(seen).toEqual([['a'], ['a'], ['a', 'b', 'c']])
      expect(marksOf(db)).toEqual(['a', 'b', 'c'])
    })
  })

  test.each([
    { why: 'the work fails', fails: 'work' },
    { why: 'it is taken back before the commit', fails: 'commit' },
  ])('is as before where $why', ({ fails }) => {
    inProject((db, project) => {
      mark(db, 'a')
      shareProject(project)
      const fail = (at: string): void => {
        if (at === fails) throw new Error('broken off')
      }
      const write = (): void =>
        writeBeside(
          project.path,
          beside => {
            mark(beside, 'b')
            fail('work')
          },
          { ...NONE, beforeCommit: () => fail('commit') },
        )
      expect(write).toThrow('broken off')
      unshareProject(project)
      expect(marksOf(db)).toEqual(['a'])
      mark(db, 'd')
      expect(marksOf(db)).toEqual(['a', 'd'])
    })
  })

  test('refuses a write of the first connection while the other one writes', () => {
    inProject((db, project) => {
      shareProject(project)
      writeBeside(
        project.path,
        beside => {
          mark(beside, 'b')
          expect(() => transaction(db, () => mark(db, 'x'))).toThrow(expect.objectContaining({ code: 'store/locked' }))
        },
        NONE,
      )
      unshareProject(project)
      expect(marksOf(db)).toEqual(['b'])
    })
  })

  test('is closed to other writers before, meanwhile and after, and is one file in the end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pql-store-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'p.pql')
    const project = createProject(path, { uuid: 'project-1', createdAt: 1 })
    const answers = [await openElsewhere(path)]
    shareProject(project)
    answers.push(await openElsewhere(path))
    writeBeside(path, beside => mark(beside, 'b'), NONE)
    answers.push(await openElsewhere(path))
    unshareProject(project)
    answers.push(await openElsewhere(path))
    const refused = { write: 'store/locked', read: 'store/locked' }
    const shown = { write: 'store/locked', read: 'open' }
    expect(answers).toEqual([refused, shown, shown, refused])
    expect(readdirSync(folder)).not.toContain('p.pql-shm')
    project.close()
    expect(readdirSync(folder)).toEqual(['p.pql'])
    expect(await openElsewhere(path)).toEqual({ write: 'open', read: 'open' })
  })

  test('stays shared while another program reads it, goes on, and closes', () => {
    inFolder(folder => {
      const path = join(folder, 'p.pql')
      const project = createProject(path, { uuid: 'project-1', createdAt: 1 })
      shareProject(project)
      const reader = new Database(path, { readonly: true })
      writeBeside(path, beside => mark(beside, 'b'), NONE)
      expect(reader.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBeGreaterThan(0)
      unshareProject(project)
      mark(project.db, 'c')
      project.close()
      reader.close()
      const again = openProject(path)
      expect(marksOf(again.db)).toEqual(['b', 'c'])
      again.close()
      expect(readdirSync(folder)).toEqual(['p.pql'])
    })
  })

  test('is one file after a close while it is shared', () => {
    inFolder(folder => {
      const path = join(folder, 'p.pql')
      const project = createProject(path, { uuid: 'project-1', createdAt: 1 })
      shareProject(project)
      writeBeside(path, beside => mark(beside, 'b'), NONE)
      project.close()
      expect(readdirSync(folder)).toEqual(['p.pql'])
      const again = openProject(path)
      expect(marksOf(again.db)).toEqual(['b'])
      again.close()
    })
  })
})

/** Keeps a letter in the project. */
function mark(db: Writable, text: string): void {
  saveVersion(db, 'model', { hash: text.repeat(64), json: '{}', createdAt: 1 })
}

function marksOf(db: Readable): string[] {
  return listVersions(db, 'model')
    .map(({ hash }) => hash.slice(0, 1))
    .toSorted()
}

/** What another process gets when it opens the file. */
async function openElsewhere(path: string): Promise<unknown> {
  const child = fork(join(import.meta.dirname, 'open-elsewhere.ts'), [path])
  return await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', code => reject(new Error(`the other process ended with ${code}`)))
  })
}
