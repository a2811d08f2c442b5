import { normaliseName } from '#lib/text'
import type { HealthRow, RowColumn, RowValue } from '#schema/data-health'
import type { Row } from '#schema/tables'
import type { Unit } from '#schema/unit'
import type { Found, HealthInput } from './health-input.ts'
import type { PersonalReader } from './personal-address.ts'

/** Words that make a workspace's name that of a sandbox. */
const SANDBOX_WORDS: ReadonlySet<string> = new Set([
  'sandbox',
  'test',
  'tests',
  'testing',
  'dev',
  'development',
  'staging',
  'demo',
  'qa',
  'playground',
])
/** Share of members with a personal address from which a workspace counts as one of personal addresses. */
const PERSONAL_SHARE = 0.6

const NAMED: readonly RowColumn[] = [
  { id: 'workspace', label: 'Workspace', kind: 'id' },
  { id: 'name', label: 'Name', kind: 'text' },
  { id: 'created', label: 'Created', kind: 'moment' },
]

/**
 * Workspaces without an admin, members or events, sandboxes, overlapping subscriptions. Deleted and sandbox workspaces are
 * left out of the first three. Merged workspaces are looked at as one.
 *
 *   without an admin    people, and none of them an admin (docs/methods/score.md, "Roles")
 *   without members     nobody belongs to it; without events: no event at or before asOf, loops aside
 *   named like a sandbox  a word of the normalised name is on the list, and the type is not sandbox or dev
 *
 * @param isPersonal reads an address
 * @returns one finding each, rows in the order of ids
 *
 * Source: docs/methods/data-health.md, "Workspaces".
 */
export function checkWorkspaces(input: HealthInput, isPersonal: PersonalReader): Found[] {
  const { units, findings, dataset } = input
  const rowOf = new Map(dataset.workspaces.map(row => [row.workspace_id, row]))
  const real = units.flatMap((unit, u) => (unit.isDeleted || unit.isSandbox ? [] : [{ unit, found: findings[u] }]))
  const of = real.length
  const listed = (chosen: readonly Unit[]): Found['rows'] => ({
    columns: NAMED,
    rows: chosen.flatMap(unit => unit.workspaceIds.map(id => namedRow(rowOf.get(id), id))),
  })
  const finding = (code: Found['code'], chosen: readonly Unit[], all: number): Found => {
    const rows = listed(chosen)
    return { code, count: chosen.length, of: all, ...(rows === undefined ? {} : { rows }) }
  }
  const who = (test: (one: (typeof real)[number]) => boolean): Unit[] => real.filter(test).map(({ unit }) => unit)
  const typed = units.filter(unit => unit.isSandbox)
  const named = units.filter(unit => !unit.isSandbox && isNamedSandbox(unit.name))
  return [
    finding(
      'workspace_without_admin',
      who(({ unit, found }) => unit.people.length > 0 && found?.hasAdmin === false),
      of,
    ),
    finding(
      'workspace_without_members',
      who(({ unit }) => unit.memberCount === 0),
      of,
    ),
    finding(
      'workspace_without_events',
      who(({ found }) => found?.rollups.last_active_at === null),
      of,
    ),
    finding('sandbox_workspace', typed, units.length),
    finding('sandbox_by_name', named, units.length),
    checkOverlaps(input, rowOf),
    personalWorkspaces(input, isPersonal),
  ]
}

function isNamedSandbox(name: string | null): boolean {
  return (
    name !== null &&
    normaliseName(name)
      .split('_')
      .some(word => SANDBOX_WORDS.has(word))
  )
}

function namedRow(row: Row<'workspaces'> | undefined, id: string, ...more: RowValue[]): HealthRow {
  return {
    values: [id, row?.workspace_name ?? null, ...(more.length > 0 ? more : [row?.created_at ?? null])],
    place: { kind: 'record', table: 'workspaces', key: [id] },
  }
}

/** Workspaces with two or more subscriptions that are live at asOf; one row per subscription. */
function checkOverlaps(
  { liveSubscriptions, dataset, roster }: HealthInput,
  rowOf: ReadonlyMap<string, Row<'workspaces'>>,
): Found {
  const subscription = new Map(dataset.subscriptions.map(row => [row.subscription_id, row]))
  const rows: HealthRow[] = []
  let count = 0
  for (const { workspace_id: id } of roster.workspaces) {
    const live = liveSubscriptions.get(id) ?? []
    if (live.length < 2) continue
    count++
    for (const own of live) {
      const { status = null, plan = null, mrr = null, started_at = null } = subscription.get(own) ?? {}
      const name = rowOf.get(id)?.workspace_name ?? null
      rows.push({
        values: [id, name, own, status, plan, mrr, started_at],
        place: { kind: 'record', table: 'subscriptions', key: [own] },
      })
    }
  }
  const columns: readonly RowColumn[] = [
    { id: 'workspace', label: 'Workspace', kind: 'id' },
    { id: 'name', label: 'Name', kind: 'text' },
    { id: 'subscription', label: 'Subscription', kind: 'id' },
    { id: 'status', label: 'Status', kind: 'text' },
    { id: 'plan', label: 'Plan', kind: 'text' },
    { id: 'mrr', label: 'MRR', kind: 'count' },
    { id: 'started', label: 'Started', kind: 'moment' },
  ]
  return { code: 'overlapping_subscriptions', count, of: liveSubscriptions.size, rows: { columns, rows } }
}

const PERSONAL: readonly RowColumn[] = [
  { id: 'workspace', label: 'Workspace', kind: 'id' },
  { id: 'name', label: 'Name', kind: 'text' },
  { id: 'members', label: 'With an address', kind: 'count' },
  { id: 'personal', label: 'Personal', kind: 'count' },
  { id: 'share', label: 'Share', kind: 'share' },
]

/** Workspaces where 60 % or more of the members with an address have a personal one. */
function personalWorkspaces({ roster }: HealthInput, isPersonal: PersonalReader): Found {
  const rows: HealthRow[] = []
  let of = 0
  for (const [place, row] of roster.workspaces.entries()) {
    let read = 0
    let personal = 0
    for (const userId of roster.members[place]?.keys() ?? []) {
      const verdict = isPersonal(roster.users.get(userId)?.primary_email ?? null)
      if (verdict === null) continue
      read++
      if (verdict) personal++
    }
    if (read === 0) continue
    of++
    if (personal / read >= PERSONAL_SHARE) rows.push(namedRow(row, row.workspace_id, read, personal, personal / read))
  }
  return { code: 'personal_workspace', count: rows.length, of, rows: { columns: PERSONAL, rows } }
}
