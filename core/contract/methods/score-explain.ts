import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, csvName, instant, level, pageLimit, token } from './shared.ts'

const day = z.int()
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const unitOf = { unitId: z.string(), level: level.default('workspace') }
const points = z.strictObject({ score: z.number(), total: z.number() })

const peopleSort = z.enum(['userScore', 'lastActive', 'events30d', 'personId'])

export const scoreExplainMethods = {
  /**
   * The score of a unit at the end of each day of a range, by the model of the newest run and by what is known now of people,
   * roles, fit and subscriptions. Columns, one value per day, oldest first: `score` and `total` (before the clamp; NaN while the
   * unit was not there), `events` (looped ones aside).
   */
  'score.history': {
    kind: 'query',
    /** Dates in the model's zone; by default the 90 days up to asOf. At most 1,100 days. */
    input: z.strictObject({ ...unitOf, from: date.optional(), to: date.optional() }),
    output: z.strictObject({
      firstDay: day,
      lastDay: day,
      stages: z.strictObject({ warm: z.number(), pql: z.number(), hot: z.number() }),
      /** What happened on which day, of the kinds that signals name; the newest 2,000, oldest first. */
      ticks: z.array(z.strictObject({ day, kind: z.string(), n: count })),
      /** Runs that are kept and what they said of the unit at their instant. */
      runs: z.array(z.strictObject({ runId: count, asOf: instant, score: z.number(), stage: z.string() })),
    }),
    columns: { score: 'Float64Array', total: 'Float64Array', events: 'Uint32Array' },
  },
  /**
   * What changed in a score since the end of a day, by cause. The points of all causes add up to the change of the clamped,
   * unrounded score, to 1e-9. Where a run was kept for that day, its score is what is compared with.
   */
  'score.changes': {
    kind: 'query',
    input: z.strictObject({ ...unitOf, since: date }),
    output: z.strictObject({
      since: day,
      asOf: instant,
      /** The run that was kept for that day; null: judged as of now. */
      runId: count.nullable(),
      /** `clamped`: within 0..100, not rounded: what the causes add up to. */
      before: points.extend({ stage: z.string(), clamped: z.number() }),
      now: points.extend({ stage: z.string(), clamped: z.number() }),
      /** The changes by few causes, the largest first: points to one decimal that add up to the change of the written score. */
      groups: z.array(
        z.strictObject({
          group: z.enum([
            'faded',
            'limits',
            'new events',
            'representative',
            'condition',
            'fit',
            'rule',
            'role',
            'merge or split',
            'later data',
          ]),
          points: z.number(),
        }),
      ),
      changes: z.array(
        z.strictObject({
          cause: z.enum([
            'new events',
            'decay',
            'left the window',
            'cap',
            'bucket',
            'representative',
            'condition',
            'fit',
            'clamp',
            'rule',
            'role',
            'merge or split',
            'later data',
          ]),
          signal: z.string(),
          bucket: z.string(),
          personId: z.string().nullable(),
          points: z.number(),
        }),
      ),
    }),
  },
  /** What a score rests on that is not known, which curve each of its signals follows, and what would lift it to PQL. */
  'score.explain': {
    kind: 'query',
    input: z.strictObject(unitOf),
    output: z.strictObject({
      score: z.number(),
      /** Lowest and highest score, had the unknown fields been known. */
      range: z.tuple([z.number(), z.number()]),
      /** People whose role factor rests on unknown fields: what it is, and the ends of what it may be. */
      unknownRoles: z.array(
        z.strictObject({ personId: z.string(), factor: z.number(), low: z.number(), high: z.number() }),
      ),
      isFitUnknown: z.boolean(),
      /** Points by which a line of the ledger falls short of what its events would give without each step. */
      lost: z.array(
        z.strictObject({
          signal: z.string(),
          bucket: z.string(),
          personId: z.string().nullable(),
          cap: z.number(),
          decay: z.number(),
          /** What the bucket's maximum or minimum took away, role factor included. */
          bucketBound: z.number(),
        }),
      ),
      /** `days` is null where nothing decays. */
      curves: z.array(
        z.strictObject({
          signal: z.string(),
          curve: z.enum(['time_constant', 'half_life', 'linear', 'none']),
          days: z.number().nullable(),
        }),
      ),
      /** The threshold of PQL, and the smallest single steps that would reach it; empty where the unit is there. */
      threshold: z.number(),
      steps: z.array(
        z.strictObject({
          kind: z.enum(['events', 'role', 'fit']),
          signal: z.string().nullable(),
          personId: z.string().nullable(),
          /** Events today; 1 for what has to be known. */
          times: count,
          score: z.number(),
        }),
      ),
    }),
  },
  /** People of all units by what they score themselves: the level of users. One row per (person, unit). */
  'score.people': {
    kind: 'query',
    input: z.strictObject({
      level: level.default('workspace'),
      sort: peopleSort.default('userScore'),
      descending: z.boolean().default(true),
      search: z.string().max(200).default(''),
      offset: count.default(0),
      limit: pageLimit.default(100),
    }),
    output: z.strictObject({
      runId: count,
      total: count,
      rows: z.array(
        z.strictObject({
          personId: z.string(),
          name: z.string().nullable(),
          email: z.string().nullable(),
          unitNo: count,
          unitId: z.string(),
          unitName: z.string().nullable(),
          userScore: z.number(),
          role: z.string(),
          roleFactor: z.number(),
          isRepresentative: z.boolean(),
          lastActiveDay: day.nullable(),
          events30d: count,
        }),
      ),
      nextOffset: count.nullable(),
    }),
  },
  /** Writes the people of all units as they are seen into a folder as CSV. */
  'score.exportPeople': {
    kind: 'job',
    input: z.strictObject({
      level: level.default('workspace'),
      sort: peopleSort,
      descending: z.boolean(),
      search: z.string().max(200).default(''),
      target: token,
      name: csvName,
      overwrite: z.boolean().default(false),
    }),
    output: z.strictObject({ rows: count, bytes: count, cellsMadeHarmless: count }),
  },
} as const satisfies Record<string, Method>
