import type { Output } from '#contract/contract'
import { readRecord } from '#store'
import { type Band, type Candidate, keyOf, type Pair, type Question } from './answers.ts'
import {
  bandOf,
  effectOf,
  isHeld,
  type Room,
  uncertaintyOf,
  type Weighed,
  weighedAccount,
  weighedLink,
  weighedPair,
  weighedSignup,
} from './room.ts'
import { countUserPairs, userPairsPage } from './user-queue.ts'
import { type Found, isWithin, type Wanted } from './wanted.ts'

type Page = Output<'review.queue'>
type Side = Candidate['left']

/** A page of candidates. */
export function queuePage(room: Room, wanted: Wanted): Page {
  const { matching, weighed } = wanted.question === 'persons' ? userPairsPage(room, wanted) : othersPage(room, wanted)
  return { state: room.state, matching, candidates: weighed.map(one => candidateOf(room, one)) }
}

/** A candidate as lists show it. */
export function candidateOf(room: Room, weighed: Weighed): Candidate {
  const { pair, bits, relation, lines } = weighed
  const given = room.answers.decided.get(keyOf(pair))
  const strongest = lines.filter(({ kind }) => kind === 'evidence').toSorted((a, b) => b.bits - a.bits)[0]
  return {
    pair,
    band: bandOf(room, weighed),
    bits,
    left: sideOf(room, pair.question === 'persons' || pair.question === 'signups' ? 'user' : 'workspace', pair.a),
    right: sideOf(room, rightObject(pair.question), pair.b),
    relation,
    strongest: strongest === undefined ? '' : wordsOf(strongest),
    uncertainty: uncertaintyOf(weighed),
    effect: effectOf(room, pair),
    isHeld: isHeld(weighed),
    isSkipped: room.answers.skipped.has(keyOf(pair)),
    decision: given?.decision ?? null,
  }
}

/** A line of evidence in words. */
export function wordsOf({
  comparison,
  level,
  value,
}: Readonly<Record<'comparison' | 'level' | 'value', string>>): string {
  const name = level === '' ? comparison.replaceAll('_', ' ') : `${comparison}: ${level}`
  return value === '' ? name : `${name} (${value})`
}

function rightObject(question: Question): Side['object'] {
  if (question === 'persons') return 'user'
  return question === 'workspaces' ? 'workspace' : 'account'
}

const TABLE = { user: 'users', workspace: 'workspaces', account: 'accounts' } as const
const TITLE = { user: 'name', workspace: 'workspace_name', account: 'name' } as const
const SUBTITLE = { user: 'primary_email', workspace: 'workspace_primary_domain', account: 'primary_domain' } as const

/** One side of a candidate by its natural key. */
export function sideOf({ db }: Pick<Room, 'db'>, object: Side['object'], key: string): Side {
  const record = readRecord(db, TABLE[object], [key])
  const textOf = (column: string): string | null => record?.fields.find(({ name }) => name === column)?.value ?? null
  return { object, key, title: textOf(TITLE[object]) ?? key, subtitle: textOf(SUBTITLE[object]) }
}

/** Names of both sides as sentences say them: the title, with the key behind it where both have the same one. */
export function namesOf(db: Room['db'], { question, a, b }: Pair): readonly [string, string] {
  const left = sideOf({ db }, question === 'persons' || question === 'signups' ? 'user' : 'workspace', a).title
  const right = sideOf({ db }, rightObject(question), b).title
  return left === right && left !== a ? [`${left} (${a})`, `${right} (${b})`] : [left, right]
}

function othersPage(room: Room, wanted: Wanted): Found {
  const all = othersOf(room, wanted.question).filter(one => {
    if (!wanted.bands.includes(bandOf(room, one))) return false
    return isWithin(one.bits, wanted)
  })
  const found = wanted.search.trim() === '' ? all : all.filter(one => isNamed(room, one.pair, wanted.search))
  const orderOf = (one: Weighed): number => keyOfOrder(room, wanted, one)
  const sign = wanted.descending ? -1 : 1
  const sorted = found
    .map(one => ({ one, order: orderOf(one), isSkipped: room.answers.skipped.has(keyOf(one.pair)) }))
    .sort((x, y) => Number(x.isSkipped) - Number(y.isSkipped) || sign * (x.order - y.order) || byKey(x.one, y.one))
  const page = sorted.slice(wanted.offset, wanted.offset + wanted.limit)
  return { matching: sorted.length, weighed: page.map(({ one }) => one) }
}

function byKey({ pair: x }: Weighed, { pair: y }: Weighed): number {
  return x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : x.b > y.b ? 1 : 0
}

/** Every candidate of a question that is not about two users, with answers about records that are no candidates. */
export function othersOf(room: Room, question: Question): readonly Weighed[] {
  const { index, answers } = room
  const known: readonly Weighed[] =
    question === 'workspaces'
      ? [...index.links.values()].map(weighedLink)
      : question === 'accounts'
        ? [...index.accounts.values()].map(weighedAccount)
        : [...index.signups.values()].map(weighedSignup)
  const rows = { workspaces: index.links, accounts: index.accounts, signups: index.signups, persons: null }[question]
  const answered = [...answers.decided].filter(
    ([key, { pair }]) => pair.question === question && rows?.has(key) !== true,
  )
  return [...known, ...answered.map(([, { pair }]) => weighedPair(room, pair))]
}

function keyOfOrder(room: Room, { sort }: Wanted, one: Weighed): number {
  if (sort === 'bits') return one.bits ?? 0
  return sort === 'doubt' ? uncertaintyOf(one) * (effectOf(room, one.pair) ?? 1) : 0
}

function isNamed(room: Room, { question, a, b }: Pair, search: string): boolean {
  const text = search.trim().toLowerCase()
  const sides = [sideOf(room, question === 'signups' ? 'user' : 'workspace', a), sideOf(room, rightObject(question), b)]
  return sides.some(({ key, title, subtitle }) =>
    [key, title, subtitle].some(one => one?.toLowerCase().includes(text) === true),
  )
}

const QUESTIONS = ['persons', 'workspaces', 'accounts', 'signups'] as const

/** How many candidates of each question stand where. */
export function countsOf(room: Room): Output<'identity.overview'>['counts'] {
  return QUESTIONS.map(question => {
    const counts: Record<Band, number> = { auto: 0, review: 0, watch: 0, ambiguous: 0, decided: 0, reconfirm: 0 }
    if (question === 'persons') countUserPairs(room, counts)
    else for (const one of othersOf(room, question)) counts[bandOf(room, one)]++
    return { question, ...counts }
  })
}
