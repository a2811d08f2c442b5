import { describe, expect, test } from 'vitest'
import { type BuiltCells, readCells, saveCells } from '#store'
import { inProject } from './temporary-project.ts'

const NONE: BuiltCells = {
  bundle: {
    cells: {
      count: 0,
      kinds: [''],
      kindStart: new Uint32Array(2),
      unit: new Uint32Array(),
      person: new Int32Array(),
      day: new Int32Array(),
      n: new Uint32Array(),
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
      kindStart: Uint32Array.of(0, 1, 2, 3),
      unit: Uint32Array.of(0, 1, 0),
      person: Int32Array.of(-1, 4, 2),
      day: Int32Array.of(20_000, -3, 20_001),
      n: Uint32Array.of(1, 70_000, 2),
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

  test('that are damaged are said to be', () => {
    inProject(db => {
      saveCells(db, 'key', SOME, 1)
      db.exec(`UPDATE cell_set SET facts = x'00112233'`)
      expect(() => readCells(db, 'key')).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
    })
  })
})
