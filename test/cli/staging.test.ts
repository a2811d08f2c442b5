import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesText } from '../../cli/staging.ts'
import { zip } from '../core/app/support/zip.ts'
import { EXPORT } from './support/exports.ts'
import { BIN, folderOf, pqlHere, put, REPOSITORY, treeOf } from './support/pql.ts'

const JUNE = {
  'june/users.csv': `user_id,primary_email,seniority
u1,ada@acme.com,director
u9,new@acme.com,
`,
}
const IMPORT = ['import', '--project', 'p.pql'] as const

async function projectOf(): Promise<string> {
  const folder = folderOf({ ...EXPORT, ...JUNE })
  const { code, stderr } = await pqlHere([...IMPORT, 'in'], folder)
  expect(code, stderr).toBe(0)
  return folder
}

const info = async (folder: string) => JSON.parse((await pqlHere(['info', 'p.pql', '--json'], folder)).stdout)
const usersIn = async (folder: string): Promise<number> => (await info(folder)).summary.rowsPerTable.users

describe('pql import --dry-run', () => {
  test('prints what would change and changes nothing', async () => {
    const folder = await projectOf()
    const before = await info(folder)
    const { code, stdout, stderr } = await pqlHere([...IMPORT, 'june', '--dry-run'], folder)
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/users\.csv +users +2 +1 +1 +0 +1 +0 +0/)
    expect(stdout).toContain('u1: seniority "manager" -> "director"')
    expect(stdout).toMatch(/they stay; --mode replace would take them away[^\n]*\n {2}users: u2/)
    expect(stdout).toContain('Nothing was written.')
    expect(await info(folder)).toEqual(before)
  })

  test('lists the records whose id comes again, each with the one that counts', async () => {
    const folder = folderOf({
      'users.csv': 'user_id,name\nu1,Ada\nu1,Eve\nu1,Ada\n',
      'events.csv':
        'event_id,event_name,timestamp,user_id\n' +
        ['login', 'login', 'export'].map(name => `e1,${name},2026-05-01T00:00:00Z,u1\n`).join(''),
    })
    const { code, stdout, stderr } = await pqlHere([...IMPORT, 'users.csv', 'events.csv', '--dry-run'], folder)
    expect(code, stderr).toBe(0)
    for (const part of [
      'users.csv, line 2: u1 is skipped: users.csv, line 4 counts and says the same',
      'users.csv, line 3: u1 is skipped: users.csv, line 4 counts and says otherwise: name "Eve" -> "Ada"',
      'events.csv, line 3: e1 is skipped: events.csv, line 2 says the same',
      'events.csv, line 4: e1 differs from events.csv, line 2 and is kept beside it: event_name "login" -> "export"',
    ])
      expect(stdout).toContain(part)
    const lines = Array.from({ length: 8 }, (_, n) => `u1,N${n}\n`)
    put(folder, { 'more/users.csv': `user_id,name\n${lines.join('')}` })
    const some = await pqlHere([...IMPORT, 'more', '--dry-run'], folder)
    const all = await pqlHere([...IMPORT, 'more', '--dry-run', '--skipped'], folder)
    expect([some, all].map(({ stdout: text }) => text.match(/is skipped/g)?.length)).toEqual([5, 7])
    const refused = await pqlHere([...IMPORT, 'more', '--skipped'], folder)
    expect(refused.stderr).toContain('--skipped goes with --dry-run')
  })

  test('counts events as the import does, and names the import that has them', async () => {
    const line = (id: string): string => `${id},login,2026-05-01T00:00:00Z,u1\n`
    const head = 'event_id,event_name,timestamp,user_id\n'
    const folder = folderOf({
      'events_1.csv': `${head}${line('e1')}${line('e2')}`,
      'events_2.csv': `${head}${line('e2')}${line('e3')}${line('e3')}`,
    })
    expect((await pqlHere([...IMPORT, 'events_1.csv'], folder)).code).toBe(0)
    const dry = await pqlHere([...IMPORT, 'events_2.csv', '--dry-run'], folder)
    expect(dry.stdout).toMatch(/events_2\.csv +events +3 +1 +0 +1 +0 +0 +1\n/)
    expect(dry.stdout).toMatch(
      /line 2: e2 is there already: import 1 of \d+ \w+ \d{4} holds the same event \(events_1\.csv, line 3\)/,
    )
    expect(dry.stdout).toContain('events_2.csv, line 4: e3 is skipped: events_2.csv, line 3 says the same')
    const done = await pqlHere([...IMPORT, 'events_2.csv'], folder)
    expect(done.stdout).toMatch(/events_2\.csv +events +3 +1 +0 +1 +0 +1\n/)
    const health = JSON.parse((await pqlHere(['health', '--project', 'p.pql', '--json'], folder)).stdout)
    const repeated = health.checks.filter((check: { code: string }) => check.code === 'repeated_key')
    expect(repeated).toMatchObject([{ count: 1 }])
  })

  test('makes no project', async () => {
    const folder = folderOf(EXPORT)
    const { code, stdout, stderr } = await pqlHere([...IMPORT, 'in', '--dry-run', '--json'], folder)
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout).files).toMatchObject([{ new: 6 }, { new: 2 }, { new: 2 }])
    expect(treeOf(folder).filter(name => !name.startsWith('in/'))).toEqual([])
  })
})

describe('pql import --mode', () => {
  test('append leaves known rows as they are, and says so', async () => {
    const folder = await projectOf()
    const { code, stdout } = await pqlHere([...IMPORT, 'june', '--mode', 'append'], folder)
    expect(code).toBe(0)
    expect(stdout).toContain('1 rows of users have other values in the file and were left as they are.')
    expect(await usersIn(folder)).toBe(3)
  })

  test('replace asks before rows leave their table: without an answer nothing is imported', async () => {
    const folder = await projectOf()
    const refused = await pqlHere([...IMPORT, 'june', '--mode', 'replace'], folder)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/rows that the files do not have leave their tables: 1 of users; add --yes/)
    expect(await info(folder)).toMatchObject({ pending: null, summary: { rowsPerTable: { users: 2 } } })
    const { code, stdout } = await pqlHere([...IMPORT, 'june', '--mode', 'replace', '--yes'], folder)
    expect(code).toBe(0)
    expect(stdout).toContain('1 rows of users that no file has left the table')
    expect(await info(folder)).toMatchObject({ imports: [{ mode: 'replace', removed: 1 }, {}, {}, {}] })
  })

  test.each([
    { why: 'neither files nor a waiting import', args: [] },
    { why: 'both', args: ['in', '--resume'] },
    { why: 'two things to do with what waits', args: ['--resume', '--discard'] },
    { why: 'trying out to discard', args: ['--discard', '--dry-run'] },
    { why: 'a mode that there is not', args: ['in', '--mode', 'merge'] },
  ])('$why is refused', async ({ args }) => {
    const folder = folderOf(EXPORT)
    expect((await pqlHere([...IMPORT, ...args], folder)).code).toBe(2)
    expect(existsSync(join(folder, 'p.pql'))).toBe(false)
  })
})

describe('pql undo', () => {
  test('takes back all files that were imported together, the newest import first', async () => {
    const folder = await projectOf()
    await pqlHere([...IMPORT, 'june'], folder)
    const looked = await pqlHere(['undo', '--project', 'p.pql', '--dry-run', '--json'], folder)
    expect(JSON.parse(looked.stdout)).toMatchObject({ dryRun: true, undone: [{ takenOut: 1, changedBack: 1 }] })
    expect(await usersIn(folder)).toBe(3)
    const undone = await pqlHere(['undo', '--project', 'p.pql', '--json'], folder)
    expect(JSON.parse(undone.stdout).undone).toEqual(JSON.parse(looked.stdout).undone)
    expect(await usersIn(folder)).toBe(2)
    const all = await pqlHere(['undo', '--project', 'p.pql', '--dry-run', '--json'], folder)
    const rest = await pqlHere(['undo', '--project', 'p.pql', '--json'], folder)
    expect(JSON.parse(rest.stdout).undone).toEqual(JSON.parse(all.stdout).undone)
    expect(JSON.parse(rest.stdout).undone).toHaveLength(3)
    expect((await info(folder)).summary).toMatchObject({
      events: 0,
      files: 0,
      rowsPerTable: { users: 0, workspaces: 0 },
    })
    expect(await pqlHere(['undo', '--project', 'p.pql'], folder)).toMatchObject({ code: 2, stdout: '' })
  })

  test('of one file says why it cannot be undone', async () => {
    const folder = await projectOf()
    await pqlHere([...IMPORT, 'june'], folder)
    const first: { importId: number } = (await info(folder)).imports.find(
      ({ table }: { table: string }, i: number) => table === 'users' && i > 0,
    )
    const refused = await pqlHere(['undo', '--project', 'p.pql', '--import', String(first.importId)], folder)
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/import\/not-undoable.*was imported into users later; undo that one first/)
    expect((await pqlHere(['undo', '--project', 'p.pql', '--import', '77'], folder)).code).toBe(2)
    expect((await pqlHere(['undo', '--project', 'p.pql', '--import', '4'], folder)).stdout).toMatch(
      /4 +users\.csv +users +1 +1/,
    )
  })
})

/** Runs the command line under a limit on the size of files, in blocks of 1024 bytes. */
function limited(
  blocks: number,
  args: readonly string[],
  folder: string,
): Readonly<{ code: number | null; stderr: string }> {
  const command = `ulimit -f ${blocks}; trap '' XFSZ; exec "$0" "$@"`
  const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { code: status, stderr }
}

const isLimitKnown = spawnSync('bash', ['-c', 'ulimit -f 100']).status === 0

describe.skipIf(!isLimitKnown)('a file that may not grow further', () => {
  test.each([600, 900])('is a full disk: 6, and the project is as it was (%i KiB)', async blocks => {
    const folder = await projectOf()
    const users = Array.from({ length: 4000 }, (_, i) => `v${i},${'x'.repeat(200)}@acme.com`)
    put(folder, { 'many.csv': `user_id,primary_email\n${users.join('\n')}\n` })
    const before = await info(folder)
    const { code, stderr } = limited(blocks, [...IMPORT, 'many.csv'], folder)
    expect(code, stderr).toBe(6)
    expect(stderr).toMatch(/store\/disk: .*the disk refused: it is full/)
    expect(await info(folder)).toEqual(before)
    expect((await pqlHere([...IMPORT, 'many.csv'], folder)).code).toBe(0)
  })
})

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a project that cannot be written is refused before anything is read',
  async () => {
    const folder = await projectOf()
    const bytes = readFileSync(join(folder, 'p.pql'))
    chmodSync(join(folder, 'p.pql'), 0o444)
    for (const args of [
      ['import', 'june', '--project', 'p.pql'],
      ['undo', '--project', 'p.pql'],
    ]) {
      const { code, stderr } = await pqlHere(args, folder)
      expect([code, stderr.split(':')[0]]).toEqual([6, 'store/read-only'])
    }
    expect(readFileSync(join(folder, 'p.pql')).equals(bytes)).toBe(true)
  },
)

test('what was broken off is shown, and can be resumed or discarded', async () => {
  for (const how of ['--resume', '--discard'] as const) {
    const folder = await projectOf()
    const script = `
      import { openSession } from './cli/engine.ts'
      const { client } = openSession()
      await client['project.open']({ source: process.argv[1] })
      await client['import.stage']({ sources: [process.argv[2]] })
      process.kill(process.pid, 'SIGKILL')`
    const paths = [join(folder, 'p.pql'), join(folder, 'june/users.csv')]
    spawnSync(process.execPath, ['--input-type=module', '--eval', script, ...paths], { cwd: REPOSITORY })
    const shown = await pqlHere(['info', 'p.pql'], folder)
    expect(shown.stdout).toMatch(
      /waits to be published: pql import --resume or --discard\n +users\.csv +users +read whole/,
    )
    expect((await pqlHere([...IMPORT, 'june', '--dry-run'], folder)).code).toBe(2)
    const { code, stderr } = await pqlHere([...IMPORT, how], folder)
    expect(code, stderr).toBe(0)
    expect(await usersIn(folder)).toBe(how === '--resume' ? 3 : 2)
    expect((await info(folder)).pending).toBeNull()
    expect(treeOf(folder).filter(name => name.startsWith('p.pql'))).toEqual(['p.pql'])
    const again = await pqlHere([...IMPORT, how], folder)
    expect(again.code).toBe(how === '--resume' ? 2 : 0)
  }
})

test('a file of an archive can be left out, and one that is not there is no reason to import the others', async () => {
  const users = { name: 'data/users.csv', content: 'user_id,primary_email\nu1,a@b.example\n' }
  const folder = folderOf()
  writeFileSync(join(folder, 'all.zip'), zip([users, { name: 'events.csv', content: 'event_name,timestamp\n' }]))
  const args = ['import', 'all.zip', '--project', 'p.pql', '--leave-out']
  const lost = await pqlHere([...args, 'event.csv'], folder)
  expect([lost.code, lost.stderr]).toEqual([2, expect.stringContaining('no archive has that file')])
  const ended = await pqlHere([...args, 'all.zip/events.csv', '--json'], folder)
  expect(JSON.parse(ended.stdout), ended.stderr).toMatchObject({
    files: [{ file: 'all.zip/data/users.csv', loaded: 1 }],
    skipped: [{ file: 'all.zip/events.csv', reason: 'It was left out.' }],
  })
})

describe('what an import says of its files', () => {
  const call = (type: string, i: number): string =>
    JSON.stringify({
      type,
      event: type === 'track' ? 'login' : null,
      messageId: `m${i}`,
      timestamp: '2026-05-31T12:00:00Z',
      originalTimestamp: '2026-05-31T12:00:00Z',
      anonymousId: `a${i}`,
      userId: `u${i}`,
      context: { groupId: 'w1' },
      traits: { email: `u${i}@example.com` },
      integrations: {},
      writeKey: 'k',
    })
  const CALLS = ['track', 'identify', 'track', 'identify'].map((type, i) => `${call(type, i)}\n`).join('')

  test('a file that feeds several tables is read for each, and is one file while it waits', async () => {
    const folder = folderOf({ 'calls.jsonl': CALLS })
    const tried = await pqlHere([...IMPORT, 'calls.jsonl', '--dry-run'], folder)
    const done = await pqlHere([...IMPORT, 'calls.jsonl'], folder)
    expect(done.code, done.stderr).toBe(0)
    for (const { stdout } of [tried, done])
      expect(stdout).toContain(
        'calls.jsonl feeds 2 tables: its 4 records are read for each, and each line adds up by itself.',
      )
  })

  test('two files of one name and length are two, and none feeds two tables', async () => {
    const folder = folderOf({ 'users.csv': 'user_id,name\nu1,Ann\n', 'b/users.csv': 'user_id,name\nu2,Bob\n' })
    const { code, stdout, stderr } = await pqlHere([...IMPORT, 'users.csv', 'b/users.csv'], folder)
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('users.csv')
    expect(stdout).not.toContain('feeds')
    const parts = ['users', 'users', 'events'].map(table => ({ file: 'users.csv', table, bytes: 23 }))
    expect(filesText({ files: parts })).toBe('users.csv and 1 more')
    expect(filesText({ files: parts.slice(1) })).toBe('users.csv')
  })

  test('UTF-16 that is named is that of the files it fits', async () => {
    const folder = folderOf({ 'c_users.csv': 'user_id,name\nu3,Cem\n' })
    for (const file of ['a_users.csv', 'b_users.csv'])
      writeFileSync(join(folder, file), Buffer.from(`user_id,name\n${file},Ann\n`, 'utf16le'))
    const named = ['--encoding', 'utf-16le']
    const both = await pqlHere([...IMPORT, 'a_users.csv', 'b_users.csv', ...named, '--dry-run'], folder)
    expect(both.code, both.stderr).toBe(0)
    expect(both.stderr).not.toContain('is that of')
    const three = await pqlHere([...IMPORT, 'a_users.csv', 'b_users.csv', 'c_users.csv', ...named], folder)
    expect(three.stderr).toContain('--encoding utf-16le is that of a_users.csv, b_users.csv; c_users.csv: UTF-8')
  })

  test('an encoding that is named for all says which files took it', async () => {
    const folder = folderOf({ 'a_users.csv': 'user_id,name\nu1,Hübner\n' })
    writeFileSync(join(folder, 'b_users.csv'), Buffer.from('user_id,name\nu2,J\xfcrgen\n', 'latin1'))
    const { code, stdout, stderr } = await pqlHere(
      [...IMPORT, 'a_users.csv', 'b_users.csv', '--encoding', 'latin1'],
      folder,
    )
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('--encoding latin1 is that of b_users.csv; a_users.csv: UTF-8 or UTF-16, read as such')
    expect(stdout).toContain('a_users.csv: The file is UTF-8 to its end and read as that, not as latin1')
    expect(stdout).not.toContain('b_users.csv: The file is UTF-8')
  })
})
