import { expect, test } from 'vitest'
import { type CrmRun, PRESETS, type PresetOptions, presetOf } from '#export'
import { planFile } from '#import'
import { bytesOf } from './read-file.ts'

const planOf = (file: string, headers: readonly string[]): ReturnType<typeof planFile> => {
  const row = (cells: readonly string[]): string => `${cells.map(cell => `"${cell}"`).join(',')}\r\n`
  const head = bytesOf(row(headers) + row(headers.map((_, at) => `v${at}`)))
  return planFile({ file, head, size: head.length, isWhole: true, options: {} })
}

const RUN = { model: '', scoredAt: 0 } as unknown as CrmRun
const OPTIONS = (['object', 'company', 'contact'] as const).flatMap(workspaceAs =>
  (['lead', 'contact'] as const).map(leadsAs => ({ workspaceAs, leadsAs }) as unknown as PresetOptions),
)

/** Files of rows that have scores: others fit no table anyway. */
const FILES = PRESETS.flatMap(preset =>
  OPTIONS.flatMap(options =>
    presetOf(preset, RUN, options).files.map(({ name, columns }) => ({ preset, name, columns })),
  ),
)
  .map(({ preset, name, columns }) => ({ preset, name, headers: columns.map(({ name: header }) => header) }))
  .filter(({ headers }) => headers.some(header => /pq[la]|model/i.test(header)))

test('there are files for every CRM', () => {
  expect(new Set(FILES.map(({ preset }) => preset))).toEqual(new Set(PRESETS))
})

/** A file that has the id of the CRM is no other than what the CRM gives back of it. */
const hasCrmId = ({ headers }: (typeof FILES)[number]): boolean =>
  headers.some(header => /^(Record ID|Id)$/.test(header))

test.each(FILES.filter(hasCrmId))('$name for $preset is not taken for a file of the program', ({ name, headers }) => {
  expect(planOf(`${name}.csv`, headers).source ?? '').not.toMatch(/PQL Workbench/)
})

test.each(FILES.filter(file => !hasCrmId(file)))(
  '$name for $preset is known as a file of the program and loads nothing',
  ({ name, headers }) => {
    const plan = planOf(`${name}.csv`, headers)
    expect([plan.table, plan.source, plan.reason]).toEqual([
      null,
      expect.stringMatching(/PQL Workbench/),
      expect.stringMatching(/changes in it are not read back/),
    ])
  },
)

test.each([
  { why: 'alerts', headers: ['alert_id', 'kind', 'unit_id', 'account_id', 'owner_name', 'territory', 'at', 'text'] },
  { why: 'users for Attio', headers: ['User ID', 'Primary email address', 'Person email address', 'Workspace IDs'] },
  {
    why: 'tasks for HubSpot',
    headers: [
      ...['Task Title', 'Due date', 'Task Type', 'Priority', 'Task Status', 'Notes', 'Assigned to', 'Email'],
      ...['Company Domain Name'],
    ],
  },
  { why: 'persons', headers: ['user_id', 'person_id'] },
  { why: 'identities', headers: ['id_kind', 'id', 'from', 'to', 'person_id'] },
  { why: 'events set aside', headers: ['event_id', 'reason', 'count'] },
  { why: 'held rows of lists', headers: ['file', 'line', 'column', 'value', 'code', 'message'] },
  {
    why: 'workspace links',
    headers: ['workspace_a', 'workspace_b', 'relation', 'status', 'bits', 'evidence'],
  },
  {
    why: 'sign-up matches',
    headers: [
      ...['user_id', 'status', 'account_id', 'domain', 'bits', 'is_strategic', 'evidence', 'proposed_account'],
      ...['icp_check', 'icp_score_low', 'icp_score_high', 'icp_not_known'],
    ],
  },
])('$why load nothing', ({ headers }) => {
  const { table, reason } = planOf('users.csv', headers)
  expect([table, reason]).toEqual([null, expect.stringMatching(/PQL Workbench/)])
})

test.each([
  {
    table: 'accounts',
    file: 'companies.csv',
    headers: ['Record ID', 'Company name', 'Company Domain Name', 'Create Date', 'Company owner'],
  },
  {
    table: 'contacts',
    file: 'contacts.csv',
    headers: ['Record ID', 'First Name', 'Last Name', 'Email', 'Create Date', 'Lead Status'],
  },
])('an export of the CRM that has these columns too still feeds $table', ({ table, file, headers }) => {
  const plan = planOf(file, [...headers, 'PQL Stage', 'PQL Scored At', 'PQL Model Version'])
  expect(plan.table).toBe(table)
})

test.each([
  {
    file: 'attio_plan.jsonl',
    content:
      '{"call":"search_record","key":"search:company:9","ref":"company:9","object":"companies","by":{"domains":"x.io"}}\n' +
      '{"call":"upsert_record","key":"person:1","ref":"person:1","object":"people","values":{"name":"Ann"}}\n',
  },
  {
    file: 'manifest.json',
    content:
      '{"format":1,"product":{"name":"PQL Workbench","version":"0.1.0"},"units":3,' +
      '"inputs":[{"file":"users.csv","read":2}],"outputs":[{"name":"units.csv","rows":3},{"name":"scores.csv","rows":3}]}',
  },
])('$file is known as a file of the program and loads nothing', ({ file, content }) => {
  const head = bytesOf(content)
  const { table, reason } = planFile({ file, head, size: head.length, isWhole: true, options: {} })
  expect([table, reason]).toEqual([null, expect.stringMatching(/PQL Workbench wrote it/)])
})
