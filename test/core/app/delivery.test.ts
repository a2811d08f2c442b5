import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#contract/contract'
import { dayText, stageOf } from '#score'
import { startProject, type TestEngine } from './support/engine.ts'
import { csv, importSmall } from './support/exports.ts'

let engine: TestEngine
let out: string

beforeEach(async () => {
  engine = await startProject()
  out = engine.path('crm')
  await importSmall(engine)
  const contacts = [
    { contact_id: '501', crm_id: '501', email: 'bob@hot.example', account_id: 'a1', owner: 'sam@us.example' },
    { contact_id: '601', crm_id: '601', email: 'cyd@warm.example', account_id: 'a2', owner: 'sam@us.example' },
    { contact_id: '602', crm_id: '602', email: 'cyd@warm.example', account_id: 'a2', owner: 'sam@us.example' },
  ]
  const accounts = [{ account_id: 'a1', crm_id: '9001' }]
  await engine.client['import.run']({
    sources: [engine.write('contacts.csv', csv(contacts)), engine.write('accounts2.csv', csv(accounts))],
  })
  await engine.client['score.run']({})
})

type Wish = Omit<Input<'export.deliver'>, 'target'>
const deliver = async (wish: Wish) => await engine.client['export.deliver']({ target: out, overwrite: true, ...wish })
const rows = (name: string): readonly Readonly<Record<string, string>>[] =>
  recordsOf(readFileSync(join(out, name), 'utf8'))

function recordsOf(text: string): readonly Readonly<Record<string, string>>[] {
  const [names = [], ...lines] = Papa.parse(text.trimEnd(), { delimiter: ',', newline: '\r\n' }).data
  return lines.map(cells => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])))
}

describe('a dry run', () => {
  test('says what an export would come to and writes nothing', async () => {
    const tried = await engine.client['export.dryRun']({ preset: 'hubspot' })
    expect(existsSync(out)).toBe(false)
    expect(tried.objects.find(({ object }) => object === 'person')).toMatchObject({ matchedTwice: 1 })
    expect(tried.findings.find(({ kind }) => kind === 'matched_twice')).toMatchObject({
      key: 'u3',
      text: expect.stringContaining('601 and 602'),
    })
    const done = await deliver({ preset: 'hubspot' })
    const sums = (name: 'create' | 'update') => tried.objects.reduce((sum, own) => sum + own[name], 0)
    expect([done.created, done.updated]).toEqual([sums('create'), sums('update')])
    const written = done.files.map(({ name, rows: own }) => [name, own])
    expect(written).toContainEqual(['manifest.json', 0])
    expect(tried.files.map(({ name, rows: own }) => [name, own])).toEqual(written)
    for (const { file, text } of tried.samples)
      expect(readFileSync(join(out, file), 'utf8').startsWith(text)).toBe(true)
  })
})

test.each(['salesforce', 'attio', 'generic'] as const)(
  '%s: a dry run names every file that is written',
  async preset => {
    const tried = await engine.client['export.dryRun']({ preset })
    const done = await deliver({ preset })
    expect(tried.files.map(({ name }) => name)).toEqual(done.files.map(({ name }) => name))
  },
)

describe('several CRMs', () => {
  const WISHES = [{ preset: 'hubspot' }, { preset: 'attio' }] as const
  const texts = (folder: string) =>
    readdirSync(folder)
      .sort()
      .map(name => readFileSync(join(folder, name), 'utf8'))

  test('come to the same as one after the other, each in a folder of its own', async () => {
    const { answers } = await engine.client['export.dryRunEach']({ wishes: [...WISHES] })
    const alone = await Promise.all(WISHES.map(wish => engine.client['export.dryRun'](wish)))
    expect(answers).toEqual(alone)
    const { results } = await engine.client['export.deliverEach']({ target: out, wishes: [...WISHES] })
    expect(results.map(({ preset, folder, failure }) => [preset, folder, failure])).toEqual([
      ['hubspot', join(out, 'hubspot'), null],
      ['attio', join(out, 'attio'), null],
    ])
    const again = engine.path('alone')
    await engine.client['export.deliver']({ target: again, preset: 'attio', again: true })
    const csvOf = (folder: string) => texts(folder).filter(text => !text.startsWith('{\n'))
    expect(csvOf(join(out, 'attio'))).toEqual(csvOf(again))
  })

  test('one that cannot be written leaves its folder as it was, and the others are written', async () => {
    mkdirSync(join(out, 'hubspot/hubspot_contacts.csv'), { recursive: true })
    const { results } = await engine.client['export.deliverEach']({ target: out, wishes: [...WISHES] })
    expect(results.map(({ preset, written, failure }) => [preset, written === null, failure?.code])).toEqual([
      ['hubspot', true, 'export/exists'],
      ['attio', false, undefined],
    ])
    expect(readdirSync(join(out, 'hubspot'))).toEqual(['hubspot_contacts.csv'])
    expect(readdirSync(join(out, 'attio'))).toContain('attio_people.csv')
    const { deliveries } = await engine.client['export.deliveries']({})
    expect(deliveries.map(({ preset }) => preset)).toEqual(['attio'])
  })

  test('where none can be written, it fails as the first did; the same CRM twice is refused', async () => {
    for (const preset of ['hubspot', 'attio']) mkdirSync(join(out, preset, 'manifest.json'), { recursive: true })
    const both = engine.client['export.deliverEach']({ target: out, wishes: [...WISHES] })
    await expect(both).rejects.toMatchObject({ code: 'export/exists' })
    const twice = engine.client['export.dryRunEach']({ wishes: [WISHES[0], WISHES[0]] })
    await expect(twice).rejects.toMatchObject({ code: 'contract/bad-input' })
  })
})

describe('an export', () => {
  test('a task says since when the stage holds as the score over time has it, also in a first run', async () => {
    await deliver({ preset: 'generic' })
    const tasks = rows('tasks.csv').filter(({ channel }) => channel === 'sdr')
    expect(tasks.length).toBeGreaterThan(0)
    for (const { workspace_id: unitId = '', body = '' } of tasks) {
      const { columns, firstDay, stages } = await engine.client['score.history']({ unitId })
      const scores = [...columns.score]
      const stage = (score: number): string => stageOf(score, stages)
      const before = scores.findLastIndex(score => Number.isNaN(score) || stage(score) !== stage(scores.at(-1) ?? 0))
      expect(body).toContain(`In this stage at least since ${dayText(firstDay + before + 1, firstDay + 89)}\n`)
    }
  })

  test('updates by its id what the CRM has, and makes what it has not', async () => {
    await deliver({ preset: 'hubspot' })
    expect(rows('hubspot_companies_known.csv')).toMatchObject([
      { 'Record ID': '9001', 'Company Domain Name': 'hot.example' },
    ])
    expect(rows('hubspot_contacts.csv')).toMatchObject([{ Email: 'ada@hot.example' }])
    expect(rows('hubspot_tasks.csv')).toHaveLength(1)
    expect(rows('hubspot_deals.csv')).toMatchObject([{ Amount: '', 'Deal owner': 'sam@us.example' }])
  })

  test.each(['hubspot', 'salesforce', 'attio', 'generic'] as const)(
    '%s: a second one makes nothing twice',
    async preset => {
      const first = await deliver({ preset })
      const again = await deliver({ preset })
      const onceOnly = /task|deal|note/
      expect(first.created).toBeGreaterThan(0)
      expect(again.files.map(({ name }) => name).filter(name => onceOnly.test(name))).toEqual([])
      const delta = await deliver({ preset, delta: true })
      expect(delta).toMatchObject({ created: 0, updated: 0 })
      expect(delta.files.map(({ name }) => name)).toEqual(['manifest.json'])
      expect(readdirSync(out)).toEqual(['manifest.json'])
      const repeated = await deliver({ preset, again: true })
      expect(repeated.created + repeated.updated).toBe(first.created + first.updated)
    },
  )

  test('is the same, byte for byte, in another project with the same files', async () => {
    const { files } = await deliver({ preset: 'attio' })
    const other = await startProject()
    await importSmall(other)
    const sources = ['contacts.csv', 'accounts2.csv'].map(name => other.write(name, readFileSync(engine.path(name))))
    await other.client['import.run']({ sources })
    await other.client['score.run']({})
    const { files: same } = await other.client['export.deliver']({ target: other.path('crm'), preset: 'attio' })
    expect(same).toEqual(files)
  })

  test('has its companions, and says in the manifest how it was made', async () => {
    const { files } = await deliver({ preset: 'salesforce', leadsAs: 'lead' })
    expect(files.map(({ name }) => name)).toContain('salesforce_leads.sdl')
    expect(readFileSync(join(out, 'salesforce_leads.sdl'), 'utf8')).toContain('LastName=LastName\n')
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
    expect(manifest.delivery).toMatchObject({ preset: 'salesforce', options: { leadsAs: 'lead', coolDownDays: 14 } })
  })

  test('is listed', async () => {
    await deliver({ preset: 'attio' })
    const { deliveries } = await engine.client['export.deliveries']({})
    expect(deliveries).toMatchObject([{ preset: 'attio', target: out, failed: 0 }])
    const { presets } = await engine.client['export.presets']({})
    expect(presets.map(({ preset, lastExport }) => [preset, lastExport?.records ?? null])).toEqual([
      ['hubspot', null],
      ['salesforce', null],
      ['attio', deliveries[0]?.records],
      ['generic', null],
    ])
  })
})

test('a unit that somebody got a task for waits for the cool-down to be over', async () => {
  await deliver({ preset: 'generic' })
  // A later stage is another occasion: the same unit would get a second task.
  const hot = JSON.parse((await engine.client['model.get']({})).json)
  await engine.client['model.apply']({ json: JSON.stringify({ ...hot, stages: { warm: 50, pql: 65, hot: 99.9 } }) })
  await engine.client['score.run']({ asOf: '2026-06-02' })
  const cooled = await engine.client['export.dryRun']({ preset: 'generic', coolDownDays: 30 })
  const free = await engine.client['export.dryRun']({ preset: 'generic', coolDownDays: 0 })
  const tasksOf = (tried: typeof cooled) => tried.objects.find(({ object }) => object === 'task')?.create ?? 0
  expect([tasksOf(cooled), cooled.coolingDown > 0]).toEqual([0, tasksOf(free) > 0])
})

describe('a file that comes back', () => {
  test('marks its rows, which come with the next export', async () => {
    await deliver({ preset: 'hubspot' })
    const [header = '', ...lines] = readFileSync(join(out, 'hubspot_deals.csv'), 'utf8').trimEnd().split('\r\n')
    const text = [`${header},Error`, ...lines.map(line => `${line},No such owner`), `${lines[0]?.replace('PQL', 'X')},`]
    const source = engine.write('errors.csv', text.join('\r\n'))
    const returned = await engine.client['export.errors']({ source, preset: 'hubspot' })
    expect(returned).toMatchObject({ rows: 2, matched: 1, unmatched: 1 })
    expect(returned.failed).toMatchObject([{ object: 'deal', unitId: 'w1', message: 'No such owner' }])
    expect((await engine.client['export.deliveries']({})).deliveries[0]?.failed).toBe(1)
    const next = await deliver({ preset: 'hubspot', delta: true })
    expect(next.files.map(({ name }) => name).sort()).toEqual(['hubspot_deals.csv', 'manifest.json'])
    expect((await engine.client['export.deliveries']({})).deliveries.map(({ failed }) => failed)).toEqual([0, 0])
  })

  type Shape = Readonly<{
    why: string
    preset: 'hubspot' | 'salesforce' | 'attio'
    file: string
    /** The file as the CRM gives it, of the header and one row. */
    of: (header: string, row: string) => string
    object: string
    message: string
  }>
  const quotedRow = (line: string): string =>
    (Papa.parse(line, { delimiter: ',', newline: '\r\n' }).data[0] ?? [])
      .map(cell => `"${cell.replaceAll('"', '""')}"`)
      .join(',')

  test.each<Shape>([
    {
      why: 'HubSpot: the row with what is wrong behind it',
      preset: 'hubspot',
      file: 'hubspot_contacts.csv',
      of: (header, row) => `${header},Error type,Error message\r\n${row},INVALID_OWNER_ID,No such owner\r\n`,
      object: 'person',
      message: 'No such owner',
    },
    {
      why: 'Data Loader: every cell in quotes, ERROR last, lines of LF',
      preset: 'salesforce',
      file: 'salesforce_leads.csv',
      of: (header, row) => `${quotedRow(header)},"ERROR"\n${quotedRow(row)},"DUPLICATES_DETECTED:Use one"\n`,
      object: 'person',
      message: 'DUPLICATES_DETECTED:Use one',
    },
    {
      why: 'Bulk API: id and error before the fields',
      preset: 'salesforce',
      file: 'salesforce_leads.csv',
      of: (header, row) => `"sf__Id","sf__Error",${quotedRow(header)}\n"","REQUIRED_FIELD_MISSING",${quotedRow(row)}\n`,
      object: 'person',
      message: 'REQUIRED_FIELD_MISSING',
    },
    {
      why: 'Import Wizard: its own labels',
      preset: 'salesforce',
      file: 'salesforce_leads_wizard.csv',
      of: (header, row) => `${header},Error\r\n${row},Email is wrong\r\n`,
      object: 'person',
      message: 'Email is wrong',
    },
    {
      why: 'Attio: rows without a word on why',
      preset: 'attio',
      file: 'attio_people.csv',
      of: (header, row) => `${header}\n${row}\n`,
      object: 'person',
      message: 'sent back',
    },
  ])('$why', async ({ preset, file, of, object, message }) => {
    await deliver({ preset })
    const [header = '', row = ''] = readFileSync(join(out, file), 'utf8').split('\r\n')
    const returned = await engine.client['export.errors']({ source: engine.write('e.csv', of(header, row)), preset })
    expect(returned).toMatchObject({ rows: 1, matched: 1, failed: [{ object, message }] })
    const next = await deliver({ preset, delta: true })
    expect(next.created + next.updated).toBe(1)
    expect(next.files.map(({ name }) => name)).toContain(file)
  })

  test.each([
    {
      why: 'the success file of the Data Loader',
      head: '"ID",',
      cells: '"00Q000000000001",',
      tail: '"STATUS"',
      says: '"Item Created"',
    },
    { why: 'what the Bulk API took', head: '"sf__Id","sf__Created",', cells: '"00Q","true",', tail: '"x"', says: '""' },
  ])('$why is refused: nothing is marked', async ({ head, cells, tail, says }) => {
    await deliver({ preset: 'salesforce' })
    const [header = '', row = ''] = readFileSync(join(out, 'salesforce_leads.csv'), 'utf8').split('\r\n')
    const text = `${head}${quotedRow(header)},${tail}\n${cells}${quotedRow(row)},${says}\n`
    const source = engine.write('success.csv', text)
    await expect(engine.client['export.errors']({ source, preset: 'salesforce' })).rejects.toMatchObject({
      code: 'usage/bad-argument',
      message: expect.stringContaining('lists records that were taken'),
    })
    expect((await engine.client['export.deliveries']({})).deliveries[0]?.failed).toBe(0)
  })

  test('is refused where it is none of the files', async () => {
    const source = engine.write('other.csv', 'a,b\n1,2\n')
    await expect(engine.client['export.errors']({ source, preset: 'attio' })).rejects.toMatchObject({
      code: 'usage/bad-argument',
    })
  })
})

describe('texts of hand-offs', () => {
  test('are kept, shown on workspaces, and written by the next export', async () => {
    const { templates, fields } = await engine.client['handoff.templates']({})
    expect(templates.every(({ isDefault }) => isDefault)).toBe(true)
    expect(fields.map(({ name }) => name)).toContain('opener')
    const text = 'Reasons for {account}\n- {reasons}'
    const drafts = [{ id: 'sdr_task' as const, text }]
    const { rows: shown, problems } = await engine.client['handoff.preview']({ unitIds: ['w1'], templates: drafts })
    expect(problems).toEqual([])
    const body = shown[0]?.payloads.find(({ id }) => id === 'sdr_task')?.text
    expect(body).toMatch(/^Reasons for Hot Holding\n- .+\n- .+\n- /)
    await engine.client['handoff.save']({ templates: drafts })
    await deliver({ preset: 'generic' })
    expect(rows('tasks.csv').find(row => row['channel'] === 'sdr')?.['body']).toBe(body)
    await engine.client['handoff.save']({ templates: [{ id: 'sdr_task', text: null }] })
    expect((await engine.client['handoff.templates']({})).templates).toEqual(templates)
  })

  test('that claim what no field says are refused', async () => {
    const templates = [{ id: 'in_app' as const, text: 'Hello\nYour trial ends in 3 days' }]
    const { problems } = await engine.client['handoff.preview']({ templates })
    expect(problems.map(({ line }) => line)).toEqual([2, 2])
    await expect(engine.client['handoff.save']({ templates })).rejects.toMatchObject({
      code: 'usage/bad-argument',
      message: expect.stringContaining('In-app prompt, line 2'),
    })
  })
})
