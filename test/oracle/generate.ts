import { defaultAsOf } from './as-of.ts'
import { events, type SampleOptions, STARS, STORIES } from './generate-events.ts'
import { randomModel } from './generate-model.ts'
import { type Frame, momentText } from './generate-time.ts'
import type { OracleModel } from './model.ts'
import { type Dice, diceOf } from './random.ts'
import type { Exports, TextRow } from './tables.ts'
import { zoneOf } from './zone.ts'

/** A seeded export with its model and instant: small, and full of edges. */
export type Sample = Readonly<{
  exports: Exports
  model: OracleModel
  asOf: number
  /** As it is given to the product; undefined: not at all. */
  asOfText: string | undefined
  /** Where times without an offset are read; undefined: UTC. */
  columnZone: string | undefined
}>

const AS_OF = [
  '2026-03-09T03:30:00.123Z',
  '2026-05-31T23:59:59.999Z',
  '2025-11-03T04:00:00.000Z',
  '2026-04-05T14:45:00Z',
]
/** Code-point order differs from UTF-16 order on these; digits that are no numbers; signs that CSV must quote. */
const STEMS = ['a', 'B', '\u{1F600}', '\u{1F600}', '\uE000', '\uFF5E', '\uFF5E', 'é', '0', '007', '1e5', 'x,"y"', 'x y']
const TITLES = [
  'VP Sales',
  'Head of Data',
  'Senior Product Manager',
  'Engineering Manager',
  'Data analyst',
  'Chief of Staff',
  'Student',
  'CEO',
]
const SENIORITIES = [
  '',
  '',
  '',
  'Manager',
  'C-Level',
  'Individual Contributor',
  'SENIOR',
  'senior manager',
  'intern',
  'VP',
]

export function sampleOf(seed: number, size: SampleOptions = {}): Sample {
  const dice = diceOf(seed)
  const model = randomModel(dice)
  const zone = zoneOf(model.timeZone)
  const asDate = dice.chance(0.2)
  const instant = dice.pick(AS_OF)
  const asOfText = asDate ? instant.slice(0, 10) : instant
  const asOf = asDate ? zone.startOf(Date.parse(asOfText) / 86_400_000 + 1) - 1 : Date.parse(asOfText)
  const frame: Frame = { dice, zone, asOf, today: zone.dayOf(asOf) }
  const workspaceIds = ids(dice, 'w', size.workspaces ?? 30)
  const userIds = ids(dice, 'u', size.users ?? 45)
  const accountIds = ids(dice, 'acc', 8)
  const workspaces = workspaceIds.map((id, i) => ({
    ...workspaceRow(frame, id, { accountIds, userIds }),
    ...(i < STARS || i >= workspaceIds.length - STORIES ? plainFrame(frame, accountIds) : {}),
  }))
  const users = userIds.map((id, i) => ({ ...userRow(frame, id, workspaceIds), ...ownIds(dice, i, userIds.length) }))
  const exports: Exports = {
    users: [...users, ...(dice.chance(0.15) ? crowd(frame, workspaceIds) : [])],
    workspaces,
    memberships: memberships(frame, [...userIds, 'stranger'], [...workspaceIds, 'nowhere']),
    subscriptions: subscriptions(frame, workspaceIds),
    events: events(frame, model, {
      users: userIds,
      workspaces: workspaceIds,
      count: size.events ?? 500,
    }),
    accounts: accountIds.map(id => accountRow(dice, id)),
  }
  const earlier = asOf - dice.pick([1, 3_600_000, 17 * 86_400_000])
  if (dice.chance(0.1))
    return { exports, model, asOf: earlier, asOfText: new Date(earlier).toISOString(), columnZone: undefined }
  const columnZone = dice.chance(0.15) ? dice.pick(['America/New_York', 'Asia/Kolkata']) : undefined
  return dice.chance(0.2)
    ? { exports, model, asOf: defaultAsOf(exports, model, columnZone), asOfText: undefined, columnZone }
    : { exports, model, asOf, asOfText, columnZone }
}

function ids(dice: Dice, prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    dice.chance(0.3) ? `${dice.pick(STEMS)}${prefix}${i}` : `${prefix}${i}`,
  )
}

function workspaceRow(frame: Frame, id: string, known: { accountIds: string[]; userIds: string[] }): TextRow {
  const { dice } = frame
  return {
    workspace_id: id,
    workspace_name: `Name of ${id}`,
    created_at: dice.chance(0.15) ? '' : momentText(frame, dice.pick([0, 1, 13, 14, 15, 40, 200, -1])),
    workspace_status: dice.chance(0.05) ? dice.pick(['deleted', 'Deleted']) : 'active',
    workspace_type: dice.chance(0.9) ? dice.pick(['prod', '', 'Production']) : dice.pick(['sandbox', 'dev']),
    account_id: dice.chance(0.6) ? dice.pick([...known.accountIds, 'no such account']) : '',
    paid_status: dice.pick(['', '', '', 'trial', 'Trial', 'Trial', 'paid', 'free']),
    trial_end_date: dice.chance(0.4) ? momentText(frame, dice.between(-5, 4), true) : '',
    mrr: dice.chance(0.2) ? String(dice.int(5000) / 100) : '',
    seat_count_total: dice.chance(0.3) ? String(dice.int(12)) : '',
    owner_user_id: dice.chance(0.25) ? dice.pick([...known.userIds, 'owner only']) : '',
  }
}

/** What lets a workspace's events decide where it goes: old, of an account, neither sandbox nor paid by its own word. */
function plainFrame(frame: Frame, accountIds: string[]): TextRow {
  const { dice } = frame
  return {
    created_at: momentText(frame, dice.between(60, 90)),
    workspace_status: '',
    workspace_type: 'prod',
    account_id: dice.chance(0.9) ? dice.pick(accountIds) : '',
    paid_status: dice.pick(['', '', 'free', 'trial']),
  }
}

function userRow(frame: Frame, id: string, workspaceIds: string[]): TextRow {
  const { dice } = frame
  return {
    user_id: id,
    primary_email: dice.chance(0.4) ? `${dice.pick(['same', 'jane'])}@${dice.pick(['gmail.com', 'acme.com'])}` : '',
    job_title: dice.chance(0.4) ? dice.pick(TITLES) : '',
    seniority: dice.pick(SENIORITIES),
    department: dice.chance(0.4) ? dice.pick(['IT', 'data & analytics', 'sales']) : '',
    persona: dice.chance(0.15) ? dice.pick(['Champion', 'champion', 'end user']) : '',
    buying_role_weight: dice.chance(0.15) ? dice.pick(['0', '1', '0.3', '1.7', '-1']) : '',
    product_role: dice.chance(0.2) ? dice.pick(['admin', 'OWNER', 'member']) : '',
    is_workspace_admin: dice.pick(['', '', 'false', 'false', 'true']),
    workspace_id: dice.chance(0.5) ? dice.pick([...workspaceIds, 'nowhere']) : '',
    created_at: dice.chance(0.5) ? momentText(frame, dice.pick([5, 90, 0, -2])) : '',
    signup_ip: '',
  }
}

/** Ids that a user's own record names, now and then those of somebody else. */
function ownIds(dice: Dice, user: number, users: number): TextRow {
  const id = (): string => `x${dice.chance(0.9) ? user : dice.int(users)}`
  return { anonymous_id: dice.chance(0.25) ? id() : '', device_id: dice.chance(0.25) ? id() : '' }
}

/** Bots: as many users in one minute from one network as count, or one less. */
function crowd(frame: Frame, workspaceIds: string[]): TextRow[] {
  const age = frame.dice.pick([3, 13, 14, 40])
  const minute = Math.floor((frame.asOf - age * 86_400_000) / 60_000) * 60_000
  return Array.from({ length: frame.dice.pick([99, 100]) }, (_, i) => ({
    user_id: `bot${i}`,
    workspace_id: workspaceIds[i % 3] ?? '',
    created_at: new Date(minute + i * 590).toISOString(),
    signup_ip: `203.0.113.${i}`,
  }))
}

function memberships(frame: Frame, users: string[], workspaces: string[]): TextRow[] {
  const { dice } = frame
  return users.flatMap(user =>
    [...new Set(Array.from({ length: dice.int(3) }, () => dice.pick(workspaces)))].map(workspace => ({
      user_id: user,
      workspace_id: workspace,
      role: dice.pick(['', 'member', 'Admin', 'owner', 'viewer']),
      joined_at: dice.chance(0.3) ? momentText(frame, dice.pick([0, 3, 50, -1])) : '',
    })),
  )
}

function subscriptions(frame: Frame, workspaces: string[]): TextRow[] {
  const { dice } = frame
  const maybe = (p: number, low: number, high: number): string =>
    dice.chance(p) ? momentText(frame, dice.between(low, high)) : ''
  return dice.some([...workspaces, ...workspaces], 0.2).map((workspace, i) => {
    const status = dice.pick(['active', 'trialing', 'past_due', 'canceled', 'Active', 'incomplete'])
    return {
      subscription_id: `sub${i}`,
      workspace_id: workspace,
      status,
      mrr: dice.chance(0.7) ? String(dice.int(30_000) / 100) : '',
      arr: dice.chance(0.2) ? String(dice.int(300_000) / 100) : '',
      seats_purchased: dice.chance(0.5) ? '10' : '',
      seats_used: dice.chance(0.5) ? dice.pick(['8', '9', '10']) : '',
      started_at: maybe(0.5, -2, 60),
      ...trialDates(frame, status),
      renewal_date: maybe(0.5, -62, 1),
      canceled_at: status === 'canceled' ? maybe(0.7, -2, 40) : '',
    }
  })
}

/** Only a subscription that is trialing in the export may have an end of trial without its start. */
function trialDates(frame: Frame, status: string): { trial_start: string; trial_end: string } {
  const { dice } = frame
  const start = dice.chance(0.3) ? momentText(frame, dice.between(-2, 60)) : ''
  const hasEnd = dice.chance(status === 'trialing' ? 0.8 : 0.6) && (status === 'trialing' || start !== '')
  return { trial_start: start, trial_end: hasEnd ? momentText(frame, dice.between(-5, 4)) : '' }
}

function accountRow(dice: Dice, id: string): TextRow {
  const hasTier = dice.chance(0.5)
  return {
    account_id: id,
    name: `Account ${id}`,
    employee_count: dice.chance(0.6) ? dice.pick(['10', '50', '999', '1000', '1000', '5000']) : '',
    industry: dice.pick(['Software', 'software', 'Retail', '']),
    hq_country: dice.pick(['US', 'DE', 'FR', '']),
    territory: dice.chance(0.2) ? 'East' : '',
    tech_stack: dice.pick(['', 'snowflake;dbt', 'Snowflake', 'dbt']),
    icp_fit_tier: hasTier ? dice.pick(['A', 'A', 'b', 'C', 'D', 'Z']) : '',
    icp_fit_score: dice.chance(0.5)
      ? dice.pick(['0', '39.9', '40', '60', '79.99', '80', '80', '100', '140', '-5'])
      : '',
  }
}
