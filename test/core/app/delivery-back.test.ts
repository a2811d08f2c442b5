import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { csvRecord } from '../../../core/export/csv.ts'
import { startProject } from './support/engine.ts'
import { importSmall } from './support/exports.ts'

type Back = Readonly<{
  preset: 'hubspot' | 'salesforce' | 'attio'
  /** Files with the column and the ids by which the CRM names what it made of their rows. */
  files: readonly Readonly<{ name: string; id: string; of: (i: number) => string }>[]
  /** Headers that come back under another name. */
  rename?: Readonly<Record<string, string>>
}>

const uuid = (kind: string) => (i: number) => `00000000-0000-4000-8000-${kind}${String(i).padStart(8, '0')}`

test.each<Back>([
  {
    preset: 'hubspot',
    files: [
      { name: 'hubspot_companies.csv', id: 'Record ID', of: i => String(9001 + i) },
      { name: 'hubspot_contacts.csv', id: 'Record ID', of: i => String(501 + i) },
    ],
  },
  {
    preset: 'salesforce',
    files: [
      { name: 'salesforce_accounts.csv', id: 'Id', of: i => `001${String(i).padStart(12, '0')}AAA` },
      { name: 'salesforce_leads.csv', id: 'Id', of: i => `00Q${String(i).padStart(12, '0')}EAA` },
    ],
  },
  {
    preset: 'attio',
    files: [
      { name: 'attio_companies.csv', id: 'Record ID', of: uuid('aaaa') },
      { name: 'attio_people.csv', id: 'Record ID', of: uuid('bbbb') },
    ],
    rename: { 'Person name': 'Name' },
  },
])(
  '$preset: what it took comes back with its ids, and nothing is made a second time',
  async ({ preset, files, rename }) => {
    const engine = await startProject()
    await importSmall(engine)
    await engine.client['score.run']({})
    const first = await engine.client['export.deliver']({ target: engine.path('out'), preset })
    expect(first.created).toBeGreaterThan(0)
    const sources = files.flatMap(({ name, id, of }) => {
      const path = join(engine.path('out'), name)
      if (!existsSync(path)) return []
      const text = readFileSync(path, 'utf8').replace(/\r\n$/, '')
      const [header = [], ...rows] = Papa.parse(text, { delimiter: ',', newline: '\r\n' }).data
      const lines = [[id, ...header.map(own => rename?.[own] ?? own)], ...rows.map((cells, i) => [of(i), ...cells])]
      return [engine.write(`back/${name}`, lines.map(csvRecord).join(''))]
    })
    expect(sources).toHaveLength(files.length)
    await engine.client['import.run']({ sources })
    await engine.client['score.run']({})
    const { objects, findings, files: written } = await engine.client['export.dryRun']({ preset, again: true })
    const counts = objects.filter(({ object }) => object === 'company' || object === 'person')
    expect(counts.map(({ object, create, matchedTwice }) => ({ object, create, matchedTwice }))).toEqual([
      { object: 'company', create: 0, matchedTwice: 0 },
      { object: 'person', create: 0, matchedTwice: 0 },
    ])
    expect(counts.every(({ update }) => update > 0)).toBe(true)
    // Where the CRM knows records by their ids, they are in files of their own.
    if (preset !== 'attio') for (const { name } of files) expect(written.map(file => file.name)).not.toContain(name)
    expect(findings.filter(({ kind }) => kind === 'foreign_id' || kind === 'same_key')).toEqual([])
  },
)
