import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { readOptions } from '../../../fixtures/generate/options.ts'
import { writeDataset } from '../../../fixtures/generate/write-dataset.ts'
import { faultsOf } from '../export/presets/crm-rules.ts'
import { startProject, type TestEngine } from './support/engine.ts'

// One project of thousands of workspaces for all cases: what holds for four of them need not hold for all.
const WORKSPACES = 3000
const PRESETS = ['hubspot', 'salesforce', 'attio', 'generic'] as const
const TABLES = ['users', 'workspaces', 'memberships', 'accounts', 'contacts', 'deals', 'crm_users', 'subscriptions']
const AS_OF = '2026-05-31'

let engine: TestEngine

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pql-delta-'))
  engine = await startProject({ folder, onEnd: () => undefined, isQuick: false })
  const outDir = engine.path('in')
  await writeDataset(
    readOptions(['--out', outDir, '--workspaces', String(WORKSPACES), '--users', '12000', '--events', '60000']),
  )
  const sources = [...TABLES.map(name => `${name}.csv`), 'events.csv.gz'].map(name => join(outDir, name))
  await engine.client['import.run']({ sources })
  await engine.client['score.run']({ asOf: AS_OF })
  return async () => rmSync(engine.folder, { recursive: true, force: true })
}, 240_000)

type Preset = (typeof PRESETS)[number]

async function deliver(preset: Preset, to: string, delta = false) {
  return await engine.client['export.deliver']({ target: engine.path(`${to}/${preset}`), preset, delta })
}

/** Records that an export handed over, the newest of a preset. */
function handedOver(preset: Preset): readonly Readonly<{ object: string; key: string; unitId: string }>[] {
  const project = new Database(engine.path('p.pql'), { readonly: true })
  const rows = project
    .prepare(
      `SELECT object, record_key AS key, unit_id AS unitId FROM delivered_record
       WHERE preset = ? AND export_id = (SELECT max(export_id) FROM delivery WHERE preset = ?)`,
    )
    .all(preset, preset)
  project.close()
  return rows as readonly Readonly<{ object: string; key: string; unitId: string }>[] // as it is asked for
}

describe(`a project of ${WORKSPACES} workspaces`, () => {
  test('every preset takes every file, and a second export of each is empty', { timeout: 240_000 }, async () => {
    for (const preset of PRESETS) {
      const first = await deliver(preset, 'first')
      expect(first.created, preset).toBeGreaterThan(100)
      if (preset !== 'generic')
        for (const { name } of first.files.filter(file => /^(hubspot|salesforce|attio)_.*\.csv$/.test(file.name)))
          expect(faultsOf(name, readFileSync(join(engine.path(`first/${preset}`), name), 'utf8'))).toEqual([])
      const second = await deliver(preset, 'second', true)
      expect(second, preset).toMatchObject({ created: 0, updated: 0 })
      expect(second.files.map(({ name }) => name)).toEqual(['manifest.json'])
    }
  })

  test('after one change only what it touches is handed over, and no task, deal or note again', {
    timeout: 240_000,
  }, async () => {
    const text = readFileSync(join(engine.path('first/generic'), 'people.csv'), 'utf8')
    const [names = [], ...people] = Papa.parse(text.trimEnd(), { delimiter: ',', newline: '\r\n' }).data
    const of = (cells: readonly string[] | undefined, name: string): string => cells?.[names.indexOf(name)] ?? ''
    // Somebody of one workspace whom no CRM has: each of them gets the title.
    const person = people.find(cells => of(cells, 'crm_id') === '' && !of(cells, 'workspace_ids').includes(';'))
    const read = (name: string): string => of(person, name)
    const change = `user_id,job_title\n${read('person_id')},Chief Llama Officer\n`
    await engine.client['import.run']({ sources: [engine.write('change.csv', change)] })
    await engine.client['score.run']({ asOf: AS_OF })
    for (const preset of PRESETS) {
      const { created, updated } = await deliver(preset, 'third', true)
      expect([created, updated > 0], preset).toEqual([0, true])
    }
    await engine.close()
    for (const preset of PRESETS) {
      const records = handedOver(preset)
      expect([...new Set(records.map(({ unitId }) => unitId))], preset).toEqual([read('workspace_ids')])
      expect(records.filter(({ object }) => ['task', 'deal', 'note'].includes(object))).toEqual([])
    }
  })
})
