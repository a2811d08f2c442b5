import { firstRunFrom } from '#features'
import type { SignalRule } from './signals.ts'

/** Runs from..to, the values of which go to `out` at [run - from]. */
type Filling = Readonly<{ from: number; to: number; out: Float64Array }>

/** No number of a cap window: before the first day of a run. */
const NO_WINDOW = 0x7fff_ffff

/**
 * Values of a signal for its runs (persons or units), before role factor and bucket maximum.
 *
 *   n(day) = events (each), 1 (daily), 1 on the first or the latest day only (first, latest)
 *   window of a day = floor(age / W); within a window, from the smallest age on: take = min(n * |points|, what is left of P)
 *   value = sign(points) * sum over days, newest first, of take(day) * decay(age)
 *
 * @param from first run
 * @param to   run to stop before
 * @param out  takes the value of run r at [r - from]; points. The sum is always taken in the same order, so that equal cells
 *   give equal bits, whoever asks for which runs
 *
 * Source: docs/methods/score.md, "The sums".
 */
export function fillValues(rule: SignalRule, from: number, to: number, out: Float64Array): void {
  const { count, cap } = rule.signal
  const filling = { from, to, out }
  if (count === 'first') fillSingle(rule, filling, 1)
  else if (count === 'latest') fillSingle(rule, filling, 0)
  else if (count === 'daily') {
    if (cap === undefined) fillDaily(rule, filling)
    else fillDailyCapped(rule, filling)
  } else if (cap === undefined) fillEach(rule, filling)
  else fillEachCapped(rule, filling)
}

/** Value of a signal for one subject that has events of its kind. */
export function signalValue(rule: SignalRule, subject: number): number {
  const out = new Float64Array(1)
  const run = firstRunFrom(rule.runs, subject)
  fillValues(rule, run, run + 1, out)
  return out[0] as number
}

// Within range in all that follow: runs lie between the starts, and their entries are day codes of the tables.

/** The first entry of a run is the latest day; the last one (`fromEnd` 1) the first day. */
function fillSingle(rule: SignalRule, { from, to, out }: Filling, fromEnd: 0 | 1): void {
  const { start, day } = rule.runs
  const { weights, sign } = rule
  const take = Math.min(rule.magnitude, rule.capPoints)
  for (let run = from; run < to; run++) {
    const code = day[(start[run + fromEnd] as number) - fromEnd] as number
    out[run - from] = sign * (take * (weights[code] as number)) + 0
  }
}

function fillDaily(rule: SignalRule, { from, to, out }: Filling): void {
  const { start, day } = rule.runs
  const { weights, magnitude, sign } = rule
  let entry = start[from] as number
  for (let run = from; run < to; run++) {
    const end = start[run + 1] as number
    let total = 0
    for (; entry < end; entry++) total += magnitude * (weights[day[entry] as number] as number)
    out[run - from] = sign * total + 0
  }
}

function fillEach(rule: SignalRule, { from, to, out }: Filling): void {
  const { start, day, n } = rule.runs
  const { weights, magnitude, sign } = rule
  let entry = start[from] as number
  for (let run = from; run < to; run++) {
    const end = start[run + 1] as number
    let total = 0
    for (; entry < end; entry++) total += (n[entry] as number) * magnitude * (weights[day[entry] as number] as number)
    out[run - from] = sign * total + 0
  }
}

// Whether a day opens a new window is as good as random: a branch on it costs more than all the sums. In both that follow
// `same` is 1 where the window of the day before goes on, else 0.

function fillDailyCapped(rule: SignalRule, { from, to, out }: Filling): void {
  const { start, day } = rule.runs
  const { weights, windows, sign } = rule
  const takes = takesInWindow(rule)
  let entry = start[from] as number
  for (let run = from; run < to; run++) {
    const end = start[run + 1] as number
    let window = NO_WINDOW
    let place = 0
    let total = 0
    for (; entry < end; entry++) {
      const code = day[entry] as number
      const here = windows[code] as number
      const same = ((here ^ window) - 1) >>> 31
      window = here
      place = (place + 1) & -same
      total += (takes[place] as number) * (weights[code] as number)
    }
    out[run - from] = sign * total + 0
  }
}

/** What the first, second ... day of a window takes; as many as there are days. */
function takesInWindow({ weights, magnitude, capPoints }: SignalRule): Float64Array {
  let left = capPoints
  return weights.map(() => {
    const take = Math.min(magnitude, left)
    left -= take
    return take
  })
}

function fillEachCapped(rule: SignalRule, { from, to, out }: Filling): void {
  const { start, day, n } = rule.runs
  const { weights, windows, magnitude, sign, capPoints } = rule
  let entry = start[from] as number
  for (let run = from; run < to; run++) {
    const end = start[run + 1] as number
    let window = NO_WINDOW
    let left = 0
    let total = 0
    for (; entry < end; entry++) {
      const code = day[entry] as number
      const here = windows[code] as number
      const same = ((here ^ window) - 1) >>> 31
      window = here
      left = left * same + capPoints * (1 - same)
      const take = Math.min((n[entry] as number) * magnitude, left)
      left -= take
      total += take * (weights[code] as number)
    }
    out[run - from] = sign * total + 0
  }
}
