import { describe, expect, test } from 'vitest'
import type { HeldRow } from '#schema/import'
import {
  beginImport,
  countHeld,
  dataState,
  discardStaging,
  findPublishedBySha,
  finishStaging,
  heldPage,
  heldRules,
  publishBatch,
  readImport,
  readTable,
  restartStaging,
  stageHeld,
  stageRows,
} from '#store'
import { importBatch, inProject, leftovers, planOf, planSteps, stageFile, user } from './temporary-project.ts'

describe('staging', () => {
  test('is taken back when a file is read again by another plan', () => {
    inProject(db => {
      const importId = beginImport(db, { batchId: '1', file: 'u.csv', table: 'users', plan: planOf('users') })
      stageRows(db, importId, 'users', [user(2, 'a')])
      stageHeld(db, importId, [held(3, 'value/missing', 'user_id')])
      db.prepare("INSERT INTO skipped_record VALUES (1, ?, 4, '[\"a\"]', 2, '{}')").run(importId)
      restartStaging(db, importId, planOf('users', ['user_id']))
      expect(leftovers(db)).toEqual([['import', 1]])
      stageRows(db, importId, 'users', [user(2, 'b')])
      finishStaging(db, importId, { ...FINISHED, read: 1, emitted: 1, plan: planOf('users', ['user_id']) })
      publishBatch(db, '1', 1)
      expect(readTable(db, 'users').map(row => row.user_id)).toEqual(['b'])
      expect(countHeld(db)).toBe(0)
    })
  })

  test('a batch is published only when all its files are read', () => {
    inProject(db => {
      stageFile(db, '1', { table: 'users', rows: [user(2, 'a')] })
      beginImport(db, { batchId: '1', file: 'w.csv', table: 'workspaces', plan: planOf('workspaces') })
      expect(() => publishBatch(db, '1', 1)).toThrow('every file of a batch is read')
      expect(readTable(db, 'users')).toEqual([])
    })
  })

  test('accounts that do not add up are a bug', () => {
    inProject(db => {
      const importId = beginImport(db, { batchId: '1', file: 'u.csv', table: 'users', plan: planOf('users') })
      expect(() => finishStaging(db, importId, { ...FINISHED, read: 3, emitted: 1, held: 1 })).toThrow('records read')
    })
  })

  test('of events is forgotten whole, segments and texts', () => {
    inProject(db => {
      const importId = beginImport(db, { batchId: '1', file: 'e.csv', table: 'events', plan: planOf('events') })
      db.prepare(`INSERT INTO event_segment VALUES (1, ?, 0, 1, 0, 0, 0, 0)`).run(importId)
      db.prepare(`INSERT INTO event_part VALUES (1, 'key', x'00')`).run()
      db.prepare(`INSERT INTO event_dictionary VALUES ('name', 1, 1, ?, x'00')`).run(importId)
      db.prepare(`INSERT INTO event_copy VALUES (?, 0, 'e', 2)`).run(importId)
      expect(discardStaging(db)).toBe(1)
      const tables = ['event_segment', 'event_part', 'event_dictionary', 'event_copy', 'import']
      expect(tables.map(table => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())).toEqual([0, 0, 0, 0, 0])
    })
  })

  test('events that came further up are skipped, those of an import before are the same, differing ones added', () => {
    inProject(db => {
      const importId = beginImport(db, { batchId: '1', file: 'e.csv', table: 'events', plan: planOf('events') })
      const events = { same: 3, repeated: 1, differingCopies: 2 }
      finishStaging(db, importId, { ...FINISHED, read: 12, emitted: 10, held: 1, skipped: 1, events })
      const state = dataState(db)
      const [record] = publishBatch(db, '1', 1)
      expect(record).toMatchObject({ read: 12, loaded: 9, held: 1, skipped: 2, added: 6, same: 3, differingCopies: 2 })
      expect(dataState(db)).not.toBe(state)
    })
  })
})

describe('held rows', () => {
  test('are seen once their import is published, page by page, with what they break', () => {
    inProject(db => {
      const importId = stageFile(db, '1', { table: 'users', rows: [] })
      stageHeld(db, importId, [
        held(3, 'value/not-a-time', 'created_at'),
        held(5, 'value/missing', 'user_id'),
        held(9, 'value/not-a-time', 'created_at'),
      ])
      expect([countHeld(db), heldPage(db, 0, 10)]).toEqual([0, []])
      publishBatch(db, '1', 1)
      const first = heldPage(db, 0, 2)
      expect(first.map(({ heldId, file, line }) => [heldId, file, line])).toEqual([
        [1, 'users.csv', 3],
        [2, 'users.csv', 5],
      ])
      expect(heldPage(db, 2, 2).map(({ line }) => line)).toEqual([9])
      expect(heldPage(db, 0, 10, importId)).toHaveLength(3)
      expect(heldPage(db, 0, 10, importId + 1)).toEqual([])
      expect([countHeld(db), countHeld(db, importId), countHeld(db, importId + 1)]).toEqual([3, 3, 0])
      expect(heldRules(db, importId)).toEqual([
        { code: 'value/not-a-time', column: 'created_at', count: 2, example: 'value 3', message: 'message 3' },
        { code: 'value/missing', column: 'user_id', count: 1, example: 'value 5', message: 'message 5' },
      ])
    })
  })
})

describe('imports', () => {
  test('a file is found again by its bytes, the newest import of it first, only when published', () => {
    inProject(db => {
      const sha256 = 'ab'.repeat(32)
      stageFile(db, '1', { table: 'users', rows: [], sha256 })
      expect(findPublishedBySha(db, sha256)).toBeNull()
      publishBatch(db, '1', 5)
      const found = findPublishedBySha(db, sha256)
      expect(found).toMatchObject({
        importId: 1,
        file: 'users.csv',
        table: 'users',
        importedAt: 5,
        plan: planOf('users'),
      })
      expect(readImport(db, 1)).toEqual(found)
      importBatch(db, '2', [{ table: 'users', rows: [], sha256 }])
      expect(findPublishedBySha(db, sha256)?.importId).toBe(2)
    })
  })

  test('the look-ups of every import use their index', () => {
    inProject(db => {
      const plan = planSteps(
        db,
        `SELECT id FROM import WHERE sha256 = ? AND status = 'published' ORDER BY id DESC LIMIT 1`,
        ['x'],
      )
      expect(plan).toEqual(['SEARCH import USING INDEX import_by_sha256 (sha256=?)'])
    })
  })
})

const FINISHED = {
  bytes: 1,
  sha256: '0'.repeat(64),
  read: 0,
  emitted: 0,
  held: 0,
  skipped: 0,
  plan: planOf('users'),
  warnings: [],
}

function held(line: number, code: HeldRow['code'], column: string): HeldRow {
  return { line, column, value: `value ${line}`, code, message: `message ${line}`, raw: `raw ${line}` }
}
