import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, instant, nothing } from './shared.ts'

const kind = z.string().min(1).max(120)
const pattern = z.string().min(1).max(400)

/** One entry of a taxonomy, as the model holds it. */
const entry = z.strictObject({
  kind,
  category: z.string().min(1).max(120),
  match: z.array(pattern).max(2000),
  highIntent: z.boolean(),
  highIntentByAdmin: z.boolean().optional(),
})
const entries = z.array(entry).max(1000)

const coverage = z.strictObject({
  events: count,
  withKind: count,
  earning: count,
  names: count,
  namesWithKind: count,
})

const likeness = z.strictObject({ kind: z.string(), like: z.string(), score: z.number(), why: z.string() })

export const taxonomyMethods = {
  /** The taxonomy in force, what its kinds earn, and the one that was in force before it. */
  'taxonomy.get': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      entries,
      hash: z.string(),
      modelName: z.string(),
      signals: z.array(z.strictObject({ kind: z.string(), points: z.number() })),
      previous: z.strictObject({ entries, hash: z.string() }).nullable(),
    }),
  },
  /**
   * Every event name of the project with its figures, most events first. Columns go by place in `names`; `perDay` has
   * `sparkDays` days per name up to `today`, end to end. A day is unknown (-2147483648) where all events are after asOf.
   */
  'taxonomy.names': {
    kind: 'job',
    input: nothing,
    output: z.strictObject({
      asOf: instant.nullable(),
      today: z.int(),
      sparkDays: count,
      names: z.array(z.string()),
      events: count,
      /** Names beyond those listed, and their events: they are counted, not shown. */
      unlisted: z.strictObject({ names: count, events: count }),
    }),
    columns: {
      events: 'Uint32Array',
      later: 'Uint32Array',
      users: 'Uint32Array',
      workspaces: 'Uint32Array',
      firstDay: 'Int32Array',
      lastDay: 'Int32Array',
      perDay: 'Uint32Array',
    },
  },
  /**
   * What a taxonomy would do to the names, before it is applied. Columns go by place in `taxonomy.names` and hold places
   * in `kinds`; the first of those is the empty kind, none.
   */
  'taxonomy.preview': {
    kind: 'query',
    input: z.strictObject({ entries }),
    output: z.strictObject({
      kinds: z.array(z.string()),
      before: coverage,
      after: coverage,
      entries: z.array(
        z.strictObject({
          names: count,
          events: count,
          /** Names that an earlier entry takes first, by that entry. */
          lostTo: z.array(z.strictObject({ entry: count, names: count, events: count, example: z.string() })),
        }),
      ),
      workspaces: z.strictObject({
        total: count,
        gaining: count,
        losing: count,
        mixed: count,
        touched: count,
        most: z.array(z.strictObject({ id: z.string(), name: z.string().nullable(), events: z.int() })),
      }),
      moved: z.array(z.strictObject({ name: z.string(), from: z.string(), to: z.string(), events: count })),
      movedTotal: z.strictObject({ names: count, events: count }),
    }),
    columns: { kindOfName: 'Int32Array', kindInForce: 'Int32Array' },
  },
  /** Names that a pattern would take, were it added to the entry at a place of a taxonomy. */
  'taxonomy.pattern': {
    kind: 'query',
    input: z.strictObject({ entries, at: count, pattern: z.string().max(400) }),
    output: z.strictObject({
      /** In the form in which it is compared; empty: it matches nothing. */
      pattern: z.string(),
      fates: z.array(
        z.strictObject({
          fate: z.enum(['new', 'own', 'taken', 'kept']),
          names: count,
          events: count,
          most: z.array(z.strictObject({ name: z.string(), kind: z.string(), events: count })),
        }),
      ),
    }),
  },
  /** Kinds that names without one resemble, and why. Nothing is changed. */
  'taxonomy.suggest': {
    kind: 'query',
    input: z.strictObject({ entries }),
    output: z.strictObject({
      suggestions: z.array(z.strictObject({ name: z.string(), events: count, likenesses: z.array(likeness).min(1) })),
      /** Names without a kind that were compared, and how many there are. */
      compared: count,
      unmapped: count,
    }),
  },
  /** Brings the model in force with another taxonomy into force, as a new version. Refused where `hash` is no longer in force. */
  'taxonomy.apply': {
    kind: 'command',
    input: z.strictObject({ entries, hash: z.string() }),
    output: z.strictObject({ hash: z.string(), isNew: z.boolean() }),
  },
} as const satisfies Record<string, Method>
