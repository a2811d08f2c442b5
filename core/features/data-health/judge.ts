import type { Steps } from '#lib/steps'
import type { CheckCode, HealthCheck, HealthReport, HealthRows } from '#schema/data-health'
import { CHECK_CODES, SEVERITIES } from '#schema/data-health'
import { checkAccountPairs } from './account-pairs.ts'
import { checkAccountRivals } from './account-rivals.ts'
import { type CheckText, severityOf } from './check-text.ts'
import { coverageOf } from './coverage.ts'
import { checkEvents, type EventRowsCode } from './event-checks.ts'
import { EVENT_CHECKS } from './event-checks-text.ts'
import type { EventTally } from './event-walk.ts'
import { checkFiles } from './file-checks.ts'
import { FILE_CHECKS } from './file-checks-text.ts'
import type { Found, HealthInput } from './health-input.ts'
import { checkCurrencies } from './mixed-currencies.ts'
import { checkPeople } from './people-checks.ts'
import { personalReader } from './personal-address.ts'
import { RECORD_CHECKS } from './record-checks-text.ts'
import { findFutureRows, findTablesBehind, freshnessOf } from './record-times.ts'
import { findOrphans } from './references.ts'
import { checkWorkspaces } from './workspace-checks.ts'

/** Evidence that a report holds of one check; the rows hold the rest. */
const MOST_EVIDENCE = 20

const TEXTS: ReadonlyMap<CheckCode, CheckText> = new Map(
  [...FILE_CHECKS, ...EVENT_CHECKS, ...RECORD_CHECKS].map(text => [text.code, text]),
)
const ROWS_ARE_EVENTS: ReadonlySet<CheckCode> = new Set<EventRowsCode>([
  'event_without_workspace',
  'event_of_unknown_workspace',
  'event_without_user',
  'event_of_unknown_user',
  'event_copy',
  'event_loop',
  'event_burst',
  'event_in_future',
  'event_before_workspace',
  'clock_gap',
])

/** Are the rows behind a check events, to be found by `eventRows`? */
export function hasEventRows(code: CheckCode): code is EventRowsCode {
  return ROWS_ARE_EVENTS.has(code)
}

/** A report, and the rows behind those checks whose rows are no events. */
export type HealthJudgement = Readonly<{
  report: Omit<HealthReport, 'key'>
  rows: ReadonlyMap<CheckCode, HealthRows>
}>

/**
 * The health of the data at as-of: every check with its count, share, severity and words, how the tables fit together, how
 * fresh and how full they are.
 *
 * @param input what the judging rooms found, and what imports left behind
 * @param tally of the events of the same data at the same as-of
 * @returns steps, and in the end checks with findings first, by severity, then by their order in CHECK_CODES; those that found nothing after them
 *
 * Source: docs/methods/data-health.md.
 */
export function* healthSteps(input: HealthInput, tally: EventTally): Steps<HealthJudgement> {
  const freshness = freshnessOf(input, tally.newest)
  const isPersonal = personalReader(input.readAddress)
  const found: Found[] = [...checkFiles(input), findTablesBehind(freshness), ...checkEvents(input, tally)]
  yield
  found.push(...checkPeople(input, isPersonal))
  yield
  found.push(...findOrphans(input.dataset))
  yield
  found.push(findFutureRows(input))
  yield
  found.push(...checkWorkspaces(input, isPersonal), checkCurrencies(input))
  found.push(checkAccountPairs(input), checkAccountRivals(input))
  yield
  return {
    report: {
      asOf: input.asOf,
      checks: found.map(checkOf).sort(byWeight),
      coverage: coverageOf(input, tally),
      freshness,
      fill: input.fill,
    },
    rows: new Map(found.flatMap(({ code, rows }) => (rows === undefined ? [] : [[code, rows] as const]))),
  }
}

function checkOf({ code, count, of, evidence = [], rows, eventRows, severity, fix }: Found): HealthCheck {
  const text = TEXTS.get(code)
  if (text === undefined) throw new Error(`check ${code} has no words`)
  const { group, title, noun, effect, why, action } = text
  return {
    code,
    group,
    severity: severity ?? severityOf(text.severity, count, of),
    title,
    count,
    of,
    noun,
    effect,
    why,
    fix: fix ?? text.fix,
    action,
    evidence: evidence.slice(0, MOST_EVIDENCE),
    rows: rows?.rows.length ?? eventRows ?? count,
  }
}

function byWeight(a: HealthCheck, b: HealthCheck): number {
  const found = (check: HealthCheck): number => (check.count > 0 ? 0 : 1)
  const weight = (check: HealthCheck): number => (check.count > 0 ? SEVERITIES.indexOf(check.severity) : 0)
  return found(a) - found(b) || weight(a) - weight(b) || CHECK_CODES.indexOf(a.code) - CHECK_CODES.indexOf(b.code)
}
