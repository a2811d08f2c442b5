import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, instant, nothing } from './shared.ts'

const tier = z.string().nullable()
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))])
/** Rules that give an account its fit where the CRM gives none, and the scores from which each tier is. */
const fit = {
  rules: z
    .array(
      z.strictObject({
        field: z.string().min(1),
        op: z.enum(['=', '!=', '>', '>=', '<', '<=', 'in', 'contains', 'known']),
        value: value.optional(),
        points: z.number(),
      }),
    )
    .max(200),
  tierFrom: z.record(z.string().min(1), z.number()),
}

export const routeTeamMethods = {
  /** The pools of the newest scores: who takes work, how much of it this week, and what waits for room. */
  'routing.pools': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      /** Monday and Sunday of the week of asOf. */
      weekFrom: z.string(),
      weekTo: z.string(),
      teams: z.array(
        z.strictObject({
          team: z.string(),
          members: z.array(
            z.strictObject({
              ownerId: z.string(),
              name: z.string().nullable(),
              email: z.string().nullable(),
              /** Units per week; null: no limit. */
              capacity: count.nullable(),
              takenThisWeek: count,
              /** Assignments that last. */
              assigned: count,
              /** Units of the newest scores that are this person's, by assignment or because the CRM says so. */
              owned: count,
              /** Place among those who take the next units, from 1; null: no room left this week. */
              turn: count.nullable(),
            }),
          ),
          /** Pool that takes what this one has no room for; null: none. */
          overflowTo: z.string().nullable(),
          /** Who holds work of this pool without being of it: it went there by overflow or by hand, or the holder left. The first 50. */
          others: z.array(
            z.strictObject({
              ownerId: z.string(),
              name: z.string().nullable(),
              /** Null: not known. */
              team: z.string().nullable(),
              /** False: the CRM users and the rules name this person no more, and the next scores give the units out anew. */
              isKnown: z.boolean(),
              assigned: count,
              takenThisWeek: count,
            }),
          ),
          overCapacity: count,
          /** The first 50 that wait, best score first. */
          waiting: z.array(z.strictObject({ unitId: z.string(), unitName: z.string().nullable(), score: z.number() })),
        }),
      ),
    }),
  },
  /** Ends assignments: the next scores give these workspaces to whoever of the team has room. */
  'routing.release': {
    kind: 'command',
    input: z.strictObject({ unitIds: z.array(z.string()).min(1).max(5000), team: z.string().min(1) }),
    output: z.strictObject({ released: count }),
  },
  /** What owners and territories should hear of the newest scores: somebody new, an account that passes the ICP check, a new PQL. */
  'routing.alerts': {
    kind: 'query',
    /** `days`: other than those of the rules in force. */
    input: z.strictObject({ days: z.int().min(1).max(366).optional() }),
    output: z.strictObject({
      alerts: z.array(
        z.strictObject({
          alertId: z.string(),
          kind: z.enum(['new_strategic_contact', 'new_icp_account', 'new_pql']),
          unitId: z.string(),
          accountId: z.string().nullable(),
          /** The person who is new. */
          contactId: z.string().nullable(),
          owner: z.string().nullable(),
          ownerName: z.string().nullable(),
          territory: z.string().nullable(),
          /** YYYY-MM-DD */
          at: z.string(),
          text: z.string(),
          /** Records that say so. */
          evidence: z.array(
            z.strictObject({ table: z.enum(['accounts', 'users', 'workspaces']), key: z.string(), text: z.string() }),
          ),
          seenAt: instant.nullable(),
        }),
      ),
      /** Days for which something was taken as new. */
      days: count,
    }),
  },
  /** The ICP rules in force, and the fields that they may ask for. */
  'routing.icp': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({ ...fit, modelHash: z.string(), fields: z.array(z.string()) }),
  },
  /** Which accounts would be of which tier by other ICP rules. Nothing is written. */
  'routing.icpPreview': {
    kind: 'query',
    input: z.strictObject(fit),
    output: z.strictObject({
      accounts: count,
      /** The CRM gives them a score or a tier: rules do not touch them. */
      given: count,
      tiers: z.array(z.strictObject({ tier, before: count, after: count })),
      /** The first 200 by id. */
      moved: z.array(
        z.strictObject({
          accountId: z.string(),
          name: z.string().nullable(),
          from: tier,
          to: tier,
          score: z.number().nullable(),
        }),
      ),
      movedTotal: count,
      /** Per rule, of the accounts that the CRM gives nothing: those that have its field, and those for which it holds. */
      rules: z.array(z.strictObject({ known: count, holds: count })),
      /** `rule`: its place; null: about all of them. A fault makes a rule say nothing. */
      findings: z.array(
        z.strictObject({
          level: z.enum(['fault', 'warning', 'note']),
          rule: count.nullable(),
          message: z.string(),
        }),
      ),
    }),
  },
  /** Brings the model in force with other ICP rules into force. Refused (usage/overtaken) where `modelHash` is no longer in force. */
  'routing.icpSave': {
    kind: 'command',
    input: z.strictObject({ ...fit, modelHash: z.string() }),
    output: z.strictObject({ hash: z.string(), isNew: z.boolean() }),
  },
} as const satisfies Record<string, Method>
