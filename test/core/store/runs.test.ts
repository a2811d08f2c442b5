import { describe, expect, test } from 'vitest'
import {
  countUnits,
  listRuns,
  newestRun,
  type RunUnit,
  readRun,
  readUnit,
  readUnits,
  runFrames,
  runUnits,
  type ScoreFilter,
  type ScoreListRow,
  type ScoreSort,
  scoreHistogram,
  scoreMarks,
  scoreOrder,
  scoreRows,
} from '#store'
import { scoreOrderSql } from '../../../core/store/run-order.ts'
import { makeRun, makeUnit, NEW_RUN, saveGiven } from './run-data.ts'
import { inProject, planSteps } from './temporary-project.ts'

const OPEN: ScoreFilter = { search: '', stages: [], destinations: [] }
const UNITS = Array.from({ length: 300 }, (_, i) => makeUnit(i))

describe('a run', () => {
  test('is kept whole: every unit comes back as it went in', () => {
    inProject(db => {
      const runId = saveGiven(db, UNITS)
      expect([...runUnits(db, runId)]).toEqual(UNITS)
      expect(readUnit(db, runId, 'w000129')).toEqual({ unitNo: 129, ...UNITS[129] })
      expect(readUnit(db, runId, 'w000300')).toBeNull()
      expect(readUnits(db, runId, ['w000299', 'w000300', 'w000007', 'w000299'])).toEqual([UNITS[7], UNITS[299]])
      expect([...runUnits(db, runId + 1)]).toEqual([])
      expect([...runFrames(db, runId)].flat()).toEqual(UNITS.map(({ judged }) => judged.unit))
    })
  })

  test('the newest comes first', () => {
    inProject(db => {
      expect(newestRun(db)).toBeNull()
      const [first, second] = [makeRun(db, 2), makeRun(db, 3)]
      expect(newestRun(db)).toEqual({ ...NEW_RUN, runId: second, unitCount: 3 })
      expect(readRun(db, first)).toEqual({ ...NEW_RUN, runId: first, unitCount: 2 })
      expect(readRun(db, 99)).toBeNull()
      expect(listRuns(db).map(({ runId }) => runId)).toEqual([second, first])
      expect(countUnits(db, second)).toBe(3)
    })
  })

  test('is all there or not at all', () => {
    inProject(db => {
      const [a, b] = UNITS
      expect(() => saveGiven(db, [a!, b!, a!])).toThrow('UNIQUE')
      expect(newestRun(db)).toBeNull()
      expect(db.prepare('SELECT count(*) FROM score_unit').pluck().get()).toBe(0)
    })
  })
})

describe('the list', () => {
  const byHand: Readonly<Record<ScoreSort, (row: ScoreListRow) => number | string | null>> = {
    score: row => row.score,
    id: row => row.unitNo,
    name: row => (row.unitName ?? row.unitId).toLowerCase(),
    stage: row => ['Not PQL', 'Warm', 'PQL', 'Hot PQL'].indexOf(row.stage),
    destination: row => row.destination,
    account: row => row.accountName?.toLowerCase() ?? null,
    lastActive: row => row.lastActiveAt,
    intent: row => row.buckets.intent,
    activation: row => row.buckets.activation,
    depth: row => row.buckets.depth,
    expansion: row => row.buckets.expansion,
    fit: row => row.buckets.fit,
    negative: row => row.buckets.negative,
  }
  const sorts = Object.keys(byHand) as ScoreSort[]
  const sorted = (rows: readonly ScoreListRow[], sort: ScoreSort, descending: boolean): number[] =>
    rows
      .toSorted(
        (a, b) => compare(byHand[sort](a), byHand[sort](b), descending) || b.score - a.score || a.unitNo - b.unitNo,
      )
      .map(row => row.unitNo)

  test('is in every order what sorting by hand gives', () => {
    inProject(db => {
      const runId = saveGiven(db, UNITS)
      const rows = scoreRows(
        db,
        runId,
        UNITS.map((_, i) => i),
      )
      for (const sort of sorts) {
        for (const descending of [true, false]) {
          const order = [...scoreOrder(db, runId, { sort, descending, filter: OPEN })]
          expect([sort, descending, order]).toEqual([sort, descending, sorted(rows, sort, descending)])
        }
      }
    })
  })

  test.each<{ why: string; filter: Partial<ScoreFilter>; keeps(row: ScoreListRow): boolean }>([
    { why: 'a unit id', filter: { search: 'W00001' }, keeps: row => row.unitId.startsWith('w00001') },
    {
      why: 'part of a name, whatever the case',
      filter: { search: ' WORKSPACE 5 ' },
      keeps: row => row.unitName?.includes('Workspace 5') ?? false,
    },
    {
      why: 'part of an account name beyond ASCII',
      filter: { search: 'GRÖßE 7 ' },
      keeps: row => /Größe 7/.test(row.accountName ?? ''),
    },
    { why: 'a wildcard is a plain sign', filter: { search: '%' }, keeps: () => false },
    { why: 'a stage', filter: { stages: ['Warm', 'PQL'] }, keeps: row => row.stage === 'Warm' || row.stage === 'PQL' },
    { why: 'a destination', filter: { destinations: ['sdr'] }, keeps: row => row.destination === 'sdr' },
    {
      why: 'a range of scores, its ends among it',
      filter: { minScore: 20.1, maxScore: 60 },
      keeps: row => row.score >= 20.1 && row.score <= 60,
    },
    {
      why: 'all of it at once',
      filter: { search: 'ag', stages: ['Warm'], destinations: ['nurture'], minScore: 30 },
      keeps: row =>
        row.accountName !== null && row.stage === 'Warm' && row.destination === 'nurture' && row.score >= 30,
    },
  ])('is filtered by $why, and so is the histogram', ({ filter, keeps }) => {
    inProject(db => {
      const runId = saveGiven(db, UNITS)
      const rows = scoreRows(
        db,
        runId,
        UNITS.map((_, i) => i),
      ).filter(keeps)
      const given = { ...OPEN, ...filter }
      expect([...scoreOrder(db, runId, { sort: 'name', descending: false, filter: given })]).toEqual(
        sorted(rows, 'name', false),
      )
      const histogram = scoreHistogram(db, runId, given)
      const counts = new Uint32Array(101)
      for (const { score } of rows) counts[Math.floor(score)]!++
      expect(histogram).toEqual({
        units: rows.length,
        counts,
        stageCounts: tally(rows.map(row => row.stage)),
        destinationCounts: tally(rows.map(row => row.destination)),
      })
    })
  })

  test('gives rows in the order asked for, with what a list shows', () => {
    inProject(db => {
      const runId = saveGiven(db, UNITS)
      const [row, ...others] = scoreRows(db, runId, [7, 3, 7, 999])
      expect(others.map(({ unitNo }) => unitNo)).toEqual([3, 7])
      expect(row).toEqual(rowOfUnit(UNITS[7]!, 7))
      expect(scoreMarks(db, runId)[7]).toEqual({
        unitId: 'w000007',
        stage: UNITS[7]!.judged.score.stage,
        lastChangedAt: UNITS[7]!.lastChangedAt,
      })
    })
  })

  test('a score of 100 lies in the last bin', () => {
    inProject(db => {
      const unit = makeUnit(1)
      const judged = { ...unit.judged, score: { ...unit.judged.score, score: 100 } }
      const { counts } = scoreHistogram(db, saveGiven(db, [{ ...unit, judged }]), OPEN)
      expect(counts[100]).toBe(1)
    })
  })

  test('the default order is read from its index, unsorted; the other way round only ties are', () => {
    inProject(db => {
      expect(planSteps(db, scoreOrderSql('score', true, false), { run: 1 })).toEqual([
        'SEARCH score_unit USING COVERING INDEX score_unit_by_score (run_id=?)',
      ])
      expect(planSteps(db, scoreOrderSql('score', false, false), { run: 1 })).toEqual([
        'SEARCH score_unit USING COVERING INDEX score_unit_by_score (run_id=?)',
        'USE TEMP B-TREE FOR LAST TERM OF ORDER BY',
      ])
    })
  })

  test('no order reads more than its run', () => {
    inProject(db => {
      for (const sort of sorts) {
        const [first] = planSteps(db, scoreOrderSql(sort, true, false), { run: 1 })
        expect(first).toMatch(/^SEARCH score_unit USING .*\(run_id=\?\)$/)
      }
    })
  })

  test('a row and a unit are found by key', () => {
    inProject(db => {
      expect(planSteps(db, 'SELECT * FROM score_unit WHERE run_id = ? AND unit_no = ?', [1, 1])).toEqual([
        'SEARCH score_unit USING PRIMARY KEY (run_id=? AND unit_no=?)',
      ])
      expect(planSteps(db, 'SELECT unit_no FROM score_unit WHERE run_id = ? AND unit_id = ?', [1, 'a'])).toEqual([
        'SEARCH score_unit USING COVERING INDEX score_unit_by_id (run_id=? AND unit_id=?)',
      ])
    })
  })
})

type Key = number | string | null

/** Unknown last, in both directions. */
function compare(a: Key, b: Key, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const order = a < b ? -1 : Number(a > b)
  return descending ? -order : order
}

function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1
  return counts
}

function rowOfUnit({ judged, route, reason, accountName, plan }: RunUnit, unitNo: number): ScoreListRow {
  const { unit, score, findings } = judged
  return {
    unitNo,
    unitId: unit.id,
    unitName: unit.name,
    accountId: unit.accountId,
    accountName,
    score: score.score,
    stage: score.stage,
    buckets: score.buckets,
    coverage: score.coverage,
    representativeId: score.representativeId,
    representativeName: null,
    destination: route.destination,
    also: [...route.also],
    owner: route.owner,
    ownerName: null,
    ownerTeam: route.ownerTeam,
    health: findings.health.state,
    reason: reason,
    nextBestAction: findings.nextBestAction?.id ?? null,
    lastActiveAt: findings.rollups.last_active_at,
    isPaid: unit.isPaid,
    plan,
  }
}
