import { expect, test } from 'vitest'
import { startProject } from './support/engine.ts'

const DUMP = `{"users":[{"user_id":"u1","primary_email":"a@x.io"}],
"workspaces":[{"workspace_id":"w1","workspace_name":"One"},{"workspace_id":"w2","workspace_name":"Two"}]}`

test('lists of a document are told, each is imported by itself, and a mapping finds its list in the next file', async () => {
  const engine = await startProject()
  const { client } = engine
  const source = engine.write('dump.json', DUMP)
  const { files } = await client['import.inspect']({ sources: [source] })
  expect(files[0]).toMatchObject({
    table: null,
    lists: [
      { path: 'users', records: 1, line: 1 },
      { path: 'workspaces', records: 2, line: 2 },
    ],
  })
  const users = await client['import.run']({ sources: [source], options: { recordsAt: 'users' } })
  expect(users.files).toMatchObject([{ table: 'users', read: 1, loaded: 1 }])
  const chosen = await client['import.inspect']({ sources: [source], options: { recordsAt: 'workspaces' } })
  const mapping = chosen.files[0]?.mapping
  expect([chosen.files[0]?.recordsAt, mapping?.recordsAt]).toEqual(['workspaces', 'workspaces'])
  const mapped = await client['import.run']({
    sources: [source],
    ...(mapping === undefined ? {} : { mappings: [{ source, mapping }] }),
  })
  expect(mapped.files).toMatchObject([{ table: 'workspaces', read: 2, loaded: 2 }])
  const next = engine.write('next.json', DUMP.replaceAll('w1', 'w3'))
  const again = await client['import.run']({ sources: [next] })
  expect(again.files).toMatchObject([{ table: 'workspaces', read: 2, loaded: 2 }])
})
