import type { Client, Input, Output } from '#contract/contract'
import { AS_OF } from './fake-row.ts'

type Report = Output<'health.run'>
type Check = Report['checks'][number]

const DAY = 86_400_000

function check(of: Partial<Check> & Pick<Check, 'code' | 'severity' | 'title' | 'count'>): Check {
  return {
    group: 'events',
    of: 60_000,
    noun: ['event', 'events'],
    effect: 'Count nowhere',
    why: 'They count nowhere and earn no points.',
    fix: 'Send the workspace id with every event.',
    action: null,
    evidence: [],
    rows: of.count,
    ...of,
  }
}

const CHECKS: readonly Check[] = [
  check({
    code: 'event_without_workspace',
    severity: 'critical',
    title: 'Events without a workspace',
    count: 7200,
    action: 'add_files',
  }),
  check({
    code: 'bot_signup',
    severity: 'warning',
    group: 'people',
    title: 'Bot sign-ups',
    count: 120,
    of: 4000,
    noun: ['user', 'users'],
    evidence: ['120 users created in the minute of 2026-05-28T11:12 UTC from 203.0.113.0/24'],
  }),
  check({
    code: 'sandbox_by_name',
    severity: 'warning',
    group: 'workspaces',
    title: 'Workspaces named like a sandbox',
    count: 3,
    of: 600,
    noun: ['workspace', 'workspaces'],
  }),
  check({ code: 'event_loop', severity: 'note', title: 'Loops', count: 140 }),
  check({ code: 'held_row', severity: 'note', group: 'files', title: 'Held rows', count: 17, action: 'held_rows' }),
  check({ code: 'event_copy', severity: 'note', title: 'Event ids with differing copies', count: 0 }),
]

const fill = (
  table: 'users' | 'events',
  column: string,
  filled: number,
  isDelivered = true,
): Report['fill'][number] => ({
  table,
  column,
  filled,
  of: table === 'users' ? 4000 : 60_000,
  isDelivered,
})

/** A report with one check of each severity, and one that found nothing. */
function reportOf(isStale: boolean): Report {
  return {
    asOf: AS_OF,
    checkedAt: AS_OF + DAY,
    isStale,
    checks: [...CHECKS],
    coverage: [
      {
        id: 'events_users',
        from: 'events',
        to: 'users',
        means: 'events whose user has a row',
        found: 59_700,
        of: 60_000,
      },
      {
        id: 'users_workspaces',
        from: 'users',
        to: 'workspaces',
        means: 'users that belong to a workspace',
        found: 3980,
        of: 4000,
      },
    ],
    freshness: [
      {
        table: 'users',
        rows: 4000,
        newestAt: AS_OF,
        column: 'created_at',
        daysBehind: 0,
        file: 'users.csv',
        importedAt: AS_OF,
      },
      {
        table: 'accounts',
        rows: 545,
        newestAt: null,
        column: null,
        daysBehind: null,
        file: 'accounts.csv',
        importedAt: AS_OF,
      },
    ],
    fill: [
      fill('users', 'user_id', 4000),
      fill('users', 'job_title', 1900),
      fill('users', 'phone', 0, false),
      fill('events', 'event_name', 60_000),
      fill('events', 'user_id', 59_000),
    ],
    anomalies: {
      newest: [
        {
          id: 'loop u1 export 20604',
          kind: 'loop',
          subject: 'u1',
          unitIds: ['w1'],
          firstAt: AS_OF - 7_200_000,
          lastAt: AS_OF - 3_600_000,
          count: 140,
          evidence: '140 of export within an hour by u1',
          verdict: null,
        },
      ],
      of: 1,
    },
  }
}

const FIGURES: Output<'health.activation'>['now'] = {
  workspaces: 590,
  activated: 320,
  timed: 410,
  medianDays: 4.5,
  within: Array.from({ length: 61 }, (_, n) => Math.min(0.54, n * 0.02)),
  secondary: [{ id: 'integration_installed', holds: 180 }],
}

/** What the fake engine answers about the health of the data. `isChecked: false`: nothing was checked yet. */
export function healthHandlers(
  state: Readonly<{ isChecked: boolean; isStale: boolean; isImported: boolean }>,
): Pick<Client, Extract<keyof Client, `health.${string}` | 'anomalies.decide'>> {
  let isChecked = state.isChecked
  return {
    'health.report': async () => ({ report: isChecked ? reportOf(state.isStale) : null }),
    'health.run': async () => {
      isChecked = true
      return reportOf(false)
    },
    'anomalies.decide': async ({ verdict }) => {
      const [anomaly] = reportOf(false).anomalies.newest
      if (anomaly === undefined) throw new Error('the report has one')
      return { anomaly: { ...anomaly, verdict } }
    },
    'health.rows': async input => rowsOf(input),
    'health.csv': async () => ({ text: 'time,event\r\n', rows: 0, total: 0 }),
    'health.workspaces': async ({ search }) => {
      const all = ['Tarnbrook Labs', 'Velmora Analytics', 'Lindgate Retail'].map((name, i) => ({
        workspaceId: `ws_${i}`,
        name,
      }))
      const workspaces = all.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
      return { workspaces, matching: workspaces.length }
    },
    'health.workspace': async ({ workspaceId }) => ({ asOf: AS_OF, workspace: workspaceOf(workspaceId) }),
    'health.activation': async ({ activation }) => {
      const isEasy = 'activePersons' in activation.primary
      const draft = isEasy ? { ...FIGURES, activated: 400, medianDays: 1.2 } : FIGURES
      return { asOf: AS_OF, now: FIGURES, draft, gained: isEasy ? 80 : 0, lost: 0, moved: isEasy ? 41 : 0 }
    },
  }
}

function rowsOf({ code, offset, limit }: Input<'health.rows'>): Output<'health.rows'> {
  const total = CHECKS.find(known => known.code === code)?.rows ?? 0
  const size = Math.max(0, Math.min(limit, total - offset))
  return {
    columns: [
      { id: 'time', label: 'Time', kind: 'instant' },
      { id: 'event', label: 'Event', kind: 'text' },
      { id: 'user', label: 'User', kind: 'id' },
    ],
    rows: Array.from({ length: size }, (_, i) => ({
      values: [AS_OF - (offset + i) * 60_000, 'page_view', `u_${offset + i}`],
      record: null,
      event: [
        { name: 'event_id', value: `e_${offset + i}` },
        { name: 'event_name', value: 'page_view' },
      ],
      file: 'events.csv.gz',
      line: 1000 + offset + i,
    })),
    total,
  }
}

function workspaceOf(workspaceId: string): NonNullable<Output<'health.workspace'>['workspace']> {
  return {
    unitId: workspaceId,
    name: workspaceId === 'ws_0' ? 'Tarnbrook Labs' : 'Velmora Analytics',
    workspaceIds: [workspaceId],
    createdAt: AS_OF - 40 * DAY,
    people: 12,
    isPaid: false,
    isOnTrial: true,
    state: 'growing',
    hasRenewalRisk: false,
    isExpansion: false,
    evidence: ['4 more active persons than 30 days ago, when there were 3'],
    rollups: { wau_7d: 7, mau_30d: 9, activation_date: AS_OF - 30 * DAY, activation_path: 'key_action_completed' },
    milestones: [
      { id: 'key_action_completed', prompt: 'Complete the key action', channel: 'in_app', holds: true },
      { id: 'plan_upgraded', prompt: 'Talk about a paid plan', channel: 'sdr', holds: false },
    ],
    primary: { holds: true, at: AS_OF - 30 * DAY },
    secondary: [{ id: 'integration_installed', holds: true, at: AS_OF - 20 * DAY }],
    anomalies: [],
    perDay: Array.from({ length: 90 }, (_, i) => (i % 7 > 4 ? 0 : i % 5)),
    firstDay: Math.floor(AS_OF / DAY) - 89,
  }
}
