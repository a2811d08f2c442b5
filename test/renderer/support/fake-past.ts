import type { Client } from '#contract/contract'
import { AS_OF } from './fake-row.ts'

const LAST_DAY = Math.floor(AS_OF / 86_400_000)
const DAYS = 90

/** A score that was not there for ten days, rose, and fell in the last week. */
const scoreAt = (at: number): number => (at < 10 ? Number.NaN : at < 83 ? 20 + at * 0.6 : 90 - (at - 83) * 4)

export const pastHandlers: Pick<Client, 'score.history' | 'score.changes' | 'score.explain'> = {
  'score.history': async () => {
    const score = Float64Array.from({ length: DAYS }, (_, at) => scoreAt(at))
    return {
      firstDay: LAST_DAY - DAYS + 1,
      lastDay: LAST_DAY,
      stages: { warm: 50, pql: 65, hot: 80 },
      ticks: [{ day: LAST_DAY - 3, kind: 'usage_limit_hit', n: 2 }],
      runs: [],
      columns: { score, total: score, events: Uint32Array.from({ length: DAYS }, (_, at) => at % 5) },
    }
  },
  'score.changes': async ({ since }) => {
    const day = Math.floor(Date.parse(`${since}T00:00:00Z`) / 86_400_000)
    const before = scoreAt(DAYS - 1 - (LAST_DAY - day))
    const now = scoreAt(DAYS - 1)
    return {
      since: day,
      asOf: AS_OF,
      runId: null,
      before: { score: before, total: before, clamped: before, stage: 'Hot PQL' },
      now: { score: now, total: now, clamped: now, stage: 'PQL' },
      groups: [
        { group: 'faded', points: now - before - 2 },
        { group: 'new events', points: 2 },
      ],
      changes: [
        { cause: 'new events', signal: 'core_feature_used', bucket: 'depth', personId: 'p1', points: 2 },
        { cause: 'decay', signal: 'usage_limit_hit', bucket: 'intent', personId: 'p1', points: now - before - 2 },
      ],
    }
  },
  'score.explain': async () => ({
    score: 60,
    range: [52.4, 71.3],
    unknownRoles: [{ personId: 'p1', factor: 0.6, low: 0.6, high: 1.3 }],
    isFitUnknown: true,
    lost: [
      { signal: 'core_feature_used', bucket: 'depth', personId: 'p1', cap: 6, decay: 2.5, bucketBound: 0 },
      { signal: 'usage_limit_hit', bucket: 'intent', personId: 'p1', cap: 0, decay: 0.5, bucketBound: 4.2 },
    ],
    curves: [{ signal: 'usage_limit_hit', curve: 'time_constant', days: 7 }],
    threshold: 65,
    steps: [
      { kind: 'events', signal: 'usage_limit_hit', personId: 'p1', times: 1, score: 68.4 },
      { kind: 'fit', signal: null, personId: null, times: 1, score: 66 },
    ],
  }),
}
