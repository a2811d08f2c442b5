import type { Instant } from '#lib/time'
import type { JudgedUnit } from '#schema/findings'
import type { Milestone } from '#schema/milestone'
import type { RoutedChannel } from '#schema/policy'
import { type AddressBook, type Addressee, firstKnown, firstKnownOf } from './address-book.ts'
import { type Column, day, flag, id, instant, LIST_SEPARATOR, number, tenths, text, word } from './column.ts'
import { reasonColumns, type UnitRow } from './score-files.ts'
import { toldOf } from './told-of.ts'

/** A unit on a channel's list. */
export type ListRow = UnitRow &
  Readonly<{
    /** Place by score on this list, from 1. */
    priority: number
    addressees: () => readonly Addressee[]
  }>

/** Groups of columns that a channel's list has beside those of all lists. */
type Extra = 'sales' | 'success' | 'email' | 'review'

const EXTRA: Readonly<Record<RoutedChannel, Extra | null>> = {
  sdr: 'sales',
  sdr_light: 'sales',
  ae_assist: 'sales',
  csm: 'success',
  customer: 'success',
  lifecycle_email: 'email',
  nurture: 'email',
  in_app: null,
  review: 'review',
}
const MOST_NAMED = 10

/**
 * Columns of a channel's list.
 *
 * @param channel whose list
 * @param book look-ups
 * @param run instant and model of the run
 * @returns what every team needs, then what this one needs
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function listColumns(
  channel: RoutedChannel,
  book: AddressBook,
  run: Readonly<{ asOf: Instant; modelHash: string }>,
): readonly Column<ListRow>[] {
  const extra = EXTRA[channel]
  return [
    ...unitColumns(channel, book),
    ...reasonColumns<ListRow>(
      ({ reasons }) => reasons(),
      ({ line, sentence }) => toldOf(line, sentence, book),
    ),
    ...actionColumns(book),
    ...contactColumns(),
    ...stateColumns(book),
    ...(extra === null ? [] : EXTRA_COLUMNS[extra](book)),
    instant('as_of', () => run.asOf),
    word('model_hash', () => run.modelHash),
  ]
}

function unitColumns(channel: RoutedChannel, book: AddressBook): readonly Column<ListRow>[] {
  const account = ({ judged }: ListRow) => book.account(judged.unit.accountId)
  return [
    id('unit_id', ({ route }) => route.unitId),
    text('unit_name', ({ judged }) => judged.unit.name),
    id('workspace_ids', ({ judged }) => judged.unit.workspaceIds.join(LIST_SEPARATOR)),
    id('account_id', ({ judged }) => judged.unit.accountId),
    text('account_name', row => account(row)?.name),
    text('account_domain', row => account(row)?.primary_domain),
    number('priority', ({ priority }) => priority),
    tenths('pql_score', ({ judged }) => judged.score.score),
    word('pql_stage', ({ judged }) => judged.score.stage),
    text('fit_tier', ({ judged }) => judged.unit.fit.tier),
    word('listed_as', ({ route }) => (route.destination === channel ? 'destination' : 'also')),
    text('rule', ({ route }) => route.ruleId),
  ]
}

function actionColumns(book: AddressBook): readonly Column<ListRow>[] {
  return [
    word('next_best_action', ({ judged }) => judged.findings.nextBestAction?.id),
    text('next_best_action_prompt', ({ judged }) => judged.findings.nextBestAction?.prompt),
    text('owner_team', ({ route }) => route.ownerTeam),
    text('owner', ({ route }) => route.owner),
    text('owner_email', ({ route }) => (route.owner === null ? null : book.people.byId.get(route.owner)?.email)),
    flag('over_capacity', ({ route }) => route.isOverCapacity),
  ]
}

function contactColumns(): readonly Column<ListRow>[] {
  const first = ({ addressees }: ListRow): Addressee | undefined =>
    addressees().find(({ email }) => email !== null) ?? addressees()[0]
  return [
    id('contact_user_id', row => first(row)?.personId),
    text('contact_name', row => first(row)?.name),
    text('contact_email', row => first(row)?.email),
    text('contact_title', row => first(row)?.title),
    text('people', ({ addressees }) => peopleText(addressees())),
  ]
}

function stateColumns(book: AddressBook): readonly Column<ListRow>[] {
  return [
    word('paid_status', ({ judged: { unit } }) => (unit.isPaid ? 'paid' : unit.isOnTrial ? 'trial' : 'free')),
    text('plan', ({ judged }) => planOf(judged, book)),
    day('trial_end_date', ({ judged }) => judged.unit.trialEndDay),
    number('mrr', ({ judged }) => judged.findings.rollups.mrr),
    number('seats', ({ judged }) => judged.findings.rollups.seat_count_total),
    number('seats_active_7d', ({ judged }) => judged.findings.rollups.seats_active_7d),
    instant('last_active_at', ({ judged }) => judged.findings.rollups.last_active_at),
    word('health', ({ judged }) => judged.findings.health.state),
  ]
}

const EXTRA_COLUMNS: Readonly<Record<Extra, (book: AddressBook) => readonly Column<ListRow>[]>> = {
  sales: book => [
    number('employee_count', ({ judged }) => book.account(judged.unit.accountId)?.employee_count),
    text('industry', ({ judged }) => book.account(judged.unit.accountId)?.industry),
    text('country', ({ judged }) => book.account(judged.unit.accountId)?.hq_country),
    word('coverage', ({ judged }) => judged.score.coverage),
    number('seat_growth_30d', ({ judged }) => judged.findings.rollups.seat_growth_30d),
    text('signup_source', row => signupSourceOf(row, book)),
    text('other_workspaces', ({ judged }) => otherWorkspacesOf(judged, book)),
  ],
  success: () => [
    word('play', ({ route }) => route.play),
    day('renewal_date', ({ judged }) => judged.unit.renewalDay),
    number('arr', ({ judged }) => judged.findings.rollups.arr),
    number('seats_purchased', ({ judged }) => judged.unit.seatsPurchased),
    number('seats_used', ({ judged }) => judged.unit.seatsUsed),
    text('health_evidence', ({ judged }) => judged.findings.health.evidence.join('; ')),
  ],
  email: () => [
    word('milestone', ({ judged }) => emailMilestoneOf(judged)?.id),
    text('milestone_prompt', ({ judged }) => emailMilestoneOf(judged)?.prompt),
  ],
  review: () => [
    id('anomaly_ids', ({ judged }) => judged.findings.anomalies.map(anomaly => anomaly.id).join(LIST_SEPARATOR)),
    text('anomalies', ({ judged }) => judged.findings.anomalies.map(({ evidence }) => evidence).join('; ')),
  ],
}

/**
 * The one missing milestone that an email can bring about, else the next best action.
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function emailMilestoneOf({ findings }: JudgedUnit): Milestone | null {
  const missing = findings.milestones.find(({ holds, milestone }) => !holds && milestone.channel === 'lifecycle_email')
  return missing?.milestone ?? findings.nextBestAction
}

/**
 * The plan of a unit: that of a running subscription, else of its workspaces.
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function planOf({ unit }: JudgedUnit, book: AddressBook): string | null {
  const running = unit.subscriptions.filter(({ status }) => status !== 'canceled').map(({ plan }) => plan)
  return firstKnown([...running, ...book.workspaces(unit.workspaceIds).map(({ plan_tier }) => plan_tier)])
}

/**
 * Where the first of a unit's people whose source is known comes from; those to be addressed go first.
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function signupSourceOf(
  { judged, addressees }: Pick<ListRow, 'judged' | 'addressees'>,
  book: AddressBook,
): string | null {
  for (const people of [addressees(), judged.unit.people])
    for (const { personId } of people) {
      const known = firstKnownOf(book.usersOf(personId), 'signup_source')
      if (known !== null) return known
    }
  return null
}

/**
 * The other workspaces of a unit's account, by name and id.
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function otherWorkspacesOf({ unit }: JudgedUnit, book: AddressBook): string {
  const own = new Set(unit.workspaceIds)
  const others = book
    .workspacesOfAccount(unit.accountId)
    .filter(({ workspace_id }) => !own.has(workspace_id))
    .map(({ workspace_id, workspace_name }) =>
      workspace_name === null ? workspace_id : `${workspace_name} (${workspace_id})`,
    )
  return listed(others)
}

function peopleText(people: readonly Addressee[]): string {
  return listed(people.map(personText))
}

/**
 * Somebody in one line: `Jane Doe <jane@acme.com>, VP Sales (admin)`; without a name the address, without either the id.
 *
 * Source: docs/methods/export.md, "Lists".
 */
export function personText({ personId, name, email, title, part }: Addressee): string {
  const address = email === null ? [] : [`<${email}>`]
  const called = name === null ? (email ?? personId) : [name, ...address].join(' ')
  return `${called}${title === null ? '' : `, ${title}`} (${part})`
}

function listed(parts: readonly string[]): string {
  const rest = parts.length - MOST_NAMED
  return [...parts.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
}
