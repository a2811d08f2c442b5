import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { EXPORT, RUN } from './support/exports.ts'
import { folderOf, pqlHere } from './support/pql.ts'

const SCENARIO = JSON.stringify({
  version: 1,
  name: 'Lower, bolder',
  model: { stages: { warm: 1, pql: 5, hot: 99 }, signals: { upgrade_click: { points: 20 } } },
  routing: { '7': { '>=': 5 } },
})
const FILES = { ...EXPORT, 's.json': SCENARIO, 't.json': JSON.stringify({ version: 1, name: 'Same' }) }

const rowsOf = (folder: string, name: string) => {
  const text = readFileSync(join(folder, name), 'utf8')
  const [header = [], ...records] = Papa.parse(text, { delimiter: ',', newline: '\r\n' }).data
  return records.slice(0, -1).map(cells => Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ''])))
}

async function scored(): Promise<string> {
  const folder = folderOf(FILES)
  const run = await pqlHere(RUN, folder)
  expect(run.code, run.stderr).toBe(0)
  return folder
}

test('simulate writes what a run by the same scenario would, and leaves the project as it is', async () => {
  const folder = await scored()
  const before = readFileSync(join(folder, 'p.pql'))
  const done = await pqlHere(['simulate', '--project', 'p.pql', '--scenario', 's.json', '--out', 'sim'], folder)
  expect(done.code, done.stderr).toBe(0)
  expect(readFileSync(join(folder, 'p.pql')).equals(before)).toBe(true)
  expect(readdirSync(join(folder, 'sim')).toSorted()).toEqual([
    'destination_matrix.csv',
    'movers.csv',
    'scenario.json',
    'scores.csv',
    'stage_matrix.csv',
    'volumes.csv',
  ])
  const scores = rowsOf(join(folder, 'sim'), 'scores.csv')
  const movers = rowsOf(join(folder, 'sim'), 'movers.csv')
  expect(movers.map(({ unit_id }) => unit_id)).toContain('w1')
  for (const mover of movers) {
    const row = scores.find(({ unit_id }) => unit_id === mover['unit_id'])
    expect([mover['score'], mover['stage']]).toEqual([String(Number(row?.['pql_score'])), row?.['pql_stage']])
    expect(mover['cause']).toMatch(/^(stages|signals|routing)\./)
  }
  const total = rowsOf(join(folder, 'sim'), 'stage_matrix.csv').flatMap(({ base: _, ...counts }) =>
    Object.values(counts).map(Number),
  )
  expect(total.reduce((a, b) => a + b)).toBe(scores.length)
  const again = await pqlHere(['simulate', '--project', 'p.pql', '--scenario', 's.json', '--out', 'sim'], folder)
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('export/exists')])
})

test('a merge in a scenario is scored as decided, and the next scenario knows nothing of it', async () => {
  const decisions = [{ question: 'workspaces', a: 'w1', b: 'w2', answer: 'same', relation: 'merge' }]
  const folder = folderOf({
    ...FILES,
    'm.json': JSON.stringify({ version: 1, name: 'Merge', identity: { decisions } }),
  })
  const run = await pqlHere(RUN, folder)
  expect(run.code, run.stderr).toBe(0)
  const scenarios = ['--scenario', 'm.json', '--scenario', 't.json']
  const done = await pqlHere(['simulate', '--project', 'p.pql', ...scenarios, '--out', 'sim'], folder)
  expect(done.code, done.stderr).toBe(0)
  const idsOf = (name: string) => rowsOf(join(folder, 'sim', name), 'scores.csv').map(({ unit_id }) => unit_id)
  const all = idsOf('2-same')
  expect(all).toContain('w2')
  expect(idsOf('1-merge')).toEqual(all.filter(id => id !== 'w2'))
  const counted = rowsOf(join(folder, 'sim', '1-merge'), 'destination_matrix.csv').flatMap(({ base: _, ...counts }) =>
    Object.values(counts).map(Number),
  )
  expect(counted.reduce((a, b) => a + b)).toBe(all.length)
})

test('several scenarios have a folder each, and a whole model may take the place of the one in force', async () => {
  const folder = await scored()
  const args = ['--scenario', 's.json', '--scenario', 't.json', '--out', 'sim', '--json']
  const done = await pqlHere(['simulate', '--project', 'p.pql', ...args], folder)
  expect(done.code, done.stderr).toBe(0)
  expect(readdirSync(join(folder, 'sim')).toSorted()).toEqual(['1-lower-bolder', '2-same'])
  expect(rowsOf(join(folder, 'sim', '2-same'), 'scores.csv')).toEqual(rowsOf(join(folder, 'out'), 'scores.csv'))
  expect(JSON.parse(done.stdout)).toMatchObject({ scenarios: [{ isWithinReach: true }, { movers: 0 }] })
  const preset = await pqlHere(['model', 'export', '--preset', 'checklist', '--out', 'm.json'], folder)
  expect(preset.code, preset.stderr).toBe(0)
  const model = await pqlHere(['simulate', '--project', 'p.pql', '--model', 'm.json', '--out', 'checked'], folder)
  expect(model.code, model.stderr).toBe(0)
  expect(rowsOf(join(folder, 'checked'), 'scores.csv')).toHaveLength(2)
})

test('explain says why, what changed, and the score day by day', async () => {
  const folder = await scored()
  const args = ['explain', 'w1', '--project', 'p.pql']
  const text = await pqlHere([...args, '--since', '2026-05-20', '--from', '2026-05-19'], folder)
  expect(text.code, text.stderr).toBe(0)
  for (const part of ['w1 (Acme)', 'Since 2026-05-20', 'new events', '2026-05-19']) expect(text.stdout).toContain(part)
  const { unit, changes, history } = JSON.parse(
    (await pqlHere([...args, '--since', '2026-05-20', '--history', '--json'], folder)).stdout,
  ) as {
    unit: { row: { score: number } }
    changes: { before: { clamped: number }; now: { clamped: number }; changes: { points: number }[] }
    history: { score: number }[]
  }
  const sum = changes.changes.reduce((total, { points }) => total + points, 0)
  expect(Math.abs(sum - (changes.now.clamped - changes.before.clamped))).toBeLessThan(1e-9)
  expect(history.at(-1)?.score).toBe(unit.row.score)
  const bad = await pqlHere([...args, '--since', 'yesterday'], folder)
  expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('usage/bad-argument')])
  expect(text.stderr).not.toContain('older than')
  await pqlHere(['undo', '--project', 'p.pql'], folder)
  for (const command of [args, ['route', '--project', 'p.pql']])
    expect((await pqlHere(command, folder)).stderr).toContain('These scores are older than the data')
})

test('explain finds a workspace by its name, and names those that come near', async () => {
  const folder = folderOf({
    ...FILES,
    'in/workspaces.csv': 'workspace_id,workspace_name\nw1,Acme\nw2,Initech\nw3,Twin\nw4,twin\n',
  })
  expect((await pqlHere(RUN, folder)).code).toBe(0)
  const explain = async (called: string) => await pqlHere(['explain', called, '--project', 'p.pql'], folder)
  expect((await explain('acme')).stdout).toContain('w1 (Acme)')
  const several = await explain('Twin')
  expect([several.code, several.stderr]).toEqual([2, expect.stringMatching(/2 workspaces are called Twin.*w3 .*w4 /)])
  const part = await explain('cme')
  expect([part.code, part.stderr]).toEqual([2, expect.stringContaining('with it in their name: w1 (Acme')])
  const misspelt = await explain('Intiech')
  expect([misspelt.code, misspelt.stderr]).toEqual([2, expect.stringContaining('nearest: w2 (Initech')])
})

/** Two lines that come to half of the last decimal. */
const HALVES = JSON.stringify({
  version: 1,
  buckets: Object.fromEntries(
    ['activation', 'depth', 'expansion', 'intent', 'negative'].map(id => [id, { scope: 'person', curve: 'none' }]),
  ),
  signals: [
    { id: 'whole', kind: 'login', bucket: 'depth', points: 0.5, count: 'first' },
    { id: 'more', kind: 'upgrade_click', bucket: 'intent', points: 0.5005, count: 'first' },
  ],
  roles: { admin: 1, manager: 1, contributor: 1, other: 1 },
  stages: { warm: 40, pql: 60, hot: 80 },
})

test.each([
  { why: 'as usual', model: null },
  { why: 'halves of the last decimal', model: HALVES },
])('what explain prints adds up as it is printed: $why', async ({ model }) => {
  const folder = folderOf({ ...FILES, ...(model === null ? {} : { 'm.json': model }) })
  const run = await pqlHere([...RUN, ...(model === null ? [] : ['--model', 'm.json'])], folder)
  expect(run.code, run.stderr).toBe(0)
  const { stdout } = await pqlHere(['explain', 'w1', '--project', 'p.pql', '--since', '2026-05-20'], folder)
  const figures = (head: RegExp): number[] =>
    (stdout.split(head)[1] ?? '')
      .split('\n\n')[0]
      ?.split('\n')
      .flatMap(line => /^ *([+-]?\d+\.\d+)/.exec(line)?.[1] ?? [])
      .map(Number) ?? []
  const tenths = [...stdout.matchAll(/^ {2}([+-]\d+\.\d) \S/gm)].map(([, points]) => Number(points))
  const [, then = '', today = ''] = /^Since .+: ([\d.]+) to ([\d.]+)$/m.exec(stdout) ?? []
  expect(tenths.length).toBeGreaterThan(0)
  expect(tenths.reduce((a, b) => a + b)).toBeCloseTo(Number(today) - Number(then), 9)
  for (const head of [/points +bucket/, /points +cause/]) {
    const printed = figures(head)
    expect(printed.length).toBeGreaterThan(2)
    expect(printed.slice(0, -1).reduce((a, b) => a + b)).toBeCloseTo(printed.at(-1) ?? Number.NaN, 9)
  }
})

test('the threshold that fills a capacity: of a stage, a rule or a channel, as it is and by a scenario', async () => {
  const folder = await scored()
  const fill = async (...args: string[]) => await pqlHere(['simulate', '--project', 'p.pql', ...args], folder)
  const text = await fill('--fill', 'pql=1', '--fill', '7=1')
  expect(text.code, text.stderr).toBe(0)
  expect(text.stdout).toMatch(/^1 a week, the stage pql: [\d.]+ lets in 1 new a week/)
  expect(text.stdout).toMatch(/1 a week, rule 7, .+, to \w+: /)
  // More than ever come: the lowest threshold takes all, and lies below that of the stage before.
  const crossing = await fill('--fill', 'hot=40', '--json')
  const { fillings: crossed } = JSON.parse(crossing.stdout) as {
    fillings: {
      filled: { solution: { blocked: { threshold: number; best: { threshold: number } | null } | null } }[]
    }[]
  }
  const { blocked } = crossed[0]?.filled[0]?.solution ?? {}
  expect(blocked).toMatchObject({ side: 'lower', stage: 'pql' })
  expect(blocked?.best?.threshold).toBeGreaterThanOrEqual(blocked?.threshold ?? Number.NaN)
  const said = (await fill('--fill', 'hot=40')).stdout
  expect(said).toMatch(/the lower threshold, pql at [\d.]+, would have to move first\. The best that is allowed is /)
  const json = await fill('--fill', 'pql=1', '--scenario', 's.json', '--json')
  const { fillings } = JSON.parse(json.stdout) as {
    fillings: { name: string; filled: { units: number; solution: { current: { threshold: number } } }[] }[]
  }
  expect(fillings).toMatchObject([
    { name: 'Lower, bolder', filled: [{ units: 1, solution: { current: { threshold: 5 } } }] },
  ])
  for (const [args, said] of [
    [['--fill', 'hott=3'], 'is called so; known: hot, '],
    [['--fill', 'pql'], 'no such thing as sdr=40'],
    [['--fill', 'pql=1', '--out', 'x'], '--out is for the files of a scenario'],
    [[], 'needs --scenario <file>, --model <file> or --fill'],
  ] as const) {
    const refused = await fill(...args)
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(said)])
  }
})

test('without a folder the answer is printed: stages, volumes and what moves most, with its cause', async () => {
  const folder = await scored()
  const { code, stdout, stderr } = await pqlHere(['simulate', '--project', 'p.pql', '--scenario', 's.json'], folder)
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/^ +Not PQL +Warm +PQL +Hot PQL\nbase /)
  expect(stdout).toMatch(/goes to +before +after/)
  expect(stdout).toMatch(/unit +score +stage +goes to +because of\n.+ to .+[a-z.]+: /)
  expect(stdout).not.toContain('Written to')
})

test('a model is exported, checked, compared, applied and taken back', async () => {
  const folder = await scored()
  const project = ['--project', 'p.pql']
  await pqlHere(['model', 'export', '--preset', 'enterprise', '--out', 'e.json'], folder)
  const lint = await pqlHere(['model', 'lint', 'e.json'], folder)
  expect([lint.code, lint.stdout]).toEqual([0, expect.stringContaining('Enterprise: a model')])
  const broken = await pqlHere(['model', 'lint', 's.json', ...project], folder)
  expect([broken.code, broken.stdout]).toEqual([3, expect.stringContaining('not a model')])
  const diff = await pqlHere(['model', 'diff', 'e.json', ...project], folder)
  expect(diff.stdout).toContain('stages.hot')
  const before = JSON.parse((await pqlHere(['model', 'versions', ...project, '--json'], folder)).stdout) as {
    hash: string
  }[]
  expect((await pqlHere(['model', 'apply', 'e.json', ...project], folder)).code).toBe(0)
  expect((await pqlHere(['model', 'diff', 'e.json', ...project], folder)).stdout).toBe('no difference\n')
  const back = await pqlHere(['model', 'revert', before[0]?.hash ?? '', ...project], folder)
  expect(back.stdout).toContain('Recipe is in force again')
})

test('score at the level of users lists people by what they score', async () => {
  const folder = await scored()
  const done = await pqlHere(['score', '--project', 'p.pql', '--level', 'user', '--json'], folder)
  expect(done.code, done.stderr).toBe(0)
  const people = JSON.parse(done.stdout) as { personId: string; userScore: number }[]
  expect(people.map(({ userScore }) => userScore)).toEqual(
    people.map(({ userScore }) => userScore).toSorted((a, b) => b - a),
  )
  expect(people.map(({ personId }) => personId)).toContain('u1')
})
