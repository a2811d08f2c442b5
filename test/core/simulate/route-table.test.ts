import { expect, test } from 'vitest'
import { applyRules, type Facts } from '#route'
import { DESTINATIONS, FACTS, type RoutingPolicy, routingPolicy } from '#schema/policy'
import { stageOf } from '#score'
import { factKinds, RouteTable } from '../../../core/simulate/route-table.ts'

// every fact is named; score and stage are given per score
const NOTHING = Object.fromEntries(FACTS.map(fact => [fact, null])) as Facts
const STAGES = { warm: 40, pql: 60, hot: 80 }
const HOLDING = { id: 'else', title: 'Else', destination: 'nurture' }

const policyFrom = (value: number): RoutingPolicy => {
  const policy = routingPolicy.parse({
    version: 1,
    name: 'x',
    rules: [
      { id: 'hot', title: 'Hot', all: [{ fact: 'stage', op: '=', value: 'Hot PQL' }], destination: 'csm' },
      { id: 'from', title: 'From', all: [{ fact: 'score', op: '>=', value: 0 }], destination: 'sdr' },
      HOLDING,
    ],
  })
  const rules = policy.rules.map(rule => ({ ...rule, all: rule.all.map(test => withValue(test, value)) }))
  return { ...policy, rules }
}
const withValue = (test: RoutingPolicy['rules'][number]['all'][number], value: number) =>
  test.fact === 'score' ? { ...test, value } : test

test.each([
  { why: 'within', figure: 59.95, hot: 80 },
  { why: 'both ends', figure: 100, hot: 0 },
  { why: 'just outside', figure: 100.05, hot: 100.05 },
  { why: 'just below', figure: -0.05, hot: 80 },
  { why: 'too large to count on from', figure: 1e16, hot: 80 },
  { why: 'too small to count on from', figure: -1e16, hot: 80 },
  { why: 'without end', figure: Number.POSITIVE_INFINITY, hot: 80 },
  { why: 'a stage too large to count on from', figure: 60, hot: 1e16 },
])('every score goes where the rules send it: a figure $why', ({ figure, hot }) => {
  const stages = { warm: Math.min(STAGES.warm, hot), pql: Math.min(STAGES.pql, hot), hot }
  const policy = policyFrom(figure)
  const found = new RouteTable(factKinds([NOTHING], policy)).byScore(0, { policy, stages })
  const wanted = Uint8Array.from({ length: 1001 }, (_, tenth) => {
    const score = tenth / 10
    return DESTINATIONS.indexOf(applyRules({ ...NOTHING, score, stage: stageOf(score, stages) }, policy).destination)
  })
  expect(found).toEqual(wanted)
})
