import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Progress } from '#contract/method'
import { sum } from '#lib/num'
import { cancelAt, leftovers, startProject, stateOf, watch } from './support/engine.ts'
import { csv, importSmall, longEvents, USERS, writeSmallExport } from './support/exports.ts'

/** Every phase counts up to its total, and the last word is that all is done. */
function expectOrderly(seen: readonly Progress[]): void {
  const phases = Map.groupBy(seen, ({ phase }) => phase)
  for (const [phase, steps] of phases) {
    const done = steps.map(step => step.done)
    expect(done, phase).toEqual(done.toSorted((a, b) => a - b))
    for (const { done: at, total } of steps) expect(at).toBeLessThanOrEqual(total ?? Number.POSITIVE_INFINITY)
  }
  const last = seen.at(-1)
  expect(last?.done).toBe(last?.total)
}

describe('cancelling an import leaves the project as it was, and a later import works', () => {
  test.each([
    { why: 'while it looks at the files', phase: 'Looking', time: 1 },
    { why: 'while it compares a file with those imported', phase: 'Checking', time: 1 },
    { why: 'at the first chunk', phase: 'Reading', time: 1 },
    { why: 'at a later chunk', phase: 'Reading', time: 5 },
    { why: 'before it publishes', phase: 'Publishing', time: 1 },
  ])('$why', async ({ phase, time }) => {
    const engine = await startProject()
    await importSmall(engine)
    const before = await stateOf(engine.client)
    const long = longEvents(1500, 2000)
    // As long as a file that was imported, so that it is compared with it first.
    const users = csv(USERS).replace('Ada', 'Eve')
    const sources = [engine.write('other.csv', users), engine.write('long.csv', long)]
    const cancelled = cancelAt(phase, time)
    const run = engine.client['import.run']({ sources }, cancelled.options)
    await expect(run).rejects.toMatchObject({ code: 'run/cancelled' })
    expect(await stateOf(engine.client)).toEqual(before)
    const { files } = await engine.client['import.run']({ sources })
    expect(files).toMatchObject([{ changed: 1, same: 3 }, { loaded: 1500 }])
    expect(await engine.client['project.summary']({})).toMatchObject({ events: 1581 })
    expect(engine.reports).toEqual([])
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })
})

test.each([
  'Reading the project',
  'Finding the date',
  'Reading the events',
  'Matching people and accounts',
  'Counting what they did',
  'Scoring',
  'Routing',
  'Keeping the scores',
])('scoring that is cancelled at "%s" keeps nothing, and works later', async phase => {
  const engine = await startProject()
  await importSmall(engine)
  const before = await stateOf(engine.client)
  const run = engine.client['score.run']({}, cancelAt(phase).options)
  await expect(run).rejects.toMatchObject({ code: 'run/cancelled' })
  expect(await stateOf(engine.client)).toEqual(before)
  expect(await engine.client['score.run']({})).toMatchObject({ runId: 1, units: 4, cellsReused: false })
})

test.each(['Reading the tables', 'Writing'])('an export that is cancelled at "%s" writes nothing', async phase => {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['score.run']({})
  const target = engine.path('deep/out')
  const run = engine.client['export.run']({ target }, cancelAt(phase).options)
  await expect(run).rejects.toMatchObject({ code: 'run/cancelled' })
  expect(existsSync(engine.path('deep'))).toBe(false)
  await engine.client['export.run']({ target })
  expect(existsSync(engine.path('deep/out/manifest.json'))).toBe(true)
})

test('jobs that come at once run one after the other, in their order', async () => {
  const engine = await startProject()
  const sources = [...writeSmallExport(engine)]
  const waiting = watch()
  const [imported, again, scored, exported] = await Promise.all([
    engine.client['import.run']({ sources }),
    engine.client['import.run']({ sources }),
    engine.client['score.run']({}, waiting.options),
    engine.client['export.run']({ target: engine.path('out') }),
  ])
  expect(imported.files).toHaveLength(6)
  expect(again.files.every(file => file.alreadyImported)).toBe(true)
  expect(scored).toMatchObject({ runId: 1, units: 4 })
  expect(exported.files.length).toBeGreaterThan(3)
  expect(waiting.seen.slice(0, 3)).toMatchObject([
    { phase: 'Waiting', waitsFor: { job: 'an import', ahead: 2 } },
    { phase: 'Waiting', waitsFor: { job: 'an import', ahead: 1 } },
    { phase: 'Starting' },
  ])
  expect(waiting.seen[3]).not.toHaveProperty('waitsFor')
})

test('a job that waits is cancelled and does nothing; what comes after it runs', async () => {
  const engine = await startProject()
  const sources = [...writeSmallExport(engine)]
  const running = engine.client['import.run']({ sources })
  const refused = expect(
    engine.client['import.run']({ sources: [engine.write('more.csv', longEvents(5, 1))] }, cancelAt('Waiting').options),
  ).rejects.toMatchObject({ code: 'run/cancelled' })
  const scored = engine.client['score.run']({})
  await refused
  expect((await running).files).toHaveLength(6)
  expect(await scored).toMatchObject({ units: 4 })
  expect((await engine.client['import.list']({})).imports).toHaveLength(6)
})

test('what asks about the data while they are imported waits and answers about what came in', async () => {
  const engine = await startProject()
  const sources = [...writeSmallExport(engine)]
  const running = engine.client['import.run']({ sources })
  const questions = await Promise.all([
    engine.client['identity.overview']({}),
    engine.client['health.workspace']({ workspaceId: 'w1' }),
    engine.client['health.run']({}),
    engine.client['taxonomy.names']({}),
  ])
  expect((await running).files).toHaveLength(6)
  expect(questions[1]).toMatchObject({ workspace: { unitId: 'w1' } })
  expect(questions[0].state).toBe((await engine.client['identity.overview']({})).state)
  expect(engine.reports).toEqual([])
})

test('another project is refused while a job runs or waits; the one that is open is no other', async () => {
  const engine = await startProject()
  const sources = [...writeSmallExport(engine)]
  const running = engine.client['import.run']({ sources })
  const waiting = engine.client['score.run']({})
  const others = [engine.client['project.close']({}), engine.client['project.create']({ target: engine.path('q.pql') })]
  const same = engine.client['project.open']({ source: engine.path('p.pql') })
  for (const other of others) await expect(other).rejects.toMatchObject({ code: 'run/busy' })
  expect(await same).toMatchObject({ project: { name: 'p' } })
  expect((await running).files).toHaveLength(6)
  expect(existsSync(engine.path('q.pql'))).toBe(false)
  expect(await waiting).toMatchObject({ units: 4 })
})

test('progress comes in order and ends with all done', async () => {
  const engine = await startProject()
  const sources = [...writeSmallExport(engine), engine.write('long.csv', longEvents(1500, 2000))]
  const imported = watch()
  const { files } = await engine.client['import.run']({ sources }, imported.options)
  expectOrderly(imported.seen)
  const reading = imported.seen.filter(({ phase }) => phase === 'Reading')
  expect(reading.length).toBeGreaterThan(9)
  expect(reading.at(-1)).toMatchObject({ unit: 'bytes', subject: 'long.csv' })
  expect(reading.at(-1)?.done).toBe(reading.at(-1)?.total)
  const rows = reading.map(step => step.rows ?? 0)
  expect(rows).toEqual(rows.toSorted((a, b) => a - b))
  expect(rows.at(-1)).toBe(sum(files.map(file => file.read - file.skipped)))
  const parts = reading.map(({ part }) => part)
  expect(parts.at(-1)).toMatchObject({ at: sources.length, of: sources.length })
  for (const part of parts) expect(part?.done).toBeLessThanOrEqual(part?.total ?? -1)
  const scored = watch()
  await engine.client['score.run']({}, scored.options)
  expectOrderly(scored.seen)
  expect(scored.seen.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  const exported = watch()
  await engine.client['export.run']({ target: engine.path('out') }, exported.options)
  expectOrderly(exported.seen)
  expect(exported.seen.at(-1)).toMatchObject({ phase: 'Writing', subject: 'manifest.json' })
})

test('an import of 50,000 rows lets queries and a cancel through while it runs', async () => {
  const engine = await startProject({ isQuick: false })
  await importSmall(engine)
  await engine.client['score.run']({})
  const sources = [engine.write('many.csv', longEvents(50_000, 200))]
  let isRunning = true
  const answered: number[] = []
  const cancelled = cancelAt('Reading', 8)
  const run = engine.client['import.run']({ sources }, cancelled.options).finally(() => {
    isRunning = false
  })
  const refused = expect(run).rejects.toMatchObject({ code: 'run/cancelled' })
  while (isRunning) {
    const { rows } = await engine.client['score.rows']({ unitNos: [0] })
    if (isRunning) answered.push(rows.length)
    await new Promise(resolve => setImmediate(resolve))
  }
  await refused
  expect(answered.length).toBeGreaterThan(3)
  expect(await engine.client['import.run']({ sources })).toMatchObject({ files: [{ loaded: 50_000 }] })
})
