import { APART_STEPS } from '#identity'
import type { Answers } from './answers.ts'
import type { Desk } from './desk.ts'

/** B-cubed from these bits down to the next; null: above all of them. */
type Point = { bits: number | null; precision: number; recall: number }
/** Where the evidence alone joins two records, in steps; `APART_STEPS` where it never does. */
type HeightOf = (a: number, b: number) => number

const STEPS_PER_BIT = 16

/**
 * B-cubed precision and recall of the evidence alone over the records that were answered about, at every threshold at which they change.
 *
 *   precision = mean over records of |answered the same, in its cluster| / |answered the same or different, in its cluster|
 *   recall    = mean over records of |answered the same, in its cluster| / |answered the same|
 *
 * each with the record itself. Answers go on over others: what is the same as the same is the same, what is different from one of
 * them is different from all. Records that no answer relates are not taken for different people.
 */
export function bCubedCurve(
  { answers, desk }: Readonly<{ answers: Answers; desk: Desk }>,
  heightOf: HeightOf,
): Point[] {
  const { groups, apart } = answeredGroups({ answers, desk })
  const tallies = new Map<number, Tally>()
  for (const records of groups.values())
    for (const record of records) tallies.set(record, { same: 1, related: 1, whole: records.length })
  const meetings = meetingsOf(groups, apart, heightOf)
  const sums = { precision: tallies.size, recall: 0 }
  for (const { whole } of tallies.values()) sums.recall += 1 / whole
  const point = (bits: number | null): Point => ({
    bits,
    precision: sums.precision / tallies.size,
    recall: sums.recall / tallies.size,
  })
  const points = tallies.size === 0 ? [] : [point(null)]
  for (const [i, { record, isSame, steps }] of meetings.entries()) {
    const tally = tallies.get(record)
    if (tally !== undefined) meet(tally, isSame, sums)
    if (meetings[i + 1]?.steps !== steps) points.push(point(steps / STEPS_PER_BIT))
  }
  return points
}

type Tally = { same: number; related: number; whole: number }

function meet(tally: Tally, isSame: boolean, sums: { precision: number; recall: number }): void {
  sums.precision -= tally.same / tally.related
  tally.related++
  if (isSame) {
    tally.same++
    sums.recall += 1 / tally.whole
  }
  sums.precision += tally.same / tally.related
}

type Groups = ReadonlyMap<number, readonly number[]>
type Meeting = Readonly<{ record: number; isSame: boolean; steps: number }>

/** Which record comes into one cluster with a record that it is the same as or different from, at which steps, falling. */
function meetingsOf(groups: Groups, apart: readonly (readonly [number, number])[], heightOf: HeightOf): Meeting[] {
  const meetings: Meeting[] = []
  const add = (a: number, b: number, isSame: boolean): void => {
    const steps = heightOf(a, b)
    if (steps > APART_STEPS) meetings.push({ record: a, isSame, steps }, { record: b, isSame, steps })
  }
  for (const records of groups.values())
    for (const [i, a] of records.entries()) for (const b of records.slice(i + 1)) add(a, b, true)
  for (const [x, y] of apart) for (const a of groups.get(x) ?? []) for (const b of groups.get(y) ?? []) add(a, b, false)
  return meetings.sort((a, b) => b.steps - a.steps)
}

/** Records that answers make one, by one of them, and which of these groups answers keep apart. */
function answeredGroups({ answers, desk }: Readonly<{ answers: Answers; desk: Desk }>) {
  const parent = new Map<number, number>()
  const root = (record: number): number => {
    let at = record
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) at = up
    return at
  }
  const different: [number, number][] = []
  for (const { pair, decision } of answers.decided.values()) {
    const [a, b] = [desk.rowOf.get(pair.a), desk.rowOf.get(pair.b)]
    if (pair.question !== 'persons' || a === undefined || b === undefined) continue
    for (const record of [a, b]) if (!parent.has(record)) parent.set(record, record)
    if (decision.answer === 'same') parent.set(Math.max(root(a), root(b)), Math.min(root(a), root(b)))
    else different.push([a, b])
  }
  const groups: Groups = Map.groupBy(
    [...parent.keys()].sort((a, b) => a - b),
    root,
  )
  const apart = new Map<string, [number, number]>()
  for (const [a, b] of different) {
    const [x, y] = [Math.min(root(a), root(b)), Math.max(root(a), root(b))]
    if (x !== y) apart.set(`${x} ${y}`, [x, y])
  }
  return { groups, apart: [...apart.values()] }
}
