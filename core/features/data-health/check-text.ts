import type { CheckCode, CheckGroup, FixAction, Severity } from '#schema/data-health'

/** From which share of all a finding is at least so severe; without a figure it never is by its share. */
export type SeverityRule = Readonly<{ least: Severity; warning?: number; critical?: number }>

/** What is said of one check, whatever it finds. */
export type CheckText = Readonly<{
  code: CheckCode
  group: CheckGroup
  title: string
  noun: readonly [one: string, many: string]
  severity: SeverityRule
  /** What it does to scores, in a few words. */
  effect: string
  why: string
  fix: string
  action: FixAction | null
}>

/**
 * Severity of a finding.
 *
 *   critical where count / of >= rule.critical, warning where count / of >= rule.warning, never less than rule.least
 *
 * @param of what the share is taken of; 0: the share says nothing and `least` holds
 *
 * Source: docs/methods/data-health.md, "Severity".
 */
export function severityOf({ least, warning, critical }: SeverityRule, count: number, of: number): Severity {
  const share = of === 0 ? 0 : count / of
  if (least === 'critical' || (critical !== undefined && share >= critical)) return 'critical'
  return least === 'warning' || (warning !== undefined && share >= warning) ? 'warning' : 'note'
}
