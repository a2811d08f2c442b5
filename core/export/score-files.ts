import { invariant } from '#lib/errors'
import { compareCodePoints } from '#lib/text'
import type { Day, Instant } from '#lib/time'
import type { JudgedUnit, Reason } from '#schema/findings'
import type { ScoringModel } from '#schema/model'
import type { Rollups } from '#schema/rollups'
import type { RouteDecision } from '#schema/route'
import type { ScoreLine } from '#schema/score'
import type { Unit } from '#schema/unit'
import { topReasons } from '#score'
import { type Column, day, flag, id, instant, LIST_SEPARATOR, number, tenths, text, word } from './column.ts'
import type { Sheet } from './export-file.ts'
import type { ExportInput } from './export-input.ts'

/** A unit as an export takes it. */
export type ExportUnit = Readonly<{
  judged: JudgedUnit
  route: RouteDecision
  /** Since when the present stage holds. */
  stageSince: Instant
  /** The stage is that of the first scores of the project: when it began, no run tells. */
  isFirstStage?: boolean
}>

/** A unit with where it goes and why its score is what it is. */
export type UnitRow = ExportUnit & Readonly<{ reasons: () => readonly Reason[] }>

/** A file that has rows for each unit, in the order of the units where rows have no places of their own. */
export type UnitSheet<R> = Sheet<R> &
  Readonly<{
    rowsOf: (unit: UnitRow) => readonly R[]
    /** Place of a row in the file; missing: rows are in the order of the units. */
    placeOf?: (row: R) => number
  }>

/**
 * Units with their decisions, sorted by unit id.
 *
 * @param input a run; its decisions are in the order of its units
 * @returns rows whose reasons are worked out once, when they are first asked for
 *
 * Source: docs/methods/export.md, "Files".
 */
export function unitRows({ judged, routes, stageSince, ...input }: ExportInput): readonly UnitRow[] {
  const ground = { model: input.model, today: input.calendar.dayOf(input.asOf) }
  return judged
    .map((unit, i) => {
      const route = routes[i]
      invariant(route !== undefined && route.unitId === unit.unit.id, 'decisions come in the order of their units')
      return unitRow({ judged: unit, route, stageSince: stageSince?.get(route.unitId) ?? input.asOf }, ground)
    })
    .sort((a, b) => compareCodePoints(a.route.unitId, b.route.unitId))
}

/**
 * One unit as files write it.
 *
 * @param ground the run's model, and its day
 *
 * Source: docs/methods/export.md, "Files".
 */
export function unitRow(unit: ExportUnit, { model, today }: Readonly<{ model: ScoringModel; today: Day }>): UnitRow {
  const { judged } = unit
  let known: readonly Reason[] | null = null
  const reasons = (): readonly Reason[] => {
    known ??= topReasons(judged.score, { unit: judged.unit, model, today })
    return known
  }
  return { ...unit, reasons }
}

/**
 * scores.csv: one row per unit.
 *
 * @param run its instant and model
 *
 * Source: docs/methods/export.md, "scores.csv".
 */
export function scoresSheet({ asOf, modelHash }: Pick<ExportInput, 'asOf' | 'modelHash'>): UnitSheet<UnitRow> {
  const bucket = (name: keyof JudgedUnit['score']['buckets']): Column<UnitRow> =>
    number(name, ({ judged }) => judged.score.buckets[name])
  const columns: Column<UnitRow>[] = [
    id('unit_id', ({ route }) => route.unitId),
    word('level', ({ judged }) => judged.unit.level),
    text('unit_name', ({ judged }) => judged.unit.name),
    instant('as_of', () => asOf),
    tenths('pql_score', ({ judged }) => judged.score.score),
    word('pql_stage', ({ judged }) => judged.score.stage),
    ...(['activation', 'depth', 'expansion', 'intent', 'fit', 'negative'] as const).map(bucket),
    number('total', ({ judged }) => judged.score.total),
    word('coverage', ({ judged }) => judged.score.coverage),
    id('representative_user_id', ({ judged }) => judged.score.representativeId),
    id('account_id', ({ judged }) => judged.unit.accountId),
    word('destination', ({ route }) => route.destination),
    word('also', ({ route }) => route.also.join(LIST_SEPARATOR)),
    text('rule', ({ route }) => route.ruleId),
    text('owner_team', ({ route }) => route.ownerTeam),
    text('owner', ({ route }) => route.owner),
    flag('over_capacity', ({ route }) => route.isOverCapacity),
    word('suppressed_by', ({ route }) => route.suppressedBy.join(LIST_SEPARATOR)),
    word('health', ({ judged }) => judged.findings.health.state),
    ...reasonColumns<UnitRow>(({ reasons }) => reasons()),
    word('next_best_action', ({ judged }) => judged.findings.nextBestAction?.id),
    instant('pql_last_changed_at', ({ stageSince, isFirstStage }) => (isFirstStage === true ? null : stageSince)),
    word('model_hash', () => modelHash),
  ]
  return { name: 'scores.csv', columns, keyOf: ({ route }) => route.unitId, rowsOf: unit => [unit] }
}

/**
 * The columns reason_1 to reason_3: the lines with the most points as sentences.
 *
 * @param read reasons of a row, best first
 * @param textOf what is written of one
 *
 * Source: docs/methods/export.md, "scores.csv".
 */
export function reasonColumns<R>(
  read: (row: R) => readonly Reason[],
  textOf: (reason: Reason) => string = ({ sentence }) => sentence,
): readonly Column<R>[] {
  return [0, 1, 2].map(place =>
    text<R>(`reason_${place + 1}`, row => {
      const reason = read(row)[place]
      return reason && textOf(reason)
    }),
  )
}

/**
 * score_lines.csv: the ledger; the final points of a unit add up to its clamped, unrounded score.
 *
 * Source: docs/methods/export.md, "score_lines.csv".
 */
export function scoreLinesSheet(): UnitSheet<LedgerLine> {
  const columns: Column<LedgerLine>[] = [
    id('unit_id', ({ unitId }) => unitId),
    word('signal', ({ line }) => line.signal),
    word('bucket', ({ line }) => line.bucket),
    word('scope', ({ line }) => line.scope),
    id('person_id', ({ line }) => line.personId),
    number('occurrences', ({ line }) => line.occurrences),
    day('first_day', ({ line }) => line.firstDay),
    day('last_day', ({ line }) => line.lastDay),
    number('points_before_cap', ({ line }) => line.pointsBeforeCap),
    number('points_after_cap', ({ line }) => line.pointsAfterCap),
    number('points_after_decay', ({ line }) => line.pointsAfterDecay),
    number('role_factor', ({ line }) => line.roleFactor),
    number('final_points', ({ line }) => line.finalPoints),
  ]
  return {
    name: 'score_lines.csv',
    columns,
    keyOf: ({ unitId, line }) => `${unitId} ${line.signal}`,
    rowsOf: ({ judged }) =>
      judged.score.lines.map(line => ({ unitId: judged.unit.id, line })).sort((a, b) => byPlace(a.line, b.line)),
  }
}

type LedgerLine = Readonly<{ unitId: string; line: ScoreLine }>

function byPlace(a: ScoreLine, b: ScoreLine): number {
  return compareCodePoints(a.signal, b.signal) || compareCodePoints(a.personId ?? '', b.personId ?? '')
}

/**
 * units.csv: which workspaces make a unit.
 *
 * Source: docs/methods/export.md, "units.csv".
 */
export function unitsSheet(): UnitSheet<Member> {
  return {
    name: 'units.csv',
    columns: [
      id('unit_id', ({ unit }) => unit.id),
      word('level', ({ unit }) => unit.level),
      id('workspace_id', ({ workspaceId }) => workspaceId),
    ],
    keyOf: ({ unit, workspaceId }) => `${unit.id} ${workspaceId}`,
    rowsOf: ({ judged: { unit } }) =>
      [...unit.workspaceIds].sort(compareCodePoints).map(workspaceId => ({ unit, workspaceId })),
  }
}

type Member = Readonly<{ unit: Unit; workspaceId: string }>

/** How each rollup is written; the order is that of the file. */
const ROLLUPS = {
  dau: number,
  wau_7d: number,
  mau_30d: number,
  active_days_14d: number,
  core_feature_days_14d: number,
  features_activated: number,
  key_feature_adoption_ratio: number,
  feature_adoption_score: number,
  logins_7d: number,
  sessions_7d: number,
  sessions_14d: number,
  core_actions_7d: number,
  automation_runs_7d: number,
  invites_sent_7d: number,
  invites_sent_14d: number,
  invites_accepted_7d: number,
  invites_accepted_14d: number,
  team_invites: number,
  integrations_installed: number,
  integration_installs_30d: number,
  integrations_connected: number,
  crm_connected: flag,
  data_warehouse_export_enabled: flag,
  records_imported: number,
  usage_limit_hits_30d: number,
  api_rate_limit_hits_7d: number,
  upgrade_clicks_7d: number,
  pricing_page_views_7d: number,
  seat_count_total: number,
  seats_active_7d: number,
  seat_growth_30d: number,
  trial_days_remaining: number,
  mrr: number,
  arr: number,
  activation_date: instant,
  activation_path: text,
  time_to_activation_hours: number,
  last_active_at: instant,
  days_since_signup: number,
} as const satisfies Record<keyof Rollups, typeof number | typeof flag | typeof instant | typeof text>

/**
 * rollups.csv: one row per unit with every rollup.
 *
 * Source: docs/methods/features.md; docs/methods/export.md, "rollups.csv".
 */
export function rollupsSheet(): UnitSheet<UnitRow> {
  const columns = Object.entries(ROLLUPS).map(([name, column]) => {
    // The table above pairs each rollup with the column of its own type.
    const make = column as (name: string, read: (row: UnitRow) => unknown) => Column<UnitRow>
    return make(name, ({ judged }) => judged.findings.rollups[name as keyof Rollups])
  })
  return {
    name: 'rollups.csv',
    columns: [id<UnitRow>('unit_id', ({ route }) => route.unitId), ...columns],
    keyOf: ({ route }) => route.unitId,
    rowsOf: unit => [unit],
  }
}
