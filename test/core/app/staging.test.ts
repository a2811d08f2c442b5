import { utimesSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cancelAt, leftovers, startProject, stateOf, type TestEngine, watch, withFile } from './support/engine.ts'
import { csv, EVENTS, event, importSmall, LAST_DAY, longEvents, TABLES, USERS } from './support/exports.ts'

const JUNE = [{ ...USERS[0], name: 'Ada L.' }, ...USERS.slice(1, 3), { ...USERS[0], user_id: 'u9', name: 'New' }]
const later = (record: (typeof EVENTS)[number]) => ({ ...record, timestamp: '2026-05-30T00:00:00.000Z' })
const [FIRST] = EVENTS
if (FIRST === undefined) throw new Error('there are events')

/** The small export imported, and a newer one of users and events staged. */
async function stageJune(engine: TestEngine, mode: 'upsert' | 'append' | 'replace' = 'upsert') {
  await importSmall(engine)
  const users = engine.write('june/users.csv', csv(JUNE))
  const events = engine.write(
    'june/events.csv',
    csv([...EVENTS, later(FIRST as (typeof EVENTS)[number]), event(900, 'login', ['w9', 'u9'], LAST_DAY)]),
  )
  return await engine.client['import.stage']({ sources: [users, events], mode })
}

const namesOf = async (engine: TestEngine): Promise<unknown> => {
  const records = await Promise.all(
    ['u1', 'u9', 'ü,4'].map(key => engine.client['project.record']({ table: 'users', key: [key] })),
  )
  return records.map(record => record?.fields.find(({ name }) => name === 'name')?.value ?? null)
}

describe('staging', () => {
  test('says per file what is new, changed, same and missing, and publishes nothing', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const before = await stateOf(engine.client)
    const engineAgain = await startProject()
    const batch = await stageJune(engineAgain)
    expect(batch.files).toMatchObject([
      {
        file: 'users.csv',
        table: 'users',
        read: 4,
        new: 1,
        changed: 1,
        same: 2,
        missing: 1,
        held: 0,
        skipped: 0,
        alreadyImported: false,
        modes: ['upsert', 'append', 'replace'],
      },
      { table: 'events', read: 83, new: 2, changed: 0, same: 81, missing: 0, differingCopies: 1, modes: ['append'] },
    ])
    const samples = batch.files[0]?.samples
    expect(samples?.changed).toEqual([
      {
        key: ['u1'],
        line: 2,
        present: { file: 'users.csv', line: 2 },
        cells: [{ column: 'name', before: 'Ada', after: 'Ada L.' }],
      },
    ])
    expect(samples?.new).toMatchObject([{ key: ['u9'], line: 5, present: null }])
    expect(samples?.missing).toMatchObject([{ key: ['ü,4'], line: null, present: { file: 'users.csv', line: 5 } }])
    expect(batch.files[1]?.samples.new.map(({ key }) => key)).toEqual(expect.arrayContaining([['e1'], ['e900']]))
    const { imports: _own, ...state } = await stateOf(engineAgain.client)
    const { imports: _other, ...expected } = before
    expect(state).toEqual({ ...expected, summary: { ...expected.summary, project: state.summary.project } })
    expect((await engineAgain.client['import.list']({})).imports).toHaveLength(6)
  })

  test('pages go on where the one before ended', async () => {
    const engine = await startProject()
    const token = engine.write('users.csv', csv(Array.from({ length: 5 }, (_, i) => ({ user_id: `u${i}`, name: 'n' }))))
    const many = engine.write('events.csv', csv(EVENTS))
    const { files } = await engine.client['import.stage']({ sources: [token, many] })
    for (const { importId, new: count } of files) {
      const keys: string[] = []
      for (let after: number | null = 0; after !== null; ) {
        const page: Awaited<ReturnType<(typeof engine.client)['import.diff']>> = await engine.client['import.diff']({
          importId,
          kind: 'new',
          after,
          limit: 2,
        })
        keys.push(...page.rows.map(({ key }) => key.join()))
        after = page.next
      }
      expect([new Set(keys).size, keys.length]).toEqual([count, count])
    }
    await expect(engine.client['import.diff']({ importId: 99, kind: 'new', after: 0, limit: 2 })).rejects.toMatchObject(
      { code: 'import/no-batch' },
    )
  })

  test('a batch is published as it was shown, once', async () => {
    const engine = await startProject()
    const { batchId } = await stageJune(engine)
    const { files } = await engine.client['import.publish']({ batchId })
    expect(files).toMatchObject([
      { added: 1, changed: 1, same: 2, removed: 0, mode: 'upsert' },
      { added: 2, mode: 'append', differingCopies: 1 },
    ])
    expect(await namesOf(engine)).toEqual(['Ada L.', 'New', 'Dee'])
    await expect(engine.client['import.publish']({ batchId })).rejects.toMatchObject({ code: 'import/no-batch' })
    expect(await engine.client['import.pending']({})).toEqual({ batch: null })
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })

  test('a discarded batch was never there, also for the events of the next import', async () => {
    const engine = await startProject()
    const { batchId } = await stageJune(engine)
    const before = await stateOf(engine.client)
    expect(await engine.client['import.discard']({ batchId })).toEqual({ wasThere: true })
    expect(await engine.client['import.discard']({ batchId })).toEqual({ wasThere: false })
    expect((await stateOf(engine.client)).summary).toEqual(before.summary)
    const { files } = await engine.client['import.run']({ sources: [engine.path('june/events.csv')] })
    expect(files).toMatchObject([{ added: 2 }])
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })

  test('one batch waits at a time; undo waits for its decision', async () => {
    const engine = await startProject()
    const first = await stageJune(engine)
    const { imports } = await engine.client['import.list']({})
    expect(imports.map(({ undoRefusal }) => undoRefusal)).toEqual(imports.map(() => expect.stringMatching(/waits/)))
    const second = await engine.client['import.stage']({ sources: [engine.path('june/users.csv')] })
    expect(second.files).toMatchObject([{ new: 1, changed: 1 }])
    await expect(engine.client['import.publish']({ batchId: first.batchId })).rejects.toMatchObject({
      code: 'import/no-batch',
    })
    const run = await engine.client['import.run']({ sources: [engine.path('june/events.csv')] })
    expect(run.files).toMatchObject([{ added: 2 }])
    expect(await engine.client['import.pending']({})).toEqual({ batch: null })
  })

  test('a file that was imported before has nothing to publish', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const { batchId, files } = await engine.client['import.stage']({ sources: [engine.path('users.csv')] })
    expect(files).toMatchObject([{ alreadyImported: true, new: 0, changed: 0, same: 4, missing: 0, modes: [] }])
    const published = await engine.client['import.publish']({ batchId })
    expect(published.files).toMatchObject([{ alreadyImported: true, same: 4 }])
  })
})

describe('modes', () => {
  test('append adds new rows and leaves known ones alone, and counts them', async () => {
    const engine = await startProject()
    const { batchId, files } = await stageJune(engine)
    const importId = files[0]?.importId ?? 0
    const published = await engine.client['import.publish']({ batchId, modes: [{ importId, mode: 'append' }] })
    expect(published.files[0]).toMatchObject({
      read: 4,
      added: 1,
      changed: 0,
      same: 2,
      leftAlone: 1,
      skipped: 1,
      loaded: 3,
    })
    expect(await namesOf(engine)).toEqual(['Ada', 'New', 'Dee'])
  })

  test('replace takes rows away that the file does not have, and undo brings them back', async () => {
    const engine = await startProject()
    const { batchId, files } = await stageJune(engine, 'replace')
    const before = await namesOf(engine)
    const published = await engine.client['import.publish']({ batchId })
    expect(published.files[0]).toMatchObject({ added: 1, changed: 1, same: 2, removed: 1, mode: 'replace' })
    expect(published.files[1]).toMatchObject({ added: 2, removed: 0, mode: 'append' })
    expect(await namesOf(engine)).toEqual(['Ada L.', 'New', null])
    expect(await engine.client['import.undo']({ importId: files[0]?.importId ?? 0 })).toMatchObject({
      table: 'users',
      takenOut: 1,
      changedBack: 1,
      broughtBack: 1,
    })
    expect(await namesOf(engine)).toEqual(before)
  })

  test('replace counts all that a file feeds, also one that was imported before', async () => {
    const engine = await startProject()
    const sources = [
      engine.write('accounts.csv', csv([{ account_id: 'a1', name: 'Acme', primary_domain: 'acme.com' }])),
      engine.write(
        'customers.csv',
        'id,Description,Email,Name,Created (UTC),Delinquent,workspace_id (metadata)\ncus_1,,a@acme.com,Acme,2026-01-05 09:58,false,w1\n',
      ),
    ]
    await engine.client['import.run']({ sources })
    const { batchId, files } = await engine.client['import.stage']({ sources, mode: 'replace' })
    expect(files.map(({ table, same, missing }) => [table, same, missing])).toEqual([
      ['accounts', 1, 0],
      ['workspaces', 1, 0],
      ['accounts', 1, 0],
    ])
    await engine.client['import.publish']({ batchId })
    expect(await engine.client['project.record']({ table: 'accounts', key: ['cus_1'] })).not.toBeNull()
  })

  test('beside a file that was imported before, and is not read, no row is missing', async () => {
    const engine = await startProject()
    const known = engine.write('one.csv', csv([{ user_id: 'u1', name: 'Ada' }]))
    const two = engine.write('two.csv', csv([{ user_id: 'u2', name: 'Bo' }]))
    await engine.client['import.run']({ sources: [known, two] })
    const changed = engine.write('three.csv', csv([{ user_id: 'u2', name: 'Bea' }]))
    const { batchId, files } = await engine.client['import.stage']({ sources: [known, changed] })
    expect(files).toMatchObject([
      { file: 'one.csv', alreadyImported: true },
      { file: 'three.csv', alreadyImported: false, same: 0, changed: 1, missing: 0 },
    ])
    const modes = files.slice(1).map(({ importId }) => ({ importId, mode: 'replace' as const }))
    const published = await engine.client['import.publish']({ batchId, modes })
    expect(published.files.map(({ removed }) => removed)).toEqual([0, 0])
    expect(await engine.client['project.record']({ table: 'users', key: ['u1'] })).not.toBeNull()
  })

  test('a file that was imported before can still be made the whole of its table', async () => {
    const engine = await startProject()
    await importSmall(engine)
    await engine.client['import.run']({ sources: [engine.write('more.csv', csv([{ user_id: 'u9', name: 'New' }]))] })
    const { files } = await engine.client['import.run']({ sources: [engine.path('users.csv')], mode: 'replace' })
    expect(files).toMatchObject([{ alreadyImported: false, same: 4, removed: 1 }])
    expect(await namesOf(engine)).toEqual(['Ada', null, 'Dee'])
  })

  test.each([
    { why: 'it was no more than a part of the key', rows: 'ü,soon', spared: 0 },
    { why: 'a held row names the key, quoted', rows: '"ü,4",soon', spared: 1 },
    { why: 'the key stands elsewhere in the row', rows: 'x,"soon ü,4"', spared: 0 },
  ])('rows that held rows may be about stay: $why', async ({ rows, spared }) => {
    const engine = await startProject()
    await importSmall(engine)
    const whole = USERS.slice(0, 3).map(({ user_id }) => ({ user_id, created_at: '2026-01-01' }))
    const token = engine.write('users-now.csv', `${csv(whole)}${rows}\n`)
    const { batchId, files } = await engine.client['import.stage']({ sources: [token], mode: 'replace' })
    expect(files).toMatchObject([{ spared, missing: 1 - spared }])
    const published = await engine.client['import.publish']({ batchId })
    expect(published.files).toMatchObject([{ removed: 1 - spared }])
  })

  test('several files together are the whole of their table', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const parts = [USERS.slice(0, 1), [USERS[3], { ...USERS[0], user_id: 'u9' }]].map((rows, i) =>
      engine.write(`users-${i}.csv`, csv(rows.flatMap(each => each ?? []))),
    )
    const { files } = await engine.client['import.run']({ sources: parts, mode: 'replace' })
    expect(files).toMatchObject([{ removed: 2 }, { removed: 0, added: 1 }])
    expect((await engine.client['project.summary']({})).rowsPerTable['users']).toBe(3)
  })

  test('a mode that makes no sense for a file is refused, and the batch waits on', async () => {
    const engine = await startProject()
    const { batchId, files } = await stageJune(engine)
    for (const importId of [files[1]?.importId ?? 0, 999])
      await expect(
        engine.client['import.publish']({ batchId, modes: [{ importId, mode: 'replace' }] }),
      ).rejects.toMatchObject({ code: 'usage/bad-argument' })
    expect((await engine.client['import.pending']({})).batch).toMatchObject({ batchId, isReady: true })
  })
})

describe('a cancel', () => {
  const phases = ['Looking', 'Checking', 'Reading', 'Comparing']
  test.each(phases)('of staging at %s leaves nothing', async phase => {
    const engine = await startProject()
    await importSmall(engine)
    const before = await stateOf(engine.client)
    const sources = [
      engine.write('again/users.csv', csv(USERS)),
      engine.write('new/users.csv', csv(JUNE)),
      engine.write('long.csv', longEvents(400, 3000)),
    ]
    const { options, seen } = cancelAt(phase)
    await expect(engine.client['import.stage']({ sources }, options)).rejects.toMatchObject({ code: 'run/cancelled' })
    expect(seen.at(-1)?.phase).toBe(phase)
    expect(await stateOf(engine.client)).toEqual(before)
    expect(await engine.client['import.pending']({})).toEqual({ batch: null })
    expect((await engine.client['import.run']({ sources })).files).toHaveLength(3)
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })

  test('of publishing leaves the batch waiting, of an undo the import standing', async () => {
    const engine = await startProject()
    const { batchId, files } = await stageJune(engine)
    await expect(engine.client['import.publish']({ batchId }, cancelAt('Publishing').options)).rejects.toMatchObject({
      code: 'run/cancelled',
    })
    expect((await engine.client['import.pending']({})).batch).toMatchObject({ batchId, isReady: true })
    await engine.client['import.publish']({ batchId })
    const before = await stateOf(engine.client)
    const importId = files[0]?.importId ?? 0
    await expect(engine.client['import.undo']({ importId }, cancelAt('Undoing').options)).rejects.toMatchObject({
      code: 'run/cancelled',
    })
    expect(await stateOf(engine.client)).toEqual(before)
  })
})

test('a file that is written anew between two readings of it is noticed, whatever its time says', async () => {
  const engine = await startProject()
  await importSmall(engine)
  const before = await stateOf(engine.client)
  const long = (last: string): string => longEvents(600, 3000).replace('2026-05-31T00:00:00.000Z', last)
  const token = engine.write('events.csv', long('2026-05-31T00:00:00.000Z'))
  await engine.client['import.run']({ sources: [token] })
  const time = new Date(LAST_DAY)
  utimesSync(token, time, time)
  // Of the length of a file that is there, so its hash is made before it is read.
  const changing = engine.write('events.csv', long('2026-05-30T00:00:00.000Z'))
  utimesSync(changing, time, time)
  const { options } = watch(({ phase, done, total }) => {
    if (phase !== 'Checking' || done !== total) return
    engine.write('events.csv', long('2026-05-29T00:00:00.000Z'))
    utimesSync(changing, time, time)
  })
  await expect(engine.client['import.run']({ sources: [changing] }, options)).rejects.toMatchObject({
    code: 'import/file-changed',
  })
  expect((await stateOf(engine.client)).summary.events).toBe(before.summary.events + 600)
})

test('the counts of every table are those of its rows after imports and undos', async () => {
  const engine = await startProject()
  const { batchId } = await stageJune(engine, 'replace')
  await engine.client['import.publish']({ batchId })
  const { imports } = await engine.client['import.list']({})
  for (const { importId } of imports) await engine.client['import.undo']({ importId })
  const { rowsPerTable, events, files } = await engine.client['project.summary']({})
  expect([new Set(Object.values(rowsPerTable)), events, files]).toEqual([new Set([0]), 0, 0])
  expect((await engine.client['import.list']({})).imports).toHaveLength(Object.keys(TABLES).length + 2)
  await engine.close()
  withFile(engine, ({ db }) => {
    for (const table of [
      'users',
      'row_version',
      'held_row',
      'event_segment',
      'event_part',
      'event_dictionary',
      'event_copy',
    ])
      expect([table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0])
    expect(db.pragma('foreign_key_check')).toEqual([])
  })
})
