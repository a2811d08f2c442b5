import { explainedPair } from '#identity'
import { AppError } from '#lib/errors'
import { eachInSteps, finish, type Steps } from '#lib/steps'
import type { AccountPair, Evidence, SignupMatch, WorkspaceAccount, WorkspaceLink } from '#schema/identity'
import { dataState, type NewDecision, type Readable } from '#store'
import {
  type Answers,
  answersIn,
  type Band,
  type Given,
  keyOf,
  type Pair,
  type Question,
  type Relation,
} from './answers.ts'
import type { Desk } from './desk.ts'
import { isOtherEvidence } from './fingerprint.ts'
import { hasRecord, leftObject, rightObject } from './names.ts'
import { type Scores, scoresFor } from './scores.ts'

const STEPS_PER_BIT = 16
/** Bits from which candidates of a question are joined or assigned, proposed, shown. */
export function thresholdsOf({ desk }: Pick<Room, 'desk'>, question: Question): Thresholds {
  const auto = {
    persons: desk.settings.autoSteps / STEPS_PER_BIT,
    workspaces: SURE_BITS,
    // Not weighed: what is in common is enough, or it is not.
    companies: 0,
    accounts: 4.5,
    signups: 3,
  }[question]
  return { auto, review: 0, watch: WATCH_BITS }
}

export type Thresholds = Readonly<{ auto: number; review: number; watch: number }>

/** Where weighed pairs begin to be kept. */
export const WATCH_BITS = -3
/** From here on two workspaces are of one organisation without asking. */
const SURE_BITS = 7
const HELD_BITS = 7 - 1 / STEPS_PER_BIT

/** All that a call of the review room looks at. */
export type Room = Readonly<{ db: Readable; state: string; desk: Desk; answers: Answers; scores: Scores; index: Index }>

/** A bar of a waterfall. */
export type EvidenceLine = Readonly<{
  kind: 'prior' | 'evidence' | 'held'
  comparison: string
  level: string
  value: string
  bits: number
}>

/** A candidate as the engine sees it, before anybody answered. */
export type Weighed = Readonly<{
  pair: Pair
  /** Null: nothing was weighed. */
  bits: number | null
  band: Exclude<Band, 'decided' | 'reconfirm'>
  relation: Relation | null
  lines: readonly EvidenceLine[]
  /** Of two rows of accounts, which are not weighed: how many accounts the billing record may be. */
  choices?: number
}>

/** An account and a billing record, with how many accounts the record may be. */
type CompanyCandidate = AccountPair & Readonly<{ choices: number }>

type SignupCandidate = Readonly<{ match: SignupMatch; candidate: SignupMatch['candidates'][number] }>

/** Rows of the questions that are no pairs of users, by `keyOf`. */
export type Index = Readonly<{
  links: ReadonlyMap<string, WorkspaceLink>
  companies: ReadonlyMap<string, CompanyCandidate>
  accounts: ReadonlyMap<string, WorkspaceAccount>
  signups: ReadonlyMap<string, SignupCandidate>
  /** What the evidence alone says of accounts and sign-ups that were answered; most of these are no rows any more. */
  answered: ReadonlyMap<string, Weighed>
}>

const indexes = new WeakMap<Desk['found'], Index>()

/** @param further entries that are not kept, imagined behind those that are */
export function roomOf(db: Readable, desk: Desk, further: readonly NewDecision[] = []): Room {
  const index = finish(indexSteps(desk))
  return { db, state: dataState(db), desk, answers: answersIn(db, further), scores: scoresFor(db, desk), index }
}

/** Steps that list the rows by their keys: once for what was found, whatever is answered since. */
export function* indexSteps({ found }: Pick<Desk, 'found'>): Steps<Index> {
  const known = indexes.get(found)
  if (known !== undefined) return known
  const { workspaceLinks, workspaceAccounts, signups, undecided, companies } = found
  const [links, accounts] = [new Map<string, WorkspaceLink>(), new Map<string, WorkspaceAccount>()]
  yield* eachInSteps(workspaceLinks, link => {
    links.set(keyOf({ question: 'workspaces', a: link.workspaceA, b: link.workspaceB }), link)
  })
  const undecidedRows = new Map(undecided.accounts.map(row => [keyOfRow(row), row]))
  yield* eachInSteps(workspaceAccounts, row => {
    const key = keyOfRow(row)
    accounts.set(key, row.status === 'decided' ? (undecidedRows.get(key) ?? withoutDecision(row)) : row)
  })
  const candidates = new Map<string, SignupCandidate>()
  yield* eachInSteps(signups, match => {
    for (const candidate of match.candidates) candidates.set(keyOfCandidate({ match, candidate }), { match, candidate })
  })
  const answered = [
    ...undecided.accounts.map(weighedAccount),
    ...undecided.signups.flatMap(match => match.candidates.map(candidate => weighedSignup({ match, candidate }))),
  ].filter(({ lines }) => lines.length > 0)
  const index = {
    links,
    companies: yield* companySteps(companies.pairs),
    accounts,
    signups: candidates,
    answered: new Map(answered.map(weighed => [keyOf(weighed.pair), weighed])),
  }
  indexes.set(found, index)
  return index
}

function keyOfRow({ workspaceId, accountId }: WorkspaceAccount): string {
  return keyOf({ question: 'accounts', a: workspaceId, b: accountId })
}

function keyOfCandidate({ match, candidate }: SignupCandidate): string {
  return keyOf({ question: 'signups', a: match.userId, b: candidate.accountId })
}

function* companySteps(pairs: readonly AccountPair[]): Steps<Index['companies']> {
  const choices = new Map<string, number>()
  for (const { billingId, isOne, status } of pairs)
    if (isOne || status !== 'decided') choices.set(billingId, (choices.get(billingId) ?? 0) + 1)
  const candidates = new Map<string, CompanyCandidate>()
  yield* eachInSteps(pairs, pair => {
    const key = keyOf({ question: 'companies', a: pair.accountId, b: pair.billingId })
    candidates.set(key, { ...pair, choices: choices.get(pair.billingId) ?? 1 })
  })
  return candidates
}

/** An answer is no evidence of itself. */
function withoutDecision(row: WorkspaceAccount): WorkspaceAccount {
  return { ...row, evidence: row.evidence.filter(({ comparison }) => comparison !== 'decision') }
}

/** What the engine says of two records, whether they are a candidate or not. @throws AppError usage/bad-argument for one that is not there */
export function weighedPair(room: Room, pair: Pair): Weighed {
  const key = keyOf(pair)
  if (pair.question === 'persons') return weighedUsers(room, pair)
  if (pair.question === 'workspaces') {
    const link = room.index.links.get(key)
    return link === undefined ? nothingWeighed(pair) : weighedLink(link)
  }
  if (pair.question === 'companies') {
    const found = room.index.companies.get(key)
    return found === undefined ? nothingWeighed(pair) : weighedCompany(found)
  }
  if (pair.question === 'accounts') {
    const row = room.index.accounts.get(key)
    if (row !== undefined) return weighedAccount(row)
  } else {
    const found = room.index.signups.get(key)
    if (found !== undefined) return weighedSignup(found)
  }
  return room.index.answered.get(key) ?? nothingWeighed(pair)
}

function nothingWeighed(pair: Pair): Weighed {
  return { pair, bits: null, band: 'watch', relation: null, lines: [] }
}

function weighedUsers({ desk }: Room, pair: Pair): Weighed {
  const [a, b] = [rowOf(desk, pair.a), rowOf(desk, pair.b)]
  const { given, details } = desk.found.joined
  const { steps, bars } = explainedPair(details().scorer, given, Math.min(a, b), Math.max(a, b))
  const { groupOfRow } = desk.lineup
  return {
    pair,
    bits: steps / STEPS_PER_BIT,
    band: groupOfRow[a] === groupOfRow[b] ? 'auto' : steps >= 0 ? 'review' : 'watch',
    relation: null,
    lines: bars.map(({ comparison, level, value, steps: own }) => ({
      kind: comparison === 'prior' || comparison === 'held' ? comparison : 'evidence',
      comparison,
      level,
      value,
      bits: own / STEPS_PER_BIT,
    })),
  }
}

/** Row of a user. @throws AppError usage/bad-argument */
export function rowOf({ rowOf: rows }: Desk, userId: string): number {
  const row = rows.get(userId)
  if (row === undefined)
    throw new AppError('usage/bad-argument', `no row of the users table has the id ${userId}`, { user: userId })
  return row
}

export function weighedLink(link: WorkspaceLink): Weighed {
  const { workspaceA: a, workspaceB: b, relation, status, bits, evidence } = link
  return {
    pair: { question: 'workspaces', a, b },
    bits,
    band: bandBy.links({ status }),
    relation,
    lines: linesOf(evidence),
  }
}

/** Bands of rows by the evidence alone. */
export const bandBy = {
  links: ({ status }: Pick<WorkspaceLink, 'status'>) => (status === 'auto' || status === 'review' ? status : 'watch'),
  accounts: ({ status }: Pick<WorkspaceAccount, 'status'>) =>
    status === 'review' || status === 'ambiguous' || status === 'watch' ? status : 'auto',
  companies: ({ status }: Pick<AccountPair, 'status'>) => (status === 'auto' ? 'auto' : 'review'),
  signups: ({ match: { status } }: Pick<SignupCandidate, 'match'>) => (status === 'ambiguous' ? status : 'auto'),
} as const

export function weighedAccount({ workspaceId: a, accountId: b, status, bits, evidence }: WorkspaceAccount): Weighed {
  const band = bandBy.accounts({ status })
  return { pair: { question: 'accounts', a, b }, bits, band, relation: null, lines: linesOf(evidence, b) }
}

/** Two rows of accounts; no bits: what they have in common is enough, or somebody has to say. */
export function weighedCompany({ accountId: a, billingId: b, status, shared, choices }: CompanyCandidate): Weighed {
  const lines = linesOf(shared.map(one => ({ ...one, bits: 0 })))
  return {
    pair: { question: 'companies', a, b },
    bits: null,
    band: bandBy.companies({ status }),
    relation: null,
    lines,
    choices,
  }
}

export function weighedSignup({ match, candidate: { accountId, bits, evidence } }: SignupCandidate): Weighed {
  return {
    pair: { question: 'signups', a: match.userId, b: accountId },
    bits: evidence.length === 0 ? null : bits,
    band: bandBy.signups({ match }),
    relation: null,
    lines: linesOf(evidence),
  }
}

/** The account of a line is the one that is asked about: its id says nothing beside what was compared. */
function linesOf(evidence: readonly Evidence[], accountId: string | null = null): EvidenceLine[] {
  return evidence.map(({ comparison, value, bits }) => ({
    kind: 'evidence',
    comparison,
    level: '',
    value: accountId === null || !value.endsWith(` | ${accountId}`) ? value : value.slice(0, -3 - accountId.length),
    bits,
  }))
}

/** By number of the decision: of one desk the evidence is always the same. */
const changed = new WeakMap<Desk, Map<number, boolean>>()

/** Has the evidence changed since the answer? One about a record that is gone stands as it is. */
export function isChanged(room: Room, { pair, evidence, decision }: Given): boolean {
  if (evidence === null) return false
  const known = changed.get(room.desk) ?? new Map<number, boolean>()
  changed.set(room.desk, known)
  const found =
    known.get(decision.decisionNo) ??
    (isThere(room, pair) && isOtherEvidence({ pair, decision, evidence }, weighedPair(room, pair)))
  known.set(decision.decisionNo, found)
  return found
}

/** Are both records of a pair in the data? */
export function isThere({ db, desk }: Pick<Room, 'db' | 'desk'>, { question, a, b }: Pair): boolean {
  const sides = [[leftObject(question), a] as const, [rightObject(question), b] as const]
  return sides.every(([object, key]) => (object === 'user' ? desk.rowOf.has(key) : hasRecord(db, object, key)))
}

export function bandOf(room: Room, weighed: Pick<Weighed, 'pair' | 'band'>): Band {
  const given = room.answers.decided.get(keyOf(weighed.pair))
  if (given === undefined) return weighed.band
  return isChanged(room, given) ? 'reconfirm' : 'decided'
}

/**
 * 0 (certain) .. 1 (a coin): 1 - |2p - 1|. A merge of workspaces that the evidence is sure of is 1: only a person can say it. Of several
 * accounts that a billing record may be each is as likely as the others; a lone one is a coin.
 */
export function uncertaintyOf({ bits, relation, band, choices }: Omit<Weighed, 'pair' | 'lines'>): number {
  if (choices !== undefined) return band === 'review' ? Math.min(1, 2 / choices) : 0
  if (bits === null) return 0
  if (relation === 'merge' && band === 'review' && bits >= SURE_BITS) return 1
  const probability = 1 / (1 + 2 ** -bits)
  return 1 - Math.abs(2 * probability - 1)
}

/** Held below the auto threshold by a rule, whatever the sum. */
export function isHeld({ lines, bits, pair }: Weighed): boolean {
  return pair.question === 'persons' && bits === HELD_BITS && lines.some(({ kind }) => kind === 'held')
}

/** Points that an answer is likely to move, seen without judging; null before the first run. */
export function estimatedEffect(room: Room, pair: Pair): number | null {
  const { scores, desk } = room
  const { question, a, b } = pair
  if (scores.runId === null) return null
  if (question === 'companies') return companyEffect(room, pair)
  if (question === 'persons') {
    const [x, y] = [desk.rowOf.get(a), desk.rowOf.get(b)]
    return x === undefined || y === undefined ? 0 : scores.reach.between(x, y)
  }
  const ofWorkspace = (id: string): number => scores.ofWorkspace.get(id) ?? 0
  if (question === 'workspaces') return Math.max(ofWorkspace(a), ofWorkspace(b))
  const own = question === 'accounts' ? ofWorkspace(a) : (scores.ofRow[desk.rowOf.get(a) ?? -1] ?? 0)
  return Number.isNaN(own) ? 0 : own
}

/** The highest score among the workspaces that may get another account when two rows of accounts are one company. */
function companyEffect({ scores: { ofAccount }, desk, index }: Room, pair: Pair): number {
  const [own, billing] = desk.found.companies.isBilling(pair.a) ? [pair.b, pair.a] : [pair.a, pair.b]
  const shared = index.companies.get(keyOf(pair))?.shared ?? []
  // A domain of two accounts speaks for neither: one of theirs may be what a workspace without any was missing.
  const without = shared.some(({ comparison }) => comparison === 'domain') ? ofAccount.without : 0
  return Math.max(ofAccount.open.get(own) ?? 0, ofAccount.any.get(billing) ?? 0, without)
}

/** Groups of users that answers have made one: a pair within such a group needs no answer any more. */
export function settledGroups({ desk, answers }: Room): (row: number) => number {
  const { groupOfRow } = desk.lineup
  const into = new Map<number, number>()
  const rootOf = (group: number): number => {
    let at = group
    for (let up = into.get(at); up !== undefined; up = into.get(at)) at = up
    return at
  }
  for (const { pair, decision } of answers.decided.values()) {
    const [x, y] = [desk.rowOf.get(pair.a), desk.rowOf.get(pair.b)]
    if (pair.question !== 'persons' || decision.answer !== 'same' || x === undefined || y === undefined) continue
    const [a, b] = [rootOf(groupOfRow[x] as number), rootOf(groupOfRow[y] as number)] // one group per row
    if (a !== b) into.set(Math.max(a, b), Math.min(a, b))
  }
  return row => rootOf(groupOfRow[row] as number)
}
