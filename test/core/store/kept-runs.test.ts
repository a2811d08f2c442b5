import { describe, expect, test } from 'vitest'
import { finish } from '#lib/steps'
import {
  assignOwners,
  beginRun,
  copyRunParts,
  countRunList,
  KEPT_RUNS,
  lastingAssignments,
  listRuns,
  newestRun,
  PAGE_UNITS,
  packRunList,
  readRun,
  readRunList,
  runInstants,
  runUnits,
  saveExport,
  saveRunList,
  saveRunPart,
  type Writable,
} from '#store'
import { makeRun, makeUnit, NEW_RUN, saveGiven } from './run-data.ts'
import { inProject } from './temporary-project.ts'

const UNITS = Array.from({ length: 300 }, (_, i) => makeUnit(i))

describe('a run that is written unit by unit', () => {
  const [a, b] = [UNITS.slice(0, PAGE_UNITS), UNITS.slice(PAGE_UNITS)]
  const begin = (db: Writable) => {
    makeRun(db, 1)
    return beginRun(db, NEW_RUN, UNITS.length)
  }
  const rowsOf = (db: Writable, runId: number): unknown =>
    ['score_unit', 'score_page', 'run_part'].map(table =>
      db.prepare(`SELECT count(*) FROM ${table} WHERE run_id = ?`).pluck().get(runId),
    )

  test('is seen when it is finished, and not before', () => {
    inProject(db => {
      const draft = begin(db)
      draft.add(a)
      saveRunPart(db, draft.runId, 'lists', [])
      expect(newestRun(db)?.runId).toBe(1)
      expect(readRun(db, draft.runId)).toBeNull()
      expect(listRuns(db).map(({ runId }) => runId)).toEqual([1])
      draft.add(b)
      draft.finish(() => expect(newestRun(db)?.runId).toBe(1))
      expect(newestRun(db)?.runId).toBe(draft.runId)
      expect([...runUnits(db, draft.runId)]).toEqual(UNITS)
    })
  })

  test('is as if it had never been when it is discarded', () => {
    inProject(db => {
      const draft = begin(db)
      draft.add(a)
      saveRunPart(db, draft.runId, 'lists', [])
      draft.discard()
      expect(rowsOf(db, draft.runId)).toEqual([0, 0, 0])
      expect([...runInstants(db).keys()]).toEqual([1])
    })
  })

  test('goes with the next one where the program ended before it was finished', () => {
    inProject(db => {
      begin(db).add(a)
      const draft = beginRun(db, NEW_RUN, 0)
      expect(rowsOf(db, draft.runId)).toEqual([0, 0, 0])
      draft.finish(() => undefined)
      expect(listRuns(db)).toHaveLength(2)
    })
  })

  test('is not finished where what belongs to it fails, nor with too few units', () => {
    inProject(db => {
      const draft = begin(db)
      draft.add(a)
      expect(() => draft.finish(() => undefined)).toThrow('all its units')
      draft.add(b)
      const fail = (): never => {
        throw new Error('no owner')
      }
      expect(() => draft.finish(fail)).toThrow('no owner')
      expect(newestRun(db)?.runId).toBe(1)
    })
  })
})

test('of many runs the newest of each level are kept, and those that were exported', () => {
  inProject(db => {
    const account = saveGiven(db, [makeUnit(0)], { level: 'account' })
    const exported = makeRun(db, 2)
    saveExport(db, { runId: exported, preset: 'generic', target: 'out', manifest: '{}', createdAt: 1 })
    const owned = makeRun(db, 3)
    assignOwners(db, 'workspace', [{ unitId: 'w000000', owner: 'o1', team: 'SDR', sinceRun: owned }])
    const newest = Array.from({ length: KEPT_RUNS }, () => makeRun(db, 1))
    expect(listRuns(db).map(({ runId }) => runId)).toEqual([...newest.toReversed(), exported, account])
    expect([...runUnits(db, exported)]).toHaveLength(2)
    expect(newestRun(db, 'account')?.runId).toBe(account)
    expect(readRun(db, owned)).toBeNull()
    expect([...runUnits(db, owned)]).toEqual([])
    expect(runInstants(db).get(owned)).toBe(NEW_RUN.asOf)
    expect(lastingAssignments(db, 'workspace')).toMatchObject([{ owner: 'o1', sinceRun: owned }])
  })
})

describe('a long list of a run', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({
    id: `ü${i}`,
    at: i % 3 === 0 ? null : i,
    parts: ['a', `${i}`],
  }))

  test('comes back as it went in, also from a run that it was copied to', () => {
    inProject(db => {
      const [from, to] = [makeRun(db, 1), makeRun(db, 1)]
      saveRunList(db, from, { name: 'rows', list: finish(packRunList(rows)) })
      saveRunList(db, from, { name: 'rows of none', list: finish(packRunList([])) })
      copyRunParts(db, { from, to, names: ['rows', 'rows of none'] })
      for (const run of [from, to]) {
        expect(countRunList(db, run, 'rows')).toBe(rows.length)
        expect([...readRunList(db, run, 'rows')]).toEqual(rows)
        expect([...readRunList(db, run, 'rows of none')]).toEqual([])
      }
    })
  })

  test('that is not there is said to be missing', () => {
    inProject(db => {
      const run = makeRun(db, 1)
      expect(() => [...readRunList(db, run, 'rows')]).toThrow('lacks its rows')
    })
  })
})
