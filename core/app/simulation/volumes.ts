import type { Output } from '#contract/contract'
import { DESTINATIONS, type RoutedChannel } from '#schema/policy'
import type { Scenario } from '#schema/scenario'
import type { WeekFigures } from '#simulate'

type Volume = Output<'simulate.set'>['volumes'][number]

/** Units that each destination holds, and those that came within the week; null where the week before is not known. */
type Flow = Pick<WeekFigures, 'destinations' | 'entrants'>

type Ground = Readonly<{
  baseFigures: Flow
  /** Units a week by the people of the CRM. */
  capacities: Readonly<Partial<Record<RoutedChannel, number>>>
}>

/** What each destination holds and gets a week, beside what it can take. */
export function volumesOf(
  { baseFigures, capacities: ofCrm }: Ground,
  scenario: Flow,
  capacities: Scenario['capacities'],
): Volume[] {
  return DESTINATIONS.map((destination, d) => {
    const channel = destination as RoutedChannel // none is no channel: nobody gives it a capacity
    const capacity = capacities[channel] ?? ofCrm[channel] ?? null
    return {
      destination,
      base: baseFigures.destinations[d] ?? 0,
      scenario: scenario.destinations[d] ?? 0,
      entrantsBase: baseFigures.entrants?.[d] ?? null,
      entrantsScenario: scenario.entrants?.[d] ?? null,
      capacity,
      capacityFrom: capacity === null ? null : capacities[channel] === undefined ? 'crm' : 'scenario',
    }
  })
}
