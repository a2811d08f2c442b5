import { expect, test } from 'vitest'
import { folderOf, pqlHere } from './support/pql.ts'

const IMPORT = ['import', '--project', 'p.pql'] as const

const DATED = {
  'a_users.csv': 'user_id,created_at\nu1,03/04/2026\nu2,2026-05-01T10:00:00\n',
  'b_users.csv': 'user_id,created_at\nu3,25/04/2026\n',
  'c_workspaces.csv': 'workspace_id,workspace_name,mrr\nw1,W,"1,234"\n',
  'd_users.json': '[{"user_id":"u4","name":"Di"}]',
}

test.each([
  { named: ['--date-order', 'dmy', '--decimal', '.'], part: '--date-order dmy decided how a_users.csv is read;' },
  { named: ['--date-order', 'dmy', '--decimal', '.'], part: '--decimal . decided how c_workspaces.csv is read;' },
  {
    named: ['--date-order', 'dmy', '--decimal', '.', '--time-zone', 'Europe/Berlin'],
    part: '--time-zone Europe/Berlin decided how a_users.csv is read; in the other files nothing: none of their times',
  },
  {
    named: ['--date-format', 'DD/MM/YYYY', '--decimal', '.'],
    part: 'decided how a_users.csv, b_users.csv are read;',
  },
  {
    named: ['--date-order', 'dmy', '--decimal', '.', '--escape', 'none'],
    part: '--escape none decided how a_users.csv, b_users.csv, c_workspaces.csv are read;',
  },
  {
    named: ['--date-order', 'dmy', '--decimal', '.', '--date-format', 'YYYY.MM.DD'],
    part: '--date-format YYYY.MM.DD decided nothing in any file: no date of theirs is written so',
  },
])('what is named for all says which files took it: $named', async ({ named, part }) => {
  const folder = folderOf(DATED)
  const dry = await pqlHere([...IMPORT, ...Object.keys(DATED), ...named, '--dry-run'], folder)
  expect(dry.code, dry.stderr).toBe(0)
  expect(dry.stderr).toContain(part)
  const { stderr } = await pqlHere([...IMPORT, ...Object.keys(DATED), ...named], folder)
  expect(stderr).toContain(part)
  const again = await pqlHere([...IMPORT, ...Object.keys(DATED), ...named], folder)
  expect(again.stderr).toContain(part)
})

test('what all files took is not told, nor what nobody named', async () => {
  const folder = folderOf(DATED)
  const { code, stderr } = await pqlHere([...IMPORT, 'a_users.csv', '--date-order', 'dmy'], folder)
  expect(code, stderr).toBe(0)
  expect(stderr).not.toContain('decided')
})

test('mappings say which files they are for, and which are for none', async () => {
  const mapped = (source: string, header: string) => {
    return { source, tables: [{ table: 'users', fields: [{ field: 'user_id', from: [header] }] }] }
  }
  const mappings = [mapped('Staff', 'key'), mapped('Others', 'number')]
  const files = { 'staff.csv': 'key,name\nu9,Ed\n', 'b_users.csv': 'user_id,name\nu3,Cy\n' }
  const folder = folderOf({ ...files, 'map.json': JSON.stringify({ version: 1, mappings }) })
  const { code, stderr } = await pqlHere([...IMPORT, ...Object.keys(files), '--map', 'map.json'], folder)
  expect(code, stderr).toBe(0)
  expect(stderr).toContain('--map: "Others" is for none of the files')
  expect(stderr).toContain('--map decided how staff.csv is read; the other files are read as without it')
  const both = await pqlHere([...IMPORT, 'staff.csv', '--map', 'map.json', '--dry-run'], folder)
  expect(both.stderr).not.toContain('decided')
})
