import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import {
  channelsOf,
  dataFiles,
  type ExportFile,
  type ExportInput,
  exportFiles,
  filesOf,
  type HarmlessCell,
  heldRowsFile,
  manifest,
  rankingOf,
  rankUnits,
  stoppedUnits,
  suppressedFile,
  unitFiles,
} from '../../../core/export/index.ts'
import { resolveIdentities } from '../../../core/identity/index.ts'
import { calendarOf, DAY_MS } from '../../../core/lib/time.ts'
import { DEFAULT_POLICY, reasonsAgainst, routeUnits } from '../../../core/route/index.ts'
import type { JudgedUnit } from '../../../core/schema/findings.ts'
import type { ScoreLine } from '../../../core/schema/score.ts'
import { DEFAULT_MODEL } from '../../../core/score/index.ts'
import { tables } from '../identity/rows.ts'
import { anomaly, judged, person } from '../route/judged.ts'
import { linksOf } from '../route/links.ts'

const TODAY = 20_600
const AS_OF = TODAY * DAY_MS + DAY_MS / 2
const calendar = calendarOf('UTC')

const data = tables({
  users: [
    { user_id: 'u1', name: 'Ada Admin', primary_email: 'ada@acme.com', job_title: 'VP Sales', signup_source: 'ads' },
    { user_id: 'u2', name: '=HYPERLINK("x")', primary_email: 'eve@acme.com' },
  ],
  workspaces: [
    { workspace_id: 'w1', account_id: 'A', plan_tier: 'team' },
    { workspace_id: 'w2', account_id: 'A', workspace_name: 'Second' },
    { workspace_id: 'w3', account_id: 'B' },
  ],
  accounts: [
    { account_id: 'A', name: 'Acme', primary_domain: 'acme.com', employee_count: 1200, current_owner: 'o1' },
    { account_id: 'B', name: 'Beta' },
  ],
  contacts: [{ contact_id: 'c2', user_id: 'u2', opted_out: true }],
  deals: [{ deal_id: 'd', account_id: 'B', status: 'open' }],
  crm_users: [{ owner_id: 'o1', email: 'o1@us.com', team: 'AE' }],
})
const line = (signal: string, finalPoints: number): ScoreLine => ({
  signal,
  bucket: 'intent',
  scope: 'unit',
  personId: null,
  occurrences: 2,
  firstDay: TODAY - 3,
  lastDay: TODAY,
  pointsBeforeCap: 20,
  pointsAfterCap: 20,
  pointsAfterDecay: finalPoints,
  roleFactor: 1,
  finalPoints,
})
const hotIn = (id: string, accountId: string, name: string): JudgedUnit =>
  judged(id, {
    unit: {
      name,
      accountId,
      fit: { points: 10, score: null, tier: 'A', source: 'given tier' },
      people: [person('u1', { isAdmin: true, roleFactor: 1.3 }), person('u2', { isChampion: true, roleFactor: 1 })],
    },
    score: {
      score: 90.5,
      total: 90.512_345_678_9,
      representativeId: 'u1',
      lines: [line('upgrade_click', 8), line('usage_limit_hit', 14.2)],
    },
    findings: { hasHighIntent30d: true, hasAdmin: true },
    rollups: { last_active_at: AS_OF - 1000, activation_date: 0, mrr: 99.5 },
  })
const units = [
  hotIn('w3', 'B', 'Beta space'),
  hotIn('w1', 'A', "=cmd|' /C calc'!A0"),
  judged('w2', { unit: { accountId: 'A', isDeleted: true } }),
  judged('w4', { findings: { anomalies: [anomaly('burst:w4', AS_OF)] } }),
]
const identities = resolveIdentities(data, { mode: 'matched', eventUsers: [], activity: new Map() })
const links = linksOf(data, identities.persons)
const input = (judgedUnits: readonly JudgedUnit[] = units): ExportInput => ({
  judged: judgedUnits,
  routes: routeUnits(judgedUnits, DEFAULT_POLICY, {
    dataset: data,
    asOf: AS_OF,
    calendar,
    assignments: new Map(),
    dismissedAnomalies: new Set(),
    contactLinks: links,
  }),
  identities,
  contactLinks: links,
  anomalies: [anomaly('burst:w4', AS_OF)],
  setAside: [
    { eventId: 'e2', reason: 'looped', count: 1 },
    { eventId: '', reason: 'no_workspace', count: 7 },
  ],
  heldRows: [
    { file: 'b.csv', line: 2, column: 'name', value: '=1+1', code: 'value/missing', message: 'empty' },
    { file: 'a.csv', line: 10, column: 'x', value: '-5', code: 'value/missing', message: 'empty' },
    { file: 'a.csv', line: 9, column: 'x', value: '', code: 'value/missing', message: 'empty' },
  ],
  dataset: data,
  model: DEFAULT_MODEL,
  modelHash: 'm1',
  asOf: AS_OF,
  calendar,
  stageSince: new Map([['w1', AS_OF - 5 * DAY_MS]]),
})

const textOf = (file: ExportFile): string => [...file.chunks()].join('')
const read = (name: string, from: ExportInput = input()): Record<string, string>[] => {
  const file = exportFiles(from).find(candidate => candidate.name === name)
  const [header = [], ...records] = Papa.parse(textOf(file as ExportFile), {
    delimiter: ',',
    newline: '\r\n',
  }).data
  return records.slice(0, -1).map(cells => Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ''])))
}

test('the files, their columns and rows', () => {
  const listed = exportFiles(input()).map(({ name, columns, rows }) => ({ name, rows, columns: columns.join() }))
  expect(listed.filter(({ name }) => !name.startsWith('routing/') && name !== 'rollups.csv')).toEqual([
    {
      name: 'scores.csv',
      rows: 4,
      columns:
        'unit_id,level,unit_name,as_of,pql_score,pql_stage,activation,depth,expansion,intent,fit,negative,total,coverage,representative_user_id,account_id,destination,also,rule,owner_team,owner,over_capacity,suppressed_by,health,reason_1,reason_2,reason_3,next_best_action,pql_last_changed_at,model_hash',
    },
    {
      name: 'score_lines.csv',
      rows: 4,
      columns:
        'unit_id,signal,bucket,scope,person_id,occurrences,first_day,last_day,points_before_cap,points_after_cap,points_after_decay,role_factor,final_points',
    },
    { name: 'units.csv', rows: 4, columns: 'unit_id,level,workspace_id' },
    { name: 'anomalies.csv', rows: 1, columns: 'anomaly_id,kind,subject,unit_ids,first_at,last_at,count,evidence' },
    { name: 'set_aside.csv', rows: 2, columns: 'event_id,reason,count' },
    { name: 'persons.csv', rows: 2, columns: 'user_id,person_id' },
    { name: 'identities.csv', rows: 5, columns: 'id_kind,id,from,to,person_id' },
    { name: 'workspace_accounts.csv', rows: 3, columns: 'workspace_id,account_id,status,bits,evidence' },
    { name: 'workspace_links.csv', rows: 0, columns: 'workspace_a,workspace_b,relation,status,bits,evidence' },
    {
      name: 'suppressed.csv',
      rows: 1,
      columns: 'channel,unit_id,unit_name,reasons,pql_score,destination,owner_team,owner',
    },
    { name: 'held_rows.csv', rows: 3, columns: 'file,line,column,value,code,message' },
  ])
})

test('scores.csv: one line per unit, by id, unrounded beside rounded', () => {
  const rows = read('scores.csv')
  expect(rows.map(({ unit_id }) => unit_id)).toEqual(['w1', 'w2', 'w3', 'w4'])
  expect(rows[0]).toMatchObject({
    unit_name: "'=cmd|' /C calc'!A0",
    as_of: '2026-05-27T12:00:00.000Z',
    pql_score: '90.5',
    total: '90.5123456789',
    destination: 'sdr',
    also: 'ae_assist',
    rule: '5',
    owner_team: 'AE',
    owner: 'o1',
    over_capacity: 'false',
    suppressed_by: '',
    pql_last_changed_at: '2026-05-22T12:00:00.000Z',
    model_hash: 'm1',
  })
  expect(rows[0]?.['reason_1']).toContain('14.2')
  expect(rows[0]?.['reason_3']).toBe('')
  expect(rows[2]).toMatchObject({ suppressed_by: 'open_deal', pql_last_changed_at: '2026-05-27T12:00:00.000Z' })
})

test('rollups.csv has every rollup; instants are written as such', () => {
  const [first] = read('rollups.csv')
  expect(Object.keys(first ?? {})).toEqual(['unit_id', ...Object.keys(units[0]!.findings.rollups)])
  expect(first).toMatchObject({
    unit_id: 'w1',
    mrr: '99.5',
    arr: '',
    crm_connected: 'false',
    activation_date: '1970-01-01T00:00:00.000Z',
    last_active_at: '2026-05-27T11:59:59.000Z',
  })
})

test('files are sorted by their keys', () => {
  expect(read('score_lines.csv').map(({ unit_id, signal }) => `${unit_id} ${signal}`)).toEqual([
    'w1 upgrade_click',
    'w1 usage_limit_hit',
    'w3 upgrade_click',
    'w3 usage_limit_hit',
  ])
  expect(read('set_aside.csv').map(({ event_id }) => event_id)).toEqual(['', 'e2'])
  expect(read('held_rows.csv').map(({ file, line: at, value }) => `${file}:${at} ${value}`)).toEqual([
    'a.csv:9 ',
    'a.csv:10 -5',
    "b.csv:2 '=1+1",
  ])
})

describe('lists', () => {
  test('the four main channels always have one, others where they have units', () => {
    const lists = exportFiles(input()).filter(({ name }) => name.startsWith('routing/'))
    expect(lists.map(({ name, rows }) => `${name} ${rows}`)).toEqual([
      'routing/sdr.csv 1',
      'routing/lifecycle_email.csv 0',
      'routing/in_app.csv 0',
      'routing/csm.csv 0',
      'routing/review.csv 1',
      'routing/ae_assist.csv 1',
    ])
  })

  test('the sales list says whom to call, why, and for whom it is', () => {
    expect(read('routing/sdr.csv')[0]).toMatchObject({
      unit_id: 'w1',
      account_name: 'Acme',
      account_domain: 'acme.com',
      priority: '1',
      listed_as: 'destination',
      owner: 'o1',
      owner_email: 'o1@us.com',
      contact_user_id: 'u1',
      contact_email: 'ada@acme.com',
      contact_title: 'VP Sales',
      people: 'Ada Admin <ada@acme.com>, VP Sales (admin)',
      plan: 'team',
      employee_count: '1200',
      signup_source: 'ads',
      other_workspaces: 'Second (w2)',
    })
  })

  test('who opted out is on no list', () => {
    const everything = exportFiles(input())
      .filter(({ name }) => name.startsWith('routing/'))
      .map(textOf)
      .join('')
    expect(everything).toContain('ada@acme.com')
    expect(everything).not.toContain('eve@acme.com')
  })

  test('whom something stops is in suppressed.csv instead', () => {
    expect(read('suppressed.csv')).toEqual([
      expect.objectContaining({ channel: 'sdr', unit_id: 'w3', reasons: 'open_deal', destination: 'sdr' }),
    ])
  })

  test('every channel of every unit is on its list or in suppressed.csv, never both', () => {
    const from = input()
    const files = exportFiles(from)
    const stopped = new Set(read('suppressed.csv', from).map(({ channel, unit_id }) => `${channel} ${unit_id}`))
    for (const route of from.routes)
      for (const channel of channelsOf(route)) {
        const file = files.find(({ name }) => name === `routing/${channel}.csv`)
        const isListed = file?.head(99).some(({ unit_id }) => unit_id === route.unitId) ?? false
        expect(isListed).toBe(reasonsAgainst(route.suppressedBy, channel).length === 0)
        expect(stopped.has(`${channel} ${route.unitId}`)).toBe(!isListed)
      }
  })
})

test('equal input gives equal bytes, whatever the order of the units', () => {
  const bytes = (from: ExportInput): string[] => exportFiles(from).map(textOf)
  expect(bytes(input([...units].reverse()))).toEqual(bytes(input()))
})

test('units that go by one after the other give the same bytes, and the files the records that were counted', () => {
  const from = input()
  const heads = from.routes.map((route, i) => ({ route, score: from.judged[i]?.score.score ?? 0 }))
  const lists = rankUnits(heads)
  const cells: HarmlessCell[] = []
  const files = unitFiles(from, rankingOf(lists), cell => cells.push(cell))
  const byId = from.judged
    .map((unit, i) => ({
      judged: unit,
      route: from.routes[i]!,
      stageSince: from.stageSince?.get(unit.unit.id) ?? AS_OF,
    }))
    .toSorted((a, b) => (a.route.unitId < b.route.unitId ? -1 : 1))
  const parts = [files.begin(), ...byId.map(unit => files.take(unit)), files.end()]
  const written = new Map(files.names.map((name, i) => [name, parts.map(part => part[i]).join('')]))
  for (const file of dataFiles(from)) written.set(file.name, textOf(file))
  written.set('suppressed.csv', textOf(suppressedFile(files.stopped())))
  written.set('held_rows.csv', textOf(heldRowsFile(from.heldRows)))
  const whole = exportFiles(from)
  expect(written).toEqual(new Map(whole.map(file => [file.name, textOf(file)])))
  const counted = filesOf({
    units: 4,
    lines: from.judged.flatMap(({ score }) => score.lines).length,
    workspaces: from.judged.flatMap(({ unit }) => unit.workspaceIds).length,
    anomalies: 1,
    setAside: 2,
    users: identities.personOfUser.size,
    identifiers: identities.identifiers.length,
    workspaceAccounts: identities.workspaceAccounts.length,
    workspaceLinks: 0,
    lists: new Map([...lists].map(([channel, ids]) => [channel, ids.length])),
    stopped: stoppedUnits(from.routes).length,
    heldRows: 3,
  })
  expect(counted).toEqual(whole.map(({ name, rows }) => ({ name, rows })))
  const noted: HarmlessCell[] = []
  for (const file of whole) for (const _ of file.chunks(cell => noted.push(cell)));
  expect(cells).toEqual(noted.filter(({ file }) => files.names.includes(file)))
})

test('the manifest says from what the files were made', () => {
  const cells: HarmlessCell[] = []
  const from = input()
  for (const file of exportFiles(from)) for (const _ of file.chunks(cell => cells.push(cell)));
  const json = manifest({
    asOf: AS_OF,
    timeZone: 'UTC',
    identityMode: 'matched',
    model: { name: 'Recipe', version: 1, hash: 'm1' },
    policy: { name: 'Recipe', version: 1, hash: 'p1' },
    decisions: 0,
    staleBecause: [],
    inputs: [{ file: 'users.csv', table: 'users', bytes: 9, sha256: 'x', read: 3, loaded: 2, held: 1, skipped: 0 }],
    routes: from.routes,
    outputs: [{ name: 'scores.csv', rows: 4, bytes: 1, sha256: 'y' }],
    harmless: cells,
  })
  expect(json.endsWith('}\n')).toBe(true)
  expect(JSON.parse(json)).toMatchObject({
    format: 1,
    as_of: '2026-05-27T12:00:00.000Z',
    identity: 'matched',
    units: 4,
    destinations: { none: 1, review: 1, sdr: 2 },
    suppressed: { sdr: { open_deal: 1 } },
    inputs: [{ file: 'users.csv', loaded: 2 }],
    outputs: [{ name: 'scores.csv', rows: 4 }],
    made_harmless: expect.arrayContaining([{ file: 'scores.csv', row: 'w1', column: 'unit_name' }]),
  })
})
