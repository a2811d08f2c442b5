import { expect, test } from 'vitest'
import type { Output } from '#contract/contract'
import { startProject } from './support/engine.ts'
import { csv, event, importSmall, LAST_DAY } from './support/exports.ts'

type Anomaly = Output<'anomalies.decide'>['anomaly']

/** A script: two hundred logins of one user within an hour. */
const LOOP = Array.from({ length: 200 }, (_, i) => event(2000 + i, 'login', ['w1', 'u1'], LAST_DAY - 1000 - i * 10_000))

const loopsOf = ({ anomalies }: Output<'health.run'>): readonly Anomaly[] =>
  anomalies.newest.filter(({ kind }) => kind === 'loop')

test('what was decided about an anomaly holds over another import, and can be taken back', async () => {
  const engine = await startProject()
  const { client } = engine
  await importSmall(engine)
  await client['import.run']({ sources: [engine.write('loop.csv', csv(LOOP))] })
  await client['score.run']({})
  const [loop] = loopsOf(await client['health.run']({}))
  expect(loop).toMatchObject({ verdict: null, count: 200 })
  const id = loop?.id ?? ''
  expect(await client['anomalies.decide']({ id, verdict: 'dismissed' })).toMatchObject({
    anomaly: { id, verdict: 'dismissed' },
  })
  // Nothing that a check rests on has changed; routing rests on it.
  expect((await client['health.report']({})).report).toMatchObject({ isStale: false })
  expect((await client['project.summary']({})).scoreRun).toMatchObject({ isStale: true })
  const { imports } = await client['import.list']({})
  const loopImport = imports.find(({ file }) => file === 'loop.csv')
  await client['import.undo']({ importId: loopImport?.importId ?? 0 })
  expect(loopsOf(await client['health.run']({}))).toEqual([])
  await client['import.run']({ sources: [engine.write('again.csv', csv([...LOOP].reverse()))] })
  expect(loopsOf(await client['health.run']({}))).toMatchObject([{ id, verdict: 'dismissed' }])
  await client['anomalies.decide']({ id, verdict: 'confirmed' })
  await client['anomalies.decide']({ id, verdict: 'confirmed' })
  expect(loopsOf((await client['health.report']({})).report as Output<'health.run'>)).toMatchObject([
    { verdict: 'confirmed' },
  ])
  expect(await client['anomalies.decide']({ id, verdict: null })).toMatchObject({ anomaly: { verdict: null } })
  expect(engine.reports).toEqual([])
})

test('an anomaly that no check found cannot be decided about', async () => {
  const engine = await startProject()
  await importSmall(engine)
  const decided = engine.client['anomalies.decide']({ id: 'loop nobody', verdict: 'dismissed' })
  await expect(decided).rejects.toMatchObject({ code: 'usage/bad-argument' })
})
