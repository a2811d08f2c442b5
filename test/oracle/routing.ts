import { isOutOfScope } from './anomalies.ts'
import type { Findings } from './findings.ts'
import type { Rollups } from './rollups.ts'
import type { Score, Subject } from './score.ts'

export type Route = Readonly<{ rule: string; destination: string; also: readonly string[] }>
export type RouteFacts = Readonly<{
  subject: Subject
  score: Score
  rollups: Rollups
  findings: Findings
  isAnomalous: boolean
  employees: number | null
}>

/** The default rules of routing.md, first match wins. */
export function routeOf(facts: RouteFacts): Route {
  const { subject, score, findings, isAnomalous } = facts
  const now = findings.isActiveNow
  const route = (rule: number, destination: string, ...also: [string, boolean][]): Route => ({
    rule: String(rule),
    destination,
    also: also
      .filter(([, holds]) => holds)
      .map(([channel]) => channel)
      .slice(0, 2),
  })
  if (isOutOfScope(subject.workspace)) return route(1, 'none')
  if (isAnomalous) return route(2, 'review')
  if (subject.commerce.isPaid)
    return isForCsm(facts) ? route(3, 'csm', ['in_app', now]) : route(4, now ? 'in_app' : 'customer')
  if (isForSdr(facts)) return route(5, 'sdr', ['ae_assist', (facts.employees ?? 0) >= 1000])
  if (score.score >= 80) return route(6, 'lifecycle_email', ['in_app', now])
  if (score.score >= 60) {
    const isLight = subject.fit.tier === 'A' && score.stage === 'PQL'
    return route(7, 'lifecycle_email', ['in_app', true], ['sdr_light', isLight])
  }
  if (now && findings.nextChannel === 'in_app') return route(8, 'in_app')
  return route(9, 'nurture', ['in_app', score.stage === 'Warm'])
}

function isForCsm({ score, findings }: RouteFacts): boolean {
  return score.score >= 70 || findings.isExpansion || findings.health === 'at_risk' || findings.hasRenewalRisk
}

function isForSdr({ subject, score, rollups, findings }: RouteFacts): boolean {
  const { fit } = subject
  if (score.score < 80 || (fit.tier !== 'A' && fit.tier !== 'B') || !findings.hasHighIntent30d) return false
  return findings.hasAdmin || findings.hasPricingOrUpgrade14d || Number(rollups['seat_growth_30d']) > 3
}
