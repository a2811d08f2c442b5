import { emailReader } from '#identity'
import { type Analysis, analyse } from '#pipeline'
import { DEFAULT_POLICY } from '#route'
import type { Findings } from '#schema/findings'
import { DEFAULT_MODEL } from '#score'
import { type Setting, TODAY } from '../score/scored.ts'
import { at, datasetOf, identitiesOf, type WorldRows } from './world.ts'

/** The whole judgement of a small world. */
export function judged(rows: WorldRows, setting: Setting & { cells?: Analysis['cells'] } = {}): Analysis {
  const dataset = datasetOf(rows)
  return analyse({
    dataset,
    identities: identitiesOf(dataset, setting.joined, setting.identities),
    model: setting.model ?? DEFAULT_MODEL,
    policy: DEFAULT_POLICY,
    asOf: at(setting.asOf ?? TODAY),
    level: setting.level ?? 'workspace',
    dismissedAnomalies: new Set(),
    assignments: new Map(),
    readAddress: emailReader(),
    ...(setting.cells === undefined ? {} : { cells: setting.cells }),
  })
}

export function findingsOf(rows: WorldRows, setting: Setting = {}, id = 'w'): Findings {
  return judged(rows, setting).judged.find(one => one.unit.id === id)?.findings as Findings
}
