import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { DEFAULT_CHECKLIST } from '#score'
import { EXPORT, RUN } from './support/exports.ts'
import { folderOf, pqlHere } from './support/pql.ts'

const FILES = {
  ...EXPORT,
  'in/workspaces.csv': `workspace_id,workspace_name,created_at,owner_user_id,account_id,workspace_type
w1,Acme,2026-05-01,u1,A,
w2,Acme two,2026-05-02,,A,
w3,Acme tests,2026-05-02,,A,sandbox
w4,Lonely,2026-05-02,,,
`,
  'in/accounts.csv': 'account_id,name,icp_fit_tier\nA,Acme Holding,A\n',
}
const rowsOf = (folder: string, name: string): readonly Record<string, string>[] => {
  const text = readFileSync(join(folder, 'out', name), 'utf8')
  const [header = [], ...records] = Papa.parse(text, { delimiter: ',', newline: '\r\n' }).data
  return records.slice(0, -1).map(cells => Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ''])))
}

test('accounts are scored beside workspaces, each run with its own files', async () => {
  const folder = folderOf(FILES)
  const whole = await pqlHere([...RUN, '--level', 'account'], folder)
  expect(whole.code, whole.stderr).toBe(0)
  expect(whole.stdout).toContain('1 accounts scored as of')
  expect(rowsOf(folder, 'scores.csv')).toMatchObject([
    { unit_id: 'A', level: 'account', unit_name: 'Acme Holding', account_id: 'A' },
  ])
  expect(rowsOf(folder, 'units.csv')).toEqual([
    { unit_id: 'A', level: 'account', workspace_id: 'w1' },
    { unit_id: 'A', level: 'account', workspace_id: 'w2' },
  ])
  const [account] = rowsOf(folder, 'scores.csv')
  const lines = rowsOf(folder, 'score_lines.csv')
  expect(lines.map(({ unit_id }) => unit_id)).toEqual(lines.map(() => 'A'))
  expect(lines.reduce((sum, { final_points }) => sum + Number(final_points), 0)).toBeCloseTo(
    Number(account?.['total']),
    9,
  )
  expect(rowsOf(folder, 'rollups.csv').map(({ unit_id }) => unit_id)).toEqual(['A'])

  const none = await pqlHere(['export', '--project', 'p.pql', '--out', 'out'], folder)
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('score/no-run')])
  expect((await pqlHere(['score', '--project', 'p.pql'], folder)).stdout).toContain('4 workspaces scored as of')
  expect((await pqlHere(['export', '--project', 'p.pql', '--out', 'out'], folder)).code).toBe(0)
  expect(rowsOf(folder, 'scores.csv').map(({ unit_id, level }) => `${unit_id} ${level}`)).toEqual([
    'w1 workspace',
    'w2 workspace',
    'w3 workspace',
    'w4 workspace',
  ])
  const again = await pqlHere(['export', '--project', 'p.pql', '--out', 'out', '--level', 'account'], folder)
  expect(again.code, again.stderr).toBe(0)
  expect(rowsOf(folder, 'scores.csv')).toEqual([account])
})

test('a level that there is none of is refused before anything is read', async () => {
  const folder = folderOf(FILES)
  const ended = await pqlHere([...RUN, '--level', 'user'], folder)
  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('workspace, account')
})

test('a checklist is a model: scored, explained, routed and exported', async () => {
  const rows = [
    { signal: 'dau', weight: 5, threshold: 1 },
    { signal: 'upgrade_clicks_7d', weight: 62.5, threshold: 1 },
    { signal: 'invites_sent_7d', weight: 20, threshold: 1 },
    { signal: 'mrr', weight: 50, threshold: 1 },
  ]
  const checklist = { version: 1, kind: 'checklist', name: 'Ours', rows }
  const folder = folderOf({ ...FILES, 'checklist.json': JSON.stringify(checklist) })
  const whole = await pqlHere([...RUN, '--model', 'checklist.json'], folder)
  expect(whole.code, whole.stderr).toBe(0)
  const scores = rowsOf(folder, 'scores.csv')
  expect(
    scores.map(({ unit_id, pql_score, pql_stage, total, fit }) => [unit_id, pql_score, pql_stage, total, fit]),
  ).toEqual([
    ['w1', '62.5', 'PQL', '62.5', '0'],
    ['w2', '20.0', 'Not PQL', '20', '0'],
    ['w3', '0.0', 'Not PQL', '0', '0'],
    ['w4', '0.0', 'Not PQL', '0', '0'],
  ])
  expect(scores[0]).toMatchObject({
    reason_1: 'Upgrade clicks in 7 days, at least 1: +62.5',
    reason_2: '',
    coverage: 'admin',
  })
  expect(
    rowsOf(folder, 'score_lines.csv').map(({ unit_id, signal, bucket, final_points }) => [
      unit_id,
      signal,
      bucket,
      final_points,
    ]),
  ).toEqual([
    ['w1', 'upgrade_clicks_7d', 'total', '62.5'],
    ['w2', 'invites_sent_7d', 'total', '20'],
  ])
  expect(JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8'))).toMatchObject({
    model: { name: 'Ours', version: 1 },
  })
})

test('what is wrong in a checklist is said with file and place', async () => {
  const { rows: _, ...rest } = DEFAULT_CHECKLIST
  const folder = folderOf({
    ...FILES,
    'checklist.json': JSON.stringify({ ...rest, rows: [{ signal: 'dau', weight: 1 }] }),
  })
  const { code, stderr } = await pqlHere([...RUN, '--model', 'checklist.json'], folder)
  expect([code, stderr]).toEqual([2, expect.stringMatching(/checklist\.json: checklist: rows\[0\]\.threshold/)])
})
