import type { Client, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { scenario as scenarioSchema } from '#schema/scenario'
import { changesOf } from '../../../renderer/src/state/simulator-scenario.ts'
import { AS_OF } from './fake-row.ts'

type Kept = Output<'scenario.list'>['scenarios'][number]
type Handlers = Pick<
  Client,
  | 'scenario.list'
  | 'scenario.save'
  | 'scenario.remove'
  | 'scenario.text'
  | 'scenario.read'
  | 'scenario.diff'
  | 'scenario.apply'
  | 'scenario.revert'
  | 'model.revert'
>

/** Scenarios that are kept as long as the client lives. */
export function scenarioHandlers(): Handlers {
  const kept: Kept[] = []
  let lastId = 0
  return {
    'scenario.list': async () => ({ scenarios: [...kept] }),
    'scenario.save': async ({ scenarioId, scenario }) => {
      const parsed = scenarioSchema.parse(scenario)
      const id = scenarioId ?? ++lastId
      const one: Kept = { scenarioId: id, name: parsed.name, scenario: parsed, createdAt: AS_OF, updatedAt: AS_OF }
      const place = kept.findIndex(known => known.scenarioId === id)
      if (place < 0) kept.push(one)
      else kept[place] = one
      return { scenarioId: id }
    },
    'scenario.remove': async ({ scenarioId }) => {
      const place = kept.findIndex(known => known.scenarioId === scenarioId)
      if (place >= 0) kept.splice(place, 1)
      return {}
    },
    'scenario.text': async ({ scenario }) => ({
      text: JSON.stringify(scenario),
      fileName: `${scenario.name ?? 'scenario'}.pql-scenario.json`,
    }),
    'scenario.read': async ({ text }) => {
      const parsed = scenarioSchema.safeParse(JSON.parse(text))
      if (!parsed.success) throw new AppError('usage/bad-model', 'scenario: model.signals: expected a record')
      return { scenario: parsed.data }
    },
    'scenario.diff': async ({ scenario }) => {
      const changes = changesOf(scenario)
      return {
        model: changes
          .filter(({ path }) => path[0] === 'model')
          .map(({ path, value }) => ({ path: path.slice(1), kind: 'changed' as const, from: 7, to: Number(value) })),
        policy: changes
          .filter(({ path }) => path[0] === 'routing')
          .map(({ path, value }) => ({
            path: ['rules', path[1] ?? '', 'all'],
            kind: 'changed' as const,
            from: JSON.stringify([
              { fact: 'is_paid', op: '=', value: false },
              { fact: 'score', op: '>=', value: 80 },
            ]),
            to: JSON.stringify([
              { fact: 'is_paid', op: '=', value: false },
              { fact: 'score', op: '>=', value },
            ]),
          })),
        identity: {
          threshold:
            scenario.identity?.threshold === undefined ? null : { before: 7, after: scenario.identity.threshold },
          answers: (scenario.identity?.decisions ?? []).map(({ answer, relation, ...pair }) => ({
            ...{ pair, answer, relation: relation ?? null, left: pair.a, right: pair.b },
          })),
          refused: [],
        },
        modelHash: 'b7c1',
        policyHash: '5e5e',
        dataState: 'd0',
      }
    },
    'scenario.apply': async ({ modelHash, policyHash }) => ({
      modelHash: 'c8d2',
      policyHash,
      modelHashBefore: modelHash,
      policyHashBefore: policyHash,
      decisionNos: [],
    }),
    'scenario.revert': async () => ({}),
    'model.revert': async ({ hash }) => ({ hash, name: 'Recipe' }),
  }
}
