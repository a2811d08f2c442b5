import { type Parameter, parametersOf, withParameter } from './parameters.ts'
import type { Judge, Judged, Simulator } from './simulator.ts'

/** One change that alone turns a unit elsewhere. */
export type Flip = Readonly<{
  parameter: Parameter
  from: number
  to: number
  /** The change as a share of the range of its handle. */
  share: number
  /** What the unit comes to with it. */
  judged: Readonly<{ score: number; stage: number; destination: number }>
}>

/** Stretches that each direction of a handle is looked at in, and how often the first that flips is halved. */
const STRETCHES = 10
const HALVINGS = 12
const WHOLE = new Set(['cap.days', 'days'])

/**
 * The smallest single changes that turn one unit elsewhere.
 *
 * For every figure of the model and the rules: from its value outward to both ends of its handle, the first stretch at whose
 * end the unit has flipped, halved down to the handle's step. A flip that is undone again within one stretch is not seen.
 *
 * @param alone   simulator of the one unit
 * @param isFlipped has the unit gone where it is wanted?
 * @returns at most one change per parameter, the smallest share first; ties in the order of the model
 *
 * Source: docs/methods/simulate.md, "Fragility".
 */
export function flipsOf(alone: Simulator, judge: Judge, isFlipped: (judged: Judged) => boolean): readonly Flip[] {
  const flips = parametersOf(judge).flatMap((parameter): Flip[] => {
    if (parameter.kind !== 'number' || typeof parameter.value !== 'number') return []
    const flip = nearestFlip(alone, judge, { parameter, from: parameter.value, isFlipped })
    return flip === null ? [] : [flip]
  })
  return flips.sort((a, b) => a.share - b.share)
}

type Search = Readonly<{
  parameter: Parameter & { kind: 'number' }
  from: number
  isFlipped: (judged: Judged) => boolean
}>

function nearestFlip(alone: Simulator, judge: Judge, { parameter, from, isFlipped }: Search): Flip | null {
  const { min, max, step, field } = parameter
  const range = max - min || 1
  const valueAt = (to: number): number => (WHOLE.has(field) ? Math.round(to) : to)
  const judgedAt = (to: number): Judged => alone.judge(withParameter(judge, parameter, valueAt(to)))
  const found = [min, max].flatMap((end): number[] => {
    const stretch = (end - from) / STRETCHES
    if (stretch === 0) return []
    for (let i = 1; i <= STRETCHES; i++)
      if (isFlipped(judgedAt(from + i * stretch))) return [narrowed(from + (i - 1) * stretch, from + i * stretch)]
    return []
  })
  /** Between a value that does not flip and one that does. */
  function narrowed(low: number, high: number): number {
    let [kept, flipped] = [low, high]
    for (let i = 0; i < HALVINGS && Math.abs(flipped - kept) > step / 10; i++) {
      const middle = (kept + flipped) / 2
      if (isFlipped(judgedAt(middle))) flipped = middle
      else kept = middle
    }
    return onStep(flipped, step, judged => isFlipped(judgedAt(judged)), flipped > kept ? 1 : -1)
  }
  const [best] = found.sort((a, b) => Math.abs(a - from) - Math.abs(b - from))
  if (best === undefined) return null
  const { score, stage, destination } = judgedAt(best)
  return {
    parameter,
    from,
    to: valueAt(best),
    share: Math.abs(best - from) / range,
    judged: { score: score[0] ?? 0, stage: stage[0] ?? 0, destination: destination[0] ?? 0 },
  }
}

/** The next value outward that a handle can take, where it flips too; else the value itself. */
function onStep(value: number, step: number, flips: (value: number) => boolean, direction: 1 | -1): number {
  const steps = direction > 0 ? Math.ceil(value / step - 1e-9) : Math.floor(value / step + 1e-9)
  const rounded = Number((steps * step).toFixed(6))
  return flips(rounded) ? rounded : value
}
