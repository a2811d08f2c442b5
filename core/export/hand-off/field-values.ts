import type { KeyEvents } from '#features'
import { roundTo } from '#lib/num'
import type { Day } from '#lib/time'
import type { JudgedUnit } from '#schema/findings'
import type { ScoreLine } from '#schema/score'
import { dayText, phraseOf, type ReasonGround, statementOf } from '#score'
import type { HandOff, HandOffGround } from '../presets/hand-off.ts'
import { emailMilestoneOf, otherWorkspacesOf, personText } from '../routing-columns.ts'
import { approachOf } from './approach.ts'
import type { FieldName } from './template-fields.ts'
import { nextWorkingDay } from './working-day.ts'

const NEW_DAYS = 7
const OPENER_DAYS = 30
const OPENER_CLAUSES = 2
/** Statements that tell what somebody did. */
const DEED =
  /^(Created|Completed|Reached|Used|Ran|Invited|Viewed|Clicked|Hit|Installed|Imported|Enabled|Started|Upgraded)\b/

/** What fields are read with. */
export type FieldGround = HandOffGround &
  Readonly<{
    model: ReasonGround['model']
    today: Day
    /** The last key events of workspaces, newest first; missing: they are not told. */
    keyEventsOf?: KeyEvents['newestOf']
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
  stage_since: source => day(source.unit.stageSinceDay, source),
  owner: ({ unit }) => unit.owner?.name ?? unit.owner?.email ?? unit.owner?.id ?? null,
  due_date: source => day(nextWorkingDay(source.ground.today), source),
  reasons: ({ unit }) => unit.reasons,
  key_events: keyEventsOf,
  changes: source =>
    source.datedLines
      .filter(({ firstDay }) => firstDay !== null && source.ground.today - firstDay < NEW_DAYS)
      .map(line => source.statementOf(line)),
  people: ({ unit }) => unit.people.map(personText),
  first_name: ({ unit }) => firstNameOf(contactOf(unit)?.name ?? null),
  contact: ({ unit }) => contactOf(unit)?.name ?? contactOf(unit)?.email ?? null,
  opener: openerOf,
  plan: ({ unit }) => unit.plan,
  paid_status: ({ judged }) => (judged.unit.isPaid ? 'paying' : judged.unit.isOnTrial ? 'on trial' : 'not paying'),
  trial_start: source => day(trialStartOf(source), source),
  trial_end: source => (source.judged.unit.isOnTrial ? trialEndOf(source, false) : null),
  trial_ended: source => trialEndOf(source, true),
  renewal_date: source => day(source.judged.unit.renewalDay, source),
  mrr: ({ judged }) => count(judged.findings.rollups.mrr),
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

  /** What a line says, without its points. */
  statementOf(line: ScoreLine): string {
    const known = this.statements.get(line)
    if (known !== undefined) return known
    const statement = statementOf(line, { unit: this.judged.unit, model: this.ground.model, today: this.ground.today })
    this.statements.set(line, statement)
    return statement
  }
}

/** Day, person, and what was done: `30 May, Jane Doe: Clicked upgrade`. Who opted out is not named. */
function keyEventsOf({ judged, ground }: FieldSource): readonly string[] {
  const events = ground.keyEventsOf?.(judged.unit.workspaceIds) ?? []
  return events.map(({ at, kind, userId }) => {
    const who = (userId === null ? null : ground.book.nameOf(userId)) ?? 'Somebody'
    return `${dayText(ground.dayOf(at), ground.today)}, ${who}: ${phraseOf(kind)}`
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

/** What somebody did is said of that person, since others of the team may have done more, and later. */
function openerOf(source: FieldSource): string | null {
  const { unit, judged, ground } = source
  const deeds: (readonly [who: string, clause: string])[] = []
  const lines = judged.score.lines
    .filter(({ finalPoints, lastDay }) => finalPoints > 0 && lastDay !== null && ground.today - lastDay < OPENER_DAYS)
    .sort((a, b) => b.finalPoints - a.finalPoints || (a.signal < b.signal ? -1 : 1))
  for (const line of lines) {
    const statement = source.statementOf(line)
    if (!DEED.test(statement)) continue
    deeds.push([doerOf(line, unit), clauseOf(statement)])
    if (deeds.length === OPENER_CLAUSES) break
  }
  const [first, second] = deeds
  if (first === undefined) return null
  const [who, clause] = first
  const beginning = unit.name === null ? `${capital(who)} ${clause}.` : `In ${unit.name} ${who} ${clause}.`
  if (second === undefined) return beginning
  const also = second[0] === TEAM && who === TEAM ? 'it' : second[0]
  return `${beginning} ${capital(also)} also ${second[1]}.`
}

const TEAM = 'your team'

/** Who did what a line tells, as the one who is written to is told. */
function doerOf({ scope, personId }: ScoreLine, unit: HandOff): string {
  if (scope === 'unit') return TEAM
  if (personId !== null && contactOf(unit)?.personId === personId) return 'you'
  return unit.people.find(person => person.personId === personId)?.name ?? 'somebody in your team'
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `Completed the key action, last on 26 May`: `completed the key action, most recently on 26 May` */
function clauseOf(statement: string): string {
  const told = statement.replace(/, last on (?=[^,]*$)/, ', most recently on ').replace(/, first on (?=[^,]*$)/, ' on ')
  return told.charAt(0).toLowerCase() + told.slice(1)
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
