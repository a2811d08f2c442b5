import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openEventLog } from '#store'
import { leftovers, startProject, stateOf, type TestEngine, withFile } from './support/engine.ts'
import { csv, EVENTS, event, importSmall, LAST_DAY } from './support/exports.ts'

describe('undo of events', () => {
  type Given = Readonly<{ id: number; minute: number }>
  type Step = readonly Given[] | 'undo'
  /** Contents of the events that are there, by id, in the order they were loaded. */
  type Log = readonly Given[]

  const given = fc.record({ id: fc.integer({ min: 0, max: 7 }), minute: fc.integer({ min: 0, max: 2 }) })
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: fc.array(given, { minLength: 1, maxLength: 6 }) },
    { weight: 2, arbitrary: fc.constant('undo' as const) },
  )

  test('imports and undos in any order come to what a list of events comes to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async steps => {
        const engine = await startProject()
        let log: Log = []
        const before: Log[] = []
        for (const [at, each] of steps.entries()) {
          if (each === 'undo') {
            await undoNewest(engine, log.length - (before.at(-1) ?? []).length)
            log = before.pop() ?? []
          } else {
            before.push(log)
            log = await importEvents(engine, { name: `${at}.csv`, events: each, log })
          }
          expect((await engine.client['project.summary']({})).events).toBe(log.length)
        }
        await engine.close()
        expect(leftovers(engine)).toEqual([])
        withFile(engine, ({ db }) => {
          const events = openEventLog(db)
          const rows = events.rows(Array.from({ length: events.count }, (_, position) => position))
          const found = rows.map(({ eventId, timestamp }) => `${eventId} ${(timestamp - LAST_DAY) / 60_000}`)
          expect(found.toSorted()).toEqual(log.map(({ id, minute }) => `e${id} ${minute}`).toSorted())
        })
      }),
      { numRuns: 12 },
    )
  })

  /** Imports events and checks their accounts by the list: what is there with the same content is the same, what comes again is skipped. */
  async function importEvents(
    engine: TestEngine,
    { name, events, log }: Readonly<{ name: string; events: readonly Given[]; log: Log }>,
  ): Promise<Log> {
    const records = events.map(({ id, minute }) => event(id, 'login', ['w1', 'u1'], LAST_DAY + minute * 60_000))
    const after = [...log]
    let copies = 0
    const has = (list: Log, each: Given): boolean =>
      list.some(({ id, minute }) => id === each.id && minute === each.minute)
    const same = events.filter(each => has(log, each)).length
    for (const each of events) {
      if (has(after, each)) continue
      if (after.some(({ id }) => id === each.id)) copies++
      after.push(each)
    }
    const added = after.length - log.length
    // A comment of its own in the name of a custom column: no two files are the same bytes.
    const content = csv(records)
      .replace('event_id', `event_id,from ${name}`)
      .replaceAll(/\ne(\d+)/g, '\ne$1,')
    const { files } = await engine.client['import.run']({ sources: [engine.write(name, content)] })
    expect(files).toMatchObject([{ added, same, skipped: events.length - added - same, differingCopies: copies }])
    return after
  }

  async function undoNewest(engine: TestEngine, events: number): Promise<void> {
    const { imports } = await engine.client['import.list']({})
    const standing = imports.filter(({ undoneAt }) => undoneAt === null)
    // What a later import skipped rests on the earlier one, so that only the newest can go.
    for (const { importId, undoRefusal } of standing.slice(1)) {
      expect(undoRefusal).toMatch(/later/)
      await expect(engine.client['import.undo']({ importId })).rejects.toMatchObject({ code: 'import/not-undoable' })
    }
    const [newest] = standing
    if (newest === undefined) return
    expect(newest.undoRefusal).toBeNull()
    const looked = await engine.client['import.undo']({ importId: newest.importId, dryRun: true })
    expect(looked).toMatchObject({ table: 'events', events, takenOut: 0, held: 0 })
    expect(await engine.client['import.undo']({ importId: newest.importId })).toEqual(looked)
  }
})

test('scores are stale after an undo, and made anew they are those of before the import', async () => {
  const engine = await startProject()
  await importSmall(engine)
  const scores = async () => {
    const { units, stages, destinations } = await engine.client['score.run']({ asOf: '2026-05-31' })
    const { rows } = await engine.client['score.rows']({ unitNos: Array.from({ length: units }, (_, i) => i) })
    return { stages, destinations, rows }
  }
  const before = await scores()
  const more = EVENTS.map((each, i) => ({ ...each, event_id: `more-${i}`, workspace_id: 'w3', user_id: 'u3' }))
  const [file] = (await engine.client['import.run']({ sources: [engine.write('more.csv', csv(more))] })).files
  expect(await scores()).not.toEqual(before)
  await engine.client['import.undo']({ importId: file?.importId ?? 0 })
  expect((await engine.client['project.summary']({})).scoreRun).toMatchObject({ isStale: true })
  expect(await scores()).toEqual(before)
})

test('a dry run changes nothing', async () => {
  const engine = await startProject()
  await importSmall(engine)
  const before = await stateOf(engine.client)
  for (const { importId } of (await engine.client['import.list']({})).imports)
    await engine.client['import.undo']({ importId, dryRun: true })
  expect(await stateOf(engine.client)).toEqual(before)
})

test('an undone file can be imported again', async () => {
  const engine = await startProject()
  await importSmall(engine)
  const before = (await stateOf(engine.client)).summary
  const { imports } = await engine.client['import.list']({})
  for (const { importId } of imports) await engine.client['import.undo']({ importId })
  await importSmall(engine)
  expect((await stateOf(engine.client)).summary).toEqual(before)
})
