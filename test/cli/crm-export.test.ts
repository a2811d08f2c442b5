import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import { csv, TABLES } from '../core/app/support/exports.ts'
import { bytesOf, type Ended, folderOf, pqlHere, treeOf } from './support/pql.ts'

const PRESETS = ['hubspot', 'salesforce', 'attio', 'generic'] as const
let folder: string

beforeAll(async () => {
  const tables = Object.entries(TABLES).map(([table, records]) => [`in/${table}.csv`, csv(records)] as const)
  folder = folderOf(Object.fromEntries(tables))
  for (const args of [
    ['import', 'in', '--project', 'p.pql'],
    ['score', '--project', 'p.pql'],
  ]) {
    const { code, stderr } = await pqlHere(args, folder)
    expect(code, stderr).toBe(0)
  }
})

const pqlExport = async (...args: readonly string[]): Promise<Ended> =>
  await pqlHere(['export', '--project', 'p.pql', ...args], folder)

/** The names that a dry run or an export tells, and how many of the records it makes. */
function told(text: string): Readonly<{ files: readonly string[]; created: number }> {
  const { files, objects, created } = JSON.parse(text) as Readonly<{
    files: readonly Readonly<{ name: string }>[]
    objects?: readonly Readonly<{ create: number }>[]
    created?: number
  }>
  const sum = objects?.reduce((total, { create }) => total + create, 0) ?? 0
  return { files: files.map(({ name }) => name).filter(name => name !== 'manifest.json'), created: created ?? sum }
}

describe.each(PRESETS)('pql export --preset %s', preset => {
  test('--dry-run says what would be made and writes nothing; the export makes it, and its delta is empty', async () => {
    const out = `crm/${preset}`
    const before = treeOf(folder)
    const dry = await pqlExport('--preset', preset, '--dry-run')
    expect(dry.code, dry.stderr).toBe(0)
    expect(dry.stdout).toMatch(/Nothing was written\.\n$/)
    const tried = told((await pqlExport('--preset', preset, '--dry-run', '--json')).stdout)
    expect(treeOf(folder)).toEqual(before)
    const done = await pqlExport('--preset', preset, '--out', out, '--json')
    expect(done.code, done.stderr).toBe(0)
    const { files, created } = told(done.stdout)
    expect(created).toBeGreaterThan(0)
    expect(created).toBe(tried.created)
    expect(files).toEqual(expect.arrayContaining([...tried.files]))
    expect(Object.keys(bytesOf(join(folder, out))).sort()).toEqual([...files, 'manifest.json'].sort())
    const delta = await pqlExport('--preset', preset, '--out', `${out}-delta`, '--delta', '--json')
    expect(delta.code, delta.stderr).toBe(0)
    expect(told(delta.stdout)).toMatchObject({ created: 0 })
    expect(told(delta.stdout).files).toEqual([])
    const summary = await pqlExport('--preset', preset, '--out', `${out}-again`, '--again')
    expect(summary.stdout).toMatch(/\d+ made, \d+ updated, 0 unchanged and left out/)
    // What it comes to was said before, beside the data.
    expect(summary.stderr).toContain(`${preset}: 4 workspaces\n`)
    expect(summary.stderr).toMatch(/made +updated +unchanged/)
    expect(bytesOf(join(folder, `${out}-again`))[files[0] ?? '']).toEqual(bytesOf(join(folder, out))[files[0] ?? ''])
  })
})

describe('several CRMs at once', () => {
  test.each([
    { why: 'named in one option', presets: ['--preset', 'hubspot,attio'] },
    { why: 'the option repeated', presets: ['--preset', 'hubspot', '--preset', 'attio'] },
  ])('$why: a folder for each, and one summary', async ({ presets }) => {
    const out = `several-${presets.length}`
    const dry = await pqlExport(...presets, '--dry-run', '--again')
    expect(dry.stdout).toMatch(/^hubspot: 4 workspaces\n.*\nattio: 4 workspaces\n.*\nNothing was written\.\n$/s)
    const { code, stdout, stderr } = await pqlExport(...presets, '--out', out, '--again')
    expect(code, stderr).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.map(line => line.split(/ +/)[0])).toEqual(['', 'hubspot', 'attio'])
    expect(readdirSync(join(folder, out)).sort()).toEqual(['attio', 'hubspot'])
    expect(readdirSync(join(folder, out, 'attio'))).toContain('attio_people.csv')
    const again = await pqlExport(...presets, '--out', out, '--delta', '--json')
    const answers = JSON.parse(again.stdout) as readonly Readonly<{ created: number; updated: number }>[]
    expect(answers).toMatchObject([
      { created: 0, updated: 0 },
      { created: 0, updated: 0 },
    ])
  })

  test('where one of the folders is taken, it stays as it is, and what was written is told: 2', async () => {
    mkdirSync(join(folder, 'half/attio'), { recursive: true })
    writeFileSync(join(folder, 'half/attio/attio_people.csv'), 'mine')
    const { code, stderr } = await pqlExport('--preset', 'hubspot,attio', '--out', 'half', '--again')
    expect([code, stderr]).toEqual([2, expect.stringContaining('export/exists')])
    expect(stderr).toContain(`Written all the same: ${join(folder, 'half/hubspot')}`)
    expect(readdirSync(join(folder, 'half/attio'))).toEqual(['attio_people.csv'])
  })

  test('a name that is none is refused, and told what there is: 2', async () => {
    const { code, stderr } = await pqlExport('--preset', 'hubspot,zoho', '--out', 'none')
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('"zoho" is none of hubspot, salesforce, attio, generic'),
    ])
  })
})

describe('where workspaces go', () => {
  test.each([
    { preset: 'attio', as: [], has: ['attio_workspaces.csv', 'attio_users.csv'], not: [] },
    { preset: 'attio', as: ['--workspace-as', 'company'], has: [], not: ['attio_workspaces.csv', 'attio_users.csv'] },
    { preset: 'attio', as: ['--workspace-as', 'contact'], has: [], not: ['attio_workspaces.csv', 'attio_users.csv'] },
    { preset: 'hubspot', as: [], has: [], not: ['hubspot_workspaces.csv'] },
    { preset: 'hubspot', as: ['--workspace-as', 'object'], has: ['hubspot_workspaces.csv'], not: [] },
  ])('$preset $as', async ({ preset, as, has, not }) => {
    const { stdout, stderr } = await pqlExport('--preset', preset, '--dry-run', '--again', '--json', ...as)
    expect(stdout, stderr).not.toBe('')
    const { files } = told(stdout)
    expect(files).toEqual(expect.arrayContaining(has))
    for (const name of not) expect(files).not.toContain(name)
  })

  test('is no choice for Salesforce: 2', async () => {
    const { code, stderr } = await pqlExport('--preset', 'salesforce', '--dry-run', '--workspace-as', 'object')
    expect([code, stderr]).toEqual([2, expect.stringContaining('--workspace-as is for hubspot and attio')])
  })
})

describe('a place that cannot be written: nothing is exported, nothing counts as handed over', () => {
  const deliver = async (out: string): Promise<Ended> => await pqlExport('--preset', 'attio', '--again', '--out', out)
  const handedOver = (): unknown => {
    const database = new Database(join(folder, 'p.pql'), { readonly: true })
    const count = database.prepare('SELECT count(*) FROM export_run').pluck().get()
    database.close()
    return count
  }

  type Place = Readonly<{ why: string; out: string; prepare?: (out: string) => void; code: number; says: RegExp }>

  const refused = async ({ out, prepare, code, says }: Place): Promise<void> => {
    const path = out.startsWith('/') ? out : join(folder, out)
    prepare?.(path)
    const before = [handedOver(), readFolder(path)]
    const ended = await deliver(out)
    expect([ended.code, ended.stdout]).toEqual([code, ''])
    expect(ended.stderr).toMatch(says)
    expect([handedOver(), readFolder(path)]).toEqual(before)
    rmSync(path, { recursive: true, force: true })
  }

  test.skipIf(process.platform !== 'linux').each<Place>([
    {
      why: 'a full disk',
      out: 'full',
      prepare: out => {
        mkdirSync(out)
        symlinkSync('/dev/full', join(out, 'attio_people.csv.pql-draft'))
      },
      code: 6,
      says: /store\/disk.*full.*ENOSPC.*nothing was exported/,
    },
    {
      why: 'a read-only place',
      out: '/proc/pql-out',
      code: 6,
      says: /store\/read-only.*cannot be written to.*nothing was exported/,
    },
  ])('$why: $code', refused)

  test.each<Place>([
    {
      why: 'a file in the place of the folder',
      out: 'taken',
      prepare: out => writeFileSync(out, 'mine'),
      code: 2,
      says: /export\/exists.*is a file; choose a folder/,
    },
    {
      why: 'files of another hand',
      out: 'foreign',
      prepare: out => {
        mkdirSync(out)
        writeFileSync(join(out, 'attio_people.csv'), 'mine')
      },
      code: 2,
      says: /export\/exists.*attio_people\.csv, which no earlier export wrote.*choose another folder or allow overwriting/,
    },
  ])('$why: $code', refused)

  test('a project that another program holds: 5', async () => {
    const holder = new Database(join(folder, 'p.pql'))
    holder.exec('BEGIN EXCLUSIVE')
    try {
      const ended = await deliver('held')
      expect([ended.code, ended.stdout]).toEqual([5, ''])
      expect(ended.stderr).toMatch(/store\/locked/)
      expect(existsSync(join(folder, 'held'))).toBe(false)
    } finally {
      holder.close()
    }
  })
})

/** Names and texts; what is on its way to its name is no file yet. */
function readFolder(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  const names = readdirSync(path).filter(name => !lstatSync(join(path, name)).isSymbolicLink())
  return names.map(name => `${name}: ${readFileSync(join(path, name), 'utf8')}`)
}

describe('pql routes', () => {
  test('explain names the rule that decides, its tests with their values, and the team', async () => {
    const { code, stdout, stderr } = await pqlHere(['routes', 'explain', 'w1', '--project', 'p.pql'], folder)
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/^w1 \(Hot Ltd\): .+, score \d+\.\d\ngoes to sdr/)
    expect(stdout).toMatch(/rule .+: decides\n {4}\+ .+ \(is: .+\)/)
    expect(stdout).toMatch(/\nTeam: SDR, owner: Sam/)
    const json = await pqlHere(['routes', 'explain', 'w1', '--project', 'p.pql', '--json'], folder)
    const { rules, destination } = JSON.parse(json.stdout) as {
      destination: string
      rules: readonly Readonly<{ decides: boolean; all: readonly Readonly<{ holds: boolean }>[] }>[]
    }
    expect(destination).toBe('sdr')
    expect(rules.filter(({ decides }) => decides)).toMatchObject([{ all: expect.any(Array) }])
  })

  test('explain of a workspace that is not there: 2', async () => {
    const { code, stdout, stderr } = await pqlHere(['routes', 'explain', 'nobody', '--project', 'p.pql'], folder)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/score\/unknown-unit.*nobody/)
  })

  test('check counts what each rule decides: all workspaces, each once', async () => {
    const { code, stdout, stderr } = await pqlHere(['routes', 'check', '--project', 'p.pql', '--json'], folder)
    expect(code, stderr).toBe(0)
    const { rules, units } = JSON.parse(stdout) as { units: number; rules: readonly Readonly<{ decides: number }>[] }
    expect(units).toBe(4)
    expect(rules.reduce((sum, { decides }) => sum + decides, 0)).toBe(units)
    const text = await pqlHere(['routes', 'check', '--project', 'p.pql'], folder)
    expect(text.stdout).toMatch(/of 4 workspaces meet nothing but the last rule\.\n$/)
  })

  test('without a run there is nothing to explain: 2', async () => {
    const empty = folderOf({ 'in/events.csv': csv(TABLES.events) })
    expect((await pqlHere(['import', 'in', '--project', 'p.pql'], empty)).code).toBe(0)
    for (const args of [
      ['routes', 'explain', 'w1'],
      ['routes', 'check'],
      ['export', '--preset', 'attio', '--out', 'o'],
    ]) {
      const { code, stderr } = await pqlHere([...args, '--project', 'p.pql'], empty)
      expect([code, stderr]).toEqual([2, expect.stringContaining('score/no-run')])
    }
  })
})

describe('scores that are older than the data', () => {
  const OLD = /^These scores are older than the data, the model or the answers: pql score makes them anew$/m

  beforeAll(async () => {
    copyFileSync(join(folder, 'p.pql'), join(folder, 'old.pql'))
    writeFileSync(join(folder, 'more.csv'), 'user_id,name,primary_email\nlate,Late Comer,late@example.com\n')
    const { code, stderr } = await pqlHere(['import', 'more.csv', '--project', 'old.pql'], folder)
    expect(code, stderr).toBe(0)
  })

  test.each([
    { why: 'lists', args: ['--out', 'old/lists'], manifest: 'old/lists' },
    { why: 'a dry run', args: ['--preset', 'generic', '--dry-run'], manifest: null },
    { why: 'the files of a CRM', args: ['--preset', 'generic', '--out', 'old/crm'], manifest: 'old/crm' },
  ])('$why: said on stderr and in the manifest', async ({ args, manifest }) => {
    const done = await pqlHere(['export', '--project', 'old.pql', ...args], folder)
    expect(done.code, done.stderr).toBe(0)
    expect(done.stderr).toMatch(OLD)
    if (manifest !== null) expect(manifestOf(manifest)).toMatchObject({ scores_are_older_than: ['data'] })
  })

  test.each([
    { why: 'lists', args: ['--out', 'none'] },
    { why: 'a dry run', args: ['--preset', 'generic', '--dry-run'] },
    { why: 'the files of a CRM', args: ['--preset', 'generic', '--out', 'none'] },
  ])('--fail-on stale, $why: ends with 3 and writes nothing', async ({ args }) => {
    const failed = await pqlHere(['export', '--project', 'old.pql', '--fail-on', 'stale', ...args], folder)
    expect(failed).toMatchObject({ code: 3, stdout: '' })
    expect(failed.stderr).toMatch(OLD)
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })

  test('scores that are current are exported without a word', async () => {
    const done = await pqlExport('--out', 'fresh', '--fail-on', 'stale')
    expect(done.code, done.stderr).toBe(0)
    expect(done.stderr).not.toMatch(OLD)
    expect(manifestOf('fresh')).toMatchObject({ scores_are_older_than: [] })
  })

  const manifestOf = (of: string): unknown => JSON.parse(readFileSync(join(folder, of, 'manifest.json'), 'utf8'))
})
