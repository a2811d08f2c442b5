import type { Output } from '#contract/contract'
import { eachInSteps, finish, type Steps } from '#lib/steps'
import { type Band, keyOf, type Question } from './answers.ts'
import type { Desk } from './desk.ts'
import {
  bandBy,
  bandOf,
  isThere,
  type Room,
  type Weighed,
  weighedAccount,
  weighedCompany,
  weighedPair,
  weighedSignup,
} from './room.ts'
import { settledEdges } from './settled-edges.ts'
import { settledRows } from './settled-rows.ts'
import { isTied, tiesOf } from './ties.ts'

type Counts = Record<Band, number>
type OtherQuestion = Exclude<Question, 'persons'>

const QUESTIONS = ['persons', 'workspaces', 'companies', 'accounts', 'signups'] as const

/** Counts by evidence alone: what answers are counted off from, so that a decision need not count all candidates again. */
const known = new WeakMap<Desk['found'], ReadonlyMap<OtherQuestion, Readonly<Counts>>>()

/** How many candidates of each question stand where. */
export function countsOf(room: Room): Output<'identity.overview'>['counts'] {
  const { list } = tiesOf(room)
  return QUESTIONS.map(question => ({
    question,
    ...(question === 'persons' ? userPairCounts(room) : otherCounts(room, question)),
    following: isTied(question) ? list.reduce((sum, { candidates }) => sum + candidates[question], 0) : 0,
    ties: isTied(question) ? list.filter(({ waiting }) => waiting[question].length > 0).length : 0,
  }))
}

const none = (): Counts => ({ auto: 0, review: 0, watch: 0, ambiguous: 0, decided: 0, reconfirm: 0 })

function userPairCounts(room: Room): Counts {
  const { desk, answers } = room
  const { auto, review, watch, groupOfRow } = desk.lineup
  const { edges } = desk.found.joined
  const counts = { ...none(), auto: auto.length, review: review.length, watch: watch.length }
  for (const edge of settledEdges(room)) {
    // One of each per edge, one group per row.
    const isJoined = groupOfRow[edges.a[edge] as number] === groupOfRow[edges.b[edge] as number]
    counts[isJoined ? 'auto' : (edges.steps[edge] as number) >= 0 ? 'review' : 'watch']--
  }
  for (const { pair } of answers.decided.values())
    if (pair.question === 'persons' && isThere(room, pair)) counts[bandOf(room, weighedPair(room, pair))]++
  return counts
}

function otherCounts(room: Room, question: OtherQuestion): Counts {
  const { answers } = room
  const counts = { ...none(), ...finish(evidenceCountSteps(room)).get(question) }
  const rows = room.index[INDEXES[question]]
  for (const { pair } of answers.decided.values()) {
    if (pair.question !== question) continue
    const weighed = weighedPair(room, pair)
    if (rows.has(keyOf(pair))) counts[weighed.band]--
    counts[bandOf(room, weighed)]++
  }
  for (const key of settledRows(room)) {
    const row = weighedRow(room, question, key)
    if (row !== null) counts[row.band]--
  }
  return counts
}

const INDEXES = { workspaces: 'links', companies: 'companies', accounts: 'accounts', signups: 'signups' } as const

/** A candidate of a question by its key; null for one of another question. */
function weighedRow({ index }: Room, question: OtherQuestion, key: string): Weighed | null {
  if (question === 'workspaces') return null
  if (question === 'companies') return weighedIf(index.companies.get(key), weighedCompany)
  if (question === 'accounts') return weighedIf(index.accounts.get(key), weighedAccount)
  return weighedIf(index.signups.get(key), weighedSignup)
}

function weighedIf<T>(row: T | undefined, weigh: (row: T) => Weighed): Weighed | null {
  return row === undefined ? null : weigh(row)
}

/** Steps that count the candidates of all questions but persons by evidence alone: once for what was found. */
export function* evidenceCountSteps({
  desk,
  index,
}: Pick<Room, 'desk' | 'index'>): Steps<ReadonlyMap<OtherQuestion, Readonly<Counts>>> {
  const before = known.get(desk.found)
  if (before !== undefined) return before
  const [workspaces, companies, accounts, signups] = [none(), none(), none(), none()]
  yield* eachInSteps(index.links.values(), row => void workspaces[bandBy.links(row)]++)
  yield* eachInSteps(index.companies.values(), row => void companies[bandBy.companies(row)]++)
  yield* eachInSteps(index.accounts.values(), row => void accounts[bandBy.accounts(row)]++)
  yield* eachInSteps(index.signups.values(), row => void signups[bandBy.signups(row)]++)
  const counted = new Map(Object.entries({ workspaces, companies, accounts, signups }) as [OtherQuestion, Counts][]) // its questions
  known.set(desk.found, counted)
  return counted
}
