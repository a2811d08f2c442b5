import type { Instant } from '#lib/time'
import type { Anomaly } from './rollups.ts'
import type { EntityTable, TableName } from './tables.ts'

export const SEVERITIES = ['critical', 'warning', 'note'] as const
/** How much a finding can do to scores: stop them, move them, or only worth knowing. */
export type Severity = (typeof SEVERITIES)[number]

/** What a finding is about, in the order in which data are walked through. */
export const CHECK_GROUPS = ['files', 'events', 'people', 'workspaces', 'crm'] as const
export type CheckGroup = (typeof CHECK_GROUPS)[number]

/** Codes of all checks. Stable: scripts and analysts name them. */
export const CHECK_CODES = [
  'missing_table',
  'held_row',
  'secret_column',
  'repeated_key',
  'changed_row',
  'table_behind',
  'sparse_column',
  'unread_word',
  'event_without_workspace',
  'event_of_unknown_workspace',
  'event_without_user',
  'event_of_unknown_user',
  'event_copy',
  'event_loop',
  'event_burst',
  'event_in_future',
  'event_before_workspace',
  'clock_gap',
  'unmapped_event',
  'bot_signup',
  'no_address',
  'personal_mail',
  'membership_orphan',
  'user_orphan',
  'row_in_future',
  'workspace_without_admin',
  'workspace_without_members',
  'workspace_without_events',
  'personal_workspace',
  'workspace_orphan',
  'sandbox_workspace',
  'sandbox_by_name',
  'subscription_orphan',
  'overlapping_subscriptions',
  'mixed_currency',
  'account_pair',
  'account_rivals',
  'contact_orphan',
  'deal_orphan',
  'outcome_orphan',
] as const
export type CheckCode = (typeof CHECK_CODES)[number]

/** Where in the program a finding can be mended; null where only the source can. */
export type FixAction = 'add_files' | 'held_rows' | 'taxonomy'

/** One check with what it found. `count` 0: nothing. */
export type HealthCheck = Readonly<{
  code: CheckCode
  group: CheckGroup
  severity: Severity
  title: string
  /** In `noun`s. */
  count: number
  /** What the share is taken of, in the same nouns; 0: a share says nothing. */
  of: number
  noun: readonly [one: string, many: string]
  /** What it does to scores, in a few words. */
  effect: string
  /** The same in a sentence. */
  why: string
  /** What to do. */
  fix: string
  action: FixAction | null
  /** The findings in words, the first ones of many. */
  evidence: readonly string[]
  /** Rows that can be looked at. */
  rows: number
}>

/** How the values of a column of rows are to be read. */
export type RowColumnKind = 'text' | 'id' | 'instant' | 'moment' | 'count' | 'share'
export type RowColumn = Readonly<{ id: string; label: string; kind: RowColumnKind }>
export type RowValue = string | number | null

/** Where a row was read: a record of a table by its key, or a line of a file. */
export type RowPlace =
  | Readonly<{ kind: 'record'; table: EntityTable; key: readonly string[] }>
  | Readonly<{ kind: 'event'; position: number }>
  | Readonly<{ kind: 'line'; importId: number; line: number }>
  | null

/** One row behind a check; `values` follow the columns of its list. */
export type HealthRow = Readonly<{ values: readonly RowValue[]; place: RowPlace }>
export type HealthRows = Readonly<{ columns: readonly RowColumn[]; rows: readonly HealthRow[] }>

/** How much of one side of a join is found on the other. */
export type JoinCoverage = Readonly<{
  id: string
  from: TableName
  to: TableName
  /** What is counted, as a sentence that goes on after "share of". */
  means: string
  found: number
  of: number
}>

/** Newest time of a table that is not after as-of. */
export type TableFreshness = Readonly<{
  table: TableName
  rows: number
  /** Null where the table has no time of that kind, or no row. */
  newestAt: Instant | null
  /** Column that `newestAt` is from. */
  column: string | null
  /** Days between it and as-of. */
  daysBehind: number | null
  /** Name of the newest file, and when it was imported. */
  file: string | null
  importedAt: Instant | null
}>

/** How many rows of a table have a value in one column. `isDelivered`: any file of the table has the column. */
export type ColumnFill = Readonly<{
  table: TableName
  column: string
  filled: number
  of: number
  isDelivered: boolean
}>

/** Everything that a check of the data says at one instant. */
export type HealthReport = Readonly<{
  asOf: Instant
  /** Of the data, taxonomy, loop rule, zone, identity and as-of that it was made with. */
  key: string
  /** Worst first, those that found nothing last. */
  checks: readonly HealthCheck[]
  coverage: readonly JoinCoverage[]
  freshness: readonly TableFreshness[]
  fill: readonly ColumnFill[]
  /** The newest ones; `of`: how many were found. Missing in reports of the judging room, which is given them. */
  anomalies?: Readonly<{ newest: readonly Anomaly[]; of: number }>
}>

/** What an import tells about its file. */
export type FileFacts = Readonly<{
  importId: number
  file: string
  table: TableName
  read: number
  held: number
  /** Records whose key or id came again within the file or was there already, and that count for nothing. */
  repeated: number
  secretHeaders: readonly string[]
  /** Canonical columns that it has. */
  columns: readonly string[]
  importedAt: Instant
}>

/** A row that a later file changed. */
export type ChangedRow = Readonly<{
  table: EntityTable
  key: readonly string[]
  columns: readonly string[]
  /** Where it stood before. */
  importId: number
  line: number
}>

/** How many workspaces an activation rule reaches, and how fast. */
export type ActivationFigures = Readonly<{
  workspaces: number
  activated: number
  /** Workspaces whose time to activation can be told, or that can still be waited for. */
  timed: number
  /** Median days from creation to activation over the activated ones among them; null where there is none. */
  medianDays: number | null
  /** Share of workspaces activated within n days of their creation, n = 0..60. */
  within: readonly number[]
  secondary: readonly Readonly<{ id: string; holds: number }>[]
}>

/** A changed rule beside the one in force. */
export type ActivationEffect = Readonly<{
  now: ActivationFigures
  draft: ActivationFigures
  /** Workspaces that the draft activates and the rule in force does not. */
  gained: number
  lost: number
  /** Activated by both, on another date. */
  moved: number
}>
