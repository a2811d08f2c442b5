import { gzipSync } from 'node:zlib'
import type { TestEngine } from './engine.ts'

type Cell = string | number | null
type Record_ = Readonly<Record<string, Cell>>

/** CSV text of records; the columns are those of the first. */
export function csv(records: readonly Record_[]): string {
  const columns = Object.keys(records[0] ?? {})
  const lines = records.map(record => columns.map(column => cell(record[column] ?? null)).join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

function cell(value: Cell): string {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const DAY = 86_400_000
/** Newest day of the small export, 2026-05-31. */
export const LAST_DAY = Date.UTC(2026, 4, 31)
/** An id that must survive files, columns and lists. */
export const ODD_WORKSPACE = 'wörk,space "😀"'

export const WORKSPACES = [
  { workspace_id: 'w1', workspace_name: 'Hot Ltd', account_id: 'a1', plan_tier: 'team', created_at: '2026-03-01' },
  { workspace_id: 'w2', workspace_name: '=1+1', account_id: 'a2', plan_tier: 'free', created_at: '2026-04-01' },
  { workspace_id: 'w3', workspace_name: 'Quiet', account_id: null, plan_tier: 'free', created_at: '2026-01-01' },
  { workspace_id: ODD_WORKSPACE, workspace_name: 'Odd', account_id: null, plan_tier: 'free', created_at: '2026-05-01' },
]
export const USERS = [
  { user_id: 'u1', primary_email: 'ada@hot.example', name: 'Ada', product_role: 'owner' },
  { user_id: 'u2', primary_email: 'bob@hot.example', name: 'Bob', product_role: 'member' },
  { user_id: 'u3', primary_email: 'cyd@warm.example', name: 'Cyd', product_role: 'admin' },
  { user_id: 'ü,4', primary_email: 'dee@odd.example', name: 'Dee', product_role: 'owner' },
]
const MEMBERSHIPS = [
  { user_id: 'u1', workspace_id: 'w1', role: 'owner' },
  { user_id: 'u2', workspace_id: 'w1', role: 'member' },
  { user_id: 'u3', workspace_id: 'w2', role: 'admin' },
  { user_id: 'u3', workspace_id: 'w3', role: 'member' },
  { user_id: 'ü,4', workspace_id: ODD_WORKSPACE, role: 'owner' },
]
const ACCOUNTS = [
  { account_id: 'a1', name: 'Hot Holding', primary_domain: 'hot.example', icp_fit_tier: 'A', employee_count: 900 },
  { account_id: 'a2', name: 'Warm AG', primary_domain: 'warm.example', icp_fit_tier: 'B', employee_count: 20 },
]
const CRM_USERS = [{ owner_id: 'o1', email: 'sam@us.example', name: 'Sam', team: 'SDR', weekly_capacity: 5 }]

export type EventRecord = Readonly<{
  event_id: string
  event_name: string
  timestamp: string
  workspace_id: string
  user_id: string
}>

export function event(
  no: number,
  name: string,
  place: readonly [workspace: string, user: string],
  at: number,
): EventRecord {
  const [workspace_id, user_id] = place
  return { event_id: `e${no}`, event_name: name, timestamp: new Date(at).toISOString(), workspace_id, user_id }
}

/** Enough activity that one workspace is hot, one warm, one silent. */
export const EVENTS: readonly EventRecord[] = [
  ...days(20).flatMap(day => [
    ['core_feature_used', ['w1', 'u1'], day] as const,
    ['automation_run', ['w1', 'u2'], day + 1000] as const,
    ['core_feature_used', ['w2', 'u3'], day + 2000] as const,
  ]),
  ...days(4).flatMap(day => [
    ['usage_limit_hit', ['w1', 'u1'], day + 3000] as const,
    ['pricing_page_view', ['w1', 'u1'], day + 4000] as const,
    ['key_action_completed', ['w1', 'u1'], day + 5000] as const,
    ['invite_sent', ['w1', 'u1'], day + 6000] as const,
    ['login', [ODD_WORKSPACE, 'ü,4'], day + 7000] as const,
  ]),
  ['login', ['w3', 'u3'], LAST_DAY - 60 * DAY] as const,
].map(([name, place, at], i) => event(i + 1, name, place, at))

function days(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => LAST_DAY - i * DAY + 3_600_000)
}

export const TABLES = {
  users: USERS,
  workspaces: WORKSPACES,
  memberships: MEMBERSHIPS,
  accounts: ACCOUNTS,
  crm_users: CRM_USERS,
  events: EVENTS,
} as const

/** Writes the small export, one file per table, and gives the tokens. */
export function writeSmallExport(engine: TestEngine): readonly string[] {
  return Object.entries(TABLES).map(([table, records]) => engine.write(`${table}.csv`, csv(records)))
}

/** Imports the small export. */
export async function importSmall(engine: TestEngine): Promise<void> {
  await engine.client['import.run']({ sources: [...writeSmallExport(engine)] })
}

/** Users with their creation dates as given, and a name so long that the head of the file ends within them. */
export function datedUsers(dates: readonly string[], nameLength: number): string {
  return csv(dates.map((created_at, i) => ({ user_id: `u${i}`, name: 'n'.repeat(nameLength), created_at })))
}

/** Events with one property of this length: a file of many chunks without many rows. */
export function longEvents(count: number, length: number, from = 0): string {
  return csv(
    Array.from({ length: count }, (_, i) => ({
      ...event(from + i, 'login', ['w1', 'u1'], LAST_DAY - i * 60_000),
      event_id: `long-${from + i}`,
      event_properties: JSON.stringify({ note: 'x'.repeat(length) }),
    })),
  )
}

export const gz = (text: string): Uint8Array => gzipSync(text)
