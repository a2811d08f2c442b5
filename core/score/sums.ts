import { firstRunFrom } from '#features'
import { SIGNAL_BUCKETS } from '#schema/model'
import type { SumGround } from './score-ground.ts'
import { fillValues } from './signal-values.ts'
import type { SignalRule } from './signals.ts'

/** Units from..to. */
export type Span = Readonly<{ from: number; to: number }>

/** Sums of signal values per bucket of SIGNAL_BUCKETS, role factor and maximum still to come. */
export type Sums = {
  /** At [bucket * slots + slot - firstSlot]. */
  readonly person: Float64Array
  slots: number
  firstSlot: number
  /** At [bucket * units + unit - firstUnit]. */
  readonly unit: Float64Array
  units: number
  firstUnit: number
}

/** Room for the sums of so many slots and units, the first ones. */
export function newSums(slots: number, units: number): Sums {
  return {
    person: new Float64Array(slots * SIGNAL_BUCKETS.length),
    slots,
    firstSlot: 0,
    unit: new Float64Array(units * SIGNAL_BUCKETS.length),
    units,
    firstUnit: 0,
  }
}

/** Adds up units, a span at a time; its columns are used again for the next span. */
export class Adder {
  private readonly ground: SumGround
  private readonly values: Float64Array
  private readonly sums: Sums

  /** @param spans all spans that will be asked for */
  constructor(ground: SumGround, spans: readonly Span[]) {
    const { start } = ground.slots
    // Within range: spans are of units that exist.
    const slots = Math.max(0, ...spans.map(({ from, to }) => (start[to] as number) - (start[from] as number)))
    const units = Math.max(0, ...spans.map(({ from, to }) => to - from))
    this.ground = ground
    this.values = new Float64Array(Math.max(slots, units))
    this.sums = newSums(slots, units)
  }

  /**
   * Sums of a span of units: signal by signal in the model's order, so that equal cells give equal bits, whatever the spans.
   *
   * @returns sums that hold until the next span
   */
  add({ from, to }: Span): Sums {
    const { ground, sums } = this
    sums.person.fill(0)
    sums.unit.fill(0)
    sums.firstSlot = ground.slots.start[from] as number
    sums.firstUnit = from
    const endSlot = ground.slots.start[to] as number
    for (const rule of ground.rules) {
      if (rule.isPersonal) this.addRule(rule, sums.firstSlot, endSlot, sums.person, sums.slots)
      else this.addRule(rule, from, to, sums.unit, sums.units)
    }
    return sums
  }

  private addRule(rule: SignalRule, least: number, end: number, planes: Float64Array, width: number): void {
    const from = firstRunFrom(rule.runs, least)
    const to = firstRunFrom(rule.runs, end)
    fillValues(rule, from, to, this.values)
    addValues(this.values, rule, { from, to }, planes, rule.bucket * width - least)
  }
}

/** planes[shift + subject] += value, for the runs from..to. */
export function addValues(
  values: Float64Array,
  { runs: { subject } }: Pick<SignalRule, 'runs'>,
  { from, to }: Span,
  planes: Float64Array,
  shift: number,
): void {
  for (let run = from; run < to; run++) {
    const at = shift + (subject[run] as number) // within range: the planes were made for these subjects
    planes[at] = (planes[at] as number) + (values[run - from] as number)
  }
}

/** Sums of one unit alone, made of the same values in the same order. */
export function sumsOfUnit(ground: SumGround, u: number): Sums {
  const span = { from: u, to: u + 1 }
  return new Adder(ground, [span]).add(span)
}
