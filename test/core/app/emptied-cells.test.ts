import { describe, expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'

const USERS = 'user_id,primary_email,name,job_title\nu1,a@x.io,Ann,CTO\nu2,b@x.io,Bo,CFO\n'

/** Calls of an events file, each with a text that makes the file as long as it is to be. */
const calls = (padding: number): string =>
  Array.from({ length: 40 }, (_, i) =>
    JSON.stringify({
      uuid: `e${i}`,
      event: 'report_run',
      distinct_id: `u${(i % 2) + 1}`,
      timestamp: '2026-05-01T10:00:00Z',
      properties: { $session_id: 's', note: 'x'.repeat(padding) },
      person_properties: { email: i % 2 === 0 ? 'a@x.io' : 'b@x.io' },
    }),
  ).join('\n')

async function namesAfter(engine: TestEngine, file: string, content: string) {
  const { client } = engine
  await client['import.run']({ sources: [engine.write('users.csv', USERS)] })
  const batch = await client['import.stage']({ sources: [engine.write(file, content)] })
  await client['import.publish']({ batchId: batch.batchId })
  const again = await client['import.stage']({
    sources: [engine.write('back.csv', USERS.replaceAll('\n', '\r\n'))],
  })
  const back = again.files.find(({ table }) => table === 'users')
  return { emptied: batch.files.flatMap(({ table, emptied }) => emptied.map(each => ({ table, ...each }))), back }
}

describe('a publish empties only what the file states', () => {
  test.each([
    { why: 'people of a short events file', file: 'posthog.jsonl', content: calls(10) },
    { why: 'people of an events file longer than its head', file: 'posthog.jsonl', content: calls(40_000) },
    {
      why: 'keys of JSON that say nothing',
      file: 'users.json',
      content:
        '[{"user_id":"u1","primary_email":"a@x.io","name":null,"job_title":""},{"user_id":"u2","primary_email":"b@x.io"}]',
    },
    { why: 'a column that is not there', file: 'users.csv', content: 'user_id,primary_email\nu1,a@x.io\nu2,b@x.io\n' },
  ])('left as it is: $why', async ({ file, content }) => {
    const { emptied, back } = await namesAfter(await startProject(), file, content)
    expect(emptied).toEqual([])
    expect(back).toMatchObject({ changed: 0, same: 2 })
  })

  test.each([
    {
      why: 'a header over blank cells',
      file: 'users.csv',
      content: 'user_id,primary_email,name,job_title\nu1,a@x.io,,CTO\nu2,b@x.io,,CFO\n',
      rows: 2,
    },
    {
      why: 'a key of JSON that another record fills',
      file: 'users.json',
      content: '[{"user_id":"u1","primary_email":"a@x.io","name":"Ann"},{"user_id":"u2","primary_email":"b@x.io"}]',
      rows: 1,
    },
  ])('emptied, and told before: $why', async ({ file, content, rows }) => {
    const { emptied, back } = await namesAfter(await startProject(), file, content)
    expect(emptied).toEqual([{ table: 'users', column: 'name', rows }])
    expect(back).toMatchObject({ changed: rows, same: 2 - rows })
  })
})

test('another list of a document is judged anew, though a mapping is remembered for the first', async () => {
  const engine = await startProject()
  const { client } = engine
  const source = engine.write(
    'dump.json',
    JSON.stringify({
      workspaces: [{ workspace_id: 'w1', workspace_name: 'One', plan_tier: 'pro' }],
      memberships: [{ user_id: 'u1', workspace_id: 'w1', role: 'admin' }],
    }),
  )
  const planOf = async (recordsAt: string) => {
    const { files } = await client['import.inspect']({ sources: [source], options: { recordsAt } })
    return files[0]
  }
  const mapping = (await planOf('workspaces'))?.mapping
  expect(mapping).toBeDefined()
  await client['import.run']({ sources: [source], mappings: mapping === undefined ? [] : [{ source, mapping }] })
  expect(await planOf('memberships')).toMatchObject({ table: 'memberships', recordsAt: 'memberships' })
  expect(await planOf('workspaces')).toMatchObject({ table: 'workspaces', recognition: { by: 'mapping' } })
  const other = engine.write('roles.json', '[{"user_id":"u1","workspace_id":"w1","role":"admin"}]')
  const { files } = await client['import.inspect']({ sources: [other] })
  expect(files[0]).toMatchObject({ table: 'memberships' })
})
