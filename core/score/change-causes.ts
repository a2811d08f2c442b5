import { stretchOf } from '#features'
import { roundToSum } from '#lib/round-to-sum'
import type { ScoreLine, UnitScore } from '#schema/score'
import type { ScoreGround } from './score-ground.ts'
import { signalValue } from './signal-values.ts'
import type { SignalRule } from './signals.ts'

/** Why points came or went between two instants. */
export type ChangeCause =
  /** Events after the earlier instant. */
  | 'new events'
  /** Earlier events count for less, being older. */
  | 'decay'
  /** Earlier events count for nothing any more. */
  | 'left the window'
  /** A cap takes more or less away. */
  | 'cap'
  /** A bucket's maximum or minimum does. */
  | 'bucket'
  /** Another person speaks for the unit. */
  | 'representative'
  /** A condition began or ended to hold. */
  | 'condition'
  | 'fit'
  /** The score is held within 0..100. */
  | 'clamp'
  /** Another model, another role, other workspaces, or data that came in later: between a score that was kept and the same
   * instant judged as of now. */
  | 'rule'
  | 'role'
  | 'merge or split'
  | 'later data'

/** Points of one line of the ledger that one cause brought or took. */
export type CausedChange = Readonly<{
  cause: ChangeCause
  signal: string
  bucket: ScoreLine['bucket']
  personId: string | null
  points: number
}>

/** Causes that are told as one: what faded or left the window, and what any limit took or gave back; the others stand by themselves. */
export type ChangeGroup =
  | 'faded'
  | 'limits'
  | Exclude<ChangeCause, 'decay' | 'left the window' | 'cap' | 'bucket' | 'clamp'>

const GROUPS: Partial<Record<ChangeCause, ChangeGroup>> = {
  decay: 'faded',
  'left the window': 'faded',
  cap: 'limits',
  bucket: 'limits',
  clamp: 'limits',
}

/**
 * A change of a score by few causes, in tenths that add up to it.
 *
 * @param changes    any changes of one score
 * @param difference of the two scores as they are written, to one decimal
 * @returns groups, the largest first, ties by name; `points` to one decimal, their sum is the difference; none is 0
 *
 * Source: docs/methods/score.md, "What changed".
 */
export function changeGroups(
  changes: readonly Pick<CausedChange, 'cause' | 'points'>[],
  difference: number,
): readonly Readonly<{ group: ChangeGroup; points: number }>[] {
  const sums = new Map<ChangeGroup, number>()
  for (const { cause, points } of changes) {
    const group = GROUPS[cause] ?? (cause as ChangeGroup) // a cause without a group is one
    sums.set(group, (sums.get(group) ?? 0) + points)
  }
  const sorted = [...sums].sort(([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || (a < b ? -1 : 1))
  const printed = roundToSum(
    sorted.map(([, points]) => points),
    1,
    difference,
  )
  return sorted.map(([group], i) => ({ group, points: printed[i] ?? 0 })).filter(({ points }) => points !== 0)
}

/** A score with the ground it was explained from; the unit is at position `u`. */
export type Explained = Readonly<{ ground: ScoreGround; u: number; score: UnitScore }>

/**
 * What changed between two instants by the same model, people and identities, taken apart by cause. The points of all changes add
 * up to the change of the unrounded, clamped score, to 1e-9.
 *
 *   U(E, t), V(E, t) = value of a signal over events E at t, without and with its cap; r = what a bucket's bounds leave of it
 *   left the window  = of U(E0, t1) - U(E0, t0) what lies on days whose weight has become 0
 *   decay            = the rest of it
 *   new events       = U(E1, t1) - U(E0, t1)
 *   cap              = (V(E1, t1) - U(E1, t1)) - (V(E0, t0) - U(E0, t0))
 *   bucket           = role factor * V(E0, t0) * (r1 - r0);  the others are times role factor * r1
 *
 * Lines of another representative come and go as a whole; conditions, fit and clamp are one cause each.
 *
 * @param before over the cells as they were then (`cellsUpTo`), with the days of `now`
 * @param now    of the same unit
 * @returns changes that are not 0, the largest first; ties by signal
 *
 * Source: docs/methods/score.md, "What changed".
 */
export function changeCauses(before: Explained, now: Explained): readonly CausedChange[] {
  const keys = new Map<string, Readonly<{ before: ScoreLine | null; now: ScoreLine | null }>>()
  for (const line of before.score.lines) keys.set(keyOf(line), { before: line, now: null })
  for (const line of now.score.lines)
    keys.set(keyOf(line), { before: keys.get(keyOf(line))?.before ?? null, now: line })
  const isSamePerson = before.score.representativeId === now.score.representativeId
  const changes = [...keys.values()].flatMap(pair => changesOfLine(pair, { before, now, isSamePerson }))
  const told = changes.filter(({ points }) => points !== 0)
  return told.sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.signal < b.signal ? -1 : 1))
}

/** What differs between a kept score and its instant judged anew, beside the data. */
export type RejudgedBy = Readonly<{ isOtherModel: boolean; isOtherUnit: boolean }>

/**
 * What became of a score that was kept, by what has been changed or found since: the same instant, judged as of now.
 *
 * @param kept     null where the unit was not in that run
 * @param rejudged at the same instant, by the model, people and workspaces of now
 * @returns changes of lines, which add up to the difference of the unrounded, clamped scores; a line whose role factor differs is
 *   put down to the role, any other to what differs: the workspaces, the model, else data that came in later
 *
 * Source: docs/methods/score.md, "What changed".
 */
export function rejudgedChanges(
  kept: UnitScore | null,
  rejudged: UnitScore,
  { isOtherModel, isOtherUnit }: RejudgedBy,
): readonly CausedChange[] {
  const cause: ChangeCause = isOtherUnit ? 'merge or split' : isOtherModel ? 'rule' : 'later data'
  const factors = new Map(kept?.lines.map(line => [keyOf(line), line.roleFactor]))
  const factorsNow = new Map(rejudged.lines.map(line => [keyOf(line), line.roleFactor]))
  const lines = [
    ...(kept?.lines ?? []).map(line => [line, -1] as const),
    ...rejudged.lines.map(line => [line, 1] as const),
  ]
  const changes = new Map<string, CausedChange>()
  for (const [line, sign] of lines) {
    const key = keyOf(line)
    const { signal, bucket, personId, finalPoints } = line
    const [then, now] = [factors.get(key), factorsNow.get(key)]
    const isRole = !isOtherUnit && then !== undefined && now !== undefined && then !== now
    const points = (changes.get(key)?.points ?? 0) + sign * finalPoints
    const own: ChangeCause = signal === 'fit' && !isOtherUnit && !isOtherModel ? 'fit' : cause
    changes.set(key, { cause: isRole ? 'role' : own, signal, bucket, personId, points })
  }
  return [...changes.values()].filter(({ points }) => points !== 0)
}

type Pair = Readonly<{ before: ScoreLine | null; now: ScoreLine | null }>
type Sides = Readonly<{ before: Explained; now: Explained; isSamePerson: boolean }>

function changesOfLine(pair: Pair, { before, now, isSamePerson }: Sides): readonly CausedChange[] {
  const line = pair.now ?? pair.before
  if (line === null) return []
  const { signal, bucket, personId } = line
  const whole = (cause: ChangeCause): readonly CausedChange[] => [
    { cause, signal, bucket, personId, points: (pair.now?.finalPoints ?? 0) - (pair.before?.finalPoints ?? 0) },
  ]
  if (signal === 'clamp') return whole('clamp')
  if (signal === 'fit') return whole('fit')
  const place = now.ground.rules.findIndex(rule => rule.signal.id === signal)
  const [ruleNow, ruleBefore] = [now.ground.rules[place], before.ground.rules[place]]
  if (ruleNow === undefined || ruleBefore === undefined) return whole('condition')
  if (line.scope === 'person' && !isSamePerson) return whole('representative')
  return partsOf(pair, { before: ruleBefore, now: ruleNow, subject: subjectOf(line, now) }).map(part => ({
    ...{ signal, bucket, personId },
    ...part,
  }))
}

type Rules = Readonly<{ before: SignalRule; now: SignalRule; subject: number }>

/** The change of one line of a signal by cause; the parts add up to it. */
function partsOf(pair: Pair, { before, now, subject }: Rules): readonly Pick<CausedChange, 'cause' | 'points'>[] {
  const [v0, v1] = [pointsOf(before, subject), pointsOf(now, subject)]
  const [u0, u1] = [pointsOf(uncapped(before), subject), pointsOf(uncapped(now), subject)]
  const aged = pointsOf({ ...uncapped(before), weights: now.weights }, subject)
  const gone = pointsOf({ ...uncapped(before), weights: weightsGone(before, now) }, subject)
  const factor = (pair.now ?? pair.before)?.roleFactor ?? 1
  const [r0, r1] = [shareOf(pair.before, v0), shareOf(pair.now, v1)]
  // Where a line has no value at one end, its bucket's share there is that of the other.
  const [before1, now1] = [r0 ?? r1 ?? 1, r1 ?? r0 ?? 1]
  const scale = factor * now1
  return [
    { cause: 'left the window', points: -gone * scale },
    { cause: 'decay', points: (aged - u0 + gone) * scale },
    { cause: 'new events', points: (u1 - aged) * scale },
    { cause: 'cap', points: (v1 - u1 - (v0 - u0)) * scale },
    { cause: 'bucket', points: factor * v0 * (now1 - before1) },
  ]
}

/** Weights of the days that counted before and count no more. */
function weightsGone(before: SignalRule, now: SignalRule): Float64Array {
  return before.weights.map((weight, code) => (now.weights[code] === 0 ? weight : 0))
}

/** Final points as a share of what they would be without bounds; null where there is nothing to share. */
function shareOf(line: ScoreLine | null, value: number): number | null {
  const free = value * (line?.roleFactor ?? 1)
  return line === null || free === 0 ? null : line.finalPoints / free
}

function uncapped(rule: SignalRule): SignalRule {
  const { cap: _, ...signal } = rule.signal
  return { ...rule, signal, capPoints: Number.POSITIVE_INFINITY }
}

/** 0 where the subject has no event of the kind. */
function pointsOf(rule: SignalRule, subject: number): number {
  const { from, to } = stretchOf(rule.runs, subject)
  return from === to ? 0 : signalValue(rule, subject)
}

/** Slot of the line's person, or the unit. */
function subjectOf({ scope, personId }: ScoreLine, { ground, u }: Explained): number {
  if (scope === 'unit') return u
  const people = ground.units[u]?.people ?? []
  return (ground.slots.start[u] ?? 0) + 1 + people.findIndex(person => person.personId === personId)
}

function keyOf({ signal, bucket, scope, personId }: ScoreLine): string {
  return JSON.stringify([signal, bucket, scope, personId])
}
