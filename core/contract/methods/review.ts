import * as z from 'zod'
import { LISTED_PERSON_FIELDS, VALUE_REASONS } from '#schema/person-values'
import type { Method } from '../method.ts'
import {
  answer,
  band,
  bits,
  candidate,
  composition,
  contradiction,
  decision,
  evidenceLine,
  fieldPair,
  pairKey,
  pathStep,
  place,
  question,
  questionCounts,
  refusalReason,
  relation,
  side,
  thresholds,
  tie,
  unitState,
} from './review-shapes.ts'
import { count, instant, nothing, pageLimit, token } from './shared.ts'

const answered = z.strictObject({
  pair: pairKey,
  answer,
  /** Two workspaces: what they are to each other. `same` without it is `merge`, `different` is `unrelated`. */
  relation: relation.optional(),
  note: z.string().max(2000).optional(),
})

/** What undo and redo would do next. */
const steps = z.strictObject({ canUndo: z.boolean(), canRedo: z.boolean() })

/** Units as they are and as they would be. */
const impact = z.strictObject({ sentence: z.string(), before: z.array(unitState), after: z.array(unitState) })

const historyEntry = z.strictObject({
  decisionNo: count,
  /** Kind as it is kept: must_link, cannot_link, assign, relation, block_value, undo, ... */
  kind: z.string(),
  sentence: z.string(),
  /** Null: not about a candidate. */
  pair: pairKey.nullable(),
  note: z.string().nullable(),
  /** undo, redo: the entry that it is about. */
  reverts: count.nullable(),
  isInForce: z.boolean(),
  decidedAt: instant,
})

export const reviewMethods = {
  /**
   * Where the four questions stand: counts per band, thresholds, the histogram of bits, decisions that contradict each other.
   * A job, because the records are compared when it is asked first after an import. The other calls of the room rest on it and
   * start it where it has not run.
   */
  'identity.overview': {
    kind: 'job',
    input: nothing,
    output: z.strictObject({
      /** Names the state that all figures are of; it changes with imports and decisions. */
      state: z.string(),
      counts: z.array(questionCounts),
      thresholds,
      records: z.strictObject({ users: count, workspaces: count, accounts: count }),
      /** Persons of user records at the auto threshold: clusters of `identity.thresholds` there. */
      persons: count,
      /** Further persons: user ids that events, memberships or workspaces name and that have no user record. */
      personsWithoutRecord: count,
      /** User records in persons of two or more. */
      mergedUsers: count,
      /** People that they are. */
      mergedPersons: count,
      /** Pairs that were compared. */
      compared: count,
      /** Per kind of key: what brought pairs together, and what its cap left out. */
      blocks: z.array(
        z.strictObject({ kind: z.string(), blocks: count, records: count, largest: count, pairsLeftOut: count }),
      ),
      /** Values that several records share and that join nobody, most records first; at most 200. */
      refusedValues: z.array(
        z.strictObject({
          kind: z.string(),
          value: z.string(),
          records: count,
          reason: z.string(),
          bits: bits.nullable(),
        }),
      ),
      refusedValuesTotal: count,
      contradictions: z.array(contradiction),
      steps,
      /** Bits of the first bin of `histogram`; each is one bit wide. */
      firstBin: z.int(),
    }),
    /** Pairs of users per bin. */
    columns: { histogram: 'Uint32Array' },
  },

  /**
   * A page of candidates. `doubt`: uncertainty times effect, the most useful to answer first; those skipped come last. The effect is
   * estimated, and judged for the first ones.
   */
  'review.queue': {
    kind: 'query',
    input: z.strictObject({
      question,
      bands: z.array(band).min(1).max(6).default(['review', 'ambiguous', 'reconfirm']),
      sort: z.enum(['doubt', 'bits', 'name']).default('doubt'),
      descending: z.boolean().default(true),
      search: z.string().max(200).default(''),
      /** Only candidates at or above, at or below. */
      minBits: bits.optional(),
      maxBits: bits.optional(),
      /** Leaves out open candidates whose answer moves fewer points; those that were answered stay. Nothing is left out before the first run. */
      leastEffect: z.number().min(0).max(100).default(0),
      /** Leaves out what follows from which of several accounts is right. */
      foldsTies: z.boolean().default(false),
      /** Which of the cases in which that is to be said is shown, by its place. */
      tie: count.default(0),
      offset: count.default(0),
      limit: pageLimit.default(100),
    }),
    output: z.strictObject({
      state: z.string(),
      matching: count,
      /** Candidates that `leastEffect` leaves out. */
      little: count,
      /** Candidates that `foldsTies` leaves out. */
      following: count,
      /** Cases in which several accounts fit records of this question about as well, those that settle most records first. */
      ties: z.strictObject({ total: count, shown: tie.nullable() }),
      candidates: z.array(candidate),
    }),
  },

  /** Everything about one candidate: both records, the evidence, and what an answer would do. Any two records may be asked for. */
  'review.card': {
    kind: 'query',
    input: z.strictObject({ pair: pairKey }),
    output: z.strictObject({
      state: z.string(),
      candidate,
      /** One plain sentence: what speaks for and against. */
      sentence: z.string(),
      fields: z.array(fieldPair),
      places: z.strictObject({ left: place.nullable(), right: place.nullable() }),
      /** From the prior to the total; empty where nothing was weighed. */
      waterfall: z.array(evidenceLine),
      thresholds,
      /** Guards that hold the pair or keep it apart, as sentences. */
      guards: z.array(z.string()),
      /** The smallest change that would move the pair to the other side of the auto threshold; null where there is none. */
      cheapestFlip: z.string().nullable(),
      /** Answers that can be given; those of workspaces with the sentence that says what they mean here. */
      relations: z.array(z.strictObject({ relation, isProposed: z.boolean(), sentence: z.string() })),
      /** Other candidates of the same record: accounts that compete, further workspaces. */
      rivals: z.array(z.strictObject({ pair: pairKey, side, bits: bits.nullable(), band })),
      /** Whose people are in the workspace that an account is asked for; null for other questions. */
      composition: composition.nullable(),
      /** What `same` (workspaces: merge) would do; null before the first run, where no unit is touched, and where it is to come. */
      impact: impact.nullable(),
      /** What is touched, where that is so much that `review.impact` works out the effect; else null. */
      impactToCome: z.string().nullable(),
      /** What `same` would change of what lists and hand-offs call the two users: the value that would hold, why, and those it replaces. */
      handedOver: z.array(
        z.strictObject({
          field: z.enum(LISTED_PERSON_FIELDS),
          value: z.string(),
          reason: z.enum(VALUE_REASONS),
          replaced: z.array(z.string()),
        }),
      ),
      history: z.array(decision),
    }),
  },

  /**
   * What `same` would do to the units that it touches, however many they are. It does not wait in line behind other jobs, and
   * ends with `run/cancelled` where data or answers change meanwhile.
   */
  'review.impact': {
    kind: 'job',
    input: z.strictObject({ pair: pairKey }),
    output: z.strictObject({ state: z.string(), impact: impact.nullable() }),
  },

  /**
   * Answers one candidate or many. An answer that contradicts others is not kept; it comes back with the chain. With `dryRun`
   * nothing is kept, and samples show what would be.
   */
  'review.decide': {
    kind: 'command',
    input: z.strictObject({ answers: z.array(answered).min(1).max(500), dryRun: z.boolean().default(false) }),
    output: z.strictObject({
      state: z.string(),
      /** Numbers of the entries, in the order of the answers; null where one was not kept. */
      decisionNos: z.array(count.nullable()),
      kept: count,
      contradictions: z.array(contradiction),
      /** Up to 5 of the candidates. */
      samples: z.array(candidate),
      counts: z.array(questionCounts),
      steps,
    }),
  },

  /**
   * Says which of several accounts is right for all that waits for them (`ties` of `review.queue`), as one batch: billing records
   * first, then workspaces, then new users, each only where what was said before it has not settled it. A job, because who is who
   * is found anew in between; the answers are kept when all are found, so that a cancel keeps none.
   */
  'review.settle': {
    kind: 'job',
    /** The accounts of a tie, and the one of them that is right. */
    input: z.strictObject({ accounts: z.array(z.string()).min(2).max(100), account: z.string() }),
    output: z.strictObject({
      state: z.string(),
      /** Answers that were kept. */
      kept: count,
      /** Records that needed none: they follow from the others. */
      followed: count,
      contradictions: z.array(contradiction),
      counts: z.array(questionCounts),
      steps,
    }),
  },

  /**
   * Takes the newest answer back (or the one named), as a new entry. A batch is taken back as a whole. Where who is who was found with
   * it, that is found anew before it is taken back: counts and list are at once those of the answers that hold.
   */
  'review.undo': {
    kind: 'command',
    input: z.strictObject({ decisionNo: count.optional() }),
    output: z.strictObject({
      state: z.string(),
      entries: z.array(historyEntry),
      counts: z.array(questionCounts),
      steps,
    }),
  },

  /** Takes up again what was taken back last. */
  'review.redo': {
    kind: 'command',
    input: nothing,
    output: z.strictObject({
      state: z.string(),
      entries: z.array(historyEntry),
      counts: z.array(questionCounts),
      steps,
    }),
  },

  /** Every entry, newest first. */
  'review.history': {
    kind: 'query',
    input: z.strictObject({ offset: count.default(0), limit: pageLimit.default(100) }),
    output: z.strictObject({ total: count, entries: z.array(historyEntry), steps }),
  },

  /**
   * Answers of a table with the columns `question`, `a`, `b`, `answer` and, where wanted, `relation` and `note`, all as one batch.
   * Of persons also `split` (`a`: users, with `;` between them, that are taken out together) and `pin` (`a`: a user; `field` and
   * `value`, which is empty where the records shall say it again); `b` is empty then. Records that cannot be read are told with
   * their number and not kept.
   */
  'review.load': {
    kind: 'job',
    input: z.strictObject({ source: token, dryRun: z.boolean().default(false) }),
    output: z.strictObject({
      rows: count,
      kept: count,
      contradictions: z.array(contradiction),
      /** Records by number, the first behind the header is 1. */
      broken: z.array(z.strictObject({ record: count, message: z.string() })),
      steps,
    }),
  },

  /** Writes who is who into a folder: persons.csv, person_ladder.csv, former_ids.csv, workspace_links.csv, workspace_accounts.csv, signup_matches.csv. */
  'identity.export': {
    kind: 'job',
    input: z.strictObject({
      target: token,
      overwrite: z.boolean().default(false),
      /** Also weights_proposal.csv: weights that the data suggest. */
      proposeWeights: z.boolean().default(false),
    }),
    output: z.strictObject({
      folder: z.string(),
      files: z.array(z.strictObject({ name: z.string(), rows: count })),
      counts: z.array(questionCounts),
      /** Cases in which several accounts fit about as well, with what waits for each; those that settle most records first, at most 20. */
      ties: z.strictObject({ total: count, sentences: z.array(z.string()) }),
    }),
  },

  /** Why two records are or are not one: the chain that joins them, or what keeps them apart. */
  'identity.why': {
    kind: 'query',
    input: z.strictObject({ question: z.enum(['persons', 'workspaces']), a: z.string(), b: z.string() }),
    output: z.strictObject({
      state: z.string(),
      /** The two records by their own ids, as an answer about them names them. */
      pair: pairKey,
      isOne: z.boolean(),
      /** What became of ids that are no user's: persons, and those that ended. */
      led: z.array(z.string()),
      sentence: z.string(),
      /** Were the two compared at all, and which keys they share. */
      compared: z.boolean(),
      sharedKeys: z.array(z.string()),
      bits: bits.nullable(),
      waterfall: z.array(evidenceLine),
      thresholds,
      /** Where they are one: from `a` to `b` over its strongest joins. Else: the strongest chain there is; empty for none. */
      path: z.array(pathStep),
      refusals: z.array(z.strictObject({ a: z.string(), b: z.string(), reason: refusalReason, sentence: z.string() })),
      /** Entries of the lists of words that decided about the two, such as a shared mailbox or a nickname: one sentence each. */
      words: z.array(z.string()),
      cheapestFlip: z.string().nullable(),
    }),
  },
} as const satisfies Record<string, Method>
