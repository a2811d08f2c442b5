import * as z from 'zod'
import { count, instant } from './shared.ts'

/**
 * The questions of identity: one human, duplicate workspaces, an account of the CRM and a billing record of one company, the account of a
 * workspace, the account of a new user.
 */
export const question = z.enum(['persons', 'workspaces', 'companies', 'accounts', 'signups'])

/**
 * A candidate by its natural key; it stays true over imports. `a` and `b` are two users (`persons`), two workspaces
 * (`workspaces`, in the order of the relation), an account and a billing record (`companies`), a workspace and an account (`accounts`), a user and an account (`signups`; `b` is
 * empty where no account is a candidate).
 */
export const pairKey = z.strictObject({ question, a: z.string().min(1).max(500), b: z.string().max(500) })

/** Log2 odds in steps of 1/16. */
export const bits = z.number()

/**
 * Where a candidate stands. `auto`: joined without asking; `review`: proposed; `watch`: weak; `ambiguous`: several accounts, none
 * assigned; `decided`: somebody answered; `reconfirm`: somebody answered, and the evidence has changed since.
 */
export const band = z.enum(['auto', 'review', 'watch', 'ambiguous', 'decided', 'reconfirm'])

/** What two workspaces are to each other. `merge` alone makes them one unit; `environment-of` and `agency-of`: A is that of B. */
export const relation = z.enum(['merge', 'group', 'environment-of', 'agency-of', 'unrelated'])

export const answer = z.enum(['same', 'different', 'skip'])

/** Bits from which a pair is joined, proposed, shown. */
export const thresholds = z.strictObject({ auto: bits, review: bits, watch: bits })

/** One side of a candidate in a list. */
export const side = z.strictObject({
  object: z.enum(['user', 'workspace', 'account']),
  key: z.string(),
  /** Name, or the key where there is none. */
  title: z.string(),
  /** Address, domain, plan: what tells two of one name apart. */
  subtitle: z.string().nullable(),
})

/** A decision as lists show it. */
export const decision = z.strictObject({
  decisionNo: count,
  answer,
  relation: relation.nullable(),
  note: z.string().nullable(),
  decidedAt: instant,
})

/** One line of a queue. */
export const candidate = z.strictObject({
  pair: pairKey,
  band,
  /** Null: stated or decided, not weighed. */
  bits: bits.nullable(),
  left: side,
  /** Null: a sign-up without a candidate account. */
  right: side.nullable(),
  /** What the engine says of two workspaces. */
  relation: relation.nullable(),
  /** The strongest line of evidence, in words. */
  strongest: z.string(),
  /** 0 (certain) .. 1 (a coin). */
  uncertainty: z.number(),
  /** Points of units that the answer moves, as estimated or judged; null before the first run. */
  effect: z.number().nullable(),
  /** Units were judged with the answer; else the effect is an estimate. */
  isJudged: z.boolean(),
  /** The comparisons contradict each other, so that the pair is held. */
  isHeld: z.boolean(),
  isSkipped: z.boolean(),
  decision: decision.nullable(),
})

/** One bar of a waterfall. All bars add up to the total, to the sixteenth. */
export const evidenceLine = z.strictObject({
  kind: z.enum(['prior', 'evidence', 'held']),
  comparison: z.string(),
  level: z.string(),
  value: z.string(),
  bits,
})

/** A value of two records beside each other. */
export const fieldPair = z.strictObject({
  name: z.string(),
  left: z.string().nullable(),
  right: z.string().nullable(),
  /** `case`: equal but for how it is written: case, blanks, accents, what stands around a domain. */
  state: z.enum(['same', 'case', 'different', 'left-only', 'right-only']),
})

/** Where a row stands in its export. */
export const place = z.strictObject({ file: z.string(), line: count })

/** A unit before or after a decision. */
export const unitState = z.strictObject({
  unitId: z.string(),
  unitName: z.string().nullable(),
  score: z.number(),
  stage: z.string(),
  destination: z.string(),
  owner: z.string().nullable(),
  workspaces: count,
})

/** A step of a chain of decisions and evidence from one record to another. */
export const pathStep = z.strictObject({
  a: z.string(),
  b: z.string(),
  /** How sentences say both: a name with what tells it apart. */
  names: z.tuple([z.string(), z.string()]),
  by: z.enum(['must_link', 'cannot_link', 'evidence']),
  decisionNo: count.nullable(),
  bits: bits.nullable(),
})

/** A decision that cannot hold beside others: the chain that joins what it keeps apart, or keeps apart what it joins. */
export const contradiction = z.strictObject({ pair: pairKey, sentence: z.string(), path: z.array(pathStep) })

/** Why an edge joins nothing. */
export const refusalReason = z.enum(['cannot_link', 'unique_id', 'too_many_ids', 'too_large', 'weak_bridge'])

/** How many candidates of a question there are. */
export const questionCounts = z.strictObject({
  question,
  auto: count,
  review: count,
  watch: count,
  ambiguous: count,
  decided: count,
  reconfirm: count,
  /** Of `review` and `ambiguous`: those that follow from which of several accounts is right. */
  following: count,
  /** In how many cases that is to be said. */
  ties: count,
})

/** Several accounts that two records or more wait for: which of them is right settles all of these. */
export const tie = z.strictObject({
  accounts: z.array(side),
  /** The candidate that is skipped where all of it is for later; null for none. */
  later: pairKey.nullable(),
  isPutOff: z.boolean(),
  /** Where each account is from: CRMs and billing tools by name (none for a table of one's own), and the place of its row. */
  sources: z.array(z.strictObject({ tools: z.array(z.string()), place: place.nullable() })),
  /** What the accounts have in common, and what waits for them. */
  sentence: z.string(),
  /** Billing records, workspaces and new users. */
  waiting: z.strictObject({ companies: count, accounts: count, signups: count }),
  /** Of two accounts: their fields beside each other, what hangs on each first. */
  fields: z.array(fieldPair),
})

/** Whose people are in a workspace. */
export const composition = z.strictObject({
  /** Most people first. */
  companies: z.array(
    z.strictObject({
      domain: z.string(),
      persons: count,
      /** The one account that has the domain; null where none has it, or several. */
      account: side.nullable(),
      /** Accounts that have it. */
      accounts: count,
      /** Not the account of the workspace, with three or more people in it. */
      isSecond: z.boolean(),
    }),
  ),
  /** Persons without an address of a company. */
  others: count,
  /** Billing records that are one company with an account that the workspace may be of, and those that may be. */
  pairs: z.array(z.strictObject({ account: side, billing: side, isOne: z.boolean(), sentence: z.string() })),
  /** Accounts of two sources that both are candidates of it, or both state a domain of its people. */
  rivals: z.array(z.strictObject({ a: side, b: side, sentence: z.string() })),
})
