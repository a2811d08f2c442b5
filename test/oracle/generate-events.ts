import { type Frame, momentText, timeText } from './generate-time.ts'
import type { OracleModel } from './model.ts'
import type { TextRow } from './tables.ts'

export type SampleOptions = Readonly<{ workspaces?: number; users?: number; events?: number }>
type Known = Readonly<{
  users: readonly string[]
  workspaces: readonly string[]
  count: number
  /** Some events have a date where a time belongs. */
}>

const SPELLINGS = [
  'CoreFeatureUsed',
  'core feature used',
  'Core-Feature-Used!',
  'UPGRADE_CLICK',
  'Upgrade Click',
  'viewed pricing on mobile',
  'viewedPricingPage',
  'pricingPageViewed',
  '  invite sent ',
  'unknown thing',
  'page',
  'Odd Kind',
  'odd little thing',
  '$autocapture',
]
const FEATURES = ['reports', 'Reports', 'alerts', 'api', '']

/** The first workspaces have a good week; the last ones have a story of their own and little else. */
export const STARS = 6
export const STORIES = 4

export function events(frame: Frame, model: OracleModel, known: Known): TextRow[] {
  const { dice } = frame
  const ages = edgeAges(model)
  const rows = Array.from({ length: known.count }, (_, i) => randomEvent(frame, known, model, ages, i))
  for (const workspace of known.workspaces.slice(0, STARS)) rows.push(...star(frame, known, workspace))
  for (let i = 0; i < 3; i++) rows.push(...loop(frame, known, model.loop.events, `loop${i}`))
  for (const workspace of known.workspaces.slice(-STORIES))
    rows.push(...(dice.chance(0.3) ? burst(frame, known, workspace) : shrinking(frame, known, workspace)))
  if (dice.chance(0.3))
    rows.push({ ...randomEvent(frame, known, model, ages, rows.length), timestamp: '2099-01-01T00:00:00Z' })
  rows.push(...copies(frame, rows, known))
  const hasEpochs = dice.chance(0.1)
  return rows
    .map(row => ({ row: hasEpochs ? inEpochs(frame, row) : row, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row)
}

/** The same event with its time as milliseconds since 1970. */
function inEpochs({ zone }: Frame, row: TextRow): TextRow {
  return { ...row, timestamp: String(zone.read(row['timestamp'] ?? '')?.ms) }
}

/** 0, around every window and every decay length, and after asOf. */
function edgeAges({ signals, buckets }: OracleModel): readonly number[] {
  const lengths = [7, 14, 30, ...signals.map(row => row.cap?.days ?? 0), ...signals.map(row => row.decayDays ?? 0)]
  for (const bucket of Object.values(buckets)) lengths.push('decayDays' in bucket ? (bucket.decayDays ?? 0) : 0)
  const near = lengths.flatMap(length => [length - 1, length, length + 1, 2 * length - 1, 2 * length])
  return [...new Set([0, 1, 2, -1, ...near.map(Math.floor)])].filter(age => age >= -1 && age < 500)
}

/** Early workspaces have many events, late ones few or none; every third is a good prospect with a few busy people. */
function randomEvent(frame: Frame, known: Known, model: OracleModel, ages: readonly number[], i: number): TextRow {
  const { dice, asOf } = frame
  const at = Math.floor(dice.next() ** 2.5 * known.workspaces.length)
  const isGood = at % 3 === 0
  const age = dice.chance(0.6) ? dice.pick(ages) : dice.int(isGood ? 8 : 40)
  const user = userOf(frame, known, at)
  return {
    event_id: dice.chance(0.1) ? '' : `e${i}`,
    event_name: nameOf(frame, model, isGood),
    timestamp: dice.chance(0.03) ? timeText(dice, asOf + dice.int(2)) : momentText(frame, age),
    workspace_id: dice.chance(0.1) ? '' : dice.chance(0.03) ? 'nowhere' : (known.workspaces[at] ?? ''),
    user_id: user,
    ...deviceIds(frame, known, user),
    event_properties: propertiesOf(frame),
  }
}

/** Ids of a person's own, of somebody else's or of nobody's; both namespaces have the same texts. */
function deviceIds({ dice }: Frame, { users }: Known, user: string): TextRow {
  const own = user === '' || dice.chance(0.05) ? dice.int(users.length) : users.indexOf(user)
  const id = dice.chance(0.1) ? dice.pick(['0', 'anonymous', 'kiosk', 'anon1']) : `x${own}`
  const other = dice.chance(0.1) ? `x${dice.int(users.length)}` : id
  return { anonymous_id: dice.chance(0.5) ? id : '', device_id: dice.chance(0.4) ? other : '' }
}

function userOf({ dice }: Frame, { users }: Known, workspace: number): string {
  if (dice.chance(0.2)) return ''
  if (dice.chance(0.75)) return users[(2 * workspace + dice.int(2)) % users.length] ?? ''
  return dice.pick(dice.chance(0.1) ? ['ghost', 'stranger'] : users)
}

function nameOf({ dice }: Frame, model: OracleModel, isGood: boolean): string {
  if (dice.chance(0.15)) return dice.pick(SPELLINGS)
  const helpful = model.signals.filter(row => row.points > 0)
  if ((isGood || dice.chance(0.6)) && helpful.length > 0) return dice.pick(helpful).kind
  return dice.chance(0.5) ? dice.pick(model.signals).kind : dice.pick(model.taxonomy).kind
}

function propertiesOf({ dice }: Frame): string {
  if (dice.chance(0.6)) return ''
  return JSON.stringify({
    ...(dice.chance(0.5) ? { feature: dice.pick(FEATURES) } : {}),
    ...(dice.chance(0.5) ? { integration: dice.pick(['Salesforce', 'slack', 'HubSpot']) } : {}),
    ...(dice.chance(0.5) ? { count: dice.pick([0, 5, 250]) } : {}),
  })
}

const STAR_WEEK =
  'key_action_completed first_value_delivered workspace_created core_feature_used automation_run automation_run usage_limit_hit upgrade_click upgrade_click pricing_page_view invite_sent invite_accepted invite_accepted integration_installed plan_upgraded'.split(
    ' ',
  )

/** A week in which one person does nearly everything, and some join. */
function star(frame: Frame, known: Known, workspace: string): TextRow[] {
  const { dice } = frame
  const lead = dice.pick(known.users)
  const week = [...STAR_WEEK, ...STAR_WEEK, ...dice.some(['core_feature_used', 'invite_sent', 'page'], 0.9)]
  return dice.some(week, dice.pick([0.5, 0.9])).map((kind, i) => ({
    event_id: '',
    event_name: kind,
    timestamp: momentText(frame, dice.int(4), false),
    workspace_id: workspace,
    user_id: dice.chance(0.8) ? lead : dice.pick(known.users),
    event_properties: i % 4 === 0 ? propertiesOf(frame) : '',
  }))
}

/** One user, kind and hour with one event less than a loop, as many, or one more; over one or two workspaces. */
function loop({ dice, asOf }: Frame, known: Known, limit: number, id: string): TextRow[] {
  const hour = Math.floor((asOf - dice.int(20 * 24) * 3_600_000) / 3_600_000) * 3_600_000
  const at = Math.min(hour, Math.floor(asOf / 3_600_000) * 3_600_000 - 3_600_000)
  const count = limit + dice.pick([-1, 0, 1])
  const places = [dice.pick(known.workspaces), dice.pick([...known.workspaces, 'nowhere', ''])]
  const user = dice.pick(known.users)
  const kind = dice.pick(['automation_run', 'core_feature_used', 'unknown thing', 'login'])
  const spill = dice.pick([0, 0, 1])
  return Array.from({ length: count }, (_, i) => ({
    event_id: `${id}-${i}`,
    event_name: dice.chance(0.2) ? kind.toUpperCase() : kind,
    timestamp: new Date(at + (i < spill ? 3_600_000 : Math.floor((i * 3_599_999) / (count - 1)))).toISOString(),
    workspace_id: places[i % 3 === 0 ? 1 : 0] ?? '',
    user_id: user,
  }))
}

/** Some weeks of calm, then 49 to 51 events on one day. */
function burst(frame: Frame, known: Known, workspace: string): TextRow[] {
  const { dice } = frame
  const age = dice.int(18)
  const calm = Array.from({ length: dice.between(6, 30) }, (_, i) => age + 1 + (i % dice.between(6, 8)))
  const wild = Array.from({ length: dice.between(48, 52) }, () => age)
  return [...calm, ...wild].map(own => ({
    event_id: '',
    event_name: 'page',
    timestamp: momentText(frame, own, false),
    workspace_id: workspace,
    user_id: dice.pick(known.users),
  }))
}

/** Four weeks of three or four people, then a week of fewer. */
function shrinking(frame: Frame, known: Known, workspace: string): TextRow[] {
  const { dice } = frame
  const start = dice.int(known.users.length - 4)
  const crew = known.users.slice(start, start + dice.between(3, 4))
  return [4, 3, 2, 1, 0].flatMap(week =>
    crew.slice(week === 0 ? dice.between(1, 3) : 0).map(user => ({
      event_id: '',
      event_name: 'page',
      timestamp: momentText(frame, week * 7 + dice.int(7), false),
      workspace_id: workspace,
      user_id: user,
    })),
  )
}

/** The same id again: the same row, or one that differs in time, place, user or name. */
function copies({ dice, asOf }: Frame, rows: readonly TextRow[], known: Known): TextRow[] {
  return dice
    .some(rows, 0.05)
    .filter(row => row['event_id'] !== '')
    .map(row => {
      if (dice.chance(0.3)) return row
      const changed: Record<string, string> = { ...row }
      if (dice.chance(0.5)) changed['workspace_id'] = dice.pick([...known.workspaces, '', 'nowhere'])
      if (dice.chance(0.4)) changed['user_id'] = dice.pick([...known.users, ''])
      if (dice.chance(0.4)) changed['event_name'] = dice.pick(SPELLINGS)
      if (dice.chance(0.4)) changed['timestamp'] = timeText(dice, asOf - dice.between(-1, 20) * 86_400_000)
      return changed
    })
}
