import type { Placed } from './events.ts'
import type { BucketRow, Curve, SignalRow } from './model.ts'
import { groupBy, total } from './tables.ts'

/** A signal over the events of one person or one unit, step by step. */
export type Earned = Readonly<{
  occurrences: number
  firstDay: number
  lastDay: number
  beforeCap: number
  afterCap: number
  afterDecay: number
}>

/** null where it has no occurrence. */
export function earn(signal: SignalRow, bucket: BucketRow, events: readonly Placed[], today: number): Earned | null {
  const days = occurrences(signal, events)
  if (days.length === 0) return null
  const weight = Math.abs(signal.points)
  const taken = takes(
    signal,
    days.map(({ day, n }) => ({ age: today - day, points: n * weight })),
  )
  const sign = Math.sign(signal.points)
  const curve = signal.curve ?? bucket.curve ?? 'time_constant'
  const decayDays = signal.decayDays ?? bucket.decayDays ?? 1
  return {
    occurrences: total(days.map(({ n }) => n)),
    firstDay: Math.min(...days.map(({ day }) => day)),
    lastDay: Math.max(...days.map(({ day }) => day)),
    beforeCap: sign * weight * total(days.map(({ n }) => n)),
    afterCap: sign * total(taken.map(({ points }) => points)),
    afterDecay: sign * total(taken.map(({ age, points }) => points * decay(curve, age, decayDays))),
  }
}

function occurrences(signal: SignalRow, events: readonly Placed[]): { day: number; n: number }[] {
  const mine = events.filter(event => event.kind === signal.kind)
  const perDay = [...groupBy(mine, event => String(event.day))]
    .map(([day, group]) => ({ day: Number(day), n: group.length }))
    .sort((a, b) => a.day - b.day)
  switch (signal.count) {
    case 'each':
      return perDay
    case 'daily':
      return perDay.map(({ day }) => ({ day, n: 1 }))
    case 'first':
      return perDay.slice(0, 1).map(({ day }) => ({ day, n: 1 }))
    case 'latest':
      return perDay.slice(-1).map(({ day }) => ({ day, n: 1 }))
  }
}

type AtAge = Readonly<{ age: number; points: number }>

function takes({ cap }: SignalRow, wanted: readonly AtAge[]): readonly AtAge[] {
  if (cap === undefined) return wanted
  const left = new Map<number, number>()
  return [...wanted]
    .sort((a, b) => a.age - b.age)
    .map(({ age, points }) => {
      const window = Math.floor(age / cap.days)
      const rest = left.get(window) ?? cap.points
      const take = Math.min(points, rest)
      left.set(window, rest - take)
      return { age, points: take }
    })
}

function decay(curve: Curve, age: number, decayDays: number): number {
  switch (curve) {
    case 'time_constant':
      return Math.exp(-age / decayDays)
    case 'half_life':
      return 2 ** (-age / decayDays)
    case 'linear':
      return Math.max(0, 1 - age / decayDays)
    case 'none':
      return 1
  }
}
