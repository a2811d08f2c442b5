import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { indexAccountNames } from '../../../../core/identity/companies/account-names.ts'
import {
  CLUSTER_BITS,
  clusterIds,
  columnsOf,
  evaluateClusters,
  readRecordFields,
  resolveRecords,
} from '../../../../core/identity/index.ts'

const CORPUS = process.env['PQL_CORPUS'] ?? resolve(import.meta.dirname, '../../../../../shared/data')
const isThere = existsSync(`${CORPUS}/er_people`)
type Rows = readonly Readonly<Record<string, string>>[]

/** The sets have a header, and no line breaks within cells. */
function readRows(name: string): Rows {
  const [header = [], ...rows] = Papa.parse(readFileSync(`${CORPUS}/${name}`, 'utf8').trim(), {
    delimiter: ',',
    newline: '\n',
  }).data
  return rows.map(row => Object.fromEntries(header.map((column, i) => [column.trim(), (row[i] ?? '').trim()])))
}

const FEBRL = {
  key: 'record_id',
  kind: 'person',
  first_name: 'given_name',
  last_name: 'surname',
  date_of_birth: 'date_of_birth',
  address: ['street_number', 'address_1', 'address_2'],
  postcode: 'postcode',
  city: 'suburb',
}
const FAKE = {
  key: 'record_id',
  kind: 'person',
  first_name: 'first_name',
  last_name: 'surname',
  date_of_birth: 'dob',
  city: 'city',
  email: 'email',
}
const RESTAURANTS = { key: 'record_id', kind: 'organisation', name: 'name', address: 'address', city: 'city' }

describe.skipIf(!isThere)('public sets with truth (skipped where they are not there)', () => {
  type Case = { set: string; fields: object; reviewF1: number }
  test.each<Case>([
    { set: 'er_people/febrl1', fields: FEBRL, reviewF1: 0.98 },
    { set: 'er_people/febrl2', fields: FEBRL, reviewF1: 0.98 },
    { set: 'er_people/fake1000', fields: FAKE, reviewF1: 0.93 },
    { set: 'er_orgs/restaurants_fodors_zagat', fields: RESTAURANTS, reviewF1: 0.93 },
  ])('$set: what joins by itself is right, with review F1 is $reviewF1 or more', ({ set, fields, reviewF1 }) => {
    const rows = readRows(`${set}_records.csv`)
    const truth = new Map(readRows(`${set}_truth.csv`).map(row => [row['record_id'] ?? '', row['cluster_id'] ?? '']))
    const roles = readRecordFields(JSON.stringify(fields))
    const columns = new Map(columnsOf(roles).map(name => [name, rows.map(row => row[name] ?? '')]))
    const resolved = resolveRecords(columns, roles)
    const at = (bits: number) => {
      const ids = clusterIds(resolved, bits)
      return evaluateClusters(new Map(resolved.table.keys.map((key, i) => [key, ids[i] ?? ''])), truth).judgement
        .pairwise
    }
    expect(at(CLUSTER_BITS.auto).precision ?? 1).toBeGreaterThanOrEqual(0.98)
    expect(at(CLUSTER_BITS.review).f1).toBeGreaterThanOrEqual(reviewF1)
  })

  test('names of companies suggest accounts rightly, and placeholders none', () => {
    const folder = 'er_orgs/openstack_companies'
    const accounts = readRows(`${folder}/accounts.csv`).map(row => ({
      id: row['account_id'] ?? '',
      name: row['account_name'] ?? null,
      domains: (row['domains'] ?? '').split(/[;|, ]+/).filter(domain => domain !== ''),
    }))
    const truth = new Map(
      readRows(`${folder}/truth_workspace_account.csv`).map(row => [row['workspace_id'], row['account_id']]),
    )
    const names = indexAccountNames(accounts)
    const found = readRows(`${folder}/workspaces.csv`).map(row => ({
      want: truth.get(row['workspace_id']) || null,
      got: names.suggest(row['workspace_name'] ?? null)?.accountId ?? null,
    }))
    const suggested = found.filter(({ got }) => got !== null)
    const right = suggested.filter(({ want, got }) => want === got)
    expect(suggested.filter(({ want }) => want === null)).toEqual([])
    expect(right.length / suggested.length).toBeGreaterThanOrEqual(0.97)
    expect(right.length / found.filter(({ want }) => want !== null).length).toBeGreaterThanOrEqual(0.45)
  })
})
