import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DEFAULT_CHECKLIST, DEFAULT_MODEL } from '#score'
import { startProject, type TestEngine } from './support/engine.ts'
import { importSmall } from './support/exports.ts'

const FILES = [
  'scores',
  'score_lines',
  'units',
  'rollups',
  'anomalies',
  'persons',
  'identities',
  'routing/sdr',
  'suppressed',
]

async function filesOf(engine: TestEngine, model: object): Promise<readonly string[]> {
  await engine.client['model.apply']({ json: JSON.stringify(model) })
  await engine.client['score.run']({})
  await engine.client['export.run']({ target: engine.path('out') })
  return FILES.map(name => readFileSync(engine.path(`out/${name}.csv`), 'utf8'))
}

test.each<{ why: string; model: object }>([
  { why: 'weights', model: { ...DEFAULT_MODEL, signals: DEFAULT_MODEL.signals.slice(2) } },
  { why: 'roles', model: { ...DEFAULT_MODEL, roles: { ...DEFAULT_MODEL.roles, admin: 0.1, contributor: 2 } } },
  {
    why: 'points of fit',
    model: { ...DEFAULT_MODEL, buckets: { ...DEFAULT_MODEL.buckets, fit: { max: 9, tiers: { A: 7, B: 1 } } } },
  },
  { why: 'rules of fit', model: { ...DEFAULT_MODEL, fit: { ...DEFAULT_MODEL.fit, tierFrom: { Z: 1 } } } },
  { why: 'taxonomy', model: { ...DEFAULT_MODEL, taxonomy: DEFAULT_MODEL.taxonomy.slice(0, 4) } },
  { why: 'zone', model: { ...DEFAULT_MODEL, timeZone: 'Asia/Tokyo' } },
  { why: 'kind of model', model: DEFAULT_CHECKLIST },
])('another model ($why) after runs of the first gives what it gives from scratch', async ({ model }) => {
  const [fresh, used] = [await startProject(), await startProject()]
  for (const engine of [fresh, used]) await importSmall(engine)
  const wanted = await filesOf(fresh, model)
  const first = await filesOf(used, DEFAULT_MODEL)
  expect(await filesOf(used, model)).toEqual(wanted)
  expect(await filesOf(used, DEFAULT_MODEL)).toEqual(first)
})
