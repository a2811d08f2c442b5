import type { Output } from '#contract/contract'
import { ACCOUNT_LEAD_BITS, pairSentence, SIGNUP_LEAD_BITS } from '#identity'
import { type BucketIndex, bucketIndex } from '#lib/bucket-index'
import { bitsText, roundTo } from '#lib/num'
import { printedBits } from '#lib/round-to-sum'
import { listDecisions } from '#store'
import { type Candidate, givenByEach, keyOf, type Pair, type Question, type Relation } from './answers.ts'
import type { OtherQuestion } from './candidates.ts'
import { fieldsOfPair, placeOf, recordsOf } from './card-fields.ts'
import { compositionOf } from './companies-in.ts'
import { obstacleOf } from './contradictions.ts'
import { REFUSED_LINK } from './fingerprint.ts'
import { handedOver } from './handed-over.ts'
import { heldWords } from './held-words.ts'
import type { JudgedImpact } from './impact.ts'
import { leftObject } from './names.ts'
import { candidateOf, namesOf, shownIn, sideOf, wordsOf } from './queue.ts'
import { REFUSAL_REASONS, refusalsBetween } from './refusals-between.ts'
import {
  bandOf,
  type EvidenceLine,
  type Room,
  rowOf,
  type Thresholds,
  thresholdsOf,
  type Weighed,
  weighedPair,
} from './room.ts'
import { weighedEdge } from './user-queue.ts'

type Card = Output<'review.card'>

const MOST_RIVALS = 8

/** Everything about one candidate. `impact` is worked out by others. */
export function cardOf(room: Room, pair: Pair, { impact, toCome }: JudgedImpact): Card {
  const weighed = weighedPair(room, pair)
  const thresholds = thresholdsOf(room, pair.question)
  const candidate = candidateOf(room, weighed)
  const [left, right] = recordsOf(room, pair)
  const rivals = rivalsOf(room, pair)
  return {
    state: room.state,
    candidate,
    sentence: companySentence(room, pair) ?? sentenceOf(weighed, candidate, { thresholds, rivals }),
    fields: fieldsOfPair(room, pair, [left, right]),
    places: { left: placeOf(left), right: placeOf(right) },
    waterfall: [...weighed.lines],
    thresholds,
    guards: guardsOf(room, weighed),
    cheapestFlip: cheapestFlip(weighed, thresholds),
    relations: pair.question === 'workspaces' ? relationsOf(weighed, namesOf(room.db, pair)) : [],
    rivals,
    composition: compositionOf(room, pair),
    impact,
    impactToCome: toCome,
    handedOver: handedOver(room, pair),
    history: historyOf(room, pair),
  }
}

/** What is said of two rows of accounts; null of everything else. */
function companySentence({ index }: Room, pair: Pair): string | null {
  if (pair.question !== 'companies') return null
  const found = index.companies.get(keyOf(pair))
  return found === undefined ? 'They have no id, tax id, corporate domain or name in common.' : pairSentence(found)
}

type Ground = Readonly<{ thresholds: Thresholds; rivals: Card['rivals'] }>

function sentenceOf({ lines, bits }: Weighed, candidate: Candidate, ground: Ground): string {
  const printed = printedBits(lines.map(line => line.bits))
  const evidence = lines
    .map((line, i) => ({ ...line, bits: printed[i] ?? line.bits }))
    .filter(({ kind }) => kind === 'evidence')
  const named = (list: readonly EvidenceLine[]): string =>
    list.map(one => `${wordsOf({ ...one, value: '' })} (${bitsText(one.bits)})`).join(', ')
  const speaking = evidence.filter(one => one.bits > 0).toSorted((a, b) => b.bits - a.bits)
  const against = evidence.filter(one => one.bits < 0).toSorted((a, b) => a.bits - b.bits)
  const parts = [
    speaking.length === 0 ? 'Nothing speaks for it' : `For it: ${named(speaking)}`,
    ...(against.length === 0 ? [] : [`against it: ${named(against)}`]),
  ]
  if (bits === null) return `${parts.join('; ')}. Nothing was weighed.`
  const stands = standing(bits, candidate, ground)
  return `${parts.join('; ')}.${stands === null ? '' : ` In all ${bitsText(bits)} bits: ${stands}.`}`
}

/** What the sum comes to; null where it is short of enough, which stands beside the sum itself. */
function standing(bits: number, { band, pair, relation }: Candidate, { thresholds, rivals }: Ground): string | null {
  const { auto, review } = thresholds
  const open = rivals.filter(rival => rival.band === 'ambiguous')
  if (band === 'ambiguous' && open.length > 0) return amongRivals(bits, pair.question, open)
  if (bits >= auto && band === 'ambiguous') return 'enough once it is the only one left'
  if (bits >= auto && band === 'auto') return 'enough without asking'
  const isKeptApart = pair.question === 'persons' || (pair.question === 'workspaces' && relation !== 'merge')
  if (bits >= auto)
    return isKeptApart ? 'enough, and something keeps them apart' : 'enough, and only a person can say it'
  return bits >= review ? null : 'too little to propose it'
}

/** Why one of several accounts is asked for. @param rivals the strongest first */
function amongRivals(bits: number, question: Question, rivals: Card['rivals']): string {
  const best = rivals[0]?.bits ?? 0
  const alike = rivals.filter(rival => rival.bits === best).map(({ side }) => `${side.title} (${side.key})`)
  const named = alike.length === 1 ? alike[0] : `${alike.length} other accounts`
  const [is, fits] = alike.length === 1 ? ['is', 'fits'] : ['are', 'fit']
  if (best === bits) return `${named} ${fits} equally`
  const lead = question === 'signups' ? SIGNUP_LEAD_BITS : ACCOUNT_LEAD_BITS
  const ahead = `${roundTo(Math.abs(bits - best), 2)}`
  return best < bits
    ? `that is ${ahead} ahead of ${named}, and ${lead} ahead would be enough`
    : `${named} ${is} ${ahead} ahead, and ${lead} ahead would be enough`
}

function guardsOf(room: Room, { lines, pair, bits, band }: Weighed): string[] {
  const held = heldWords(room, { lines, bits })
  const obstacle = obstacleOf(room.desk, pair)
  const isNamed =
    pair.question === 'accounts' && lines.every(({ comparison }) => comparison === 'name') && lines.length > 0
  return [
    ...(held === null ? [] : [held]),
    ...(isRefused({ pair, bits, band }, thresholdsOf(room, pair.question)) ? refusedOf(room, pair) : []),
    ...(obstacle === null ? [] : [`These two can never be one: ${obstacle}.`]),
    ...lines.flatMap(({ comparison, value }) => (comparison === REFUSED_LINK ? [`Not grouped: ${value}.`] : [])),
    ...(isNamed ? ['A name suggests an account, it never assigns one.'] : []),
  ]
}

/** Has the evidence enough, and yet the two are not one? */
function isRefused({ pair, bits, band }: Pick<Weighed, 'pair' | 'bits' | 'band'>, { auto }: Thresholds): boolean {
  return pair.question === 'persons' && bits !== null && bits >= auto && band !== 'auto'
}

/** What keeps two persons apart whose evidence is enough; as many as one reads. */
function refusedOf(room: Room, { a, b }: Pair): string[] {
  const refusals = refusalsBetween(room, rowOf(room.desk, a), rowOf(room.desk, b))
  const reasons = new Set(refusals.map(({ reason }) => REFUSAL_REASONS[reason]))
  return [...reasons].map(reason => `Not joined without asking: ${reason}.`)
}

/** The one line without which the pair would be on the other side of the auto threshold. */
export function cheapestFlip({ lines, bits }: Pick<Weighed, 'lines' | 'bits'>, { auto }: Thresholds): string | null {
  if (bits === null) return null
  const isJoined = bits >= auto
  const [first] = lines
    .filter(
      ({ kind, bits: own }) =>
        kind !== 'prior' && (isJoined ? own > 0 && bits - own < auto : own < 0 && bits - own >= auto),
    )
    .toSorted((a, b) => Math.abs(a.bits) - Math.abs(b.bits))
  if (first !== undefined)
    return `Without "${wordsOf({ ...first, value: '' })}" it would be ${bitsText(bits - first.bits)} bits.`
  if (isJoined) return null
  return lines.some(({ kind }) => kind === 'prior')
    ? 'Without an identifier in common it takes +10 bits and three comparisons of +2 bits or more to join without asking.'
    : `${roundTo(auto - bits, 2)} more bits would be enough.`
}

const RELATIONS: readonly Relation[] = ['merge', 'group', 'environment-of', 'agency-of', 'unrelated']

function relationsOf({ relation }: Weighed, [a, b]: readonly [string, string]): Card['relations'] {
  const sentences: Readonly<Record<Relation, string>> = {
    merge: `${a} and ${b} are one workspace and are scored as one unit.`,
    group: `${a} and ${b} belong to one account and stay two units.`,
    'environment-of': ended(`${a} is an environment of ${b}`),
    'agency-of': ended(`${a} is the agency that works in ${b}`),
    unrelated: `${a} and ${b} have nothing to do with each other.`,
  }
  return RELATIONS.map(one => ({ relation: one, isProposed: one === relation, sentence: sentences[one] }))
}

/** A full stop behind a text that ends in a name: `Acme Inc.` brings its own. */
function ended(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

function rivalsOf(room: Room, pair: Pair): Card['rivals'] {
  const own = keyOf(pair)
  const rivals = pair.question === 'persons' ? userRivals(room, pair) : otherRivals(room, pair.question, pair)
  const others = new Map<string, Weighed>()
  // A third record may be a candidate of both: it stands once, with the stronger evidence.
  for (const one of rivals
    .filter(({ pair: other }) => keyOf(other) !== own)
    .toSorted((x, y) => (y.bits ?? 0) - (x.bits ?? 0)))
    if (!others.has(rivalKey(pair, one.pair))) others.set(rivalKey(pair, one.pair), one)
  return [...others.entries()].slice(0, MOST_RIVALS).map(([key, one]) => ({
    pair: one.pair,
    side: sideOf(room, rivalObject(pair.question), key),
    bits: one.bits,
    band: bandOf(room, one),
  }))
}

function otherRivals(room: Room, question: OtherQuestion, { a, b }: Pair): readonly Weighed[] {
  const isOne = question === 'workspaces' || question === 'companies'
  const rivals: Weighed[] = []
  for (const { pair, band } of shownIn(room, question))
    if (band !== 'watch' && (pair.a === a || (isOne && (pair.b === a || pair.a === b || pair.b === b))))
      rivals.push(weighedPair(room, pair))
  return rivals
}

function userRivals(room: Room, { a, b }: Pair): readonly Weighed[] {
  const { lineup, rowOf: rows } = room.desk
  const found = [a, b].flatMap(id => openEdgesOf(room.desk).find(rows.get(id) ?? -1))
  const places = [...new Set(found)].sort((x, y) => x - y).slice(0, MOST_RIVALS + 1)
  return places.map(place => weighedEdge(room, lineup.review[place] as number)) // a place in it
}

const openEdges = new WeakMap<Room['desk']['lineup'], BucketIndex>()

/** Places in the list of open pairs, by the row of either user; made once for a lineup. */
export function openEdgesOf({ lineup, found }: Room['desk']): BucketIndex {
  const { a, b } = found.joined.edges
  const entries = function* (): Generator<[number, number]> {
    for (const [place, edge] of lineup.review.entries()) {
      // One of each per edge.
      yield [a[edge] as number, place]
      yield [b[edge] as number, place]
    }
  }
  const known = openEdges.get(lineup) ?? bucketIndex(entries())
  openEdges.set(lineup, known)
  return known
}

const rivalObject = (question: Question): Candidate['left']['object'] =>
  question === 'accounts' || question === 'signups' ? 'account' : leftObject(question)

/** Of the record that a rival has instead of one of the two. */
function rivalKey({ question, a, b }: Pair, rival: Pair): string {
  if (question === 'accounts' || question === 'signups') return rival.b
  return rival.a === a || rival.a === b ? rival.b : rival.a
}

function historyOf({ db }: Room, pair: Pair): Card['history'] {
  const own = keyOf(pair)
  return listDecisions(db).flatMap(entry => {
    const given = givenByEach(entry).find(one => keyOf(one.pair) === own)
    return given === undefined ? [] : [given.decision]
  })
}
