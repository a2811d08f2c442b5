import type { Calendar, Instant } from '#lib/time'
import type { SetAside } from '#schema/cells'
import type { Dataset } from '#schema/dataset'
import type { JudgedUnit } from '#schema/findings'
import type { Identities } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { Anomaly } from '#schema/rollups'
import type { RouteDecision } from '#schema/route'

/** A held row with the file it is from. */
export type HeldLine = Readonly<{
  file: string
  line: number
  column: string
  value: string
  code: string
  message: string
}>

/** One finished run, as an export needs it. */
export type ExportInput = Readonly<{
  /** Units with their scores (ledger lines included) and findings, in any order. */
  judged: readonly JudgedUnit[]
  /** One decision per unit, in the order of `judged`. */
  routes: readonly RouteDecision[]
  identities: Identities
  anomalies: readonly Anomaly[]
  setAside: readonly SetAside[]
  heldRows: readonly HeldLine[]
  dataset: Omit<Dataset, 'events'>
  model: ScoringModel
  modelHash: string
  asOf: Instant
  calendar: Calendar
  /** unit id -> instant since which the present stage holds, from earlier runs; a unit that is missing holds it since asOf. */
  stageSince?: ReadonlyMap<string, Instant>
}>
