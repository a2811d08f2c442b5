import type { Output } from '#contract/contract'
import { toolsOf } from './account-tools.ts'
import { type Candidate, keyOf, type Pair, type Question } from './answers.ts'
import { bestFirst } from './best-first.ts'
import { judgedEffect, knownEffect, knownEffects, looksFor } from './exact-effects.ts'
import { leftObject, recordName, rightObject } from './names.ts'
import {
  bandOf,
  estimatedEffect,
  isHeld,
  type Room,
  uncertaintyOf,
  type Weighed,
  weighedAccount,
  weighedCompany,
  weighedLink,
  weighedPair,
  weighedSignup,
} from './room.ts'
import { settledRows } from './settled-rows.ts'
import { tiesShown } from './tie-words.ts'
import { tiesOf } from './ties.ts'
import { userPairsPage } from './user-queue.ts'
import { type Found, isWithin, type Wanted } from './wanted.ts'

type Page = Output<'review.queue'>
type Side = Candidate['left']

/** A page of candidates. */
export function queuePage(room: Room, wanted: Wanted): Page {
  const { matching, little, following, weighed } =
    wanted.question === 'persons' ? { ...userPairsPage(room, wanted), following: 0 } : othersPage(room, wanted)
  const candidates = weighed.map(one => candidateOf(room, one))
  return { state: room.state, matching, little, following, ties: tiesShown(room, wanted), candidates }
}

/** A candidate as lists show it. */
export function candidateOf(room: Room, weighed: Weighed): Candidate {
  const { pair, bits, relation, lines } = weighed
  const given = room.answers.decided.get(keyOf(pair))
  const judged = knownEffect(room, pair)
  const strongest = lines.filter(({ kind }) => kind === 'evidence').toSorted((a, b) => b.bits - a.bits)[0]
  return {
    pair,
    band: bandOf(room, weighed),
    bits,
    left: sideOf(room, leftObject(pair.question), pair.a),
    right: sideOf(room, rightObject(pair.question), pair.b),
    relation,
    strongest: strongest === undefined ? '' : wordsOf(strongest),
    uncertainty: uncertaintyOf(weighed),
    effect: judged ?? estimatedEffect(room, pair),
    isJudged: judged !== undefined,
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

/** One side of a candidate by its natural key. Of billing records, which have no domain and often one name, the tool and the id tell them apart. */
export function sideOf(room: Pick<Room, 'db' | 'desk'>, object: Side['object'], key: string): Side {
  const side = recordName(room.db, object, key)
  if (object !== 'account' || !room.desk.found.companies.isBilling(key)) return side
  const told = [toolsOf(room, key).join(', '), side.title === key ? '' : key].filter(text => text !== '')
  return { ...side, subtitle: told.length === 0 ? side.subtitle : told.join(' ') }
}

/** Names of both sides as sentences say them: the title, with the key behind it where both have the same one. */
export function namesOf(db: Room['db'], { question, a, b }: Pair): readonly [string, string] {
  const left = recordName(db, leftObject(question), a).title
  const right = recordName(db, rightObject(question), b).title
  return left === right && left !== a ? [`${left} (${a})`, `${right} (${b})`] : [left, right]
}

type OtherFound = Found & Readonly<{ following: number }>

function othersPage(room: Room, wanted: Wanted): OtherFound {
  const all = othersOf(room, wanted.question).filter(one => {
    if (!wanted.bands.includes(bandOf(room, one))) return false
    return isWithin(one.bits, wanted)
  })
  const found = wanted.search.trim() === '' ? all : all.filter(one => isNamed(room, one.pair, wanted.search))
  const own = wanted.foldsTies ? found.filter(({ pair }) => tiesOf(room).of(pair) === null) : found
  const enough = own.filter(one => hasEffect(room, one, wanted.leastEffect))
  const isSkipped = (one: Weighed): boolean => room.answers.skipped.has(keyOf(one.pair))
  const sorted = [
    ...ordered(
      room,
      enough.filter(one => !isSkipped(one)),
      wanted,
    ),
    ...ordered(room, enough.filter(isSkipped), wanted),
  ]
  const page = sorted.slice(wanted.offset, wanted.offset + wanted.limit)
  const following = found.length - own.length
  return { matching: sorted.length, little: own.length - sorted.length, following, weighed: page }
}

/** What was answered is never left out for having little effect. */
function hasEffect(room: Room, { pair }: Weighed, least: number): boolean {
  return least === 0 || room.answers.decided.has(keyOf(pair)) || (estimatedEffect(room, pair) ?? least) >= least
}

function ordered(
  room: Room,
  list: readonly Weighed[],
  { question, sort, descending, offset }: Wanted,
): readonly Weighed[] {
  const known = list.toSorted(byKey)
  if (sort === 'name') return descending ? known.toReversed() : known
  if (sort === 'bits')
    return known.toSorted((x, y) => (descending ? -1 : 1) * ((x.bits ?? 0) - (y.bits ?? 0)) || byKey(x, y))
  const effects = knownEffects(room, offset === 0)
  const judged = [...known.keys()].filter(i => effects.has(keyOf((known[i] as Weighed).pair))) // places of known
  const estimates = known.map(({ pair }) => effects.get(keyOf(pair)) ?? estimatedEffect(room, pair) ?? 1)
  const doubts = known.map(uncertaintyOf)
  const promised = doubts.map((doubt, i) => doubt * (estimates[i] as number)) // one of each per candidate
  const look = (i: number): number =>
    (doubts[i] as number) * judgedEffect(room, (known[i] as Weighed).pair, estimates[i] as number)
  const places = bestFirst(promised, look, { ...looksFor(room, question, offset === 0), known: judged })
  const sorted = places.map(i => known[i] as Weighed)
  return descending ? sorted : sorted.toReversed()
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
        : question === 'companies'
          ? [...index.companies.values()].map(weighedCompany)
          : [...index.signups.values()].map(weighedSignup)
  const { links, companies, accounts, signups } = index
  const rows = { workspaces: links, companies, accounts, signups, persons: null }[question]
  const answered = [...answers.decided].filter(
    ([key, { pair }]) => pair.question === question && rows?.has(key) !== true,
  )
  const settled = settledRows(room)
  const open = settled.size === 0 ? known : known.filter(({ pair }) => !settled.has(keyOf(pair)))
  return [...open, ...answered.map(([, { pair }]) => weighedPair(room, pair))]
}

function isNamed(room: Room, { question, a, b }: Pair, search: string): boolean {
  const text = search.trim().toLowerCase()
  const sides = [sideOf(room, leftObject(question), a), sideOf(room, rightObject(question), b)]
  return sides.some(({ key, title, subtitle }) =>
    [key, title, subtitle].some(one => one?.toLowerCase().includes(text) === true),
  )
}
