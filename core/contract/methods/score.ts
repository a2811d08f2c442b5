import * as z from 'zod'
import { DEVICE_KINDS } from '#schema/event'
import { LIST_COLUMNS } from '#schema/list-columns'
import type { Method } from '../method.ts'
import { count, csvName, instant, level, token, withoutKind } from './shared.ts'

const buckets = z.strictObject({
  activation: z.number(),
  depth: z.number(),
  expansion: z.number(),
  intent: z.number(),
  fit: z.number(),
  negative: z.number(),
})

/** One line of the score table. */
export const scoreRow = z.strictObject({
  unitNo: count,
  unitId: z.string(),
  unitName: z.string().nullable(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  score: z.number(),
  stage: z.string(),
  buckets,
  coverage: z.string(),
  representativeId: z.string().nullable(),
  representativeName: z.string().nullable(),
  destination: z.string(),
  also: z.array(z.string()),
  owner: z.string().nullable(),
  /** Name of the CRM user that `owner` names; null where there is none. */
  ownerName: z.string().nullable(),
  ownerTeam: z.string().nullable(),
  health: z.string(),
  reason: z.string().nullable(),
  nextBestAction: z.string().nullable(),
  lastActiveAt: instant.nullable(),
  isPaid: z.boolean(),
  plan: z.string().nullable(),
})

const scoreLine = z.strictObject({
  signal: z.string(),
  bucket: z.string(),
  scope: z.enum(['person', 'unit']),
  personId: z.string().nullable(),
  occurrences: z.number(),
  firstDay: z.int().nullable(),
  lastDay: z.int().nullable(),
  pointsBeforeCap: z.number(),
  pointsAfterCap: z.number(),
  pointsAfterDecay: z.number(),
  roleFactor: z.number(),
  finalPoints: z.number(),
  printedPoints: z.number(),
  sentence: z.string(),
})

const person = z.strictObject({
  personId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  jobTitle: z.string().nullable(),
  role: z.string(),
  roleFactor: z.number(),
  isAdmin: z.boolean(),
  isChampion: z.boolean(),
  isRepresentative: z.boolean(),
  userIds: z.array(z.string()),
  userScore: z.number(),
  lastActiveDay: z.int().nullable(),
  events30d: count,
})

const testTrace = z.strictObject({ sentence: z.string(), value: z.string(), holds: z.boolean() })
const ruleTrace = z.strictObject({
  ruleId: z.string(),
  title: z.string(),
  holds: z.boolean(),
  all: z.array(testTrace),
  any: z.array(testTrace),
  /** On the rule that decided: its conditional destinations and also channels, each with the tests that let it in or not. */
  channels: z.array(
    z.strictObject({
      use: z.enum(['destination', 'also']),
      channel: z.string(),
      holds: z.boolean(),
      all: z.array(testTrace),
    }),
  ),
})

const filter = z.strictObject({
  search: z.string().max(200).default(''),
  stages: z.array(z.string()).default([]),
  destinations: z.array(z.string()).default([]),
  minScore: z.number().optional(),
  maxScore: z.number().optional(),
})

const sort = z.enum([
  'score',
  'id',
  'name',
  'stage',
  'destination',
  'account',
  'lastActive',
  'intent',
  'activation',
  'depth',
  'expansion',
  'fit',
  'negative',
])

/** Whose newest run is asked. */
const asked = level.default('workspace')

export const scoreMethods = {
  /** Identities, cells, scores and routes of all units at one instant; stored as a run and never rewritten. */
  'score.run': {
    kind: 'job',
    input: z.strictObject({
      asOf: z.string().optional(),
      identity: z.enum(['matched', 'explicit']).optional(),
      /** What gets a score: each workspace, or each account with its workspaces pooled. */
      level: level.default('workspace'),
    }),
    output: z.strictObject({
      runId: count,
      asOf: instant,
      level,
      units: count,
      stages: z.record(z.string(), count),
      destinations: z.record(z.string(), count),
      setAside: z.array(z.strictObject({ reason: z.string(), count })),
      withoutKind: withoutKind.optional(),
      cellsReused: z.boolean(),
    }),
  },
  /** Unit numbers of the newest run in the order asked for, as column `order`; rows are fetched by number. */
  'score.order': {
    kind: 'query',
    input: z.strictObject({
      sort,
      descending: z.boolean(),
      filter,
      level: asked,
    }),
    output: z.strictObject({ runId: count, total: count, matching: count }),
    columns: { order: 'Uint32Array' },
  },
  /** Rows of the score table by unit number, in the order asked for. */
  'score.rows': {
    kind: 'query',
    input: z.strictObject({ unitNos: z.array(count).min(1).max(500), level: asked }),
    output: z.strictObject({ runId: count, rows: z.array(scoreRow) }),
  },
  /** Writes the score table as it is seen into a folder as CSV: rows and order as asked for, of the columns those shown. */
  'score.export': {
    kind: 'job',
    input: z.strictObject({
      sort,
      descending: z.boolean(),
      filter,
      level: asked,
      columns: z.array(z.enum(LIST_COLUMNS)).max(LIST_COLUMNS.length),
      target: token,
      name: csvName,
      overwrite: z.boolean().default(false),
    }),
    output: z.strictObject({ rows: count, bytes: count, cellsMadeHarmless: count }),
  },
  /** Counts of units per bin of one point over 0..100 (101 bins, the last is 100), as column `counts`. */
  'score.histogram': {
    kind: 'query',
    input: z.strictObject({ filter, level: asked }),
    output: z.strictObject({
      runId: count,
      units: count,
      stages: z.strictObject({ warm: z.number(), pql: z.number(), hot: z.number() }),
      stageCounts: z.record(z.string(), count),
      destinationCounts: z.record(z.string(), count),
    }),
    columns: { counts: 'Uint32Array' },
  },
  /** All that is known about one unit in the newest run: why this score, who, where it goes and why. */
  'score.unit': {
    kind: 'query',
    input: z.strictObject({ unitId: z.string(), level: asked }),
    output: z.strictObject({
      row: scoreRow,
      asOf: instant,
      modelName: z.string(),
      modelHash: z.string(),
      total: z.number(),
      range: z.tuple([z.number(), z.number()]),
      bucketMax: buckets,
      lines: z.array(scoreLine),
      people: z.array(person),
      workspaceIds: z.array(z.string()),
      rollups: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
      milestones: z.array(
        z.strictObject({ id: z.string(), prompt: z.string(), channel: z.string(), holds: z.boolean() }),
      ),
      healthEvidence: z.array(z.string()),
      trace: z.array(ruleTrace),
      /** csm: what to do there. */
      play: z.enum(['expand', 'save', 'renew']).nullable(),
      /** Its team has people, but none of them has room left this week. */
      isOverCapacity: z.boolean(),
      suppressedBy: z.array(z.string()),
      plan: z.string().nullable(),
      mrr: z.number().nullable(),
      trialEndDay: z.int().nullable(),
      fit: z.strictObject({ points: z.number(), tier: z.string().nullable(), source: z.string() }),
    }),
  },
  /** Events of one unit, newest first, each with file and line. `before` is a position from an earlier page. */
  'score.events': {
    kind: 'query',
    input: z.strictObject({
      unitId: z.string(),
      limit: z.int().min(1).max(500),
      before: z.number().nullable(),
      signal: z.string().nullable(),
      level: asked,
    }),
    output: z.strictObject({
      events: z.array(
        z.strictObject({
          position: z.number(),
          at: instant,
          name: z.string(),
          kind: z.string(),
          userId: z.string().nullable(),
          personId: z.string().nullable(),
          /** Where the event names nobody: the id that it was seen under, and the next login there, which makes it this user's. */
          stitched: z.strictObject({ kind: z.enum(DEVICE_KINDS), id: z.string(), loginAt: instant }).optional(),
          properties: z.string(),
          file: z.string(),
          line: count,
        }),
      ),
      nextBefore: z.number().nullable(),
    }),
  },
  /** Events per day of one unit over the last 90 days, oldest first, as column `perDay`. */
  'score.activity': {
    kind: 'query',
    input: z.strictObject({ unitId: z.string(), level: asked }),
    output: z.strictObject({ firstDay: z.int(), today: z.int() }),
    columns: { perDay: 'Uint32Array' },
  },
} as const satisfies Record<string, Method>
