import { expect, test } from 'vitest'
import { EXPORT } from './support/exports.ts'
import { folderOf, pqlHere } from './support/pql.ts'

const ODD = `event_id,event_name,timestamp,workspace_id,user_id
o1,Visited Pricing,2026-05-20T10:00:00Z,w1,u1
o2,Elephant,2026-05-20T11:00:00Z,w1,u1
`

async function imported(): Promise<string> {
  const folder = folderOf({ ...EXPORT, 'in/odd.csv': ODD })
  const { code, stderr } = await pqlHere(['import', 'in', '--project', 'p.pql'], folder)
  expect(code, stderr).toBe(0)
  return folder
}

test('names are printed with their figures, those without a kind first, and what is covered', async () => {
  const folder = await imported()
  const { code, stdout } = await pqlHere(['taxonomy', '--project', 'p.pql'], folder)
  expect(code).toBe(0)
  const lines = stdout.split('\n').map(line => line.split(/ {2,}/).map(cell => cell.trim()))
  expect(lines.slice(0, 3)).toEqual([
    ['name', 'events', 'share', 'users', 'workspaces', 'first', 'last', 'kind', 'category'],
    ['page', '2', '25.0%', '1', '2', '2026-05-23', '2026-05-23', '(none)'],
    ['Elephant', '1', '12.5%', '1', '1', '2026-05-20', '2026-05-20', '(none)'],
  ])
  expect(stdout).toContain('50.0% of 8 events have a kind, 37.5% earn or cost points')
  expect(stdout).toContain('4 of 7 names have a kind; the model has 21 kinds (10 to 25 is the aim)')
  expect(stdout).toMatch(/Kinds without an event: workspace_created, /)
})

test('with --json the same is one document', async () => {
  const folder = await imported()
  const { stdout } = await pqlHere(['taxonomy', '--project', 'p.pql', '--json'], folder)
  const report = JSON.parse(stdout) as { names: { name: string; kind: string | null }[]; coverage: unknown }
  expect(report.names.find(({ name }) => name === 'login')).toMatchObject({
    kind: 'login',
    category: 'other',
    users: 1,
  })
  expect(report.coverage).toEqual({ events: 8, withKind: 4, earning: 3, names: 7, namesWithKind: 4 })
})

test('suggest prints what names resemble and why, from a likeness on, and changes nothing', async () => {
  const folder = await imported()
  const { stdout } = await pqlHere(['taxonomy', 'suggest', '--project', 'p.pql'], folder)
  expect(stdout).toContain('looks like pricing_viewed: shares visited (viewed), pricing')
  expect(stdout).toContain('1 of 3 names without a kind resemble one')
  const strict = await pqlHere(['taxonomy', 'suggest', '--project', 'p.pql', '--at-least', '1.1', '--json'], folder)
  expect(strict.code).toBe(2)
  const exact = await pqlHere(['taxonomy', 'suggest', '--project', 'p.pql', '--at-least', '1', '--json'], folder)
  expect(JSON.parse(exact.stdout)).toMatchObject({ suggestions: [{ name: 'Visited Pricing' }], unmapped: 3 })
})

test('a project that is not there is not made', async () => {
  const { code, stderr } = await pqlHere(['taxonomy', '--project', 'none.pql'], folderOf())
  expect([code, stderr.split(':')[0]]).toEqual([2, 'usage/missing-file'])
})
