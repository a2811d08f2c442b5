import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { cancelAt, leftovers, startProject, stateOf } from './support/engine.ts'
import { longEvents } from './support/exports.ts'

/** Enough for a thread that reads and one that hashes. */
const LARGE = longEvents(1500, 6000)

test('a large file of events is read and hashed beside, known when it comes again, and read where another is as long', async () => {
  const engine = await startProject()
  const source = engine.write('events.csv', LARGE)
  const first = await engine.client['import.run']({ sources: [source] })
  expect(first.files).toMatchObject([{ loaded: 1500, alreadyImported: false }])
  const { imports } = await engine.client['import.list']({})
  expect(imports[0]).toMatchObject({ sha256: createHash('sha256').update(LARGE).digest('hex') })
  const again = await engine.client['import.run']({ sources: [source] })
  expect(again.files).toMatchObject([{ alreadyImported: true }])
  const other = engine.write('other.csv', LARGE.replace(/.$/m, '~'))
  const third = await engine.client['import.run']({ sources: [other] })
  expect(third.files).toMatchObject([{ alreadyImported: false }])
  await engine.close()
  expect(leftovers(engine)).toEqual([])
})

test.each(['Looking', 'Reading'])('a cancel at %s ends the threads', async phase => {
  const engine = await startProject()
  const source = engine.write('events.csv', LARGE)
  const before = await stateOf(engine.client)
  const run = engine.client['import.run']({ sources: [source] }, cancelAt(phase).options)
  await expect(run).rejects.toMatchObject({ code: 'run/cancelled' })
  expect(await stateOf(engine.client)).toEqual(before)
  await engine.close()
  expect(leftovers(engine)).toEqual([])
})
