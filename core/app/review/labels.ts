import type { Output, Parsed } from '#contract/contract'
import { wilsonInterval } from '#identity'
import { AppError } from '#lib/errors'
import { seededRandom } from '#lib/random'
import { listLabels, saveLabels, type Writable } from '#store'
import { fieldsOfPair, recordsOf } from './card-fields.ts'
import type { Desk } from './desk.ts'
import { sideOf } from './queue.ts'
import { type Room, rowOf, weighedPair } from './room.ts'

type Sheet = Output<'identity.labels'>

/** A blind sample of joined pairs, in an order fixed by the seed, and what the labels so far come to. */
export function labelSheet(room: Room, { size, seed }: Parsed<'identity.labels'>): Sheet {
  const { db, desk } = room
  const labels = new Map(listLabels(db).map(label => [`${label.userA}\u0000${label.userB}`, label]))
  const joined = joinedPairs(desk)
  const known = joined.flatMap(([a, b]) => labels.get(keyOf(a, b)) ?? [])
  const judged = known.filter(({ label }) => label !== 'unsure')
  const same = judged.filter(({ label }) => label === 'same').length
  const [low, high] = judged.length === 0 ? [0, 0] : wilsonInterval(same, judged.length)
  const times = known.map(({ labelledAt }) => labelledAt)
  return {
    population: joined.length,
    sample: sampleOf(joined, size, seed).map(([a, b]) => {
      const pair = { question: 'persons', a, b } as const
      return {
        pair,
        left: sideOf(room, 'user', a),
        right: sideOf(room, 'user', b),
        fields: fieldsOfPair(room, pair, recordsOf(room, pair)),
        label: labels.get(keyOf(a, b))?.label ?? null,
      }
    }),
    labelled: known.length,
    judged: judged.length,
    same,
    precision: judged.length === 0 ? null : { value: same / judged.length, low, high },
    labelledAt: times.length === 0 ? null : Math.max(...times),
  }
}

/** Keeps labels, and only then says what the engine thought of the pairs. @throws AppError usage/bad-argument */
export function keepLabels(
  room: Room,
  db: Writable,
  { labels, now }: Readonly<{ labels: Parsed<'identity.label'>['labels']; now: number }>,
): Output<'identity.label'> {
  for (const { a, b } of labels)
    if (rowOf(room.desk, a) === rowOf(room.desk, b))
      throw new AppError('usage/bad-argument', `${a} is one record, not two`, { key: a })
  saveLabels(
    db,
    labels.map(({ a, b, label }) => ({
      ...(a < b ? { userA: a, userB: b } : { userA: b, userB: a }),
      label,
      labelledAt: now,
    })),
  )
  const bits = labels.map(({ a, b }) => weighedPair(room, { question: 'persons', a, b }).bits)
  return { labelled: labelSheet(room, { size: 1, seed: 1 }).labelled, bits }
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`
}

/** Pairs of users that the evidence joins. */
function joinedPairs({ found, lineup }: Desk): readonly (readonly [string, string])[] {
  const { edges, ids } = found.joined
  return Array.from(lineup.auto, edge => [ids[edges.a[edge] ?? 0] ?? '', ids[edges.b[edge] ?? 0] ?? ''])
}

/** The first of a shuffled list (R. Fisher, F. Yates): equal for equal seeds. */
function sampleOf<T>(list: readonly T[], size: number, seed: number): readonly T[] {
  const random = seededRandom(seed)
  const shuffled = [...list]
  const count = Math.min(size, shuffled.length)
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (shuffled.length - i))
    ;[shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T] // both below length
  }
  return shuffled.slice(0, count)
}
