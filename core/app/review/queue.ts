import type { Output } from '#contract/contract'
import { eachInSteps, type Steps } from '#lib/steps'
import { toolsOf } from './account-tools.ts'
import { type Band, type Candidate, keyOf, type Pair } from './answers.ts'
import { bestFirst } from './best-first.ts'
import { candidatesOf, isCandidate, type Listed, type OtherQuestion } from './candidates.ts'
import { judgedEffect, knownEffect, knownEffects, looksFor } from './exact-effects.ts'
import { leftObject, recordName, rightObject } from './names.ts'
import { bandOf, estimatedEffect, isHeld, type Room, uncertaintyOf, type Weighed, weighedPair } from './room.ts'
import { settledRows } from './settled-rows.ts'
import { tiesShown } from './tie-words.ts'
import { tiesOf } from './ties.ts'
import { userPairsPage } from './user-queue.ts'
import { type Found, isWithin, type Wanted } from './wanted.ts'

type Page = Output<'review.queue'>
type Side = Candidate['left']

/** Steps that make a page of candidates. */
export function* queueSteps(room: Room, wanted: Wanted): Steps<Page> {
  const { question } = wanted
  const { matching, little, following, weighed } =
    question === 'persons'
      ? { ...userPairsPage(room, wanted), following: 0 }
      : yield* otherSteps(room, question, wanted)
  yield
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

function* otherSteps(room: Room, question: OtherQuestion, wanted: Wanted): Steps<OtherFound> {
  const isFound = foundBy(room, wanted)
  const own: Shown[] = []
  let following = 0
  yield* eachInSteps(shownIn(room, question), one => {
    if (!isFound(one)) return
    if (wanted.foldsTies && tiesOf(room).of(one.pair) !== null) following++
    else own.push(one)
  })
  const enough = own.filter(one => hasEffect(room, one, wanted.leastEffect))
  yield
  const { skipped } = room.answers
  const [later, first] = [enough.filter(({ key }) => skipped.has(key)), enough.filter(({ key }) => !skipped.has(key))]
  const sorted = [...ordered(room, first, wanted), ...ordered(room, later, wanted)]
  const weighed = sorted.slice(wanted.offset, wanted.offset + wanted.limit).map(({ pair }) => weighedPair(room, pair))
  return { matching: sorted.length, little: own.length - sorted.length, following, weighed }
}

/** Is a candidate among those that are asked for? */
function foundBy(room: Room, wanted: Wanted): (one: Shown) => boolean {
  const bands = new Set(wanted.bands)
  const text = wanted.search.trim()
  return one =>
    bands.has(one.shown) && isWithin(one.bits, wanted) && (text === '' || isNamed(room, one.pair, wanted.search))
}

/** What was answered is never left out for having little effect. */
function hasEffect(room: Room, { pair, key }: Shown, least: number): boolean {
  return least === 0 || room.answers.decided.has(key) || (estimatedEffect(room, pair) ?? least) >= least
}

function ordered(room: Room, list: readonly Shown[], { question, sort, descending, offset }: Wanted): readonly Shown[] {
  const known = list.toSorted(byKey)
  if (sort === 'name') return descending ? known.toReversed() : known
  if (sort === 'bits')
    return known.toSorted((x, y) => (descending ? -1 : 1) * ((x.bits ?? 0) - (y.bits ?? 0)) || byKey(x, y))
  const effects = knownEffects(room, offset === 0)
  const judged = [...known.keys()].filter(i => effects.has((known[i] as Shown).key)) // places of known
  const estimates = known.map(({ pair, key }) => effects.get(key) ?? estimatedEffect(room, pair) ?? 1)
  const doubts = known.map(uncertaintyOf)
  const promised = doubts.map((doubt, i) => doubt * (estimates[i] as number)) // one of each per candidate
  const look = (i: number): number =>
    (doubts[i] as number) * judgedEffect(room, (known[i] as Shown).pair, estimates[i] as number)
  const places = bestFirst(promised, look, { ...looksFor(room, question, offset === 0), known: judged })
  const sorted = places.map(i => known[i] as Shown)
  return descending ? sorted : sorted.toReversed()
}

function byKey({ pair: x }: Shown, { pair: y }: Shown): number {
  return x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : x.b > y.b ? 1 : 0
}

/** A candidate with the band that it is shown in. */
export type Shown = Listed & Readonly<{ key: string; shown: Band }>

/** The candidates that lists show: without those that answers about others have settled, with answers about records that are no candidates. */
export function* shownIn(room: Room, question: OtherQuestion): Generator<Shown> {
  const { decided } = room.answers
  const settled = settledRows(room)
  for (const [key, listed] of candidatesOf(room, question)) {
    if (settled.has(key)) continue
    yield { ...listed, key, shown: decided.has(key) ? bandOf(room, listed) : listed.band }
  }
  for (const [key, { pair }] of decided) {
    if (pair.question !== question || isCandidate(room, question, key)) continue
    const { bits, band, relation, choices } = weighedPair(room, pair)
    const listed = { pair, bits, band, relation, ...(choices === undefined ? {} : { choices }) }
    yield { ...listed, key, shown: bandOf(room, listed) }
  }
}

function isNamed(room: Room, { question, a, b }: Pair, search: string): boolean {
  const text = search.trim().toLowerCase()
  const sides = [sideOf(room, leftObject(question), a), sideOf(room, rightObject(question), b)]
  return sides.some(({ key, title, subtitle }) =>
    [key, title, subtitle].some(one => one?.toLowerCase().includes(text) === true),
  )
}
