import { expect, test } from 'vitest'
import type { Steps } from '#lib/steps'
import type { AnalysisStep } from '#pipeline'
import { inPhases } from '../../../core/app/analysis-phases.ts'

test('a step is told when it begins, and others get a turn whenever it halts again', async () => {
  const seen: string[] = []
  function* steps(): Steps<string, AnalysisStep> {
    yield 'events'
    yield 'events'
    seen.push('walked')
    yield 'cells'
    yield 'events'
    return 'found'
  }
  const job = {
    report: () => undefined,
    turn: () => Promise.resolve(),
    breathe: () => Promise.resolve(void seen.push('a turn')),
  }
  const found = await inPhases(steps(), name => Promise.resolve(void seen.push(name)), job)
  expect([found, ...seen]).toEqual([
    'found',
    'Reading the events',
    'a turn',
    'walked',
    'Counting what they did',
    'Reading the events',
  ])
})
