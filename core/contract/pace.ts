import type { Progress } from './method.ts'

/** Since when a job is in its phase, ms of any steady clock, and how far it was then. */
export type Pace = Readonly<{ phase: string; since: number; from: number }>

/** Sooner than this a rate says more about the start than about the work. */
const TELLS_AFTER_MS = 400

/**
 * The pace of a job after one more word of it. A phase that comes again starts anew: what was done before it was broken off
 * is no work of the time since.
 *
 * @param before the pace so far; null at first
 * @param now ms of the clock of all other calls
 */
export function paceOf(before: Pace | null, { phase, done }: Progress, now: number): Pace {
  return before?.phase === phase ? before : { phase, since: now, from: done }
}

/**
 * How fast a job is.
 *
 *   rate = (done - done at the start of the phase) / seconds since then
 *
 * @param now ms of the clock of `pace`
 * @returns units per second; null until it can be told
 */
export function rateOf({ since, from }: Pace, { done }: Progress, now: number): number | null {
  return now - since < TELLS_AFTER_MS ? null : ((done - from) / (now - since)) * 1000
}
