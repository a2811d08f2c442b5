import { describe, expect, test } from 'vitest'
import { MOST_SKIPPED } from '../../../core/store/skipped-records.ts'
import { leftovers, startProject, type TestEngine } from './support/engine.ts'

const USERS = 'user_id,name,seniority,zodiac\nu1,Ada,manager,lion\nu2,Bob,,\nu1,Ada,director,\nu2,Bob,,\n'
const event = (id: string, name: string, day: number): string => `${id},${name},2026-05-0${day}T00:00:00Z,u1,w1\n`
const HEAD = 'event_id,event_name,timestamp,user_id,workspace_id\n'

test('rows of one id are opened before they count, each with the one that does', async () => {
  const engine = await startProject()
  const { files } = await engine.client['import.stage']({ sources: [engine.write('users.csv', USERS)] })
  const [file] = files
  expect(file).toMatchObject({ read: 4, new: 2, skipped: 2, repeated: 2, overruled: 1 })
  const rows = [
    {
      key: ['u1'],
      line: 2,
      present: { file: 'users.csv', line: 4 },
      cells: [
        { column: 'seniority', before: 'manager', after: 'director' },
        { column: 'zodiac', before: 'lion', after: null },
      ],
    },
    { key: ['u2'], line: 3, present: { file: 'users.csv', line: 5 }, cells: [] },
  ]
  expect(file?.samples.repeated).toEqual(rows)
  const ask = { importId: file?.importId ?? 0, kind: 'repeated' as const, limit: 1 }
  const first = await engine.client['import.diff']({ ...ask, after: 0 })
  expect(first.rows).toEqual(rows.slice(0, 1))
  const second = await engine.client['import.diff']({ ...ask, after: first.next ?? 0 })
  expect(second).toEqual({ rows: rows.slice(1), next: null })
})

test('rows that contradict the one that counts are found behind any number of others', async () => {
  const engine = await startProject()
  const alike = Array.from({ length: MOST_SKIPPED + 1 }, (_, i) => `a${i},Same\n`).join('')
  const text = `user_id,name\n${alike}${alike}b1,Before\nb1,After\n`
  const { files } = await engine.client['import.stage']({ sources: [engine.write('users.csv', text)] })
  expect(files[0]).toMatchObject({ repeated: MOST_SKIPPED + 2, overruled: 1 })
  expect(files[0]?.samples.repeated[0]).toMatchObject({ key: ['b1'], line: 2 * MOST_SKIPPED + 4 })
})

test('events that repeat another one, and those that differ from one of their id, name it wherever it is', async () => {
  const engine = await startProject()
  await engine.client['import.run']({
    sources: [engine.write('may.csv', HEAD + event('e1', 'login', 1) + event('e2', 'export', 2))],
  })
  const text =
    HEAD + event('e3', 'login', 3) + event('e1', 'login', 1) + event('e2', 'invite', 2) + event('e3', 'login', 3)
  const { files, batchId } = await engine.client['import.stage']({ sources: [engine.write('june.csv', text)] })
  expect(files).toMatchObject([{ new: 2, same: 1, skipped: 1, repeated: 2, differingCopies: 1, overruled: 0 }])
  expect(files[0]?.samples.repeated).toEqual([
    {
      key: ['e1'],
      line: 3,
      present: { file: 'may.csv', line: 2 },
      earlier: { importId: 1, importedAt: 1_780_000_000_000 },
      cells: [],
    },
    { key: ['e3'], line: 5, present: { file: 'june.csv', line: 2 }, cells: [] },
  ])
  expect(files[0]?.samples.differingCopies).toEqual([
    {
      key: ['e2'],
      line: 4,
      present: { file: 'may.csv', line: 3 },
      cells: [{ column: 'event_name', before: 'export', after: 'invite' }],
    },
  ])
  // The import says what its preview said.
  const [staged] = files
  const published = await engine.client['import.publish']({ batchId })
  const { new: added, same, skipped, held, read } = staged ?? {}
  expect(published.files).toMatchObject([{ read, added, same, skipped, held, loaded: 3 }])
})

test('an event without an id that is there already names no other, and nothing is kept once the batch is published', async () => {
  const engine = await startProject()
  const body = 'event_name,timestamp,user_id\nlogin,2026-05-01T00:00:00Z,u1\n'
  await engine.client['import.run']({ sources: [engine.write('a.csv', body)] })
  const again = `${body}login,2026-05-02T00:00:00Z,u1\n`
  const batch = await engine.client['import.stage']({ sources: [engine.write('b-events.csv', again)] })
  expect(batch.files).toMatchObject([
    { new: 1, repeated: 1, samples: { repeated: [{ key: [''], line: 2, present: null }] } },
  ])
  await engine.client['import.publish']({ batchId: batch.batchId })
  const importId = batch.files[0]?.importId ?? 0
  await expect(engine.client['import.diff']({ importId, kind: 'repeated', after: 0, limit: 5 })).rejects.toMatchObject({
    code: 'import/no-batch',
  })
})

test('what was skipped goes with a batch that is discarded, or read again', async () => {
  const engine = await startProject()
  const source = engine.write('users.csv', USERS)
  const batch = await engine.client['import.stage']({ sources: [source] })
  await engine.client['import.discard']({ batchId: batch.batchId })
  const { files } = await engine.client['import.stage']({ sources: [source] })
  expect(files).toMatchObject([{ repeated: 2, samples: { repeated: [{ line: 2 }, { line: 3 }] } }])
})

describe('no skipped record is left in the project', () => {
  const EVENTS = `${HEAD}${event('e1', 'login', 1)}${event('e1', 'login', 1)}`
  /** Stages rows of both kinds that are skipped. */
  const stage = async (engine: TestEngine): Promise<string> => {
    const sources = [engine.write('users.csv', USERS), engine.write('events.csv', EVENTS)]
    const { batchId, files } = await engine.client['import.stage']({ sources })
    expect(files.map(({ samples }) => samples.repeated.length)).toEqual([2, 1])
    return batchId
  }

  test.each(['import.publish', 'import.discard'] as const)('after %s', async method => {
    const engine = await startProject()
    const batchId = await stage(engine)
    await engine.client[method]({ batchId })
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })
})
