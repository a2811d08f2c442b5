import { expect, test } from 'vitest'
import { writeInThread } from '../../../core/app/write-thread.ts'
import { leftovers, startProject, stateOf, type TestEngine, watch } from './support/engine.ts'
import { csv, importSmall, USERS, writeSmallExport } from './support/exports.ts'

/** An engine whose every change is made by another thread, with the small export in it. */
async function startAside(): Promise<TestEngine> {
  const engine = await startProject({ rowsInOneGo: 0 })
  await importSmall(engine)
  return engine
}

/** A newer export of users that waits to be published. */
async function stageNewer(engine: TestEngine): Promise<string> {
  const newer = [
    { ...USERS[0], name: 'Ada L.' },
    { ...USERS[0], user_id: 'u9', name: 'New' },
  ]
  const source = engine.write('newer/users.csv', csv(newer))
  return (await engine.client['import.stage']({ sources: [source] })).batchId
}

test('while it is published, everything shows what was there before, whole; then all of it', async () => {
  const engine = await startAside()
  const batchId = await stageNewer(engine)
  const before = await stateOf(engine.client)
  const during: Promise<unknown>[] = []
  const publishing = watch(progress => {
    if (progress.phase === 'Publishing' && progress.unit === 'rows') during.push(stateOf(engine.client))
  })
  const { files } = await engine.client['import.publish']({ batchId }, publishing.options)
  expect(files).toMatchObject([{ added: 1, changed: 1 }])
  const after = await stateOf(engine.client)
  expect(after).not.toEqual(before)
  const answers = await Promise.all(during)
  expect(answers.length).toBeGreaterThan(2)
  expect(answers[0]).toEqual(before)
  // An answer given at the very end may be of after the commit; none is of both.
  for (const answer of answers) expect([before, after]).toContainEqual(answer)
  expect(engine.reports).toEqual([])
})

test('its progress moves and ends with all done', async () => {
  const engine = await startProject({ rowsInOneGo: 0 })
  const published = watch()
  await engine.client['import.run']({ sources: [...writeSmallExport(engine)] }, published.options)
  const steps = published.seen.filter(({ phase, unit }) => phase === 'Publishing' && unit === 'rows')
  const done = steps.map(step => step.done)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(new Set(done).size).toBeGreaterThan(5)
  expect(steps.at(-1)?.done).toBe(steps.at(-1)?.total)
  expect(published.seen.at(-1)?.done).toBe(published.seen.at(-1)?.total)
})

test.each([1, 3])('a publish that is cancelled at its step %i leaves what was there, and works later', async time => {
  const engine = await startAside()
  const batchId = await stageNewer(engine)
  const before = await stateOf(engine.client)
  let steps = 0
  const cancelled = watch(({ unit }, cancel) => {
    if (unit === 'rows' && ++steps === time) cancel()
  })
  const publish = engine.client['import.publish']({ batchId }, cancelled.options)
  await expect(publish).rejects.toMatchObject({ code: 'run/cancelled' })
  expect(await stateOf(engine.client)).toEqual(before)
  expect((await engine.client['import.publish']({ batchId })).files).toMatchObject([{ added: 1, changed: 1 }])
  expect(engine.reports).toEqual([])
  await engine.close()
  expect(leftovers(engine)).toEqual([])
})

test('an import is taken back by another thread, or as it was where that is cancelled', async () => {
  const engine = await startAside()
  const before = await stateOf(engine.client)
  const { files } = await engine.client['import.publish']({ batchId: await stageNewer(engine) })
  const importId = files[0]?.importId ?? 0
  const published = await stateOf(engine.client)
  const cancelled = watch(({ unit }, cancel) => {
    if (unit === 'rows') cancel()
  })
  await expect(engine.client['import.undo']({ importId }, cancelled.options)).rejects.toMatchObject({
    code: 'run/cancelled',
  })
  expect(await stateOf(engine.client)).toEqual(published)
  expect(await engine.client['import.undo']({ importId })).toMatchObject({ takenOut: 1, changedBack: 1 })
  const after = await stateOf(engine.client)
  expect(after.summary.rowsPerTable).toEqual(before.summary.rowsPerTable)
})

test('a command that comes meanwhile waits, and is carried out', async () => {
  const engine = await startAside()
  const batchId = await stageNewer(engine)
  const { json } = await engine.client['model.get']({})
  const order: string[] = []
  let command: Promise<unknown> = Promise.resolve()
  const publishing = watch(({ unit }) => {
    if (unit !== 'rows' || order.length > 0) return
    order.push('asked')
    const model = { ...JSON.parse(json), name: 'Another' }
    command = engine.client['model.apply']({ json: JSON.stringify(model) }).then(() => order.push('applied'))
  })
  await engine.client['import.publish']({ batchId }, publishing.options).then(() => order.push('published'))
  await command
  expect(order.toSorted()).toEqual(['applied', 'asked', 'published'])
  expect(order[0]).toBe('asked')
  expect((await engine.client['model.get']({})).name).toBe('Another')
  expect(engine.reports).toEqual([])
})

test('where no thread can be started, nothing is done and that is said', async () => {
  const job = { report: () => undefined, turn: async () => undefined, breathe: async () => undefined }
  const order = { kind: 'undo', importId: 1, now: 1 } as const
  const entry = new URL('./no-such-entry.js', import.meta.url)
  expect(await writeInThread({ path: 'p.pql', order, job, tell: () => undefined, entry })).toBe(false)
})
