import type { EmailReading } from '#identity'
import type { Calendar, Instant } from '#lib/time'
import type { CellBundle, SetAsidePositions } from '#schema/cells'
import type { ChangedRow, CheckCode, ColumnFill, FileFacts, HealthRows, Severity } from '#schema/data-health'
import type { Dataset } from '#schema/dataset'
import type { Findings } from '#schema/findings'
import type { AccountPair, AccountRivals, Identities } from '#schema/identity'
import type { Anomaly } from '#schema/rollups'
import type { Unit } from '#schema/unit'
import type { Roster } from '../roster.ts'
import type { KindTable } from '../taxonomy.ts'

/** All that the health of the data is judged by: what the judging rooms found at asOf, and what imports left behind. */
export type HealthInput = Readonly<{
  dataset: Dataset
  /** Who exists at asOf. */
  roster: Roster
  kinds: KindTable
  /** Sorted by id, with their findings in the same order. */
  units: readonly Unit[]
  findings: readonly Pick<Findings, 'hasAdmin' | 'rollups'>[]
  bundle: Pick<CellBundle, 'unmappedNames'>
  setAsideAt: SetAsidePositions
  anomalies: readonly Anomaly[]
  identities: Pick<Identities, 'accountOfWorkspace' | 'identifiers'>
  /** Workspace id -> ids of its subscriptions that are active, past due or on trial at asOf. */
  liveSubscriptions: ReadonlyMap<string, readonly string[]>
  calendar: Calendar
  asOf: Instant
  /** Newest instant that can be believed; later times are in the future. At or after asOf. */
  latest: Instant
  /** Files that were imported, oldest first. */
  files: readonly FileFacts[]
  changedRows: readonly ChangedRow[]
  fill: readonly ColumnFill[]
  /** Billing records and accounts that are one company, or may be. */
  accountPairs: readonly AccountPair[]
  /** Accounts of two sources that compete. */
  accountRivals: readonly AccountRivals[]
  /** Reads an address by the words and the classes of domains of the project. */
  readAddress: (text: string | null) => EmailReading
}>

/** What one check found: `count` of `of`, with the rows behind it. Rows of events are found by their test instead. */
export type Found = Readonly<{
  code: CheckCode
  count: number
  of: number
  evidence?: readonly string[]
  rows?: HealthRows
  /** Rows that are events, where they are not as many as `count`. */
  eventRows?: number
  /** What to do, where it depends on what was found. */
  fix?: string | undefined
  /** Where the share alone does not tell. */
  severity?: Severity
}>
