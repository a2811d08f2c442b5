import { anomalousWorkspaces } from './anomalies.ts'
import { commerceOf } from './commerce.ts'
import { countedEvents, type World, workspacesOf } from './events.ts'
import { type Findings, findingsOf } from './findings.ts'
import { fitOf } from './fit.ts'
import type { OracleModel } from './model.ts'
import { peopleOf } from './people.ts'
import { featuresIn, type Rollups, rollupsOf } from './rollups.ts'
import { type Route, routeOf } from './routing.ts'
import { type Score, type Subject, scoreOf } from './score.ts'
import { cell, type Exports, groupBy, numberCell } from './tables.ts'
import { zoneOf } from './zone.ts'

export type Judgement = Readonly<{ score: Score; rollups: Rollups; findings: Findings; route: Route }>

/** The whole judgement of every workspace, user ids as given, nobody joined: the specification the slow way. */
export function judge(
  exports: Exports,
  model: OracleModel,
  options: Readonly<{ asOf: number; columnZone?: string | undefined }>,
): ReadonlyMap<string, Judgement> {
  const zone = zoneOf(model.timeZone, options.columnZone)
  const world: World = { exports, model, zone, asOf: options.asOf, today: zone.dayOf(options.asOf) }
  const counted = countedEvents(world)
  const people = peopleOf(world, counted)
  const active = groupBy(counted.active, event => event.workspace)
  const derived = groupBy(counted.derived, event => event.workspace)
  const anomalous = anomalousWorkspaces(world, counted)
  const features = featuresIn(world, counted.active)
  const judgements = new Map<string, Judgement>()
  for (const workspace of workspacesOf(world)) {
    const id = cell(workspace, 'workspace_id')
    const subject: Subject = {
      workspace,
      people: people.get(id) ?? [],
      active: active.get(id) ?? [],
      derived: derived.get(id) ?? [],
      commerce: commerceOf(world, workspace),
      fit: fitOf(exports, model, workspace),
    }
    const score = scoreOf(world, subject)
    const rollups = rollupsOf(world, subject, features)
    const findings = findingsOf(world, subject, rollups)
    const account = exports.accounts.find(row => cell(row, 'account_id') === cell(workspace, 'account_id'))
    const employees = numberCell(account, 'employee_count')
    const route = routeOf({ subject, score, rollups, findings, isAnomalous: anomalous.has(id), employees })
    judgements.set(id, { score, rollups, findings, route })
  }
  return judgements
}
