import { beforeAll, describe, expect, test } from 'vitest'
import { csv, TABLES } from '../core/app/support/exports.ts'
import { type Ended, folderOf, pqlHere } from './support/pql.ts'

let folder: string
const at = async (...args: readonly string[]): Promise<Ended> => await pqlHere([...args, '--project', 'p.pql'], folder)

const CRM_USERS = [
  { owner_id: 'rep-1', email: 'rep1@us.example', name: 'Rita Rep', team: 'SDR', weekly_capacity: '5' },
  { owner_id: 'rep-2', email: 'rep2@us.example', name: 'Ravi Rep', team: 'SDR', weekly_capacity: '5' },
]
const INPUT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(TABLES).map(([table, records]) => [`in/${table}.csv`, csv(records)] as const)),
  'in/accounts.csv': csv(TABLES.accounts.map(row => ({ ...row, current_owner: '' }))),
  'in/crm_users.csv': csv(CRM_USERS),
}

beforeAll(async () => {
  folder = folderOf(INPUT)
  for (const args of [['import', 'in'], ['score']]) {
    const { code, stderr } = await at(...args)
    expect(code, stderr).toBe(0)
  }
})

/** The rows, and those of the first workspace once more for a second one. */
const withTwins = <R extends Readonly<{ workspace_id: string }>>(rows: readonly R[], id: keyof R): readonly R[] => [
  ...rows,
  ...rows
    .filter(({ workspace_id }) => workspace_id === 'w1')
    .map(row => ({ ...row, [id]: `${String(row[id])}-twin`, workspace_id: 'w1-twin' })),
]

type Row = Readonly<{
  unitId: string
  score: number
  destination: string
  also: readonly string[]
  owner: string | null
}>
const rowsOf = async (...args: readonly string[]): Promise<readonly Row[]> =>
  JSON.parse((await at('route', '--json', ...args)).stdout)

describe('pql route', () => {
  test('lists the best score first, in another order where asked, and as many as asked', async () => {
    const byScore = await rowsOf()
    expect(byScore).toHaveLength(4)
    expect(byScore.map(({ score }) => score)).toEqual(byScore.map(({ score }) => score).toSorted((a, b) => b - a))
    expect((await rowsOf('--sort', 'id')).map(({ unitId }) => unitId)).toEqual(
      byScore.map(({ unitId }) => unitId).toSorted(),
    )
    expect(await rowsOf('--limit', '2')).toEqual(byScore.slice(0, 2))
    const sdr = byScore.filter(({ destination }) => destination === 'sdr')
    expect(sdr).not.toEqual([])
    expect(await rowsOf('--to', 'sdr')).toEqual(sdr)
  })

  test('sums up per channel and per rule: each workspace goes to one channel by one rule', async () => {
    const all = await rowsOf()
    const { stdout } = await at('route', '--limit', '0')
    expect(stdout).not.toContain('workspace  name')
    const [channels = '', , rules = ''] = stdout.split('\n\n').slice(1)
    const figures = (text: string, place: number): readonly number[] =>
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map(line => Number(line.trim().split(/ {2,}/).at(place)))
    const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
    expect(total(figures(channels, 1))).toBe(all.length)
    expect(total(figures(channels, 2))).toBe(total(all.map(({ also }) => also.length)))
    expect(total(figures(rules, -1))).toBe(all.length)
  })

  test.each([
    { why: 'a channel that is none', args: ['--to', 'fax'], says: '--to fax is none of' },
    { why: 'a limit that is none', args: ['--limit', 'few'], says: '--limit few is no number of workspaces' },
  ])('$why: 2', async ({ args, says }) => {
    const { code, stderr } = await at('route', ...args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
  })
})

describe('pql pools', () => {
  const ownerOf = async (unitId: string): Promise<string | null> =>
    (await rowsOf()).find(row => row.unitId === unitId)?.owner ?? null

  test('list names the people with their room; show what one of them works, by name too', async () => {
    const { stdout } = await at('pools')
    expect(stdout).toMatch(/SDR pool\nowner +name +turn +this week +assigned +owns\nrep-1 +Rita Rep +\d +\d of 5/)
    const holder = await ownerOf('w1')
    const shown = await at('pools', 'show', holder === 'rep-1' ? 'rita rep' : 'ravi rep')
    expect(shown.stdout).toMatch(/^w1 .* sdr +SDR .* in use$/m)
  })

  test('what is given away or released changes owners with the next scores, not before, and says so', async () => {
    const before = await ownerOf('w1')
    const other = before === 'rep-1' ? 'rep-2' : 'rep-1'
    const given = await at('pools', 'give', 'w1', '--to', other)
    expect([given.code, given.stdout]).toEqual([0, `1 workspace given to ${other === 'rep-1' ? 'Rita' : 'Ravi'} Rep\n`])
    expect(given.stderr).toContain('stay as they are until the next scores')
    expect(await ownerOf('w1')).toBe(before)
    expect((await at('pools')).stderr).toContain('pql score makes them anew')
    await at('score')
    expect(await ownerOf('w1')).toBe(other)
    expect((await at('pools', 'release', 'w1')).stdout).toBe('1 workspace released\n')
  })

  test('several workspaces in one command, held by one or by several: each is given, and each released', async () => {
    const twin = folderOf({
      ...INPUT,
      'in/workspaces.csv': csv(withTwins(TABLES.workspaces, 'workspace_id')),
      'in/memberships.csv': csv(withTwins(TABLES.memberships, 'workspace_id')),
      'in/events.csv': csv(withTwins(TABLES.events, 'event_id')),
    })
    const there = (...args: readonly string[]) => pqlHere([...args, '--project', 'p.pql'], twin)
    for (const args of [['import', 'in'], ['score']]) expect((await there(...args)).code).toBe(0)
    const ownersOf = async () => {
      const rows: readonly Row[] = JSON.parse((await there('route', '--json')).stdout)
      return ['w1', 'w1-twin'].map(id => rows.find(({ unitId }) => unitId === id)?.owner)
    }
    expect((await ownersOf()).toSorted()).toEqual(['rep-1', 'rep-2'])
    const given = await there('pools', 'give', 'w1', 'w1-twin', 'w1', '--to', 'rep-1')
    expect(given.stdout, given.stderr).toBe('1 workspace given to Rita Rep, 2 were so already\n')
    await there('score')
    expect(await ownersOf()).toEqual(['rep-1', 'rep-1'])
    expect((await there('pools', 'release', 'w1', 'w1-twin')).stdout).toBe('2 workspaces released\n')
  })

  test.each([
    { why: 'a person who is nobody', args: ['show', 'nobody'], says: 'nobody of the pools has the id' },
    { why: 'a workspace that no pool has', args: ['release', 'w2'], says: 'w2 goes to' },
    { why: 'a workspace that is not there', args: ['release', 'w9'], says: 'w9' },
  ])('$why: 2', async ({ args, says }) => {
    const { code, stderr } = await at('pools', ...args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
  })
})
