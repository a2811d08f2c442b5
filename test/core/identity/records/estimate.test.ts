import { describe, expect, test } from 'vitest'
import type { Candidates } from '../../../../core/identity/block/candidate-pairs.ts'
import { type Comparison, packed } from '../../../../core/identity/compare/comparison.ts'
import { proposeWeights } from '../../../../core/identity/index.ts'
import { stepsOf } from '../../../../core/identity/weigh/steps.ts'
import { seededRandom } from '../../../../core/lib/random.ts'

const random = seededRandom(3)
const agrees = (share: number): number => (random() < share ? 2 : 1)

/** Levels of 4,000 pairs; 400 of them matches that agree nine times of ten where the others agree once in ten. */
const PAIRS = Array.from({ length: 4000 }, (_, i) => {
  const isMatch = i < 400
  return [agrees(isMatch ? 0.9 : 0.1), agrees(isMatch ? 0.9 : 0.1), agrees(isMatch ? 0.8 : 0.2)]
})
const candidates: Candidates = {
  counts: [],
  eachPair: visit => {
    PAIRS.forEach((_, i) => void visit(i, i))
    return []
  },
}
const comparison = (group: number, bits: readonly number[], identifiers = 0): Comparison => ({
  name: `group ${group}`,
  levels: ['nothing', 'different', 'same'],
  most: 256,
  compare: a => {
    const level = PAIRS[a]?.[group] ?? 0
    return packed(level, stepsOf(bits[level] ?? 0))
  },
  value: () => '',
  identifiers,
  reach: null,
  conflicts: 0,
  guesses: 0,
})

describe('proposed weights', () => {
  const groups = [comparison(0, [0, -1, 2]), comparison(1, [0, -1, 2]), comparison(2, [0, -1, 1])]
  test('go towards what the data show: log2(.9 / .1) and log2(.1 / .9)', () => {
    const found = proposeWeights(candidates, groups).filter(({ comparison: name }) => name === 'group 0')
    const proposed = Object.fromEntries(found.map(({ level, proposed: bits }) => [level, bits]))
    expect(proposed['same']).toBeGreaterThan(2.5)
    expect(proposed['same']).toBeLessThan(4)
    expect(proposed['different']).toBeLessThan(-2)
  })
  test('are held within 4 bits of the weight in force, and keep the order of the levels', () => {
    const off = [comparison(0, [0, 10, 12]), groups[1], groups[2]] as Comparison[]
    const found = proposeWeights(candidates, off).filter(({ comparison: name }) => name === 'group 0')
    for (const { bits, proposed } of found) expect(Math.abs(bits - proposed)).toBeLessThanOrEqual(4)
    const [different, same] = ['different', 'same'].map(level => found.find(one => one.level === level)?.proposed ?? 0)
    expect(same).toBeGreaterThanOrEqual(different ?? 0)
  })
  test('leave identifiers alone', () => {
    const [first, second] = [comparison(0, [0, -1, 2], 1 << 2), comparison(1, [0, -1, 2])]
    const levels = proposeWeights(candidates, [first, second]).filter(({ comparison: name }) => name === 'group 0')
    expect(levels.map(({ level }) => level)).not.toContain('same')
  })
})
