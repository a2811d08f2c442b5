import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { VERSION } from '#lib/version'
import { DEFAULT_MODEL, modelDocument } from '#score'
import { startEngine, startProject, withFile } from './support/engine.ts'
import { csv, event, importSmall, LAST_DAY } from './support/exports.ts'

test('a run that is old says by what: the data, decisions, the taxonomy, the rest of the model, the rules', async () => {
  const engine = await startProject()
  const { client } = engine
  await importSmall(engine)
  await client['score.run']({})
  const because = async () => (await client['project.summary']({})).scoreRun?.staleBecause
  expect(await because()).toEqual([])
  const document = modelDocument(DEFAULT_MODEL)
  const taxonomy = [...DEFAULT_MODEL.taxonomy, { kind: 'seance', category: 'other', match: ['seance_*'] }]
  await client['model.apply']({ json: JSON.stringify({ ...document, taxonomy }) })
  expect(await because()).toEqual(['taxonomy'])
  await client['model.apply']({ json: JSON.stringify({ ...document, taxonomy, timeZone: 'Asia/Tokyo' }) })
  expect(await because()).toEqual(['taxonomy', 'model'])
  await client['import.run']({
    sources: [engine.write('more.csv', csv([event(3000, 'login', ['w1', 'u1'], LAST_DAY)]))],
  })
  expect(await because()).toEqual(['data', 'taxonomy', 'model'])
  await client['score.run']({})
  expect(await because()).toEqual([])
  await client['review.decide']({ answers: [{ pair: { question: 'persons', a: 'u1', b: 'u2' }, answer: 'same' }] })
  expect(await because()).toEqual(['decisions'])
  await client['import.run']({
    sources: [engine.write('most.csv', csv([event(3001, 'login', ['w1', 'u1'], LAST_DAY)]))],
  })
  expect(await because()).toEqual(['data', 'decisions'])
})

test.each([
  { why: 'nothing is known of the rules of identity, as earlier versions wrote it', by: VERSION },
  { why: 'the same version, with other rules of identity', by: `${VERSION}, identity 0` },
])('who is who is found anew where a run was made by $why', async ({ by }) => {
  const engine = await startProject()
  await importSmall(engine)
  expect(await engine.client['score.run']({})).toMatchObject({ cellsReused: false })
  expect(await engine.client['score.run']({})).toMatchObject({ cellsReused: true })
  await engine.close()
  withFile(engine, ({ db }) => {
    const { changes } = db
      .prepare("UPDATE run_part SET content = ? WHERE name = 'made by'")
      .run(deflateRawSync(JSON.stringify(by)))
    expect(changes).toBeGreaterThan(0)
  })
  const again = startEngine({ folder: engine.folder })
  await again.client['project.open']({ source: again.path('p.pql') })
  expect(await again.client['score.run']({})).toMatchObject({ cellsReused: false })
  expect(await again.client['score.run']({})).toMatchObject({ cellsReused: true })
})
