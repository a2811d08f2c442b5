import {
  type EventTally,
  EventWalk,
  type HealthInput,
  type HealthJudgement,
  healthSteps,
  kindTable,
  takeRoster,
} from '#features'
import { readEmail } from '#identity'
import { finish } from '#lib/steps'
import { calendarOf } from '#lib/time'
import type { CheckCode, HealthCheck } from '#schema/data-health'
import { DEFAULT_MODEL, subscriptionAt } from '#score'
import { type Setting, TODAY } from '../../score/scored.ts'
import { judged } from '../found.ts'
import { at, datasetOf, type WorldRows } from '../world.ts'

export type Checked = HealthJudgement &
  Readonly<{ input: HealthInput; walk: EventWalk; tally: EventTally; check: (code: CheckCode) => HealthCheck }>

/** The health of a small world, by the rooms as the app joins them. */
export function checked(rows: WorldRows, setting: Setting = {}, more: Partial<HealthInput> = {}): Checked {
  const dataset = datasetOf(rows)
  const calendar = calendarOf('UTC')
  const asOf = at(setting.asOf ?? TODAY)
  const analysis = judged(rows, setting)
  const live = Map.groupBy(
    dataset.subscriptions.filter(row => row.workspace_id !== null && isLive(row)),
    row => row.workspace_id ?? '',
  )
  const input: HealthInput = {
    dataset,
    roster: takeRoster(dataset, calendar, asOf),
    kinds: kindTable(DEFAULT_MODEL),
    units: analysis.units,
    findings: analysis.judged.map(({ findings }) => findings),
    bundle: analysis.cells.bundle,
    setAsideAt: analysis.cells.setAsideAt,
    anomalies: analysis.anomalies,
    identities: analysis.identities,
    liveSubscriptions: new Map([...live].map(([id, own]) => [id, own.map(row => row.subscription_id)])),
    calendar,
    asOf,
    latest: asOf,
    files: [],
    changedRows: [],
    fill: [],
    accountPairs: [],
    accountRivals: [],
    readAddress: readEmail,
    ...more,
  }
  const walk = new EventWalk(input)
  const tally = finish(walk.tally())
  const judgement = finish(healthSteps(input, tally))
  const check = (code: CheckCode): HealthCheck => judgement.report.checks.find(one => one.code === code) as HealthCheck
  return { ...judgement, input, walk, tally, check }

  function isLive(row: (typeof dataset)['subscriptions'][number]): boolean {
    const status = subscriptionAt(row, calendar, asOf)?.status
    return status === 'active' || status === 'past_due' || status === 'trialing'
  }
}
