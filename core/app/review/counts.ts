import type { Output } from '#contract/contract'
import { eachInSteps, finish, type Steps } from '#lib/steps'
import { type Band, keyOf, type Pair, type Question } from './answers.ts'
import { candidatesOf, isCandidate, type OtherQuestion } from './candidates.ts'
import type { Desk } from './desk.ts'
import { bandOf, isThere, type Room, weighedPair } from './room.ts'
import { settledEdges } from './settled-edges.ts'
import { settledRows } from './settled-rows.ts'
import { isTied, tiesOf } from './ties.ts'

type Counts = Record<Band, number>

const OTHERS = ['workspaces', 'companies', 'accounts', 'signups'] as const
const QUESTIONS = ['persons', ...OTHERS] as const

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
  for (const { pair } of answers.decided.values()) {
    if (pair.question !== question) continue
    const weighed = weighedPair(room, pair)
    if (isCandidate(room, question, keyOf(pair))) counts[weighed.band]--
    counts[bandOf(room, weighed)]++
  }
  for (const key of settledRows(room)) {
    const [of, a, b] = JSON.parse(key) as [Question, string, string] // written by keyOf
    const pair: Pair = { question: of, a, b }
    if (of === question) counts[weighedPair(room, pair).band]--
  }
  return counts
}

/** Steps that count the candidates of all questions but persons by evidence alone: once for what was found. */
export function* evidenceCountSteps({
  desk,
  index,
}: Pick<Room, 'desk' | 'index'>): Steps<ReadonlyMap<OtherQuestion, Readonly<Counts>>> {
  const before = known.get(desk.found)
  if (before !== undefined) return before
  const counted = new Map<OtherQuestion, Counts>()
  for (const question of OTHERS) {
    const counts = none()
    yield* eachInSteps(candidatesOf({ index }, question), ([, { band }]) => void counts[band]++)
    counted.set(question, counts)
  }
  known.set(desk.found, counted)
  return counted
}
