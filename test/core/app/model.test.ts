import { describe, expect, test } from 'vitest'
import { DEFAULT_CHECKLIST, DEFAULT_MODEL, MODEL_PRESETS } from '#score'
import { startProject, type TestEngine } from './support/engine.ts'
import { importSmall } from './support/exports.ts'

const OTHER = { ...DEFAULT_MODEL, name: 'Other', stages: { warm: 10, pql: 20, hot: 30 } }
const apply = ({ client }: TestEngine, model: object) => client['model.apply']({ json: JSON.stringify(model) })

describe('versions', () => {
  test('each applied model is one; the default is listed though it was never applied', async () => {
    const engine = await startProject()
    const { hash } = await apply(engine, OTHER)
    const { versions } = await engine.client['model.versions']({})
    expect(versions.map(({ name, isInForce, isDefault, runs }) => ({ name, isInForce, isDefault, runs }))).toEqual([
      { name: 'Other', isInForce: true, isDefault: false, runs: 0 },
      { name: 'Recipe', isInForce: false, isDefault: true, runs: 0 },
    ])
    expect(versions[0]?.hash).toBe(hash)
  })

  test('one step back is the model that was there, hash for hash, and runs keep theirs', async () => {
    const engine = await startProject()
    const { client } = engine
    await importSmall(engine)
    await client['score.run']({})
    const before = await client['model.get']({})
    await apply(engine, OTHER)
    await client['score.run']({})
    await client['model.revert']({ hash: before.hash })
    expect(await client['model.get']({})).toEqual(before)
    const { versions } = await client['model.versions']({})
    expect(versions.map(({ name, runs, isInForce }) => [name, runs, isInForce])).toEqual([
      ['Other', 1, false],
      ['Recipe', 1, true],
    ])
    await expect(client['model.revert']({ hash: 'none' })).rejects.toMatchObject({ code: 'usage/bad-argument' })
  })

  test('a version is read back whole', async () => {
    const engine = await startProject()
    const { hash } = await apply(engine, DEFAULT_CHECKLIST)
    await apply(engine, OTHER)
    const got = await engine.client['model.get']({ hash })
    expect(JSON.parse(got.json)).toEqual(DEFAULT_CHECKLIST)
    expect(got).toMatchObject({ kind: 'checklist', isInForce: false, reach: { total: 100 } })
  })

  test('what differs is told by ids', async () => {
    const engine = await startProject()
    const { client } = engine
    const signals = DEFAULT_MODEL.signals.slice(1).map(one => (one.id === 'invite_sent' ? { ...one, points: 5 } : one))
    const json = JSON.stringify({ ...DEFAULT_MODEL, signals, stages: { ...DEFAULT_MODEL.stages, hot: 81 } })
    const { changes } = await client['model.diff']({ to: { json } })
    expect(changes).toEqual([
      { path: ['signals', 'workspace_created'], kind: 'removed', from: expect.any(String), to: null },
      { path: ['signals', 'invite_sent', 'points'], kind: 'changed', from: 2, to: 5 },
      { path: ['stages', 'hot'], kind: 'changed', from: 80, to: 81 },
    ])
    expect(await client['model.diff']({ to: { json: JSON.stringify(DEFAULT_MODEL) } })).toEqual({ changes: [] })
  })
})

describe('lint', () => {
  test.each([
    {
      why: 'no JSON',
      json: '{\n  "a": 1 2',
      faults: [{ path: 'line 2, column 10', message: expect.stringContaining('JSON') }],
    },
    {
      why: 'every fault at its place',
      json: JSON.stringify({
        ...DEFAULT_MODEL,
        signals: [{ ...DEFAULT_MODEL.signals[0], points: 'x' }],
        stages: { warm: 1, pql: 'y', hot: 3 },
      }),
      faults: [
        { path: 'signals[0].points', message: expect.any(String) },
        { path: 'stages.pql', message: expect.any(String) },
      ],
    },
  ])('$why', async ({ json, faults }) => {
    const { client } = await startProject()
    expect(await client['model.lint']({ json })).toMatchObject({ isValid: false, hash: null, faults })
  })

  test('a model that is one has its findings, by the data that were scored', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const json = JSON.stringify(DEFAULT_MODEL)
    const fires = async () =>
      (await engine.client['model.lint']({ json })).findings.filter(({ code }) => code === 'never-fires').length
    expect(await fires()).toBe(0)
    await engine.client['score.run']({})
    expect(await fires()).toBeGreaterThan(3)
    const { isValid, reach, findings } = await engine.client['model.lint']({ json })
    expect({ isValid, total: reach?.total }).toEqual({ isValid: true, total: 100 })
    expect(findings.find(({ code, path }) => code === 'never-fires' && path === 'signals[3]')).toBeUndefined()
  })
})

test('every preset is a model without faults', async () => {
  const { client } = await startProject()
  const { presets } = await client['model.presets']({})
  expect(presets.map(({ id }) => id)).toEqual(MODEL_PRESETS.map(({ id }) => id))
  for (const { json } of presets) {
    const { isValid, findings } = await client['model.lint']({ json })
    expect(isValid).toBe(true)
    expect(findings.filter(({ code }) => code === 'unreachable-stage')).toEqual([])
  }
  expect(JSON.parse((await client['model.schema']({})).json)).toHaveProperty('properties.signals')
})

test('a draft stays as it was left, whatever it says, until it is let go', async () => {
  const { client } = await startProject()
  expect(await client['model.draft']({})).toEqual({ json: null, updatedAt: null, baseHash: null })
  await client['model.keepDraft']({ json: '{ "half' })
  await client['model.keepDraft']({ json: '{ "half": ' })
  expect(await client['model.draft']({})).toMatchObject({ json: '{ "half": ' })
  await client['model.keepDraft']({ json: null })
  expect(await client['model.draft']({})).toMatchObject({ json: null })
})

test('a draft does not override what came into force meanwhile: it is refused, and taken over on request', async () => {
  const { client } = await startProject()
  const before = await client['model.get']({})
  const document = JSON.parse(before.json) as { stages: object }
  const json = JSON.stringify({ ...document, stages: { ...document.stages, hot: 90 } })
  await client['model.keepDraft']({ json, baseHash: before.hash })
  const rules = [{ field: 'industry', op: '=' as const, value: 'software', points: 30 }]
  const { fit } = JSON.parse(before.json) as { fit: { tierFrom: { A: number; B: number; C: number } } }
  const saved = await client['routing.icpSave']({ modelHash: before.hash, ...fit, rules })
  expect(await client['model.draft']({})).toMatchObject({ baseHash: before.hash })
  const refused = client['model.apply']({ json, expected: before.hash })
  await expect(refused).rejects.toMatchObject({ code: 'usage/overtaken' })
  const rebased = await client['model.rebase']({ json, baseHash: before.hash })
  expect(rebased).toMatchObject({ hash: saved.hash, conflicts: [] })
  expect(rebased.changes.map(({ path }) => path.slice(0, 2))).toContainEqual(['fit', 'rules'])
  await client['model.apply']({ json: rebased.json, expected: rebased.hash })
  expect(JSON.parse((await client['model.get']({})).json)).toMatchObject({ stages: { hot: 90 }, fit: { rules } })
})

test('a draft of the other kind of model is kept whole, and so is one with faults', async () => {
  const { client } = await startProject()
  const before = await client['model.get']({})
  const document = JSON.parse(before.json) as { stages: object; name: string }
  await client['model.apply']({ json: JSON.stringify({ ...document, name: 'Ours' }) })
  const list = await client['model.rebase']({ json: JSON.stringify(DEFAULT_CHECKLIST), baseHash: before.hash })
  expect(JSON.parse(list.json)).toMatchObject({ kind: 'checklist' })
  expect(list.conflicts).toEqual([{ path: ['kind'], base: 'signals', draft: 'checklist', inForce: 'signals' }])
  const falling = JSON.stringify({ ...document, stages: { ...document.stages, warm: 95 } })
  const faulty = await client['model.rebase']({ json: falling, baseHash: before.hash })
  expect(JSON.parse(faulty.json)).toMatchObject({ name: 'Ours', stages: { warm: 95 } })
})
