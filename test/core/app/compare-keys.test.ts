import { expect, test } from 'vitest'
import { startProject, watch } from './support/engine.ts'
import { zip } from './support/zip.ts'

const ids = [1, 2, 3, 4, 5]
const USERS = `id,name,external_id\n${ids.map(n => `${n},N${n},u${n}`).join('\n')}\n`
const EVENTS = `event_name,timestamp,user_id\n${ids.map(n => `login,2026-05-0${n}T00:00:00Z,u${n}`).join('\n')}\n`
const BY_EXTERNAL = {
  source: 'Users',
  tables: [{ table: 'users' as const, fields: [{ field: 'user_id', from: ['external_id'] }] }],
}
const BY_ID = { source: 'Users', tables: [{ table: 'users' as const, fields: [{ field: 'user_id', from: ['id'] }] }] }
const DOUBT = {
  table: 'users',
  field: 'user_id',
  headers: ['id'],
  other: 'external_id',
  files: [{ column: 'user_id', ids: 5, isAll: true, inKey: 0, inOther: 5 }],
}

test('a key that the other files do not refer to is asked about, and an import says so in a note', async () => {
  const engine = await startProject()
  const sources = [engine.write('users.csv', USERS), engine.write('events.csv', EVENTS)]
  const { doubts } = await engine.client['import.compareKeys']({ sources })
  expect(doubts).toMatchObject([{ source: sources[0], ...DOUBT }])
  const { files } = await engine.client['import.run']({ sources })
  expect(files[0]?.warnings).toContainEqual(expect.stringContaining('5 of 5 different user_id in events.csv'))
  expect(await engine.client['project.record']({ table: 'users', key: ['1'] })).not.toBeNull()
})

test('a mapping that is offered or remembered is an answer; one of a file itself is compared as it stands', async () => {
  const engine = await startProject()
  const [users, events] = [engine.write('users.csv', USERS), engine.write('events.csv', EVENTS)]
  const compare = async (
    mappings: NonNullable<Parameters<(typeof engine.client)['import.compareKeys']>[0]['mappings']>,
  ) => (await engine.client['import.compareKeys']({ sources: [users, events], mappings })).doubts
  expect(await compare([{ mapping: BY_ID }])).toEqual([])
  expect(await compare([{ source: users, mapping: BY_EXTERNAL }])).toEqual([])
  expect(await compare([{ source: users, mapping: BY_ID }])).toMatchObject([DOUBT])
  const { files } = await engine.client['import.run']({
    sources: [users, events],
    mappings: [{ source: users, mapping: BY_ID }],
  })
  expect(files[0]?.warnings.join()).not.toContain('external_id')
  expect(await compare([])).toEqual([])
})

test('what the project holds refers to the file as well', async () => {
  const engine = await startProject()
  const members = `user_id,workspace_id\n${ids.map(n => `u${n},w1`).join('\n')}\n`
  await engine.client['import.run']({
    sources: [engine.write('events.csv', EVENTS), engine.write('memberships.csv', members)],
  })
  const { doubts } = await engine.client['import.compareKeys']({ sources: [engine.write('users.csv', USERS)] })
  expect(doubts).toMatchObject([
    {
      files: [
        { file: 'the events of the project', inOther: 5 },
        { file: 'the memberships of the project', inOther: 5 },
      ],
    },
  ])
})

test('files of an archive are compared but for those left out, and what cannot be read is passed over', async () => {
  const engine = await startProject()
  const archive = engine.write(
    'all.zip',
    zip([
      { name: 'users.csv', content: USERS },
      { name: 'events.csv', content: EVENTS },
    ]),
  )
  const broken = engine.write('memberships.json', '[{"user_id":"u1","workspace_id":"w"} {]')
  const sources = [archive, broken]
  const { doubts } = await engine.client['import.compareKeys']({ sources })
  expect(doubts).toMatchObject([{ source: archive, entry: 'users.csv', ...DOUBT }])
  const leaveOut = [{ source: archive, entry: 'events.csv' }]
  expect(await engine.client['import.compareKeys']({ sources, leaveOut })).toEqual({ doubts: [] })
})

const phasesOf = async (call: (options: ReturnType<typeof watch>['options']) => Promise<unknown>) => {
  const { options, seen } = watch()
  await call(options)
  return new Set(seen.map(({ phase }) => phase))
}

test('where the first records leave nothing open, no file is read for it', async () => {
  const engine = await startProject()
  const other = engine.write('users.csv', USERS.replaceAll(/^(\d)/gm, 'u$1'))
  const sources = [other.replace('users.csv', 'plain-users.csv'), engine.write('events.csv', EVENTS)]
  engine.write('plain-users.csv', `id,name,email\n${ids.map(n => `u${n},N${n},p${n}@x.example`).join('\n')}\n`)
  const compare = async (files: readonly string[]) =>
    await phasesOf(async options => await engine.client['import.compareKeys']({ sources: [...files] }, options))
  expect(await compare(sources)).not.toContain('Comparing ids')
  // Both columns look like the ids.
  expect(await compare([other, ...sources.slice(1)])).toContain('Comparing ids')
})

test('files that were imported before, as they are, are not compared again', async () => {
  const engine = await startProject()
  const sources = [engine.write('users.csv', USERS), engine.write('events.csv', EVENTS)]
  const run = async () => await phasesOf(async options => await engine.client['import.run']({ sources }, options))
  expect(await run()).toContain('Comparing ids')
  expect(await run()).not.toContain('Comparing ids')
  const { files } = await engine.client['import.run']({ sources })
  expect(files.map(({ alreadyImported }) => alreadyImported)).toEqual([true, true])
})

test('a file beside one that refers to it and was imported before is compared with the project', async () => {
  const engine = await startProject()
  const events = engine.write('events.csv', EVENTS)
  await engine.client['import.run']({ sources: [events] })
  const { files } = await engine.client['import.run']({ sources: [engine.write('users.csv', USERS), events] })
  expect(files[0]?.warnings.join()).toContain('in the events of the project are in "external_id"')
})

const WORKSPACES = `workspace_id,workspace_name\n${ids.map(n => `w${n},W${n}`).join('\n')}\n`
const peopleOf = (prefix: string): string =>
  `user_id,name,organization_id\n${ids.map(n => `p${n},N${n},${prefix}${n}`).join('\n')}\n`
const STRANGERS = {
  table: 'users',
  field: 'workspace_id',
  headers: ['organization_id'],
  other: null,
  files: [{ file: 'workspaces.csv', column: 'organization_id', ids: 5, isAll: true, inKey: 0, inOther: 0 }],
  isSplit: false,
}

test('a column of organisations that are no workspaces is asked about, and an import says so in a note', async () => {
  const engine = await startProject()
  const people = engine.write('users.csv', peopleOf('77'))
  const sources = [people, engine.write('workspaces.csv', WORKSPACES)]
  const { doubts } = await engine.client['import.compareKeys']({ sources })
  expect(doubts).toMatchObject([{ source: people, ...STRANGERS }])
  const { files } = await engine.client['import.run']({ sources })
  expect(files[0]?.warnings).toContainEqual(
    expect.stringContaining('0 of 5 different organization_id are in workspaces.csv'),
  )
})

test('the workspaces of the project are known as well', async () => {
  const engine = await startProject()
  await engine.client['import.run']({ sources: [engine.write('workspaces.csv', WORKSPACES)] })
  const compare = async (text: string) =>
    (await engine.client['import.compareKeys']({ sources: [engine.write('users.csv', text)] })).doubts
  expect(await compare(peopleOf('77'))).toMatchObject([{ files: [{ file: 'the workspaces of the project', ids: 5 }] }])
  expect(await compare(peopleOf('w'))).toEqual([])
})

test('the key of users and the column of organisations are both asked about', async () => {
  const engine = await startProject()
  const text = `id,name,external_id,organization_id\n${ids.map(n => `${n},N${n},u${n},77${n}`).join('\n')}\n`
  const sources = [
    engine.write('users.csv', text),
    engine.write('events.csv', EVENTS),
    engine.write('workspaces.csv', WORKSPACES),
  ]
  const { doubts } = await engine.client['import.compareKeys']({ sources })
  expect(doubts).toMatchObject([DOUBT, STRANGERS])
  const mapping = {
    source: 'users.csv',
    tables: [
      {
        table: 'users' as const,
        fields: [
          { field: 'user_id', from: ['external_id'] },
          { field: 'workspace_id', from: ['organization_id'] },
        ],
      },
    ],
  }
  const mappings = [{ source: sources[0] ?? '', mapping }]
  expect((await engine.client['import.compareKeys']({ sources, mappings })).doubts).toMatchObject([STRANGERS])
})

test.each([
  { why: 'one of its values is a workspace', users: peopleOf('77').replace('773', 'w3') },
  { why: 'it has too few values to tell', users: peopleOf('77').split('\n').slice(0, 3).join('\n') },
  { why: 'it is called workspace_id', users: peopleOf('77').replace('organization_id', 'Workspace ID') },
  { why: 'too few workspaces are known', workspaces: WORKSPACES.split('\n').slice(0, 3).join('\n') },
  {
    why: 'the workspaces have its values in another column, which is asked about',
    workspaces: `workspace_id,workspace_name,crm\n${ids.map(n => `w${n},W${n},77${n}`).join('\n')}\n`,
    asked: ['workspaces'],
  },
])('a column of organisations is not asked about where $why', async ({ users, workspaces, asked = [] }) => {
  const engine = await startProject()
  const sources = [
    engine.write('users.csv', users ?? peopleOf('77')),
    engine.write('workspaces.csv', workspaces ?? WORKSPACES),
  ]
  const { doubts } = await engine.client['import.compareKeys']({ sources })
  expect(doubts.map(({ table }) => table)).toEqual(asked)
})

test('a workspace far down in its file, or first met far down, is found', async () => {
  const engine = await startProject()
  const many = Array.from({ length: 9000 }, (_, n) => `p${n},N${n},77${n}`).join('\n')
  const known = Array.from({ length: 9000 }, (_, n) => `w${n},W${n}`).join('\n')
  const compare = async (last: string) => {
    const users = engine.write('users.csv', `user_id,name,organization_id\n${many}\n${last}\n`)
    const workspaces = engine.write('workspaces.csv', `workspace_id,workspace_name\n${known}\n`)
    return (await engine.client['import.compareKeys']({ sources: [users, workspaces] })).doubts
  }
  expect(await compare('p,N,w8999')).toEqual([])
  expect(await compare('p,N,other')).toMatchObject([{ files: [{ ids: 9001 }] }])
})
