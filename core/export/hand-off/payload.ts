import { roundTo } from '#lib/num'
import { type Day, formatDay } from '#lib/time'
import type { RoutedChannel, RoutingPolicy } from '#schema/policy'
import type { ScoreLine } from '#schema/score'
import { type ReasonGround, sentenceOf } from '#score'
import type { AddressBook } from '../address-book.ts'
import type { HandOff } from '../presets/hand-off.ts'
import { emailMilestoneOf, otherWorkspacesOf, personText } from '../routing-columns.ts'
import { approachOf } from './approach.ts'
import { DEFAULT_TEMPLATES, TEMPLATE_IDS, type TemplateId } from './default-templates.ts'
import { fillTemplate, readTemplate, type Template } from './template.ts'
import type { FieldName, FieldValues } from './template-fields.ts'

/** What texts are made with. */
export type PayloadGround = Readonly<{
  book: AddressBook
  model: ReasonGround['model']
  today: Day
  sequences: NonNullable<RoutingPolicy['sequences']>
  templates: ReadonlyMap<TemplateId, Template>
}>

const SHOWN_EVENTS = 5
const NEW_DAYS = 7
const OPENER_DAYS = 30
const OPENER_CLAUSES = 2
/** Statements that tell what somebody did. */
const DEED =
  /^(Created|Completed|Reached|Used|Ran|Invited|Viewed|Clicked|Hit|Installed|Imported|Enabled|Started|Upgraded)\b/

/**
 * Templates ready to be filled.
 *
 * @param own texts that replace the built-in ones
 *
 * Source: docs/methods/export.md, "Templates".
 */
export function templatesOf(own: ReadonlyMap<TemplateId, string>): ReadonlyMap<TemplateId, Template> {
  return new Map(TEMPLATE_IDS.map(id => [id, readTemplate(own.get(id) ?? DEFAULT_TEMPLATES[id]).template]))
}

/**
 * The text of a hand-off.
 *
 * @param id which
 * @param unit whose
 * @param channel that it is made for
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export function payloadOf(id: TemplateId, unit: HandOff, channel: RoutedChannel, ground: PayloadGround): string {
  return fillTemplate(ground.templates.get(id) ?? [], valuesOf(unit, channel, ground))
}

/**
 * The working day after a day: Monday to Friday.
 *
 * @param day today
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export function nextWorkingDay(day: Day): Day {
  const weekday = (((day + 3) % 7) + 7) % 7 // 0 is Monday
  return weekday < 4 ? day + 1 : day + 7 - weekday
}

type Read = (unit: HandOff, ground: PayloadGround) => string | readonly string[] | null

const count = (value: number | null): string | null =>
  value === null ? null : String(Number.isInteger(value) ? value : roundTo(value, 2))
const day = (value: Day | null): string | null => (value === null ? null : formatDay(value))

const VALUES: Readonly<Record<Exclude<FieldName, 'destination' | 'sequence'>, Read>> = {
  workspace: unit => unit.name ?? unit.unitId,
  account: (unit, { book }) => book.account(unit.accountId)?.name ?? null,
  domain: (unit, { book }) => book.account(unit.accountId)?.primary_domain ?? null,
  employees: (unit, { book }) => count(book.account(unit.accountId)?.employee_count ?? null),
  industry: (unit, { book }) => book.account(unit.accountId)?.industry ?? null,
  country: (unit, { book }) => book.account(unit.accountId)?.hq_country ?? null,
  fit_tier: unit => unit.row.judged.unit.fit.tier,
  score: unit => unit.score.toFixed(1),
  stage: unit => unit.stage,
  stage_since: unit => formatDay(unit.stageSinceDay),
  owner: unit => unit.owner?.name ?? unit.owner?.email ?? unit.owner?.id ?? null,
  due_date: (_unit, { today }) => formatDay(nextWorkingDay(today)),
  reasons: unit => unit.row.reasons().map(({ sentence }) => sentence),
  key_events: (unit, ground) =>
    datedLines(unit)
      .slice(0, SHOWN_EVENTS)
      .map(line => `${formatDay(line.lastDay ?? 0)} ${statementOf(line, unit, ground)}`),
  changes: (unit, ground) =>
    datedLines(unit)
      .filter(({ firstDay }) => firstDay !== null && ground.today - firstDay < NEW_DAYS)
      .map(line => statementOf(line, unit, ground)),
  people: unit => unit.people.map(personText),
  first_name: unit => firstNameOf(contactOf(unit)?.name ?? null),
  contact: unit => contactOf(unit)?.name ?? contactOf(unit)?.email ?? null,
  opener: openerOf,
  plan: unit => unit.plan,
  paid_status: ({ row: { judged } }) => (judged.unit.isPaid ? 'paid' : judged.unit.isOnTrial ? 'trial' : 'free'),
  trial_start: (unit, ground) => day(trialStartOf(unit, ground)),
  trial_end: ({ row: { judged } }) => day(judged.unit.trialEndDay),
  renewal_date: ({ row: { judged } }) => day(judged.unit.renewalDay),
  mrr: ({ row: { judged } }) => count(judged.findings.rollups.mrr),
  seats: ({ row: { judged } }) => count(judged.findings.rollups.seat_count_total || null),
  seats_purchased: ({ row: { judged } }) => count(judged.unit.seatsPurchased),
  seats_used: ({ row: { judged } }) => count(judged.unit.seatsUsed),
  seats_active: ({ row: { judged } }) => count(judged.findings.rollups.seats_active_7d),
  seat_growth: ({ row: { judged } }) => count(judged.findings.rollups.seat_growth_30d || null),
  active_users: ({ row: { judged } }) => count(judged.findings.rollups.wau_7d),
  key_features: ({ row: { judged } }) => count(judged.findings.rollups.features_activated),
  activation_share: ({ row: { judged } }) => shareOf(judged.findings.milestones),
  days_since_signup: ({ row: { judged } }) => count(judged.findings.rollups.days_since_signup),
  signup_source: unit => unit.signupSource,
  other_workspaces: ({ row: { judged } }, { book }) => otherWorkspacesOf(judged, book) || null,
  milestones_reached: ({ row: { judged } }) => milestonesOf(judged.findings.milestones, true),
  milestones_missing: ({ row: { judged } }) => milestonesOf(judged.findings.milestones, false),
  missing_milestone: ({ row: { judged } }) => emailMilestoneOf(judged)?.prompt ?? null,
  in_app_prompt: ({ row: { judged } }) => judged.findings.nextBestAction?.prompt ?? null,
  play: ({ row: { route } }) => route.play,
  health: ({ row: { judged } }) => judged.findings.health.evidence,
  approach: (unit, { today }) => approachOf(unit, today),
}

/** Several texts are made of one unit: what a field says of it is worked out once. */
const known = new WeakMap<HandOff, Map<FieldName, string | readonly string[] | null>>()

function valuesOf(unit: HandOff, channel: RoutedChannel, ground: PayloadGround): FieldValues {
  return field => {
    if (field === 'destination') return channel
    if (field === 'sequence') return ground.sequences[channel] ?? null
    let values = known.get(unit)
    if (values === undefined) {
      values = new Map()
      known.set(unit, values)
    }
    const found = values.get(field)
    if (found !== undefined) return found
    const value = VALUES[field](unit, ground)
    values.set(field, value)
    return value
  }
}

type Milestones = HandOff['row']['judged']['findings']['milestones']

function milestonesOf(milestones: Milestones, reached: boolean): readonly string[] {
  return milestones.filter(({ holds }) => holds === reached).map(({ milestone }) => milestone.id.replaceAll('_', ' '))
}

function shareOf(milestones: Milestones): string | null {
  if (milestones.length === 0) return null
  const reached = milestones.filter(({ holds }) => holds).length
  return `${reached} of ${milestones.length} milestones (${Math.round((100 * reached) / milestones.length)} %)`
}

/** Whom to write to: the first with an address, else the first. */
function contactOf({ people }: HandOff): HandOff['people'][number] | undefined {
  return people.find(({ email }) => email !== null) ?? people[0]
}

/** `Jane Doe` is Jane, `Doe, Jane` too; one word is no first name for sure. */
function firstNameOf(name: string | null): string | null {
  const [first = '', ...rest] = (name ?? '').trim().split(/\s+/)
  if (rest.length === 0) return null
  return first.endsWith(',') ? (rest[0] ?? null) : first
}

/** Lines that events made, those of the latest days first. */
function datedLines({ row }: HandOff): readonly ScoreLine[] {
  return row.judged.score.lines
    .filter(({ lastDay }) => lastDay !== null)
    .toSorted((a, b) => (b.lastDay ?? 0) - (a.lastDay ?? 0) || (a.signal < b.signal ? -1 : a.signal > b.signal ? 1 : 0))
}

/** What a line says, without its points. */
function statementOf(line: ScoreLine, { row: { judged } }: HandOff, { model, today }: PayloadGround): string {
  const sentence = sentenceOf(line, { unit: judged.unit, model, today })
  return sentence.slice(0, sentence.lastIndexOf(': '))
}

function openerOf(unit: HandOff, ground: PayloadGround): string | null {
  const deeds = unit.row.judged.score.lines
    .filter(({ finalPoints, lastDay }) => finalPoints > 0 && lastDay !== null && ground.today - lastDay < OPENER_DAYS)
    .toSorted((a, b) => b.finalPoints - a.finalPoints || (a.signal < b.signal ? -1 : 1))
    .map(line => statementOf(line, unit, ground))
    .filter(statement => DEED.test(statement))
    .slice(0, OPENER_CLAUSES)
    .map(statement => statement.charAt(0).toLowerCase() + statement.slice(1))
  const [first, second] = deeds
  if (first === undefined) return null
  const who = unit.name === null ? 'Your team' : `Your team in ${unit.name}`
  return second === undefined ? `${who} ${first}.` : `${who} ${first}. It also ${second}.`
}

function trialStartOf({ row: { judged } }: HandOff, { model, today }: PayloadGround): Day | null {
  if (!judged.unit.isOnTrial) return null
  const signal = model.signals.find(({ kind }) => kind === 'trial_started')?.id
  const line = judged.score.lines.find(({ signal: own, lastDay }) => own === signal && lastDay !== null)
  const start = line?.lastDay ?? null
  return start !== null && start <= today ? start : null
}
