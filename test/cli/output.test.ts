import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXPORT, RUN } from './support/exports.ts'
import { bytesOf, folderOf, npmRun, pql, pqlHere, treeOf } from './support/pql.ts'

const FILES = [
  'anomalies.csv',
  'held_rows.csv',
  'identities.csv',
  'manifest.json',
  'persons.csv',
  'rollups.csv',
  'score_lines.csv',
  'scores.csv',
  'set_aside.csv',
  'units.csv',
  'workspace_accounts.csv',
  'workspace_links.csv',
]
const SCORE_COLUMNS =
  'unit_id,level,unit_name,as_of,pql_score,pql_stage,activation,depth,expansion,intent,fit,negative,total,coverage,representative_user_id,account_id,destination,also,rule,owner_team,owner,over_capacity,suppressed_by,health,reason_1,reason_2,reason_3,next_best_action,pql_last_changed_at,model_hash'

type Summary = Readonly<{
  imported: { files: { table: string; read: number; loaded: number; held: number }[] }
}>

describe('pql run', () => {
  test('writes its files, and the same bytes for the same input wherever it runs', async () => {
    const [one, other] = [folderOf(EXPORT), folderOf(EXPORT)]
    const first = await pql(RUN, one)
    expect(first.code, first.stderr).toBe(0)
    const named = ['in/workspaces.csv', 'in/users.csv', 'in/events.csv']
    const second = await pql(['run', ...named, '--project', 'another.pql', '--out', 'lists/new'], other)
    expect(second.code, second.stderr).toBe(0)
    const files = bytesOf(join(one, 'out'))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(FILES))
    expect(files['scores.csv']?.split('\r\n')[0]).toBe(SCORE_COLUMNS)
    expect(bytesOf(join(other, 'lists/new'))).toEqual(files)
    expect(treeOf(one).filter(name => !/^(in|out)\//.test(name))).toEqual(['p.pql'])
  })

  test('with --json prints one JSON document and nothing else; progress goes to stderr', async () => {
    const folder = folderOf(EXPORT)
    const { code, stdout, stderr } = await pql([...RUN, '--json'], folder)
    expect(code, stderr).toBe(0)
    const { imported } = JSON.parse(stdout) as Summary
    expect(imported.files.map(({ table, read, loaded, held }) => [table, read, loaded, held])).toEqual([
      ['events', 6, 6, 0],
      ['users', 2, 2, 0],
      ['workspaces', 2, 2, 0],
    ])
    expect(stderr).toMatch(/events\.csv/)
  })

  test('the same files again change nothing', async () => {
    const folder = folderOf(EXPORT)
    expect((await pqlHere(RUN, folder)).code).toBe(0)
    const before = bytesOf(join(folder, 'out'))
    const again = await pqlHere(RUN, folder)
    expect(again.code, again.stderr).toBe(0)
    expect(bytesOf(join(folder, 'out'))).toEqual(before)
    const info = await pqlHere(['info', 'p.pql', '--json'], folder)
    expect(JSON.parse(info.stdout)).toMatchObject({ summary: { events: 6, files: 3, held: 0 } })
  })

  test('a folder with other files lists them on stderr and skips them', async () => {
    const folder = folderOf({ ...EXPORT, 'in/notes.txt': 'to do\n', 'in/odd.csv': 'a,b\n1,2\n' })
    const { code, stderr } = await pqlHere(RUN, folder)
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/skipped .*notes\.txt/)
    expect(stderr).toMatch(/skipped .*odd\.csv/)
  })

  test('an unreadable date is held with file and line; --fail-on held ends with 3, and the lists are there', async () => {
    const folder = folderOf(EXPORT)
    appendFileSync(join(folder, 'in/events.csv'), 'e7,login,someday,w1,u1\n')
    const { code, stderr } = await pqlHere([...RUN, '--fail-on', 'held'], folder)
    expect(code, stderr).toBe(3)
    const held = readFileSync(join(folder, 'out/held_rows.csv'), 'utf8').split('\r\n')
    expect(held[1]).toMatch(/^events\.csv,8,timestamp,someday,/)
    expect((await pqlHere(['run', 'in', '--project', 'q.pql', '--out', 'out2'], folder)).code).toBe(0)
  })

  test('an answer to an ambiguity is taken from its flag', async () => {
    const folder = folderOf({ ...EXPORT, 'in/events.csv': 'event_name,timestamp,workspace_id\nlogin,03/06/2026,w1\n' })
    const { code, stderr } = await pqlHere([...RUN, '--date-order', 'dmy'], folder)
    expect(code, stderr).toBe(0)
    expect(readFileSync(join(folder, 'out/scores.csv'), 'utf8')).toContain('2026-06-03T00:00:00.000Z')
  })

  test('files of another hand in the folder for the lists are not written over', async () => {
    const folder = folderOf({ ...EXPORT, 'out/scores.csv': 'mine\n' })
    const { code, stderr } = await pqlHere(RUN, folder)
    expect(code, stderr).toBe(2)
    expect(stderr).toContain('scores.csv')
    expect(bytesOf(join(folder, 'out'))).toEqual({ 'scores.csv': 'mine\n' })
  })
})

test('the steps one by one write what the whole run writes', async () => {
  const [whole, steps] = [folderOf(EXPORT), folderOf(EXPORT)]
  expect((await pqlHere([...RUN, '--as-of', '2026-05-22', '--identity', 'explicit'], whole)).code).toBe(0)
  expect((await pqlHere(['import', 'in', '--project', 'p.pql'], steps)).code).toBe(0)
  const scored = await pqlHere(
    ['score', '--project', 'p.pql', '--as-of', '2026-05-22', '--identity', 'explicit'],
    steps,
  )
  expect(scored.code, scored.stderr).toBe(0)
  const routed = await pqlHere(['route', '--project', 'p.pql', '--json'], steps)
  expect((JSON.parse(routed.stdout) as { unitId: string }[]).map(row => row.unitId)).toEqual(['w1', 'w2'])
  expect((await pqlHere(['export', '--project', 'p.pql', '--out', 'out'], steps)).code).toBe(0)
  expect(bytesOf(join(steps, 'out'))).toEqual(bytesOf(join(whole, 'out')))
})

test('paths are those of the caller under npm, from any folder', async () => {
  const folder = folderOf(EXPORT)
  mkdirSync(join(folder, 'below'))
  const ended = await npmRun(['run', '../in', '--project', 'p.pql', '--out', '../out'], join(folder, 'below'))
  expect(ended.code, ended.stderr).toBe(0)
  expect(treeOf(folder)).toEqual(expect.arrayContaining(['below/p.pql', 'out/scores.csv']))
})
