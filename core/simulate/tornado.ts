import type { Steps } from '#lib/steps'
import { DESTINATIONS, type Destination } from '#schema/policy'
import { STAGES } from '#score'
import { type Parameter, parametersOf, withParameter } from './parameters.ts'
import type { Judge, Judged, Simulator } from './simulator.ts'

/** What is counted: units that are PQL or hot, or units at a destination. */
export type Measure = 'pql' | Destination

/** One parameter at two ends, and what each comes to. */
export type TornadoBar = Readonly<{ parameter: Parameter; value: number; low: TornadoEnd; high: TornadoEnd }>
type TornadoEnd = Readonly<{ value: number; count: number }>

/** Days of caps and conditions are whole. */
const WHOLE = new Set(['cap.days', 'days'])

/**
 * How far each parameter alone moves a count.
 *
 *   low, high = count with the parameter at value * (1 - share), value * (1 + share)
 *
 * @param share above 0; parameters that are 0, or not there, have no such ends and are left out
 * @returns a generator that halts after each parameter; bars by swing, the largest first, ties in the order of the model
 *
 * Source: docs/methods/simulate.md, "Tornado".
 */
export function* tornadoSteps(
  simulator: Simulator,
  judge: Judge,
  { share, measure }: Readonly<{ share: number; measure: Measure }>,
): Steps<readonly TornadoBar[]> {
  const bars: TornadoBar[] = []
  for (const parameter of parametersOf(judge)) {
    const { value, field } = parameter
    if (typeof value !== 'number' || value === 0) continue
    const at = (factor: number): TornadoEnd => {
      const moved = WHOLE.has(field) ? Math.max(1, Math.round(value * factor)) : value * factor
      const judged = simulator.judge(withParameter(judge, parameter, moved))
      return { value: moved, count: countBy(judged, measure) }
    }
    bars.push({ parameter, value, low: at(1 - share), high: at(1 + share) })
    yield
  }
  return bars.sort((a, b) => swingOf(b) - swingOf(a))
}

/** What a tornado counts. */
export function countBy({ stage, destination }: Pick<Judged, 'stage' | 'destination'>, measure: Measure): number {
  const pql = STAGES.indexOf('PQL')
  const place = measure === 'pql' ? -1 : DESTINATIONS.indexOf(measure)
  let count = 0
  if (measure === 'pql') for (const own of stage) count += +(own >= pql)
  else for (const own of destination) count += +(own === place)
  return count
}

/** Between the two ends. */
export function swingOf({ low, high }: TornadoBar): number {
  return Math.abs(high.count - low.count)
}
