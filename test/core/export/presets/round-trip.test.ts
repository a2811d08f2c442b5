import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRecord } from '../../../../core/export/csv.ts'
import type { TableName } from '../../../../core/schema/tables.ts'
import { type Record as ImportedRecord, readAll } from '../../import/read-plans.ts'
import { recordsOf } from './delivered.ts'
import { world } from './world.ts'

type Row = Readonly<Record<string, string>>
type File = Readonly<{
  name: string
  table: TableName
  /** The column by which the CRM names a record in what it gives back, and the ids it gives. */
  id: readonly [header: string, of: (i: number) => string]
  key: string
  /** Columns that come back under another name. */
  rename?: Readonly<Record<string, string>>
  /** Column of a table -> what our file has for it. */
  want: Readonly<Record<string, (row: Row) => string>>
}>

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ')
const uuid = (i: number): string => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
const cell =
  (header: string) =>
  (row: Row): string =>
    row[header] ?? ''

const FILES: Readonly<Record<'hubspot' | 'salesforce' | 'attio', readonly File[]>> = {
  hubspot: [
    {
      name: 'hubspot_contacts.csv',
      table: 'contacts',
      id: ['Record ID', i => String(501 + i)],
      key: 'contact_id',
      want: {
        email: cell('Email'),
        name: row => joined(row['First Name'], row['Last Name']),
        job_title: cell('Job Title'),
        owner: cell('Contact owner'),
        lifecycle_stage: cell('Lifecycle Stage'),
      },
    },
    {
      name: 'hubspot_companies.csv',
      table: 'accounts',
      id: ['Record ID', i => String(9001 + i)],
      key: 'account_id',
      want: {
        name: cell('Company name'),
        primary_domain: cell('Company Domain Name'),
        current_owner: cell('Company owner'),
      },
    },
    {
      name: 'hubspot_deals.csv',
      table: 'deals',
      id: ['Record ID', i => String(7001 + i)],
      key: 'deal_id',
      want: {
        status: () => 'open',
        stage: cell('Deal Stage'),
        owner: cell('Deal owner'),
        amount: cell('Amount'),
        closed_at: cell('Close Date'),
      },
    },
  ],
  salesforce: [
    {
      name: 'salesforce_leads.csv',
      table: 'contacts',
      id: ['Id', i => `00Q${String(i).padStart(12, '0')}AAA`],
      key: 'contact_id',
      want: {
        email: cell('Email'),
        name: row => joined(row['FirstName'], row['LastName']),
        job_title: cell('Title'),
        lifecycle_stage: cell('Status'),
      },
    },
    {
      name: 'salesforce_accounts.csv',
      table: 'accounts',
      id: ['Id', i => `001${String(i).padStart(12, '0')}AAA`],
      key: 'account_id',
      want: { name: cell('Name'), primary_domain: cell('Website'), industry: cell('Industry') },
    },
  ],
  attio: [
    {
      name: 'attio_people.csv',
      table: 'contacts',
      id: ['Record ID', uuid],
      key: 'contact_id',
      rename: { 'Person name': 'Name' },
      want: { email: cell('Email addresses'), name: cell('Person name'), job_title: cell('Job title') },
    },
    {
      name: 'attio_companies.csv',
      table: 'accounts',
      id: ['Record ID', uuid],
      key: 'account_id',
      want: { name: cell('Name'), primary_domain: cell('Domains'), hq_country: cell('Primary location') },
    },
    {
      name: 'attio_users.csv',
      table: 'users',
      id: ['Record ID', uuid],
      key: '',
      want: { user_id: cell('User ID'), primary_email: cell('Primary email address') },
    },
    {
      name: 'attio_workspaces.csv',
      table: 'workspaces',
      id: ['Record ID', uuid],
      key: '',
      want: { workspace_id: cell('Workspace ID'), workspace_name: cell('Name') },
    },
    {
      name: 'attio_deals.csv',
      table: 'deals',
      id: ['Record ID', uuid],
      key: 'deal_id',
      want: {
        status: () => 'open',
        stage: cell('Deal stage'),
        owner: cell('Deal owner'),
        amount: cell('Deal value'),
      },
    },
  ],
}

/** What a CRM gives back of a file that it took: the same cells, and its own id first. */
function given({ id: [header, idOf], rename = {} }: File, rows: readonly Row[]): Uint8Array {
  const names = Object.keys(rows[0] ?? {})
  const lines = rows.map((row, i) => csvRecord([idOf(i), ...names.map(name => row[name] ?? '')]))
  return Buffer.from(csvRecord([header, ...names.map(name => rename[name] ?? name)]) + lines.join(''))
}

/** Rows as our own importer reads them. */
function imported(file: File, rows: readonly Row[]): readonly ImportedRecord[] {
  const readings = readAll(file.name, given(file, rows))
  const reading = readings.find(({ plan }) => plan.table === file.table)
  expect([reading?.held, reading?.skipped]).toEqual([0, 0])
  return reading?.records ?? []
}

function wanted({ id: [, idOf], key, want }: File, rows: readonly Row[]): readonly ImportedRecord[] {
  return rows.map((row, i) => {
    const entries = Object.entries(want).map(([column, read]) => [column, read(row)] as const)
    return Object.fromEntries([
      ...(key === '' ? [] : [[key, idOf(i)] as const]),
      ...entries.filter(([, value]) => value !== ''),
    ])
  })
}

describe.each(Object.entries(FILES) as readonly ['hubspot' | 'salesforce' | 'attio', readonly File[]][])(
  '%s',
  (preset, files) => {
    test.each(files)('$name comes back as it was written, by the presets of the import', file => {
      const { files: written } = world({ country: 'DE', signup: 'search' })(preset)
      const rows = recordsOf(written.get(file.name))
      expect(rows.length).toBeGreaterThan(0)
      expect(imported(file, rows)).toMatchObject(wanted(file, rows))
    })

    test('names that begin like formulas come back whole', () => {
      const name = fc.constantFrom('-Ahmad', 'Ann -Smith', '+Plus', '@handle', 'O"Neil, J.', 'Zoë Ünal', '李 小龙')
      const title = fc.constantFrom('+49 30 1234567', '-12.5', '- note', 'a=b', 'VP, "Sales"', 'Head\nof')
      fc.assert(
        fc.property(name, title, (person, job) => {
          const { files: written, harmless } = world({ name: person, title: job, account: person })(preset)
          expect(harmless).toEqual([])
          for (const file of files) {
            const rows = recordsOf(written.get(file.name))
            expect(imported(file, rows)).toMatchObject(wanted(file, rows))
          }
        }),
        { numRuns: 15 },
      )
    })
  },
)
