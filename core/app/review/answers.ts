import type { Output } from '#contract/contract'
import { isApart, lastPerPair } from '#identity'
import {
  decisionsInForce,
  identityDecisionsOf,
  type NaturalKey,
  type NewDecision,
  type Readable,
  type StoredDecision,
  splitPairs,
} from '#store'

export type Candidate = Output<'review.queue'>['candidates'][number]
export type Pair = Candidate['pair']
export type Question = Pair['question']
export type Band = Candidate['band']
export type Relation = NonNullable<Candidate['relation']>
export type Answer = Readonly<{
  pair: Pair
  answer: 'same' | 'different' | 'skip'
  relation?: Relation | undefined
  note?: string | undefined
}>

/** An answer that holds, with what was known when it was given. */
export type Given = Readonly<{
  decision: NonNullable<Candidate['decision']>
  pair: Pair
  /** Comparisons and levels at that time; null where they were not kept. */
  evidence: readonly string[] | null
}>

/** An answer that keeps every user of one person apart from every user of another; `answered` is its own pair, which `key` names. */
export type PersonsApart = Readonly<{
  answered: Pair
  key: string
  sides: readonly [ReadonlySet<string>, ReadonlySet<string>]
  decisionNo: number
}>

/** What the log says about candidates now, by `keyOf`. */
export type Answers = Readonly<{
  decided: ReadonlyMap<string, Given>
  skipped: ReadonlySet<string>
  apart: readonly PersonsApart[]
}>

const OBJECTS: Readonly<Record<Question, readonly [string, string]>> = {
  persons: ['user', 'user'],
  workspaces: ['workspace', 'workspace'],
  companies: ['account', 'account'],
  accounts: ['workspace', 'account'],
  signups: ['user', 'account'],
}
const SOURCES: Readonly<Record<string, string>> = { user: 'users', workspace: 'workspaces', account: 'accounts' }

/** Names a candidate; two records of one kind in whatever order. */
export function keyOf({ question, a, b }: Pair): string {
  const isTurned = question !== 'accounts' && question !== 'signups' && b < a
  return JSON.stringify(isTurned ? [question, b, a] : [question, a, b])
}

/** The answers that hold, with `further` entries imagined: of those about one candidate the last. */
export function answersIn(db: Readable, further: readonly NewDecision[] = []): Answers {
  const decided = new Map<string, Given>()
  const skipped = new Set<string>()
  const entries = decisionsInForce(db, further)
  for (const entry of entries)
    for (const given of givenByEach(entry)) {
      if (entry.kind === 'skip') skipped.add(keyOf(given.pair))
      else decided.set(keyOf(given.pair), given)
    }
  return { decided, skipped, apart: apartIn(entries) }
}

function apartIn(entries: readonly StoredDecision[]): Answers['apart'] {
  const decisions = lastPerPair(entries.flatMap(identityDecisionsOf))
  return decisions.filter(isApart).map(({ id, a, b, persons: [left, right] }) => {
    const answered = { question: 'persons', a: a.key, b: b.key } as const
    return { answered, key: keyOf(answered), sides: [new Set(left), new Set(right)], decisionNo: Number(id) }
  })
}

/** The answers that an entry of the log comes to: a split keeps every record that was taken out apart from every one that stayed. */
export function givenByEach(entry: StoredDecision): readonly Given[] {
  const given = givenBy(entry)
  if (given !== null) return [given]
  if (entry.kind !== 'split') return []
  const { decisionNo, decidedAt, payload } = entry
  const note = typeof payload['note'] === 'string' ? payload['note'] : null
  const decision = { decisionNo, answer: 'different', relation: null, note, decidedAt } as const
  return splitPairs(entry).map(([a, b]) => ({ pair: { question: 'persons', a, b }, decision, evidence: null }))
}

/** The answer that an entry of the log is; null where it is about something else. */
export function givenBy({ kind, subject, payload, decisionNo, decidedAt }: StoredDecision): Given | null {
  const pair = pairOf(subject)
  const answer = answerOf(kind)
  if (pair === null || answer === null) return null
  const note = payload['note']
  const evidence = payload['evidence']
  return {
    pair,
    decision: {
      decisionNo,
      answer,
      relation: pair.question === 'workspaces' && answer !== 'skip' ? relationOf(kind, payload) : null,
      note: typeof note === 'string' ? note : null,
      decidedAt,
    },
    evidence: Array.isArray(evidence) ? evidence.map(String) : null,
  }
}

/** What an entry has beside the answer: the evidence that it rests on, and the users of both persons where it says that they are two. */
type Around = Readonly<{
  evidence: readonly string[]
  persons: readonly [a: readonly string[], b: readonly string[]] | null
  batch: string
  now: number
}>

/** The entry that keeps an answer. */
export function entryFor(
  { pair, answer, relation, note }: Answer,
  { evidence, persons, batch, now }: Around,
): NewDecision {
  const [left, right] = OBJECTS[pair.question]
  const subject = [naturalKey(left, pair.a), naturalKey(right, pair.b)]
  return {
    kind: kindOf(pair.question, answer, relation),
    subject,
    payload: {
      evidence,
      batch,
      ...(persons === null ? {} : { persons }),
      ...(relation === undefined ? {} : { relation }),
      ...(note === undefined || note.trim() === '' ? {} : { note: note.trim() }),
    },
    reverts: null,
    decidedAt: now,
  }
}

function kindOf(question: Question, answer: Answer['answer'], relation: Relation | undefined): NewDecision['kind'] {
  if (answer === 'skip') return 'skip'
  if (question === 'accounts' || question === 'signups') return answer === 'same' ? 'assign' : 'detach'
  if (question !== 'workspaces') return answer === 'same' ? 'must_link' : 'cannot_link'
  const meant = relation ?? (answer === 'same' ? 'merge' : 'unrelated')
  if (meant === 'merge') return 'must_link'
  return meant === 'unrelated' ? 'cannot_link' : 'relation'
}

function naturalKey(object: string, key: string): NaturalKey {
  return { source: SOURCES[object] ?? '', object, key }
}

function pairOf(subject: readonly NaturalKey[]): Pair | null {
  const [a, b] = subject
  if (a === undefined || b === undefined) return null
  for (const [question, [left, right]] of Object.entries(OBJECTS))
    if (a.object === left && b.object === right) return { question: question as Question, a: a.key, b: b.key } // its keys
  return null
}

function answerOf(kind: string): Answer['answer'] | null {
  if (kind === 'must_link' || kind === 'assign' || kind === 'relation') return 'same'
  if (kind === 'cannot_link' || kind === 'detach') return 'different'
  return kind === 'skip' ? 'skip' : null
}

function relationOf(kind: string, { relation }: StoredDecision['payload']): Relation {
  if (kind === 'must_link') return 'merge'
  if (kind === 'cannot_link') return 'unrelated'
  return relation === 'environment-of' || relation === 'agency-of' ? relation : 'group'
}
