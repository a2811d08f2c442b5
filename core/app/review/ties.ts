import { append } from '#lib/lists-by-key'
import { eachInSteps, finish, flatMapSteps, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { type Answers, keyOf as candidateKey, type Pair, type Question } from './answers.ts'
import type { Desk } from './desk.ts'
import type { Room } from './room.ts'

/** Questions whose records wait for one of several accounts. */
export const TIED = ['companies', 'accounts', 'signups'] as const
export type TiedQuestion = (typeof TIED)[number]

/** Several accounts that two records or more wait for: which of them is right settles all of these. */
export type Tie = Readonly<{
  /** In code-point order; two or more. */
  accountIds: readonly string[]
  /** Names the accounts. */
  key: string
  /** Ids of billing records, workspaces and users, in the order of their tables. */
  waiting: Readonly<Record<TiedQuestion, readonly string[]>>
  /** Candidates that follow from it, by question: one per record and account. */
  candidates: Readonly<Record<TiedQuestion, number>>
  /** Does the evidence speak for each of the accounts alike? */
  isEven: boolean
  /** A candidate of each record that waits: who puts off the first of them puts off the tie. */
  leads: readonly Pair[]
}>

/** Ties that are open, the one that settles most records first. */
export type Ties = Readonly<{
  list: readonly Tie[]
  /** The tie that a candidate follows from; null where it is a question of its own. */
  of(pair: Pair): Tie | null
}>

/** A record that several accounts are candidates of. */
type Subject = Readonly<{
  question: TiedQuestion
  id: string
  accountIds: readonly string[]
  candidates: number
  isEven: boolean
  lead: Pair
}>

/** Ties by evidence alone: what answers are taken out of, so that a decision need not put all records together again. */
type Ground = Readonly<{
  list: readonly Tie[]
  tieOf: ReadonlyMap<string, Tie>
  subjectsOf: ReadonlyMap<Tie, readonly Subject[]>
}>

const byAnswers = new WeakMap<Answers, Ties>()
const byFound = new WeakMap<Desk['found'], Ground>()

/**
 * What waits for one of the same accounts, together. A billing record that may be either of two accounts stands for both, so that a
 * workspace which it and one of them are candidates of waits for these two. A record that was answered about is a question of its own.
 *
 * Source: docs/methods/identity.md, "Several accounts".
 */
export function tiesOf(room: Pick<Room, 'desk' | 'answers'>): Ties {
  const known = byAnswers.get(room.answers)
  if (known !== undefined) return known
  const ties = withoutAnswered(room.desk, finish(tieSteps(room.desk)), answeredSubjects(room))
  byAnswers.set(room.answers, ties)
  return ties
}

function withoutAnswered(desk: Desk, { list, tieOf, subjectsOf }: Ground, answered: ReadonlySet<string>): Ties {
  const left = new Map<Tie, Tie | null>()
  for (const key of answered) {
    const tie = tieOf.get(key)
    if (tie === undefined || left.has(tie)) continue
    const open = (subjectsOf.get(tie) ?? []).filter(one => !answered.has(keyOf(one)))
    left.set(tie, open.length < 2 ? null : tieFrom(open))
  }
  const now = (tie: Tie): Tie | null => {
    const found = left.get(tie)
    return found === undefined ? tie : found
  }
  return {
    list: left.size === 0 ? list : withChanged(list, left),
    of: pair => {
      const key = subjectOf(desk, pair)
      const tie = answered.has(key) ? undefined : tieOf.get(key)
      return tie === undefined ? null : now(tie)
    },
  }
}

/** The list with what became of some of its ties: mostly few of very many, so that the others are not sorted again. */
function withChanged(list: readonly Tie[], changed: ReadonlyMap<Tie, Tie | null>): readonly Tie[] {
  const others = list.filter(tie => !changed.has(tie))
  const fewer = [...changed.values()].filter(tie => tie !== null).sort(byWorth)
  const merged: Tie[] = []
  for (const tie of others) {
    while (fewer[0] !== undefined && byWorth(fewer[0], tie) < 0) merged.push(fewer.shift() as Tie) // there is a first one
    merged.push(tie)
  }
  return [...merged, ...fewer]
}

/** Steps that find what waits together: once for what was found, whatever is answered since. */
export function* tieSteps({ found }: Pick<Desk, 'found'>): Steps<Ground> {
  const known = byFound.get(found)
  if (known !== undefined) return known
  const groups = new Map<string, Subject[]>()
  yield* eachInSteps(subjectsIn(found), subject => append(groups, JSON.stringify(subject.accountIds), subject))
  const subjectsOf = new Map<Tie, readonly Subject[]>()
  const tieOf = new Map<string, Tie>()
  yield* eachInSteps(groups.values(), group => {
    if (group.length < 2) return
    const tie = tieFrom(group)
    subjectsOf.set(tie, group)
    for (const one of group) tieOf.set(keyOf(one), tie)
  })
  const ground = { list: yield* sortedSteps([...subjectsOf.keys()]), tieOf, subjectsOf }
  byFound.set(found, ground)
  return ground
}

/** By their sizes first, which are few: ties of one size are sorted by themselves. */
function* sortedSteps(ties: readonly Tie[]): Steps<readonly Tie[]> {
  const bySize = [...Map.groupBy(ties, sizeOf)].sort(([x], [y]) => y - x)
  yield
  return yield* flatMapSteps(bySize, ([, own]) => own.sort(byWorth))
}

function byWorth(x: Tie, y: Tie): number {
  return sizeOf(y) - sizeOf(x) || compareCodePoints(x.key, y.key)
}

export function isTied(question: Question): question is TiedQuestion {
  return TIED.some(one => one === question)
}

/** Names the record of a candidate that is of one account at most: of a pair of accounts the billing record. */
export function subjectOf({ found }: Pick<Desk, 'found'>, { question, a, b }: Pair): string {
  return keyOf({ question, id: question === 'companies' && found.companies.isBilling(b) ? b : a })
}

function keyOf({ question, id }: Readonly<{ question: Question; id: string }>): string {
  return `${question} ${id}`
}

function sizeOf({ waiting }: Tie): number {
  return TIED.reduce((sum, question) => sum + waiting[question].length, 0)
}

/** Was it said of a tie that it is for later? */
export function isPutOff({ answers: { skipped } }: Pick<Room, 'answers'>, { leads }: Tie): boolean {
  return skipped.size > 0 && leads.some(lead => skipped.has(candidateKey(lead)))
}

function answeredSubjects({ desk, answers }: Pick<Room, 'desk' | 'answers'>): ReadonlySet<string> {
  const pairs = [...answers.decided.values()].map(({ pair }) => pair).filter(({ question }) => isTied(question))
  return new Set(pairs.map(pair => subjectOf(desk, pair)))
}

function tieFrom(open: readonly Subject[]): Tie {
  const waiting = { companies: [] as string[], accounts: [] as string[], signups: [] as string[] }
  const candidates = { companies: 0, accounts: 0, signups: 0 }
  for (const one of open) {
    waiting[one.question].push(one.id)
    candidates[one.question] += one.candidates
  }
  const isEven = open.every(one => one.isEven)
  const accountIds = open[0]?.accountIds ?? []
  const leads = open.map(({ lead }) => lead)
  return { accountIds, key: accountIds.join(' '), waiting, candidates, isEven, leads }
}

/** Records that wait for one of several accounts. */
function* subjectsIn(found: Desk['found']): Generator<Subject> {
  const accountsOf = openBilling(found.companies.pairs)
  for (const [id, accountIds] of accountsOf) {
    const lead = { question: 'companies', a: accountIds[0] ?? id, b: id } as const
    if (accountIds.length > 1)
      yield { question: 'companies', id, accountIds, candidates: accountIds.length, isEven: true, lead }
  }
  const ambiguous = found.workspaceAccounts.filter(({ status }) => status === 'ambiguous')
  for (const [id, rows] of Map.groupBy(ambiguous, ({ workspaceId }) => workspaceId))
    yield* subjectFrom({ question: 'accounts', id }, rows, accountsOf)
  for (const { userId, status, candidates } of found.signups)
    if (status === 'ambiguous') yield* subjectFrom({ question: 'signups', id: userId }, candidates, accountsOf)
}

type Row = Readonly<{ accountId: string; bits: number | null }>

function* subjectFrom(
  subject: Pick<Subject, 'question' | 'id'>,
  rows: readonly Row[],
  accountsOf: ReadonlyMap<string, readonly string[]>,
): Generator<Subject> {
  const accountIds = [...new Set(rows.flatMap(({ accountId }) => accountsOf.get(accountId) ?? [accountId]))]
  if (accountIds.length < 2) return
  yield {
    ...subject,
    accountIds: accountIds.sort(compareCodePoints),
    candidates: rows.length,
    isEven: fitEqually(rows, accountsOf),
    lead: { question: subject.question, a: subject.id, b: rows[0]?.accountId ?? '' },
  }
}

/**
 * Does the evidence speak for each account alike? A billing record speaks for all accounts that it may be, so that it tells none of them from
 * the others; where it is all that speaks for one of them, and another is a candidate itself, they do not fit alike.
 */
function fitEqually(rows: readonly Row[], accountsOf: ReadonlyMap<string, readonly string[]>): boolean {
  const sets = rows.map(({ accountId }) => accountsOf.get(accountId) ?? [accountId])
  const all = new Set(sets.flat())
  const telling = rows.filter((_, i) => sets[i]?.length !== all.size)
  const told = new Set(telling.flatMap(({ accountId }) => accountsOf.get(accountId) ?? [accountId]))
  const isOfEach = told.size === 0 || told.size === all.size
  return isOfEach && telling.every(({ bits }) => bits === telling[0]?.bits)
}

/** Accounts that each billing record may be, which is the company of none yet. */
function openBilling(pairs: Desk['found']['companies']['pairs']): ReadonlyMap<string, readonly string[]> {
  const sure = new Set(pairs.flatMap(({ billingId, isOne }) => (isOne ? [billingId] : [])))
  const accounts = new Map<string, string[]>()
  for (const { accountId, billingId, status } of pairs)
    if (status === 'review' && !sure.has(billingId)) append(accounts, billingId, accountId)
  for (const own of accounts.values()) own.sort(compareCodePoints)
  return accounts
}
