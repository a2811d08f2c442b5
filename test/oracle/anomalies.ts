import { type Counted, membersOf, type Placed, usersOf, type World } from './events.ts'
import { cell, groupBy, plain, type TextRow } from './tables.ts'

/** Workspaces with an anomaly on one of the last 14 days. */
export function anomalousWorkspaces(world: World, counted: Counted): ReadonlySet<string> {
  const found = new Set<string>()
  const isRecent = (day: number): boolean => world.today - day < 14
  for (const event of counted.looped) if (isRecent(event.day)) found.add(event.workspace)
  const byWorkspace = groupBy(counted.active, event => event.workspace)
  for (const [workspace, events] of byWorkspace)
    if (burstDays(world, workspace, events).some(isRecent)) found.add(workspace)
  for (const workspace of botWorkspaces(world, isRecent)) found.add(workspace)
  return found
}

/** Days with 50 events or more, and 5 times the mean of the 30 days before. */
function burstDays({ exports, zone }: World, workspace: string, events: readonly Placed[]): readonly number[] {
  const row = exports.workspaces.find(candidate => cell(candidate, 'workspace_id') === workspace)
  const created = zone.read(cell(row, 'created_at'))?.day ?? Math.min(...events.map(event => event.day))
  return [...groupBy(events, event => String(event.day))]
    .filter(([day, own]) => {
      const before = events.filter(event => event.day < Number(day) && event.day >= Number(day) - 30)
      const activeDays = new Set(before.map(event => event.day)).size
      const isUsual = own.length < 50 || own.length < (5 * before.length) / 30
      return !isUsual && activeDays >= 7 && Number(day) - created >= 14
    })
    .map(([day]) => Number(day))
}

/** Workspaces of 100 users or more who were made in one minute from one IPv4 /24. */
function botWorkspaces(world: World, isRecent: (day: number) => boolean): readonly string[] {
  const users = [...usersOf(world).values()].filter(row => cell(row, 'signup_ip') !== '')
  const crowds = [...groupBy(users, row => crowdOf(world, row)).values()].filter(crowd => crowd.length >= 100)
  const recent = crowds.filter(crowd =>
    crowd.some(row => isRecent(world.zone.read(cell(row, 'created_at'))?.day ?? Number.NEGATIVE_INFINITY)),
  )
  const ids = new Set(recent.flat().map(row => cell(row, 'user_id')))
  return [...membersOf(world)].filter(([, members]) => [...members].some(user => ids.has(user))).map(([id]) => id)
}

function crowdOf({ zone }: World, row: TextRow): string {
  const created = zone.read(cell(row, 'created_at'))
  const minute = created === null || created.isDate ? cell(row, 'user_id') : Math.floor(created.ms / 60_000)
  return `${minute} ${cell(row, 'signup_ip').split('.').slice(0, 3).join('.')}`
}

/** Deleted, or a sandbox or dev workspace: routed nowhere. */
export const isOutOfScope = (workspace: TextRow): boolean =>
  plain(cell(workspace, 'workspace_status')) === 'deleted' ||
  ['sandbox', 'dev'].includes(plain(cell(workspace, 'workspace_type')))
