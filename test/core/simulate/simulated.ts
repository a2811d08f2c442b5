import { calendarOf } from '#lib/time'
import { type Analysis, analyse } from '#pipeline'
import { factsOf } from '#route'
import { factKinds, type Judge, kernelColumns, RollupCollector, Simulator } from '#simulate'
import { at, datasetOf, identitiesOf, type WorldRows } from '../features/world.ts'
import { TODAY } from '../score/scored.ts'

const NOBODY = new Set<string>()

/** The whole pipeline over a small world. */
export function judged(rows: WorldRows, { model: by, policy }: Judge): Analysis {
  const dataset = datasetOf(rows)
  const identities = identitiesOf(dataset)
  const asOf = at(TODAY)
  return analyse({
    ...{ dataset, identities, model: by, policy, asOf, level: 'workspace' },
    dismissedAnomalies: NOBODY,
    assignments: new Map(),
  })
}

/** A simulator over the same world. */
export function simulatorOf(rows: WorldRows, base: Judge): Simulator {
  const { judged: units, cells, today, asOf, units: frames } = judged(rows, base)
  const calendar = calendarOf(base.model.timeZone)
  const context = { asOf, calendar, anomalyDays: base.policy.anomalyDays, dismissedAnomalies: NOBODY }
  const facts = units.map(one => factsOf(one, { ...context, account: undefined }))
  const rollups = new RollupCollector(units.length)
  for (const [u, { findings }] of units.entries()) rollups.add(u, findings.rollups)
  return new Simulator({
    columns: kernelColumns(cells.bundle.cells, frames),
    facts: factKinds(facts, base.policy),
    rollups: rollups.taken(),
    base,
    today,
  })
}
