import { expect, test } from 'vitest'
import { BatchMemory } from '../../../core/app/batch-memory.ts'

/** Lays down a batch that needs pieces of these sizes. */
function lay(memory: BatchMemory, sizes: readonly number[]): readonly SharedArrayBuffer[] {
  const pieces = sizes.map(bytes => memory.take(bytes))
  memory.send()
  return pieces
}

test('no two batches on their way share memory, and what comes back is used again', () => {
  const memory = new BatchMemory()
  const first = lay(memory, [1000, 100])
  const second = lay(memory, [1000, 100])
  expect(new Set([...first, ...second]).size).toBe(4)
  expect(memory.underWay).toBe(2)
  memory.giveBack()
  expect(memory.underWay).toBe(1)
  const third = lay(memory, [1100, 90])
  expect(third.map((piece, i) => piece === first[i])).toEqual([true, true])
  memory.giveBack()
  expect(lay(memory, [900])[0]).toBe(second[0])
})

test('a piece has the bytes that were asked for, and a small batch does not take the memory of a large one', () => {
  const memory = new BatchMemory()
  const [large] = lay(memory, [1 << 20])
  memory.giveBack()
  const [small] = lay(memory, [1000])
  expect(small).not.toBe(large)
  expect(small?.byteLength).toBeGreaterThanOrEqual(1000)
  expect(lay(memory, [(1 << 20) + (1 << 18) + 1])[0]?.byteLength).toBeGreaterThan(1 << 20)
  expect(lay(memory, [1 << 20])[0]).toBe(large)
})

test('memory that fits no batch any more is let go', () => {
  const memory = new BatchMemory()
  const pieces = Array.from({ length: 100 }, () => lay(memory, [10_000])[0])
  for (let i = 0; i < 100; i++) memory.giveBack()
  const again = Array.from({ length: 100 }, () => lay(memory, [10_000])[0])
  const kept = again.filter(piece => pieces.includes(piece)).length
  expect(kept).toBeGreaterThan(12)
  expect(kept).toBeLessThan(40)
})
