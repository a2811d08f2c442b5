import type { Output } from '#contract/contract'
import type { Calendar } from '#lib/time'
import { VERSION } from '#lib/version'
import type { Analysis } from '#pipeline'
import type { IdentityMode } from '#schema/identity'
import {
  assignOwners,
  countHeld,
  dataState,
  decisionsInForce,
  listImports,
  type NewRun,
  type ProjectEvents,
  type RunUnit,
  saveCells,
  saveRun,
  saveVersion,
  transaction,
  type Writable,
} from '#store'
import type { Tables } from './dataset.ts'
import type { ModelInForce, PolicyInForce } from './judgement.ts'
import { identityParts } from './kept-identities.ts'
import { runLists } from './run-lists.ts'
import { type DefaultAsOf, keepParts } from './run-parts.ts'
import { runUnitsOf } from './run-units.ts'
import { setAsideById } from './set-aside.ts'

/** Scores and routes are kept per workspace; accounts are what the account issue adds. */
export const LEVEL = 'workspace'

/** An analysis with all that it rests on. */
export type Finished = Readonly<{
  analysis: Analysis
  tables: Tables
  events: Pick<ProjectEvents, 'ids'>
  judgement: ModelInForce & Readonly<{ policy: PolicyInForce }>
  identityMode: IdentityMode
  cells: Readonly<{ key: string; isNew: boolean }>
  defaultAsOf: DefaultAsOf | null
  calendar: Calendar
  /** ms since epoch */
  now: number
}>

/** Keeps an analysis as a new run with its cells, versions, parts and the owners it gave, by one transaction. */
export function keepRun(
  db: Writable,
  finished: Finished,
): Pick<Output<'score.run'>, 'runId' | 'stages' | 'destinations' | 'setAside'> {
  const { analysis, tables, judgement, cells, now } = finished
  const run = newRun(db, finished)
  const units = runUnitsOf(db, { tables, model: judgement.model, analysis })
  const runId = transaction(db, () => {
    if (cells.isNew) saveCells(db, cells.key, analysis.cells, now)
    saveVersion(db, 'model', { hash: judgement.hash, json: judgement.json, createdAt: now })
    saveVersion(db, 'policy', { hash: judgement.policy.hash, json: judgement.policy.json, createdAt: now })
    const id = saveRun(db, run, units)
    keepRunParts(db, id, finished, units)
    assignOwners(db, LEVEL, assignmentsGiven(analysis, id))
    return id
  })
  const { stages, destinations, setAside } = run.summary
  return { runId, stages: { ...stages }, destinations: { ...destinations }, setAside: [...setAside] }
}

function newRun(db: Writable, { analysis, judgement, identityMode, cells, now }: Finished): NewRun {
  const { persons, identities, judged, routes, setAside } = analysis
  return {
    asOf: analysis.asOf,
    level: LEVEL,
    identityMode,
    modelHash: judgement.hash,
    policyHash: judgement.policy.hash,
    cellsKey: cells.key,
    dataState: dataState(db),
    summary: {
      modelName: judgement.model.name,
      policyName: judgement.policy.policy.name,
      persons: persons.length,
      linkedWorkspaces: identities.accountOfWorkspace.size,
      stages: countBy(judged.map(({ score }) => score.stage)),
      destinations: countBy(routes.map(({ destination }) => destination)),
      setAside: Object.entries(sumBy(setAside)).map(([reason, count]) => ({ reason, count })),
    },
    anomalies: analysis.anomalies,
    createdAt: now,
  }
}

function keepRunParts(db: Writable, runId: number, finished: Finished, units: readonly RunUnit[]): void {
  const { analysis, judgement, calendar } = finished
  const { asOf, judged, routes, anomalies, identities } = analysis
  const setAside = setAsideById(finished.events, analysis)
  const { model, hash: modelHash } = judgement
  const stageSince = new Map(units.map(unit => [unit.judged.unit.id, unit.lastChangedAt ?? asOf]))
  const input = { judged, routes, identities, anomalies, setAside, model, modelHash, asOf, calendar, stageSince }
  keepParts(db, runId, {
    ...identityParts(identities),
    'set aside': setAside,
    lists: runLists(input, countHeld(db)),
    imports: listImports(db).flatMap(({ importId, status }) => (status === 'published' ? [importId] : [])),
    'default as of': finished.defaultAsOf,
    'made by': VERSION,
    decisions: decisionsInForce(db).length,
  })
}

/** Units that somebody of a pool takes with this run. */
function assignmentsGiven({ routes }: Analysis, sinceRun: number): Parameters<typeof assignOwners>[2] {
  return routes.flatMap(({ unitId, owner, ownerTeam, ownerFrom }) =>
    ownerFrom === 'pool' && owner !== null && ownerTeam !== null ? [{ unitId, owner, team: ownerTeam, sinceRun }] : [],
  )
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  return sumBy(names.map(reason => ({ reason, count: 1 })))
}

function sumBy(rows: readonly Readonly<{ reason: string; count: number }>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>()
  for (const { reason, count } of rows) sums.set(reason, (sums.get(reason) ?? 0) + count)
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}
