import { emailReader } from '#identity'
import { calendarOf } from '#lib/time'
import { type Analysis, analyse } from '#pipeline'
import { type Facts, factsOf } from '#route'
import type { Level } from '#schema/unit'
import { factKinds, type Judge, kernelColumns, RollupCollector, Simulator } from '#simulate'
import { at, datasetOf, identitiesOf, type WorldRows } from '../features/world.ts'
import { TODAY } from '../score/scored.ts'

const NOBODY = new Set<string>()

/** The whole pipeline over a small world. */
export function judged(rows: WorldRows, { model: by, policy }: Judge, level: Level = 'workspace'): Analysis {
  const dataset = datasetOf(rows)
  const identities = identitiesOf(dataset)
  const asOf = at(TODAY)
  return analyse({
    ...{ dataset, identities, model: by, policy, asOf, level },
    dismissedAnomalies: NOBODY,
    assignments: new Map(),
    readAddress: emailReader(),
  })
}

/** A simulator over the same world. */
export function simulatorOf(rows: WorldRows, base: Judge, level: Level = 'workspace'): Simulator {
  return groundOf(rows, base, [], level).simulator
}

/** The same with what it is made of. @param known bearers of kinds of facts that keep their numbers */
export function groundOf(rows: WorldRows, base: Judge, known: readonly Facts[] = [], level: Level = 'workspace') {
  const { judged: units, cells, today, asOf, units: frames } = judged(rows, base, level)
  const calendar = calendarOf(base.model.timeZone)
  const context = { asOf, calendar, anomalyDays: base.policy.anomalyDays, dismissedAnomalies: NOBODY }
  const own = units.map(one => factsOf(one, { ...context, account: undefined }))
  const collected = new RollupCollector(units.length)
  for (const [u, { findings }] of units.entries()) collected.add(u, findings.rollups)
  const columns = kernelColumns(cells.bundle.cells, frames)
  const facts = factKinds(own, base.policy, known)
  const rollups = collected.taken()
  return { columns, facts, rollups, simulator: new Simulator({ columns, facts, rollups, base, today }) }
}
