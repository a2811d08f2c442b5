import { finish, type Steps } from '#lib/steps'
import type { IdentityDecision } from '#schema/identity'
import type { BlockCount } from '../block/split-blocks.ts'
import { type Edges, inWeightOrder } from '../cluster/edges.ts'
import type { ScopedCodes } from '../cluster/scoped-codes.ts'
import type { EmailReading } from '../email.ts'
import type { Rows } from '../identity-tables.ts'
import { settingsIn } from '../settings.ts'
import { groundSteps } from '../threads/ground-steps.ts'
import { namesBy } from '../threads/names-there.ts'
import { type PairsTold, scoreSteps } from '../threads/score-steps.ts'
import { type ScoringGround, scorerOf } from '../threads/scoring-ground.ts'
import type { SecondThread } from '../threads/second-thread.ts'
import { heldBetweenPeople } from '../weigh/between-people.ts'
import { DEFAULT_FURTHER } from '../weigh/further-records.ts'
import { type PairScorer, priorBits } from '../weigh/pair-scorer.ts'
import { weightsWith } from '../weigh/weight-rules.ts'
import type { BillingContact } from './billing-contacts.ts'
import { type UserColumns, type UserRow, userColumnSteps } from './user-columns.ts'

/** Raised by hand when records are read, blocked, compared or joined in another way: what earlier rules came to is found anew then. */
export const IDENTITY_ENGINE = 10

/** Every pair of user records that has evidence, and what clusters need besides: numbers alone, so that they can be kept. */
export type WeighedPairs = Readonly<{
  /** Pairs from -3 bits on, strongest first, by rows of the users table. */
  edges: Edges
  /** What clusters respect, by row; 0 is none. */
  limits: UserLimits
  blocks: readonly BlockCount[]
  /** Pairs that were compared. */
  compared: number
}>

/** Of each row the subject at its provider, the mailbox that may be its own, the device. */
export type UserLimits = Readonly<{ subjects: ScopedCodes; mailbox: Uint32Array; device: Uint32Array }>

/** What a pair is compared by. */
export type UserDetails = Readonly<{ columns: UserColumns; scorer: PairScorer }>

/** User records with every pair of them that has evidence: what decisions on pairs do not change. */
export type WeighedUsers = WeighedPairs &
  Readonly<{
    /** Row -> user id. */
    ids: readonly string[]
    /** For the evidence of a pair; made when it is first asked for, where pairs were weighed earlier. */
    details(): UserDetails
  }>

/** What users are weighed by, besides their rows. */
export type WeighGround = Readonly<{
  /** In the order of the log; blocked and allowed values count here. */
  decisions: readonly IdentityDecision[]
  read: (text: string | null) => EmailReading
  /** Weights that somebody set, by name. */
  weights: ReadonlyMap<string, number>
  /** Users who are the billing contact of a customer. */
  billing?: ReadonlyMap<string, BillingContact> | undefined
  /** Told how many pairs of how many were compared. */
  told?: PairsTold | undefined
}>

/**
 * Weighs every pair of user records that shares a key.
 *
 * @param users sorted by id
 * @param ground blocked values, weights, and what reads an address
 * @param second another thread to score pairs, which is closed when this ends in any way; null: none
 * @returns a generator that halts now and then, and returns pairs from -3 bits on
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function* weighSteps(
  users: Rows<UserRow>,
  ground: WeighGround,
  second: SecondThread | null = null,
): Steps<WeighedUsers> {
  try {
    const columns = yield* columnSteps(users, ground, second)
    const scoring = scoringOf(columns, ground)
    yield
    const prepared = yield* groundSteps(scoring, second, () => ({ ...scoring, columns: withoutTexts(columns) }))
    const { candidates, scorer } = prepared
    const task = { candidates: candidates.ground, source: null }
    const { pairs, edges } = yield* scoreSteps(task, prepared, second, ground.told)
    return {
      ids: columns.ids,
      edges: heldBetweenPeople(inWeightOrder(edges), columns.people, scorer),
      limits: limitsOf(columns),
      blocks: candidates.counts,
      compared: pairs,
      details: () => ({ columns, scorer }),
    }
  } finally {
    second?.close()
  }
}

/** Texts of products' codes are for showing alone: only how many there are counts. */
function withoutTexts(columns: UserColumns): UserColumns {
  const entries = Object.entries(columns).map(([name, own]) => [
    name,
    'texts' in own ? { ...own, texts: new Array<string>(own.texts.length) } : own,
  ])
  return { ...(Object.fromEntries(entries) as UserColumns), ids: [] } // the same names
}

/**
 * What pairs of users are compared by, without comparing any.
 *
 * @param users sorted by id
 * @param ground as for `weighSteps`
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function userDetails(users: Rows<UserRow>, ground: WeighGround): UserDetails {
  const columns = finish(columnSteps(users, ground, null))
  return { columns, scorer: scorerOf(scoringOf(columns, ground)) }
}

function columnSteps(
  users: Rows<UserRow>,
  { decisions, read, billing }: WeighGround,
  second: SecondThread | null,
): Steps<UserColumns> {
  const blocked = blockedValues(decisions)
  const { words } = settingsIn(decisions)
  const names = namesBy(users.length, second, words)
  return userColumnSteps(users, read, isBlockedBy(blocked, read), { words, billing, names })
}

function scoringOf(columns: UserColumns, { weights }: WeighGround): ScoringGround & Readonly<{ kind: 'users' }> {
  return { kind: 'users', columns, weights: [...weights], prior: priorBits(columns.ids.length, DEFAULT_FURTHER) }
}

/**
 * All that weighed pairs depend on besides the rows, as plain JSON: equal values mean equal pairs of equal users.
 *
 * @param decisions in the order of the log
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function comparedBy(decisions: readonly IdentityDecision[]): unknown {
  const { weights, domains, wordChanges } = settingsIn(decisions)
  return {
    engine: IDENTITY_ENGINE,
    weights: weightsWith(weights),
    domains: [...domains].sort(),
    blocked: [...blockedValues(decisions)].sort(),
    words: [...wordChanges].map(([list, entries]) => [list, [...entries].sort()]),
  }
}

function limitsOf({ subjects, device, people: { size, email, emails } }: UserColumns): UserLimits {
  const mailbox = new Uint32Array(size)
  for (let i = 0; i < size; i++) {
    const at = email.offsets[i] as number // one entry more than there are records
    const code = at === email.offsets[i + 1] ? 0 : (email.codes[at] as number)
    if (emails.isPersonal[code] === 1) mailbox[i] = emails.canonical[code] as number // codes lie within their table
  }
  return { subjects, mailbox, device: device.codes }
}

/** An address is blocked in any spelling. */
function isBlockedBy(blocked: ReadonlySet<string>, read: WeighGround['read']): Parameters<typeof userColumnSteps>[2] {
  if (blocked.size === 0) return () => false
  return (kind, value) =>
    blocked.has(`${kind} ${value}`) || (kind === 'email' && blocked.has(`${kind} ${read(value).canonical}`))
}

/** Values that identify nobody by what somebody said, as `kind value`. */
export function blockedValues(decisions: readonly IdentityDecision[]): ReadonlySet<string> {
  const blocked = new Set<string>()
  for (const decision of decisions) {
    if (decision.type === 'block_value') blocked.add(`${decision.kind} ${decision.value}`)
    if (decision.type === 'allow_value') blocked.delete(`${decision.kind} ${decision.value}`)
  }
  return blocked
}
