import type { Output } from '#contract/contract'
import { DESTINATIONS, type RoutedChannel } from '#schema/policy'
import type { Scenario } from '#schema/scenario'
import { countsOf, entrantsOf, type JudgedWeek } from '#simulate'
import type { Simulation } from './simulation.ts'

type Volume = Output<'simulate.set'>['volumes'][number]

/** What each destination holds and gets a week, beside what it can take. */
export function volumesOf(
  { base, capacities: ofCrm }: Pick<Simulation, 'base' | 'capacities'>,
  scenario: JudgedWeek,
  capacities: Scenario['capacities'],
): Volume[] {
  const [held, holding] = [countsOf(base).destinations, countsOf(scenario).destinations]
  const [came, coming] = [entrantsOf(base), entrantsOf(scenario)]
  return DESTINATIONS.map((destination, d) => {
    const channel = destination as RoutedChannel // none is no channel: nobody gives it a capacity
    const capacity = capacities[channel] ?? ofCrm[channel] ?? null
    return {
      destination,
      base: held[d] ?? 0,
      scenario: holding[d] ?? 0,
      entrantsBase: came?.[d] ?? null,
      entrantsScenario: coming?.[d] ?? null,
      capacity,
      capacityFrom: capacity === null ? null : capacities[channel] === undefined ? 'crm' : 'scenario',
    }
  })
}
