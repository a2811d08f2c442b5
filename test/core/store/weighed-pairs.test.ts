import { describe, expect, test } from 'vitest'
import type { WeighedPairs } from '#identity'
import { packPairs, readPairs, savePairs } from '#store'
import { inProject } from './temporary-project.ts'

const u32 = (...values: number[]): Uint32Array => Uint32Array.from(values)

const NONE: WeighedPairs = {
  edges: { a: u32(), b: u32(), steps: new Int32Array() },
  limits: { subjects: { scopes: u32(), codes: u32() }, mailbox: u32(), device: u32() },
  blocks: [],
  compared: 0,
}
const SOME: WeighedPairs = {
  edges: { a: u32(0, 1, 0), b: u32(2, 2, 1), steps: Int32Array.of(256, 111, -48) },
  limits: {
    subjects: { scopes: u32(1, 0, 1), codes: u32(2, 0, 1) },
    mailbox: u32(1, 0, 1),
    device: u32(0, 0, 0),
  },
  blocks: [{ kind: 'canonical email', blocks: 1, records: 2, largest: 2, split: 0, pairsLeftOut: 0 }],
  compared: 3,
}

describe('weighed pairs', () => {
  test.each([
    { why: 'none', pairs: NONE, rows: 0 },
    { why: 'some', pairs: SOME, rows: 3 },
  ])('come back as they were weighed: $why', ({ pairs, rows }) => {
    inProject(db => {
      savePairs(db, 'key', packPairs(pairs))
      expect(readPairs(db, 'key', rows)).toEqual(pairs)
    })
  })

  test('are found by their key alone, and the oldest make room', () => {
    inProject(db => {
      for (const key of ['a', 'b', 'b', 'c', 'd']) savePairs(db, key, packPairs(SOME))
      expect(['a', 'b', 'c', 'd'].map(key => readPairs(db, key, 3)?.compared ?? null)).toEqual([null, 3, 3, 3])
    })
  })

  test.each([
    { why: 'bytes that are none', damage: `UPDATE weighed_pairs SET pairs = x'00112233'`, rows: 3 },
    { why: 'bytes that end early', damage: 'UPDATE weighed_pairs SET pairs = substr(pairs, 1, 60)', rows: 3 },
    { why: 'pairs of users that there are not', damage: '', rows: 2 },
  ])('that are damaged are said to be: $why', ({ damage, rows }) => {
    inProject(db => {
      savePairs(db, 'key', packPairs(SOME))
      db.exec(damage)
      expect(() => readPairs(db, 'key', rows)).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
    })
  })
})
