import { describe, expect, test } from 'vitest'
import { startProject } from './support/engine.ts'

const SCENARIO = {
  version: 1,
  name: 'Höher, weiter!',
  model: { stages: { hot: 90 } },
  routing: { '6': { '>=': 90 } },
  capacities: { sdr: 7 },
} as const

describe('scenarios', () => {
  test('are kept, replaced and removed', async () => {
    const { client } = await startProject()
    const { scenarioId } = await client['scenario.save']({ scenarioId: null, scenario: SCENARIO })
    await client['scenario.save']({ scenarioId, scenario: { ...SCENARIO, name: 'Next' } })
    const { scenarios } = await client['scenario.list']({})
    expect(scenarios).toMatchObject([{ scenarioId, name: 'Next', scenario: { ...SCENARIO, name: 'Next' } }])
    await client['scenario.remove']({ scenarioId })
    expect(await client['scenario.list']({})).toEqual({ scenarios: [] })
    for (const call of [
      client['scenario.remove']({ scenarioId }),
      client['scenario.save']({ scenarioId, scenario: SCENARIO }),
    ])
      await expect(call).rejects.toMatchObject({ code: 'usage/overtaken' })
  })

  test('are shared as text and read back the same; another text is refused with the place', async () => {
    const { client } = await startProject()
    const { text, fileName } = await client['scenario.text']({ scenario: SCENARIO })
    expect(fileName).toBe('ho-her-weiter.pql-scenario.json')
    expect((await client['scenario.read']({ text })).scenario).toMatchObject(SCENARIO)
    const bad = client['scenario.read']({ text: '{"version":1,"model":{"stages":{"hot":"x"}}}' })
    await expect(bad).rejects.toMatchObject({ code: 'usage/bad-model', context: { path: 'model.stages.hot' } })
  })

  test('are applied after a look at what they change, and taken back in one step each', async () => {
    const { client } = await startProject()
    const { model, policy, modelHash, policyHash } = await client['scenario.diff']({ scenario: SCENARIO })
    expect(model).toEqual([{ path: ['stages', 'hot'], kind: 'changed', from: 80, to: 90 }])
    expect(policy).toHaveLength(1)
    const before = await client['model.get']({})
    const applied = await client['scenario.apply']({ scenario: SCENARIO, modelHash, policyHash })
    expect(await client['model.get']({})).toMatchObject({ hash: applied.modelHash })
    expect(await client['routing.policy']({})).toMatchObject({ hash: applied.policyHash })
    const again = client['scenario.apply']({ scenario: SCENARIO, modelHash, policyHash })
    await expect(again).rejects.toMatchObject({ code: 'usage/overtaken' })
    await client['model.revert']({ hash: applied.modelHashBefore })
    await client['routing.revert']({ hash: applied.policyHashBefore, expectedHash: applied.policyHash })
    expect(await client['model.get']({})).toEqual(before)
    expect(await client['routing.policy']({})).toMatchObject({ hash: policyHash, isDefault: true })
  })
})

test('views of the score table are kept as the window wrote them', async () => {
  const { client } = await startProject()
  const state = { filters: [{ field: 'stage', is: ['PQL'], isOff: true }], sort: 'score', columns: null }
  const { viewId } = await client['view.save']({ viewId: null, name: 'Mine', state })
  expect((await client['view.list']({})).views).toMatchObject([{ viewId, name: 'Mine', state }])
  await client['view.save']({ viewId, name: 'Ours', state: {} })
  expect((await client['view.list']({})).views).toMatchObject([{ viewId, name: 'Ours', state: {} }])
  await client['view.remove']({ viewId })
  expect(await client['view.list']({})).toEqual({ views: [] })
})
