import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { zip } from '../core/app/support/zip.ts'
import { folderOf, pqlHere } from './support/pql.ts'

const IMPORT = ['import', '--project', 'p.pql'] as const

describe('files of an archive that are not read', () => {
  const folderWithArchive = (): string => {
    const folder = folderOf()
    const users = { name: 'users.csv', content: 'user_id,name\nu1,Ada\n' }
    const inner = { name: 'in.zip', content: zip([{ name: 'workspaces.csv', content: 'workspace_id\nw1\n' }]) }
    const workspaces = { name: 'workspaces.csv', content: 'workspace_id\nw1\n' }
    const events = {
      name: 'events.csv',
      content: 'event_name,timestamp,user_id,workspace_id\nlogin,2026-05-01T00:00:00Z,u1,w1\n',
    }
    const entries = [users, inner, workspaces, events, { name: 'readme.txt', content: 'Read me first.\n' }]
    writeFileSync(join(folder, 'all.zip'), zip(entries))
    return folder
  }

  test.each([
    ['by an import', [...IMPORT, 'all.zip']],
    ['before anything is written', [...IMPORT, 'all.zip', '--dry-run']],
    ['by a run', ['run', 'all.zip', '--project', 'p.pql', '--out', 'out']],
  ])('are told %s, each with its reason', async (_, args) => {
    const { code, stdout, stderr } = await pqlHere(args, folderWithArchive())
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/\nNot read:\n(?: {2}.*\n)* {2}all\.zip\/in\.zip: .*archive inside an archive/)
    expect(stdout).toMatch(/\n {2}all\.zip\/readme\.txt: No column belongs to a known table/)
  })

  test('are not told of where every file was read', async () => {
    const folder = folderOf({ 'users.csv': 'user_id,name\nu1,Ada\n' })
    const { stdout } = await pqlHere([...IMPORT, 'users.csv'], folder)
    expect(stdout).not.toContain('Not read')
  })
})

describe('events whose id is that of another event', () => {
  const HEAD = 'event_id,event_name,timestamp,user_id\n'
  const FIRST = `${HEAD}e1,login,2026-05-01T00:00:00Z,u1\ne1,login,2026-05-02T00:00:00Z,u1\ne2,login,2026-05-03T00:00:00Z,u1\n`

  test('and which say otherwise are counted by the import, in the file and against those before', async () => {
    const folder = folderOf({
      'events_1.csv': FIRST,
      'events_2.csv': `${HEAD}e1,export,2026-05-01T00:00:00Z,u1\ne2,export,2026-05-03T00:00:00Z,u1\n`,
    })
    const first = await pqlHere([...IMPORT, 'events_1.csv'], folder)
    expect(first.stdout).toContain(
      'events_1.csv: 1 event has the id of another one and says otherwise: both are kept, the earliest copy counts (event_copy of pql health)',
    )
    const second = await pqlHere([...IMPORT, 'events_2.csv'], folder)
    expect(second.stdout).toContain('events_2.csv: 2 events have the id of another one and say otherwise')
    const again = await pqlHere([...IMPORT, 'events_2.csv'], folder)
    expect(again.stdout).not.toContain('id of another')
  })

  test('are none that come again where the file was imported before', async () => {
    const folder = folderOf({ 'events.csv': FIRST })
    await pqlHere([...IMPORT, 'events.csv'], folder)
    const tried = await pqlHere([...IMPORT, 'events.csv', '--dry-run'], folder)
    expect(tried.code, tried.stderr).toBe(0)
    expect(tried.stdout).not.toContain('comes again')
    expect(tried.stdout).not.toContain('more record')
  })
})
