import { describe, expect, test } from 'vitest'
import { type BuiltCells, readCells, readCellsOfKinds, saveCells } from '#store'
import { inProject } from './temporary-project.ts'

const u32 = (...values: number[]): Uint32Array => Uint32Array.from(values)

const NONE: BuiltCells = {
  bundle: {
    cells: {
      count: 0,
      kinds: [''],
      runs: [{ subject: u32(), start: u32(0), day: new Uint16Array(), n: new Uint16Array() }],
      slots: { start: u32(0), person: new Int32Array(), unit: u32() },
      days: new Int32Array(),
      lastActiveDay: new Int32Array(),
    },
    facts: {
      lastEventAt: new Float64Array(),
      firstKindAt: new Float64Array(),
      arrivals: { unit: new Uint32Array(), person: new Int32Array(), at: new Float64Array(), kind: new Uint16Array() },
      values: [],
      imports: new Map(),
    },
    presence: { workspace: new Uint32Array(), user: new Uint32Array() },
    loops: [],
    setAside: [],
    unmappedNames: [],
  },
  setAsideAt: {
    no_workspace: new Float64Array(),
    unknown_workspace: new Float64Array(),
    duplicate_id: new Float64Array(),
    looped: new Float64Array(),
  },
}

const SOME: BuiltCells = {
  bundle: {
    cells: {
      count: 3,
      kinds: ['', 'login', 'invite_sent'],
      runs: [
        { subject: u32(0), start: u32(0, 1), day: u32(1), n: u32(1) },
        { subject: u32(), start: u32(0), day: u32(), n: u32() },
        { subject: u32(1, 3), start: u32(0, 1, 2), day: u32(0, 2), n: u32(70_000, 2) },
      ],
      slots: { start: u32(0, 2, 4), person: Int32Array.of(-1, 2, -1, 4), unit: u32(0, 0, 1, 1) },
      days: Int32Array.of(20_001, 20_000, -3),
      lastActiveDay: Int32Array.of(20_001, -3),
    },
    facts: {
      lastEventAt: Float64Array.of(1_780_000_000_123, Number.NaN),
      firstKindAt: Float64Array.of(1, 2, Number.NaN, 4, 5, 6),
      arrivals: {
        unit: Uint32Array.of(0, 1),
        person: Int32Array.of(2, 4),
        at: Float64Array.of(5, 6),
        kind: Uint16Array.of(1, 2),
      },
      values: [
        { property: 'feature', unit: 1, kind: 2, value: 'Größe', day: 20_000, n: 3 },
        { property: 'integration', unit: 0, kind: 1, value: '', day: -1, n: 1 },
        { property: 'integration', unit: 1, kind: 1, value: 'Größe', day: 5, n: 2 },
      ],
      imports: new Map([
        [1, { counted: 1.5, withCount: 1, events: 2 }],
        [0, { counted: 0, withCount: 0, events: 4 }],
      ]),
    },
    presence: { workspace: Uint32Array.of(0, 0, 7), user: Uint32Array.of(1, 9, 1) },
    loops: [
      {
        userId: 'u',
        kind: 'login',
        hour: 3_600_000,
        count: 120,
        firstAt: 1,
        lastAt: 2,
        units: [{ unit: 0, day: 0, count: 120 }],
      },
    ],
    setAside: [{ eventId: 'e1', reason: 'duplicate_id', count: 1 }],
    unmappedNames: [{ name: 'x', count: 3 }],
  },
  setAsideAt: {
    no_workspace: Float64Array.of(1, 5_000_000_000),
    unknown_workspace: new Float64Array(),
    duplicate_id: Float64Array.of(7),
    looped: Float64Array.of(2, 3),
  },
}

describe('cells', () => {
  test.each([
    { why: 'none at all', built: NONE },
    { why: 'some of everything', built: SOME },
  ])('come back as they were built: $why', ({ built }) => {
    inProject(db => {
      saveCells(db, 'key', built, 5)
      expect(readCells(db, 'key')).toEqual(built)
    })
  })

  test('are found by their key alone, are replaced under it, and the oldest make room', () => {
    inProject(db => {
      expect(readCells(db, 'a')).toBeNull()
      for (const key of ['a', 'b', 'c', 'b', 'd']) saveCells(db, key, key === 'b' ? SOME : NONE, 1)
      expect(['a', 'b', 'c', 'd'].map(key => readCells(db, key)?.bundle.cells.count)).toEqual([undefined, 3, 0, 0])
    })
  })

  test('of some kinds come alone, in the order of all', () => {
    inProject(db => {
      expect(readCellsOfKinds(db, 'key', ['login'])).toBeNull()
      saveCells(db, 'key', SOME, 1)
      const { kinds, runs, ...frame } = SOME.bundle.cells
      expect(readCellsOfKinds(db, 'key', ['invite_sent', 'never', ''])).toEqual({
        ...frame,
        kinds: ['', 'invite_sent'],
        runs: [runs[0], runs[2]],
      })
      expect(readCellsOfKinds(db, 'key', kinds)).toEqual(SOME.bundle.cells)
    })
  })

  test.each([
    `UPDATE cell_set SET facts = x'00112233'`,
    `UPDATE cell_set SET cells = x'00112233'`,
    `UPDATE cell_kind SET cells = substr(cells, 1, 40) WHERE kind_no = 1`,
  ])('that are damaged are said to be: %s', damage => {
    inProject(db => {
      saveCells(db, 'key', SOME, 1)
      db.exec(damage)
      expect(() => readCells(db, 'key')).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
    })
  })
})
