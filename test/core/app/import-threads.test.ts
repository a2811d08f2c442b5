import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ImportThreads } from '../../../core/app/import-threads.ts'
import { type SourceFile, sizeOf } from '../../../core/app/source-file.ts'
import { cancelAt, leftovers, startProject, stateOf } from './support/engine.ts'
import { longEvents } from './support/exports.ts'

/** Each thread that goes on has a port to this one. */
const threadsOfProcess = (): number => process.getActiveResourcesInfo().filter(name => name === 'MessagePort').length

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

test('one large file that is known by its size is hashed without a thread; several are not, nor one beside another to read', async () => {
  const engine = await startProject()
  const names = ['a.csv', 'b.csv']
  const [one, other] = names.map((name, i) => ({ path: engine.write(name, `${LARGE}${'\n'.repeat(i)}`), name })) as [
    SourceFile,
    SourceFile,
  ]
  const isBegun = async (files: readonly SourceFile[], known: readonly SourceFile[]): Promise<boolean> => {
    const threads = new ImportThreads(files, new Set(known.map(sizeOf)))
    const before = threadsOfProcess()
    await threads.close()
    return before > threadsOfProcess()
  }
  expect(await isBegun([one], [one])).toBe(false)
  expect(await isBegun([one], [])).toBe(true)
  expect(await isBegun([one, other], [one])).toBe(true)
  expect(await isBegun([one, other], [one, other])).toBe(true)
  await engine.close()
})

test('a cancel while a known file is hashed leaves everything as it was', async () => {
  const engine = await startProject()
  const source = engine.write('events.csv', LARGE)
  await engine.client['import.run']({ sources: [source] })
  const before = await stateOf(engine.client)
  const run = engine.client['import.run']({ sources: [source] }, cancelAt('Checking').options)
  await expect(run).rejects.toMatchObject({ code: 'run/cancelled' })
  expect(await stateOf(engine.client)).toEqual(before)
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
