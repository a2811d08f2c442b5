import { copyFileSync, existsSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { leftovers, startEngine, startProject, stateOf, type TestEngine, watch } from './support/engine.ts'
import { csv, EVENTS, event, importSmall, LAST_DAY, longEvents, USERS } from './support/exports.ts'
import { zip } from './support/zip.ts'

const JUNE = [
  { ...USERS[0], name: 'Ada L.' },
  { user_id: 'u9', name: 'New' },
]

/** Copies the project as a crash at this moment would leave it: nothing is written meanwhile. */
function crash(engine: TestEngine, name: string): void {
  for (const suffix of ['', '-wal', '-journal'])
    if (existsSync(`${engine.path('p.pql')}${suffix}`))
      copyFileSync(`${engine.path('p.pql')}${suffix}`, `${engine.path(name)}${suffix}`)
}

/** Imports, and keeps what a crash would have left when a file had been read to its middle. */
async function breakOff(engine: TestEngine, sources: readonly string[], at: string): Promise<string> {
  const { options } = watch(({ phase, done, subject }) => {
    if (phase === 'Reading' && subject === at && done > 0 && !existsSync(engine.path('crashed.pql')))
      crash(engine, 'crashed.pql')
  })
  await engine.client['import.run']({ sources: [...sources] }, options)
  expect(existsSync(engine.path('crashed.pql'))).toBe(true)
  return engine.path('crashed.pql')
}

/** Four files: one imported before, two read whole before the crash, one broken off in its middle. */
async function broken(): Promise<Readonly<{ engine: TestEngine; again: TestEngine; sources: readonly string[] }>> {
  const engine = await startProject()
  await importSmall(engine)
  const more = [...EVENTS.slice(70), event(900, 'login', ['w1', 'u1'], LAST_DAY)]
  const sources = [
    engine.write('same/users.csv', csv(USERS)),
    engine.write('june/users.csv', csv(JUNE)),
    engine.write('june/events.csv', csv(more)),
    engine.write('long.csv', longEvents(900, 3000)),
  ]
  const path = await breakOff(engine, sources, 'long.csv')
  const again = startEngine({ folder: engine.folder, onEnd: () => undefined })
  await again.client['project.open']({ source: path })
  return { engine, again, sources }
}

/** What people see of a project, without what tells one import from another that did the same. */
async function seen(engine: TestEngine) {
  const { summary, imports, held } = await stateOf(engine.client)
  const { project: _project, ...figures } = summary
  return { figures, held, imports: imports.map(({ importId: _id, batchId: _batch, importedAt: _at, ...rest }) => rest) }
}

describe('an import that was broken off', () => {
  test('goes on where it was, and comes to the same as if nothing had happened', async () => {
    const { engine, again } = await broken()
    const { batch } = await again.client['import.pending']({})
    expect(batch).toMatchObject({
      mode: 'upsert',
      isReady: false,
      files: [
        { file: 'users.csv', state: 'complete' },
        { file: 'users.csv', state: 'complete' },
        { file: 'events.csv', state: 'complete' },
        { file: 'long.csv', state: 'again', problem: null },
      ],
    })
    const read: string[] = []
    const { options } = watch(({ phase, subject }) => {
      if (phase === 'Reading' && subject !== null) read.push(subject)
    })
    const batchId = batch?.batchId ?? ''
    // Files that were read whole are not needed any more.
    rmSync(engine.path('june'), { recursive: true })
    const staged = await again.client['import.resume']({ batchId }, options)
    expect(new Set(read)).toEqual(new Set(['long.csv']))
    expect(staged.files).toMatchObject([
      { alreadyImported: true },
      { new: 1, changed: 1 },
      { new: 1, same: 11 },
      { new: 900 },
    ])
    await again.client['import.publish']({ batchId })
    expect(await seen(again)).toEqual(await seen(engine))
    await again.close()
  })

  test('can be discarded, and then was never there', async () => {
    const { again } = await broken()
    const { batch } = await again.client['import.pending']({})
    expect(await again.client['import.discard']({ batchId: batch?.batchId ?? '' })).toEqual({ wasThere: true })
    expect(await again.client['import.pending']({})).toEqual({ batch: null })
    expect((await again.client['import.list']({})).imports).toHaveLength(6)
    const summary = await again.client['project.summary']({})
    expect([summary.events, summary.rowsPerTable['users']]).toEqual([81, 4])
    await again.close()
  })

  test('is forgotten when other files are imported', async () => {
    const { again, sources } = await broken()
    const { files } = await again.client['import.run']({ sources: [sources[2] ?? ''] })
    expect(files).toMatchObject([{ added: 1 }])
    expect(await again.client['import.pending']({})).toEqual({ batch: null })
    await again.close()
  })

  test('does not go on with a file that is another now, or gone, but with one handed over again', async () => {
    const { engine, again, sources } = await broken()
    const batchId = (await again.client['import.pending']({})).batch?.batchId ?? ''
    const long = sources[3] ?? ''
    renameSync(long, engine.path('kept.csv'))
    const problems = async (): Promise<unknown> =>
      (await again.client['import.pending']({})).batch?.files.flatMap(({ problem }) => problem ?? [])
    expect(await problems()).toEqual([expect.stringMatching(/no longer where it was/)])
    await expect(again.client['import.resume']({ batchId })).rejects.toMatchObject({ code: 'usage/missing-file' })
    writeFileSync(long, longEvents(900, 3001))
    expect(await problems()).toEqual([expect.stringMatching(/has changed since/)])
    await expect(again.client['import.resume']({ batchId })).rejects.toMatchObject({ code: 'import/file-changed' })
    expect((await again.client['import.pending']({})).batch).toMatchObject({ isReady: false })
    await expect(again.client['import.publish']({ batchId })).rejects.toMatchObject({ code: 'import/no-batch' })
    again.write('elsewhere/other.csv', 'x')
    const found = again.path('elsewhere/long.csv')
    copyFileSync(engine.path('kept.csv'), found)
    utimesSync(found, 5, 5)
    const staged = await again.client['import.resume']({ batchId, sources: [found] })
    expect(staged.files[3]).toMatchObject({ new: 900 })
    await again.close()
  })

  test('waits on where going on is cancelled', async () => {
    const { again } = await broken()
    const batchId = (await again.client['import.pending']({})).batch?.batchId ?? ''
    const { options } = watch(({ phase, done }, cancel) => {
      if (phase === 'Reading' && done > 0) cancel()
    })
    await expect(again.client['import.resume']({ batchId }, options)).rejects.toMatchObject({ code: 'run/cancelled' })
    expect((await again.client['import.pending']({})).batch).toMatchObject({ batchId, isReady: false })
    await again.client['import.resume']({ batchId })
    const { files } = await again.client['import.publish']({ batchId })
    expect(files.map(({ added }) => added)).toEqual([0, 1, 1, 900])
    await again.close()
    expect(leftovers({ ...again, path: () => again.path('crashed.pql') })).toEqual([])
  })

  test('is offered for files in archives too', async () => {
    const engine = await startProject()
    const archive = engine.write(
      'all.zip',
      zip([
        { name: 'a/users.csv', content: csv(USERS) },
        { name: 'b/events.csv', content: longEvents(900, 3000) },
      ]),
    )
    const path = await breakOff(engine, [archive], 'all.zip/b/events.csv')
    const again = startEngine({ folder: engine.folder, onEnd: () => undefined })
    await again.client['project.open']({ source: path })
    const batchId = (await again.client['import.pending']({})).batch?.batchId ?? ''
    await again.client['import.resume']({ batchId })
    await again.client['import.publish']({ batchId })
    expect(await seen(again)).toEqual(await seen(engine))
    await again.close()
  })
})

test('a staged batch outlives the window that staged it', async () => {
  const engine = await startProject()
  await importSmall(engine)
  const token = engine.write('june/users.csv', csv(JUNE))
  const staged = await engine.client['import.stage']({ sources: [token], mode: 'append' })
  await engine.client['project.close']({})
  utimesSync(token, 1, 1)
  await engine.client['project.open']({ source: engine.path('p.pql') })
  const { batch } = await engine.client['import.pending']({})
  expect(batch).toMatchObject({ batchId: staged.batchId, isReady: true, mode: 'append' })
  expect(await engine.client['import.resume']({ batchId: staged.batchId })).toEqual(staged)
  const { files } = await engine.client['import.publish']({ batchId: staged.batchId })
  expect(files).toMatchObject([{ added: 1, leftAlone: 1, mode: 'append' }])
})
