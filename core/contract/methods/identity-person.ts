import * as z from 'zod'
import { DEVICE_KINDS } from '#schema/event'
import { LADDER_STEPS } from '#schema/identity'
import { PERSON_FIELDS, VALUE_REASONS, VALUE_SOURCES } from '#schema/person-values'
import type { Method } from '../method.ts'
import { candidate, composition, contradiction, side } from './review-shapes.ts'
import { count, instant, nothing } from './shared.ts'

/** Fields of a person that several records may say differently. */
const field = z.enum(PERSON_FIELDS)

/** Why a value goes before another one, strongest first; `order`: nothing else tells them apart. */
const reason = z.enum(VALUE_REASONS)

/** A record that has a value, and where it stands in its export. */
const holder = z.strictObject({
  object: z.enum(VALUE_SOURCES),
  key: z.string(),
  file: z.string(),
  line: count,
})

/** Where values are from: records of the product, contacts of the CRM. */
const source = z.enum(VALUE_SOURCES)

const steps = z.strictObject({ canUndo: z.boolean(), canRedo: z.boolean() })

export const identityPersonMethods = {
  /** A person with all records, and the value of each field that holds, where it is from, why, and the others. */
  'identity.person': {
    kind: 'query',
    /** Id of a person, of one of its users, or one that ended. */
    input: z.strictObject({ id: z.string().min(1).max(500) }),
    output: z.strictObject({
      state: z.string(),
      personId: z.string(),
      /** What became of the id that was asked for, where it ended. */
      led: z.string().nullable(),
      users: z.array(side),
      /** Records of the CRM that belong to it. */
      contacts: z.array(z.strictObject({ key: z.string(), title: z.string(), subtitle: z.string().nullable() })),
      fields: z.array(
        z.strictObject({
          field,
          value: z.string(),
          /** What it goes before the next one by; null where all records say the same. */
          reason: reason.nullable(),
          records: z.array(holder),
          others: z.array(z.strictObject({ value: z.string(), lostBy: reason, records: z.array(holder) })),
        }),
      ),
      /** Sources of values, the one that is believed first before the other. */
      sources: z.array(source),
      /** Its steps from nobody to buyer, in their order; one that nothing shows is left out. */
      ladder: z.array(
        z.strictObject({
          step: z.enum(LADDER_STEPS),
          /** Null where the data do not say when. */
          at: instant.nullable(),
          /** Did it come at that instant, or is that the earliest at which it can have come? */
          dating: z.enum(['at', 'not_before']),
          /** The user whose record or device shows it. */
          userId: z.string(),
          evidence: z.string(),
        }),
      ),
      /** Workspaces that its users are members of, as memberships.csv says it, the one used last first. */
      memberships: z
        .array(
          z.strictObject({
            workspace: side,
            userId: z.string(),
            role: z.string().nullable(),
            lastActiveAt: instant.nullable(),
            /** How it was invited, such as a link or a domain. */
            invitationSource: z.string().nullable(),
          }),
        )
        .optional(),
      /** Its earliest event that names nobody and came before its login, and the ids under which it did such things. */
      anonymous: z
        .strictObject({
          since: instant,
          under: z.array(z.strictObject({ kind: z.enum(DEVICE_KINDS), id: z.string(), from: instant, to: instant })),
        })
        .optional(),
      /** Ids that ended and led here. */
      formerIds: z.array(z.strictObject({ id: z.string(), endedAt: instant.nullable() })),
    }),
  },
  /** A workspace with its account, and whose people are in it. */
  'identity.workspace': {
    kind: 'query',
    input: z.strictObject({ id: z.string().min(1).max(500) }),
    output: z.strictObject({
      state: z.string(),
      workspace: side,
      /** Null: it has none. */
      account: side.nullable(),
      composition,
      /** All candidates that it is one side of: accounts, and other workspaces. */
      candidates: z.array(candidate),
    }),
  },
  /** Says which value of a field holds for a person, whatever the records say; `null` leaves it to them again. Kept as a decision. */
  'identity.pin': {
    kind: 'command',
    input: z.strictObject({
      /** As in `identity.person`. */
      id: z.string().min(1).max(500),
      field,
      /** One that a record of the person has. */
      value: z.string().min(1).max(2000).nullable(),
    }),
    output: z.strictObject({ decisionNo: count.nullable(), steps }),
  },
  /** Which source is believed first where the records of a person differ. */
  'identity.sources': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({ order: z.array(source) }),
  },
  /** Sets which source is believed first, for all persons. Kept as a decision; scores stay as they are. */
  'identity.setSources': {
    kind: 'command',
    input: z.strictObject({ order: z.array(source).min(1).max(10) }),
    output: z.strictObject({ order: z.array(source), isNew: z.boolean() }),
  },
  /**
   * Takes users out of their person for good: each is kept apart from every user that stays. What was taken out together stays
   * together where the evidence joins it. Kept as one decision, unless earlier answers join what it takes apart.
   */
  'identity.split': {
    kind: 'command',
    input: z.strictObject({
      users: z.array(z.string().min(1).max(500)).min(1).max(200),
      note: z.string().max(2000).optional(),
    }),
    output: z.strictObject({
      /** Null where it was not kept. */
      decisionNo: count.nullable(),
      contradictions: z.array(contradiction),
      steps,
    }),
  },
  /** Users or workspaces whose name, address, domain or id has a text; those that begin with it first. */
  'identity.find': {
    kind: 'query',
    input: z.strictObject({
      object: z.enum(['user', 'workspace']),
      text: z.string().min(1).max(200),
      limit: z.int().min(1).max(50).default(8),
    }),
    output: z.strictObject({ matching: count, found: z.array(side) }),
  },
} as const satisfies Record<string, Method>
