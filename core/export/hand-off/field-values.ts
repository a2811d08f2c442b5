import type { KeyEvents } from '#features'
import { roundTo } from '#lib/num'
import type { Day } from '#lib/time'
import type { JudgedUnit, Reason } from '#schema/findings'
import type { ScoreLine } from '#schema/score'
import { dayText, phraseOf, type ReasonGround, statementOf, topReasons } from '#score'
import type { HandOff, HandOffGround } from '../presets/hand-off.ts'
import { emailMilestoneOf, otherWorkspacesOf, personText } from '../routing-columns.ts'
import { TASK_CHANNELS } from '../routing-files.ts'
import { toldOf } from '../told-of.ts'
import { approachOf } from './approach.ts'
import { billedOf, monthlyText, type TermsOf } from './billed.ts'
import { contactOf, openerOf } from './opener.ts'
import type { FieldName } from './template-fields.ts'
import { nextWorkingDay } from './working-day.ts'

const NEW_DAYS = 7

/** What fields are read with. */
export type FieldGround = HandOffGround &
  Readonly<{
    model: ReasonGround['model']
    today: Day
    /** The last key events of workspaces, newest first; missing: they are not told. */
    keyEventsOf?: KeyEvents['newestOf']
    /** Currency and period of subscriptions; missing: amounts are said without. */
    termsOf?: TermsOf
    /** Since which day a unit has been in its stage by its score over time; null where that is not known. */
    stageDayOf?: (judged: JudgedUnit) => Day | null
  }>

type Value = string | readonly string[] | null
type Read = (source: FieldSource) => Value
/** Fields that tell of a unit, not of the channel that a text is made for. */
type UnitField = Exclude<FieldName, 'destination' | 'sequence'>

const count = (value: number | null): string | null =>
  value === null ? null : String(Number.isInteger(value) ? value : roundTo(value, 2))
const day = (value: Day | null, { ground: { today } }: FieldSource): string | null =>
  value === null ? null : dayText(value, today)

const VALUES: Readonly<Record<UnitField, Read>> = {
  workspace: ({ unit }) => unit.name ?? unit.unitId,
  account: ({ unit, ground }) => ground.book.account(unit.accountId)?.name ?? null,
  domain: ({ unit, ground }) => ground.book.account(unit.accountId)?.primary_domain ?? null,
  employees: ({ unit, ground }) => count(ground.book.account(unit.accountId)?.employee_count ?? null),
  industry: ({ unit, ground }) => ground.book.account(unit.accountId)?.industry ?? null,
  country: ({ unit, ground }) => ground.book.account(unit.accountId)?.hq_country ?? null,
  fit_tier: ({ judged }) => judged.unit.fit.tier,
  score: ({ unit }) => unit.score.toFixed(1),
  stage: ({ unit }) => unit.stage,
  stage_since: source => day(stageDayOf(source), source),
  owner: ({ unit }) => unit.owner?.name ?? unit.owner?.email ?? unit.owner?.id ?? null,
  due_date: source => day(nextWorkingDay(source.ground.today), source),
  reasons: source => source.reasons.map(({ line, sentence }) => source.toldOf(line, sentence)),
  key_events: keyEventsOf,
  changes: source =>
    source.datedLines
      .filter(({ firstDay }) => firstDay !== null && source.ground.today - firstDay < NEW_DAYS)
      .map(line => source.toldOf(line, source.statementOf(line))),
  people: ({ unit }) => unit.people.map(personText),
  first_name: ({ unit }) => firstNameOf(contactOf(unit)?.name ?? null),
  contact: ({ unit }) => contactOf(unit)?.name ?? contactOf(unit)?.email ?? null,
  opener: source => {
    const { unit, judged, ground } = source
    return openerOf({ unit, judged, ground, statementOf: line => source.statementOf(line) })
  },
  plan: ({ unit }) => unit.plan,
  paid_status: ({ judged }) => (judged.unit.isPaid ? 'paying' : judged.unit.isOnTrial ? 'on trial' : 'not paying'),
  trial_start: source => day(trialStartOf(source), source),
  trial_end: source => (source.judged.unit.isOnTrial ? trialEndOf(source, false) : null),
  trial_ended: source => trialEndOf(source, true),
  renewal_date: source => day(source.judged.unit.renewalDay, source),
  mrr: ({ judged, ground }) => monthlyText(judged.unit, ground),
  billed: ({ judged, ground }) => billedOf(judged.unit, ground).join('; ') || null,
  seats: ({ judged }) => count(judged.findings.rollups.seat_count_total || null),
  seats_purchased: ({ judged }) => count(judged.unit.seatsPurchased),
  seats_used: ({ judged }) => count(judged.unit.seatsUsed),
  seats_active: ({ judged }) => count(judged.findings.rollups.seats_active_7d),
  seat_growth: ({ judged }) => count(judged.findings.rollups.seat_growth_30d || null),
  active_users: ({ judged }) => count(judged.findings.rollups.wau_7d),
  key_features: ({ judged }) => count(judged.findings.rollups.features_activated),
  activation_share: ({ judged }) => shareOf(judged.findings.milestones),
  days_since_signup: ({ judged }) => count(judged.findings.rollups.days_since_signup),
  signup_source: ({ unit }) => unit.signupSource,
  other_workspaces: ({ judged, ground }) => otherWorkspacesOf(judged, ground.book) || null,
  milestones_reached: ({ judged }) => milestonesOf(judged.findings.milestones, true),
  milestones_missing: ({ judged }) => milestonesOf(judged.findings.milestones, false),
  missing_milestone: ({ judged }) => emailMilestoneOf(judged)?.prompt ?? null,
  in_app_prompt: ({ judged }) => judged.findings.nextBestAction?.prompt ?? null,
  play: ({ unit }) => unit.play,
  health: ({ judged }) => judged.findings.health.evidence,
  approach: ({ judged, ground }) => approachOf(judged, ground.today),
}

/**
 * What fields say of one unit, each worked out once, since several texts are made of it.
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export class FieldSource {
  readonly unit: HandOff
  readonly judged: JudgedUnit
  readonly ground: FieldGround
  private readonly values = new Map<UnitField, Value>()
  private readonly statements = new Map<ScoreLine, string>()
  private dated: readonly ScoreLine[] | null = null

  constructor(unit: HandOff, judged: JudgedUnit, ground: FieldGround) {
    this.unit = unit
    this.judged = judged
    this.ground = ground
  }

  /** What a field says; null: nothing is known. */
  valueOf(field: UnitField): Value {
    const known = this.values.get(field)
    if (known !== undefined) return known
    const value = VALUES[field](this)
    this.values.set(field, value)
    return value
  }

  /** Lines that events made, those of the latest days first. */
  get datedLines(): readonly ScoreLine[] {
    this.dated ??= this.judged.score.lines
      .filter(({ lastDay }) => lastDay !== null)
      .sort((a, b) => (b.lastDay ?? 0) - (a.lastDay ?? 0) || (a.signal < b.signal ? -1 : a.signal > b.signal ? 1 : 0))
    return this.dated
  }

  /** The reasons of the score. */
  get reasons(): readonly Reason[] {
    const { judged, ground } = this
    return topReasons(judged.score, { unit: judged.unit, model: ground.model, today: ground.today })
  }

  /** A sentence of a line with whom it is told of: what one person did says nothing of the others. */
  toldOf(line: ScoreLine, sentence: string): string {
    return toldOf(line, sentence, this.ground.book)
  }

  /** What a line says, without its points. */
  statementOf(line: ScoreLine): string {
    const known = this.statements.get(line)
    if (known !== undefined) return known
    const statement = statementOf(line, { unit: this.judged.unit, model: this.ground.model, today: this.ground.today })
    this.statements.set(line, statement)
    return statement
  }
}

/** The score over time is asked for units with a task alone; for others, and where it is silent, what runs have seen counts. */
function stageDayOf({ unit, judged, ground }: FieldSource): Day | null {
  const hasTask = TASK_CHANNELS.some(channel => unit.channels.includes(channel))
  return (hasTask ? ground.stageDayOf?.(judged) : null) ?? unit.stageSeenDay
}

/** Day, person, and what was done: `30 May, Jane Doe: Clicked upgrade`. Who opted out is not named; what came before a login says so. */
function keyEventsOf({ judged, ground }: FieldSource): readonly string[] {
  const events = ground.keyEventsOf?.(judged.unit.workspaceIds) ?? []
  return events.map(({ at, kind, userId, isStitched }) => {
    const who = (userId === null ? null : ground.book.nameOf(userId)) ?? 'Somebody'
    const name = isStitched === true ? `${who} (before logging in)` : who
    return `${dayText(ground.dayOf(at), ground.today)}, ${name}: ${phraseOf(kind)}`
  })
}

type Milestones = JudgedUnit['findings']['milestones']

function milestonesOf(milestones: Milestones, reached: boolean): readonly string[] {
  return milestones.filter(({ holds }) => holds === reached).map(({ milestone }) => milestone.id.replaceAll('_', ' '))
}

function shareOf(milestones: Milestones): string | null {
  if (milestones.length === 0) return null
  const reached = milestones.filter(({ holds }) => holds).length
  return `${reached} of ${milestones.length} (${Math.round((100 * reached) / milestones.length)} %)`
}

/** `Jane Doe` is Jane, `Doe, Jane` too; one word is no first name for sure. */
function firstNameOf(name: string | null): string | null {
  const [first = '', ...rest] = (name ?? '').trim().split(/\s+/)
  if (rest.length === 0) return null
  return first.endsWith(',') ? (rest[0] ?? null) : first
}

/** The last day of a trial, where that is before today, or where it is not. */
function trialEndOf(source: FieldSource, isOver: boolean): string | null {
  const end = source.judged.unit.trialEndDay
  return end !== null && end < source.ground.today === isOver ? day(end, source) : null
}

function trialStartOf({ judged, ground: { model, today } }: FieldSource): Day | null {
  if (!judged.unit.isOnTrial) return null
  const signal = model.signals.find(({ kind }) => kind === 'trial_started')?.id
  const line = judged.score.lines.find(({ signal: own, lastDay }) => own === signal && lastDay !== null)
  const start = line?.lastDay ?? null
  return start !== null && start <= today ? start : null
}
