import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, pqlHere } from './support/pql.ts'

const GOOD = Array.from({ length: 120 }, (_, i) => `g${i},Good ${i},05/13/2026\n`).join('')
const USERS = `user_id,name,created_at\n${GOOD}u1,Ana,31/12/2026\nu2,Ben,soon\n,"=1+1",05/14/2026\n`

async function imported(files: Readonly<Record<string, string>> = { 'users.csv': USERS }): Promise<string> {
  const folder = folderOf(files)
  const { code, stderr } = await pqlHere(['import', ...Object.keys(files), '--project', 'p.pql'], folder)
  expect(code, stderr).toBe(0)
  return folder
}

const held = (folder: string, ...args: readonly string[]) => pqlHere(['held', '--project', 'p.pql', ...args], folder)
const DATES = ['--rule', 'value/impossible-date']

describe('pql held', () => {
  test('lists the rules with counts, where they are and what to do', async () => {
    const folder = await imported()
    const { code, stdout } = await held(folder)
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'import  file       table  held  fixed  left out  superseded',
      '     1  users.csv  users     3      0         0           0',
    ])
    expect(stdout).toContain('users.csv (import 1): 1 x value/impossible-date in created_at')
    expect(stdout).toContain('Line 122, created_at: "31/12/2026" does not exist')
    const json = JSON.parse((await held(folder, '--json', '--import', '1')).stdout)
    expect(json.groups).toHaveLength(3)
  })

  test('fix says with --dry-run what it would come to, then does it', async () => {
    const folder = await imported()
    const dry = await held(folder, 'fix', ...DATES, '--column', 'created_at', '--date-format', 'dmy', '--dry-run')
    expect(dry.stdout).toBe('1 row: 1 would load\n  line 122: "31/12/2026" is read as "2026-12-31"\n')
    const done = await held(folder, 'fix', ...DATES, '--date-format', 'dmy')
    expect(done.stdout).toBe('1 row: 1 loaded\n  import 2 of rows of users.csv: 1 loaded\n')
    const value = await held(folder, 'fix', '--rule', 'value/not-a-time', '--value', 'soon', '--to', 'later')
    expect(value.stdout).toContain(
      '1 row: 1 still held\n  1 x value/not-a-time in created_at: Line 123, created_at: "later"',
    )
    const left = await held(folder, 'fix', '--rule', 'value/missing', '--leave-out')
    expect(left.stdout).toBe('1 row: 1 left out\n')
    expect((await held(folder)).stdout).toContain('     1  users.csv  users     1      1         1           0')
    expect((await held(folder, 'fix', '--rule', 'value/missing', '--take-back')).stdout).toBe('1 row: 1 held again\n')
  })

  test('a newer export supersedes what it has again, and what was fixed before is done again when it is said', async () => {
    const folder = await imported()
    await held(folder, 'fix', ...DATES, '--value', '31/12/2026', '--to', '2026-12-31')
    writeFileSync(join(folder, 'users_2.csv'), `${USERS}u7,Uma,31/12/2026\n`)
    await pqlHere(['import', 'users_2.csv', '--project', 'p.pql'], folder)
    const { stdout } = await held(folder)
    expect(stdout).toContain('     1  users.csv    users     0      1         0           2')
    expect(stdout).toContain('     3  users_2.csv  users     4      0         0           0')
    expect(stdout).toContain(
      '  import 3: 2 rows, value/impossible-date in created_at\n    Fixed before: "31/12/2026" to "2026-12-31" (2 rows, import 1)',
    )
    expect(stdout).not.toContain('superseded by')
    const all = (await held(folder, '--all')).stdout
    expect(all).toContain('  users.csv (import 1): 1 x value/missing in user_id, superseded by import 3')
    const again = await held(folder, '--apply-known')
    expect(again.stdout).toBe('2 rows: 2 loaded\n  import 4 of rows of users_2.csv: 2 loaded, 1 of them known\n')
    const none = await held(folder, '--apply-known')
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no row is held of which the same was fixed')])
  })

  test('a file that was imported before says what still waits of its held rows, and --fail-on held goes by that', async () => {
    const folder = await imported()
    const again = () => pqlHere(['import', 'users.csv', '--project', 'p.pql', '--fail-on', 'held'], folder)
    const before = await again()
    expect([before.code, before.stdout.includes('held when it was imported')]).toEqual([3, false])
    await held(folder, 'fix', ...DATES, '--value', '31/12/2026', '--to', '2026-12-31')
    await held(folder, 'fix', '--rule', 'value/not-a-time', '--value', 'soon', '--to', '2026-05-16')
    const some = await again()
    expect([some.code, some.stdout]).toEqual([
      3,
      expect.stringContaining('users.csv: 3 rows of users held when it was imported; 2 fixed since, 1 waits.'),
    ])
    await held(folder, 'fix', '--rule', 'value/missing', '--leave-out')
    const none = await again()
    expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('2 fixed since, 1 left out, none waits.')])
    const dry = await pqlHere(['import', 'users.csv', '--project', 'p.pql', '--fail-on', 'held', '--dry-run'], folder)
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('2 fixed since, 1 left out, none waits.')])
  })

  test('--dry-run says how many rows more than those shown there are', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => `v${i},Vic,soon\n`).join('')
    const folder = await imported({ 'users.csv': `user_id,name,created_at\n${GOOD}${rows}` })
    const dry = await held(folder, 'fix', '--rule', 'value/not-a-time', '--empty', '--dry-run')
    expect(dry.stdout.trim().split('\n').slice(5)).toEqual(['  line 126: "soon" is read as ""', '  and 2 more'])
  })

  test('a record that was left out before as a whole is told by how it begins', async () => {
    const good = Array.from({ length: 30 }, (_, i) => `{"user_id":"g${i}"}\n`).join('')
    const folder = await imported({ 'users.jsonl': `${good}{"user_id":"broken","na\n` })
    await held(folder, 'fix', '--rule', 'row/not-json', '--leave-out')
    writeFileSync(join(folder, 'users_2.jsonl'), `${good}{"user_id":"broken","na\n{"user_id":"h1"}\n`)
    await pqlHere(['import', 'users_2.jsonl', '--project', 'p.pql'], folder)
    const { stdout } = await held(folder)
    expect(stdout).toContain(`Left out before: ${JSON.stringify('{"user_id":"broken","na')} (1 row, import 1)`)
  })

  test('load says of rows that a newer export has superseded which import has them, and changes nothing of it', async () => {
    const folder = await imported()
    await held(folder, 'export', '--out', 'held.csv')
    const text = readFileSync(join(folder, 'held.csv'), 'utf8')
    writeFileSync(
      join(folder, 'held.csv'),
      text.replace('Ana,31/12/2026', 'Ana,12/31/2026').replace('Ben,soon', 'Ben,05/16/2026'),
    )
    const newer = USERS.replace('u1,Ana,31/12/2026', 'u7,Uma,31/12/2026').replace('Ben,soon', 'Ben,later')
    writeFileSync(join(folder, 'users_2.csv'), `${newer}u1,Ana,05/17/2026\n`)
    await pqlHere(['import', 'users_2.csv', '--project', 'p.pql'], folder)
    const loaded = await held(folder, 'load', 'held.csv')
    expect(loaded.stdout).toContain('held.csv: 3 rows: 1 as they were, 2 not held now (line 2, 3)')
    expect(loaded.stderr).toContain(
      '2 rows superseded by import 2, nothing changed: 1 loaded or settled there, 1 still held there',
    )
    expect((await held(folder)).stdout).toContain('     2  users_2.csv  users     3      0         0           0')
  })

  test('export writes a file that load takes back corrected', async () => {
    const folder = await imported()
    const written = await held(folder, 'export', '--out', 'held.csv')
    expect([written.stdout, written.stderr]).toEqual([
      '3 held rows written to held.csv\n',
      expect.stringContaining('1 cell that a spreadsheet would run'),
    ])
    expect((await held(folder, 'export', '--out', 'held.csv')).code).toBe(2)
    const path = join(folder, 'held.csv')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('u1,Ana,31/12/2026', 'u1,Ana,2026-12-31').replace(",'=1+1", "u3,'=1+1"))
    const dry = await held(folder, 'load', 'held.csv', '--dry-run')
    expect(dry.stdout).toContain('held.csv: 3 rows: 2 corrected, 1 as they were\n2 rows: 2 would load')
    const loaded = await held(folder, 'load', 'held.csv')
    expect(loaded.stdout).toContain('2 rows: 2 loaded\n  import 2 of rows of users.csv: 2 loaded')
    const again = JSON.parse((await held(folder, 'load', 'held.csv', '--json')).stdout)
    expect(again).toMatchObject({ outcome: { rows: 0 }, done: [] })
  })

  test.each<readonly [why: string, args: readonly string[], says: string]>([
    ['no fix', ['fix', ...DATES], 'say what is to be done by one of'],
    ['two fixes', ['fix', ...DATES, '--empty', '--leave-out'], 'two were given'],
    ['a value without another', ['fix', ...DATES, '--value', 'x'], 'say by what with --to'],
    [
      'a rule that holds nothing',
      ['fix', '--rule', 'row/too-long', '--pad'],
      'there are value/impossible-date in created_at',
    ],
    ['a fix that does not suit', ['fix', ...DATES, '--pad'], 'does not suit rows held by'],
    ['an import that is no number', ['--import', 'x'], '--import x is no number of an import'],
    ['a file that is none of held rows', ['load', 'users.csv'], 'users.csv is no file of held rows'],
  ])('%s is refused', async (_why, args, says) => {
    const { code, stderr } = await held(await imported(), ...args)
    expect(code).toBeGreaterThan(0)
    expect(stderr).toContain(says)
  })

  test('a rule that holds rows of two columns asks which', async () => {
    const folder = await imported({
      'users.csv': `user_id,created_at,last_active_at\n${'g,2026-05-13,2026-05-13\n'.repeat(40)}a,soon,\nb,,soon\n`,
    })
    const { code, stderr } = await held(folder, 'fix', '--rule', 'value/not-a-time', '--empty')
    expect([code, stderr]).toEqual([2, expect.stringContaining('say which by --column')])
  })
})

describe('a file that feeds several tables', () => {
  const call = (type: string, i: number): string =>
    JSON.stringify({
      ...{ type, event: type === 'track' ? 'login' : null, messageId: `m${i}`, userId: `u${i}`, groupId: 'w1' },
      ...{ timestamp: '2026-05-31T12:00:00Z', originalTimestamp: '2026-05-31T12:00:00Z', anonymousId: `a${i}` },
      ...{ context: { ip: '10.0.0.1', groupId: 'w1' }, traits: { email: `u${i}@example.com`, name: `U ${i}` } },
      ...{ integrations: {}, writeKey: 'k' },
    })
  const calls = Array.from({ length: 12 }, (_, i) => call(['track', 'identify', 'group'][i % 3] ?? 'track', i))
  const lines = [...calls, '{"type":"track","event":', '7'].join('\n')

  test('a record that is held for each of them is one line, with its tables', async () => {
    const folder = folderOf({ 'calls.jsonl': `${lines}\n` })
    const { stdout } = await pqlHere(['import', 'calls.jsonl', '--project', 'p.pql'], folder)
    const told = stdout.split('\n').filter(line => / \d+ x row\//.test(line))
    expect(told).toHaveLength(2)
    for (const line of told) expect(line).toMatch(/^ {2}calls\.jsonl \((\w+, )+\w+\): 1 x row\//)
    const listed = (await held(folder)).stdout
    expect(listed).toMatch(/^import {2}file +table +held/)
    const rules = listed.split('\n').filter(line => / \d+ x row\//.test(line))
    expect(rules).toHaveLength(2)
    for (const line of rules) expect(line).toMatch(/^ {2}calls\.jsonl \(imports (\d+, )+\d+: (\w+, )+\w+\): 1 x row\//)
  })
})
