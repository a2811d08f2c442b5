import { describe, expect, test } from 'vitest'
import { compare } from './compare.ts'
import { sampleOf } from './generate.ts'
import { judge } from './judge.ts'
import { runProduct, runProductInSteps } from './product.ts'

/** Samples to run: a few in the suite, thousands with ORACLE_SAMPLES=500 ORACLE_FROM=1000. */
const count = Number(process.env['ORACLE_SAMPLES'] ?? 8)
const from = Number(process.env['ORACLE_FROM'] ?? 1)
const seeds = Array.from({ length: count }, (_, i) => from + i)

describe('every workspace is judged as the specification says', () => {
  test.each(seeds)('sample %i: scores, ledger, rollups, health and routes', async seed => {
    const sample = sampleOf(seed)
    const judgements = judge(sample.exports, sample.model, sample)
    expect(judgements.size).toBeGreaterThan(5)
    const product = await (seed % 3 === 0 ? runProductInSteps(sample) : runProduct(sample))
    expect(compare(judgements, product)).toEqual([])
  })
})
