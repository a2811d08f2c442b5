import type { Output } from '#contract/contract'
import { DESTINATIONS, type RoutedChannel } from '#schema/policy'
import type { Scenario } from '#schema/scenario'
import { countsOf, entrantsOf, type JudgedWeek } from '#simulate'

type Volume = Output<'simulate.set'>['volumes'][number]

export type Flow = Readonly<{ held: Uint32Array; came: Uint32Array | null }>

type Ground = Readonly<{
  base: JudgedWeek
  baseFlow: Flow
  /** Units a week by the people of the CRM. */
  capacities: Readonly<Partial<Record<RoutedChannel, number>>>
}>

/** What each destination holds and gets a week, beside what it can take. */
export function volumesOf(
  { base, baseFlow, capacities: ofCrm }: Ground,
  scenario: JudgedWeek,
  capacities: Scenario['capacities'],
): Volume[] {
  const { held, came } = baseFlow
  const { held: holding, came: coming } = scenario === base ? baseFlow : flowOf(scenario)
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

/** Units per destination, and those that came there within the week; null where the week before is not known. */
export function flowOf(judged: JudgedWeek): Flow {
  return { held: countsOf(judged).destinations, came: entrantsOf(judged) }
}
