import { describe, expect, test } from 'vitest'
import { addressBookOf, type ExportUnit, handOffOf, templatesOf, UnitTexts } from '../../../../core/export/index.ts'
import { resolveIdentities } from '../../../../core/identity/index.ts'
import { DEFAULT_POLICY, routeUnits } from '../../../../core/route/index.ts'
import type { ScoreLine } from '../../../../core/schema/score.ts'
import { DEFAULT_MODEL, dayText } from '../../../../core/score/index.ts'
import { tables } from '../../identity/rows.ts'
import { judged, person } from '../../route/judged.ts'
import { linksOf } from '../../route/links.ts'
import { AS_OF, CALENDAR, TODAY } from '../presets/delivered.ts'

const USERS = [
  { user_id: 'u1', name: 'Ada Admin', primary_email: 'ada@acme.com' },
  { user_id: 'u2', name: 'Bob Builder', primary_email: 'bob@acme.com' },
  { user_id: 'u3', primary_email: 'nameless@acme.com' },
  { user_id: 'u4', name: 'Opal Out', primary_email: 'opal@acme.com' },
]

const line = (signal: string, own: Partial<ScoreLine> = {}): ScoreLine => ({
  signal,
  bucket: 'intent',
  scope: 'unit',
  personId: null,
  occurrences: 2,
  firstDay: TODAY - 3,
  lastDay: TODAY - 1,
  pointsBeforeCap: 20,
  pointsAfterCap: 20,
  pointsAfterDecay: 10,
  roleFactor: 1,
  finalPoints: 10,
  ...own,
})

type Parts = NonNullable<Parameters<typeof judged>[1]>

type Own = Readonly<{
  rollups?: Parts['rollups']
  model?: typeof DEFAULT_MODEL
  isFirstStage?: boolean
  stageDay?: number | null
}>

/** What a hot workspace's texts say. */
function textsOf(
  lines: readonly ScoreLine[],
  unit: Parts['unit'] = {},
  rollups: Parts['rollups'] = {},
  { model = DEFAULT_MODEL, isFirstStage = false, stageDay = null }: Own = {},
): UnitTexts {
  const data = tables({
    users: USERS,
    contacts: [{ contact_id: 'c4', user_id: 'u4', opted_out: true }],
    workspaces: [{ workspace_id: 'w1' }],
  })
  const own = judged('w1', {
    unit: {
      name: 'Acme',
      workspaceIds: ['w1'],
      fit: { points: 10, score: null, tier: 'A', source: 'given tier' },
      people: ['u1', 'u2', 'u3', 'u4'].map(user => person(user, { isAdmin: true })),
      ...unit,
    },
    score: { score: 90, representativeId: 'u1', lines: [...lines] },
    findings: { hasHighIntent30d: true, hasAdmin: true },
    rollups,
  })
  const [route] = routeUnits([own], DEFAULT_POLICY, {
    dataset: data,
    asOf: AS_OF,
    calendar: CALENDAR,
    assignments: new Map(),
    dismissedAnomalies: new Set<string>(),
    contactLinks: linksOf(data),
  })
  const exported: ExportUnit = {
    judged: own,
    route: route as NonNullable<typeof route>,
    stageSince: AS_OF,
    isFirstStage,
  }
  const identities = resolveIdentities(data, { mode: 'explicit', eventUsers: [], activity: new Map() })
  const book = addressBookOf({ dataset: data, identities, contactLinks: linksOf(data, identities.persons) })
  const ground = { book, dayOf: CALENDAR.dayOf, model, today: TODAY, stageDayOf: () => stageDay }
  const unitOf = handOffOf({ ...exported, reasons: () => [] } as unknown as Parameters<typeof handOffOf>[0], ground)
  if (unitOf === null) throw new Error('a hot workspace is handed over')
  return new UnitTexts(unitOf, own, { ...ground, sequences: {}, templates: templatesOf(new Map()) })
}

const openerOf = (...lines: readonly ScoreLine[]): string | undefined =>
  /\n\nSuggested opener\n(.*)/.exec(textsOf(lines).of('sdr_task', 'sdr'))?.[1]

const HIT = 'hit a usage limit twice in the last 7 days, most recently on 26 May'

describe('the opener says what was done of who did it', () => {
  const by = (personId: string): Partial<ScoreLine> => ({ scope: 'person', personId })
  test.each([
    { why: 'a line of the workspace: the team', of: {}, says: `In Acme your team ${HIT}.` },
    { why: 'of the one who is written to: you', of: by('u1'), says: `In Acme you ${HIT}.` },
    { why: 'of somebody else: the name', of: by('u2'), says: `In Acme Bob Builder ${HIT}.` },
    { why: 'of somebody without a name', of: by('u3'), says: `In Acme somebody in your team ${HIT}.` },
    { why: 'of somebody who opted out', of: by('u4'), says: `In Acme somebody in your team ${HIT}.` },
  ])('$why', ({ of, says }) => {
    expect(openerOf(line('usage_limit_hit', of))?.replace(/\d+ \w+\.$/, '26 May.')).toBe(says)
  })

  test.each([
    { why: 'the same person goes on', first: by('u1'), second: by('u1'), also: 'You also clicked' },
    { why: 'the same team goes on', first: {}, second: {}, also: 'It also clicked' },
    { why: 'another one is named', first: {}, second: by('u2'), also: 'Bob Builder also clicked' },
    { why: 'the team after a person', first: by('u1'), second: {}, also: 'Your team also clicked' },
  ])('$why', ({ first, second, also }) => {
    const opener = openerOf(line('usage_limit_hit', first), line('upgrade_click', { ...second, finalPoints: 5 }))
    expect(opener).toContain(`. ${also}`)
  })

  test('nothing that lies too long ago, and nothing that nobody did', () => {
    expect(openerOf(line('usage_limit_hit', { firstDay: TODAY - 40, lastDay: TODAY - 31 }))).toBeUndefined()
    expect(openerOf(line('usage_limit_hit', { finalPoints: 0 }))).toBeUndefined()
  })
})

describe('a reason names the person whose it is', () => {
  const by = (personId: string): Partial<ScoreLine> => ({ scope: 'person', personId })
  test.each([
    { why: 'a line of the workspace: nobody', own: {}, says: /^- Hit a usage limit twice/ },
    { why: 'by name', own: by('u2'), says: /^- Bob Builder hit a usage limit twice/ },
    { why: 'by address', own: by('u3'), says: /^- nameless@acme\.com hit a usage limit twice/ },
    { why: 'who opted out is not named', own: by('u4'), says: /^- One person hit a usage limit twice/ },
    {
      why: 'what is no deed stands behind the name',
      own: { ...by('u2'), signal: 'new_active_user' },
      says: /^- Bob Builder: New active person/,
    },
  ])('$why', ({ own, says }) => {
    const text = textsOf([line('usage_limit_hit', own)]).of('sdr_task', 'sdr')
    const reason = /Why now\n(.*)/.exec(text)?.[1]
    expect(reason).toMatch(says)
    const change = /New in the last seven days\n(.*)/.exec(text)?.[1]
    expect(reason?.startsWith(change ?? 'none')).toBe(true)
  })
})

describe('the opener speaks in words of the product', () => {
  const textOf = (lines: readonly ScoreLine[], own: Own = {}): string | undefined =>
    /\n\nSuggested opener\n(.*)/.exec(textsOf(lines, {}, own.rollups, own).of('sdr_task', 'sdr'))?.[1]
  const modelOf = (kind: string, match: readonly string[] = []): Own => ({
    model: {
      ...DEFAULT_MODEL,
      signals: [...DEFAULT_MODEL.signals, { ...signal('usage_limit_hit'), id: kind, kind }],
      taxonomy: [...DEFAULT_MODEL.taxonomy, { kind, category: 'depth', match: [...match], highIntent: false }],
    },
  })
  const signal = (id: string) => DEFAULT_MODEL.signals.find(own => own.id === id) ?? DEFAULT_MODEL.signals[0]!

  test.each([
    {
      why: 'a kind of the model alone: the next best claim',
      kinds: ['key_action_completed', 'upgrade_click'],
      own: {},
      says: 'In Acme your team clicked upgrade',
    },
    {
      why: 'none but kinds of the model: how often the team was there',
      kinds: ['key_action_completed', 'first_value_delivered', 'core_feature_used'],
      own: { rollups: { active_days_14d: 8 } },
      says: 'In Acme your team was active on 8 of the last 14 days.',
    },
    {
      why: 'an event of the product by its own name',
      kinds: ['dashboard_created'],
      own: modelOf('dashboard_created'),
      says: 'In Acme your team created a dashboard twice',
    },
    {
      why: 'the verb first, a vowel, two words',
      kinds: ['exported_invoice_report'],
      own: modelOf('exported_invoice_report'),
      says: 'In Acme your team exported an invoice report twice',
    },
  ])('$why', ({ kinds, own, says }) => {
    const lines = kinds.map((kind, i) => line(kind, { finalPoints: 10 - i }))
    const opener = textOf(lines, own)
    expect(opener?.startsWith(says)).toBe(true)
    expect(opener).not.toMatch(/key action|core feature|first result/)
  })

  test.each([
    { why: 'a name that says no deed', own: modelOf('dashboard_v2'), kind: 'dashboard_v2' },
    { why: 'a kind of several names', own: modelOf('chart_created', ['chart_*']), kind: 'chart_created' },
    { why: 'nothing but a code', own: modelOf('x9_created'), kind: 'x9_created' },
  ])('$why is left out', ({ own, kind }) => {
    expect(textOf([line(kind)], own)).toBeUndefined()
  })
})

describe('the day since which the stage holds', () => {
  const since = (own: Own): string | undefined =>
    textsOf([], {}, {}, own)
      .of('sdr_task', 'sdr')
      .split('\n')
      .find(text => text.startsWith('In this stage'))

  test.each([
    { why: 'is that of the score over time', own: { stageDay: TODAY - 4 }, days: 4 },
    { why: 'is that of the runs where the score over time is silent', own: { stageDay: null }, days: 0 },
    { why: 'is not told of the first scores of a project', own: { isFirstStage: true, stageDay: null }, days: null },
    {
      why: 'is that of the score over time in the first scores too',
      own: { isFirstStage: true, stageDay: TODAY - 4 },
      days: 4,
    },
  ])('$why', ({ own, days }) => {
    const says = days === null ? undefined : `In this stage at least since ${dayText(TODAY - days, TODAY)}`
    expect(since(own)).toBe(says)
  })
})

describe('lines of the task', () => {
  const linesOf = (unit: Parts['unit'], rollups: Parts['rollups'] = {}): readonly string[] =>
    textsOf([], unit, rollups).of('sdr_task', 'sdr').split('\n')

  test.each([
    { why: 'a trial that goes on', unit: { isOnTrial: true, trialEndDay: TODAY + 5 }, says: /^Trial ends on \d+ \w+$/ },
    { why: 'a trial that is over', unit: { trialEndDay: TODAY - 5 }, says: /^Trial ended on \d+ \w+$/ },
  ])('$why', ({ unit, says }) => {
    expect(linesOf(unit).filter(own => own.startsWith('Trial'))).toEqual([expect.stringMatching(says)])
  })

  test('a trial end to come, without a trial, says neither', () => {
    expect(linesOf({ trialEndDay: TODAY + 5 }).filter(own => own.startsWith('Trial'))).toEqual([])
  })

  test('who has no name is known by the address, and who opted out is not there', () => {
    expect(linesOf({}).filter(own => own.includes('@'))).toEqual([
      '- Ada Admin <ada@acme.com> (admin)',
      '- Bob Builder <bob@acme.com> (admin)',
      '- nameless@acme.com (admin)',
    ])
  })

  test.each([
    { hits: 1, says: 'once' },
    { hits: 2, says: 'twice' },
    { hits: 3, says: '3 times' },
  ])('$hits hits are told as $says', ({ hits, says }) => {
    const note = textsOf([], {}, { usage_limit_hits_30d: hits }).of('handoff_note', 'sdr')
    expect(note).toContain(`usage limits were hit ${says} in 30 days`)
  })
})
