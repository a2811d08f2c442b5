import { describe, expect, test } from 'vitest'
import type { HeldRow } from '#schema/import'
import {
  addHeldSteps,
  beginHeldFix,
  beginImport,
  countHeld,
  discardStaging,
  finishStaging,
  type HeldStep,
  heldEntries,
  heldTotals,
  originOfImport,
  publishBatch,
  settleHeldFix,
  stageHeld,
  undoHeldFix,
  type Writable,
} from '#store'
import { ENTRIES } from '../../../core/store/held.ts'
import { inProject, planOf } from './temporary-project.ts'

const row = (line: number): HeldRow => ({
  line,
  column: 'created_at',
  value: 'soon',
  code: 'value/not-a-time',
  message: 'm',
  raw: `u${line},soon`,
})
const filter = { importId: 1, state: 'held' } as const
const finished = {
  bytes: 1,
  sha256: 'a'.repeat(64),
  read: 3,
  emitted: 0,
  held: 3,
  skipped: 0,
  plan: planOf('users'),
  warnings: [],
}

/** Works on a project with one import that holds the rows of lines 2 to 4. */
function withHeld(work: (db: Writable) => void): void {
  inProject(db => {
    const importId = beginImport(db, { batchId: 'b1', file: 'users.csv', table: 'users', plan: planOf('users') })
    stageHeld(db, importId, [row(2), row(3), row(4)])
    finishStaging(db, importId, finished)
    publishBatch(db, 'b1', 1)
    work(db)
  })
}

function step(db: Writable, line: number, change: Partial<HeldStep>): HeldStep {
  const entry = heldEntries(db, filter, 0, 9).find(each => each.line === line)
  if (entry === undefined) throw new Error(`no row of line ${line}`)
  const { heldId, column, value, code, message, overlay } = entry
  return { heldId, column, value, code, message, overlay, state: 'held', ...change }
}

const fixOf = (db: Writable, importId: number | null): number =>
  beginHeldFix(db, { originId: 1, importId, fix: { kind: 'empty' }, fixedAt: 2 })

describe('steps of held rows', () => {
  test('without an import count once they are settled, and until they are undone', () => {
    withHeld(db => {
      const fix = fixOf(db, null)
      addHeldSteps(db, fix, [step(db, 2, { state: 'left-out' }), step(db, 3, { code: 'value/missing', value: '' })])
      expect(heldTotals(db, 1)).toEqual({ held: 3, leftOut: 0, fixed: 0, superseded: 0 })
      settleHeldFix(db, fix)
      expect(heldTotals(db, 1)).toEqual({ held: 2, leftOut: 1, fixed: 0, superseded: 0 })
      expect(heldEntries(db, filter, 0, 9).map(({ line, code, firstCode }) => [line, code, firstCode])).toEqual([
        [3, 'value/missing', 'value/not-a-time'],
        [4, 'value/not-a-time', 'value/not-a-time'],
      ])
      expect([undoHeldFix(db, fix), undoHeldFix(db, fix)]).toEqual([true, false])
      expect(countHeld(db)).toBe(3)
    })
  })

  test('with an import count while it is published, the newest of a row first', () => {
    withHeld(db => {
      const early = fixOf(db, null)
      addHeldSteps(db, early, [step(db, 2, { value: 'later', overlay: { cells: { 1: 'later' } } })])
      settleHeldFix(db, early)
      const importId = beginImport(db, { batchId: 'b2', file: 'users.csv', table: 'users', plan: planOf('users') })
      const fix = fixOf(db, importId)
      addHeldSteps(db, fix, [step(db, 2, { state: 'fixed' })])
      expect(countHeld(db)).toBe(3)
      finishStaging(db, importId, { ...finished, read: 1, held: 0, skipped: 1 })
      publishBatch(db, 'b2', 3)
      expect(heldTotals(db, 1)).toEqual({ held: 2, leftOut: 0, fixed: 1, superseded: 0 })
      expect([originOfImport(db, importId), originOfImport(db, 1)]).toEqual([1, null])
      db.prepare("UPDATE import SET status = 'undone' WHERE id = ?").run(importId)
      expect(heldEntries(db, filter, 0, 1)).toMatchObject([{ value: 'later', overlay: { cells: { 1: 'later' } } }])
    })
  })

  test('go with an import that is never published', () => {
    withHeld(db => {
      const importId = beginImport(db, { batchId: 'b2', file: 'users.csv', table: 'users', plan: planOf('users') })
      addHeldSteps(db, fixOf(db, importId), [step(db, 2, { state: 'fixed' })])
      expect(discardStaging(db)).toBe(1)
      const left = db.prepare('SELECT (SELECT count(*) FROM held_fix) + (SELECT count(*) FROM held_step)').pluck().get()
      expect(left).toBe(0)
    })
  })

  test('a page of rows is read in the order of the index, unsorted', () => {
    withHeld(db => {
      const named = { import: 1, state: 'held', code: null, column: null, after: 0, limit: 9 }
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${ENTRIES}`).all(named) as { detail: string }[]
      const details = plan.map(({ detail }) => detail)
      expect(details).toContainEqual(expect.stringMatching(/SEARCH r USING INDEX held_row_by_import/))
      expect(details.filter(detail => /TEMP B-TREE|SCAN r\b/.test(detail))).toEqual([])
    })
  })
})
