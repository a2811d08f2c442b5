import type { ExportInput } from '#export'
import { calendarOf } from '#lib/time'
import type { Identities } from '#schema/identity'
import type { RouteDecision } from '#schema/route'
import { heldPage, type Readable, type RunUnit, type ScoreRun } from '#store'
import type { Tables } from './dataset.ts'
import { modelOfRun } from './judgement.ts'
import { keptIdentities } from './kept-identities.ts'
import { keptPart } from './run-parts.ts'

/** What an export writes of one unit. Its people's figures, and the trace by which it was routed, are not among it. */
export type ExportedUnit = Readonly<{
  judged: RunUnit['judged']
  route: RouteDecision
  lastChangedAt: number | null
}>

export function exportedUnit({ judged, route, lastChangedAt }: RunUnit): ExportedUnit {
  return { judged, route: { ...route, trace: [] }, lastChangedAt }
}

/** Held rows read from the store at a time. */
const HELD_PAGE = 500

type ListGround = Readonly<{ units: readonly ExportedUnit[]; tables: Tables; identities: Identities }>

/** What the lists of some units of a run are made of, read back as it was kept, not computed again. */
export function listInput(db: Readable, run: ScoreRun, { units, tables, identities }: ListGround): ExportInput {
  const model = modelOfRun(db, run)
  return {
    judged: units.map(({ judged }) => judged),
    routes: units.map(({ route }) => route),
    identities,
    anomalies: run.anomalies,
    setAside: [],
    heldRows: [],
    dataset: tables,
    model,
    modelHash: run.modelHash,
    asOf: run.asOf,
    calendar: calendarOf(model.timeZone),
    stageSince: new Map(units.map(({ judged, lastChangedAt }) => [judged.unit.id, lastChangedAt ?? run.asOf])),
  }
}

/** All that an export writes. */
export function exportInput(db: Readable, run: ScoreRun, ground: Omit<ListGround, 'identities'>): ExportInput {
  return {
    ...listInput(db, run, { ...ground, identities: keptIdentities(db, run.runId) }),
    setAside: keptPart(db, run.runId, 'set aside'),
    heldRows: [...heldLines(db, keptPart(db, run.runId, 'imports'))],
  }
}

/** Rows held by the imports that a run judged. */
function* heldLines(db: Readable, imports: readonly number[]): Generator<ExportInput['heldRows'][number]> {
  for (const importId of imports) {
    for (let after = 0; ; ) {
      const page = heldPage(db, after, HELD_PAGE, importId)
      for (const { file, line, column, value, code, message } of page)
        yield { file, line, column, value, code, message }
      const last = page.at(-1)
      if (last === undefined || page.length < HELD_PAGE) break
      after = last.heldId
    }
  }
}
