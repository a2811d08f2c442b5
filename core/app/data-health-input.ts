import type { HealthInput } from '#features'
import { emailReader, settingsIn } from '#identity'
import type { Calendar, Instant } from '#lib/time'
import type { ColumnFill, FileFacts } from '#schema/data-health'
import type { Dataset } from '#schema/dataset'
import { TABLES, type TableName } from '#schema/tables'
import { subscriptionAt } from '#score'
import {
  changedRows,
  columnFill,
  eventFill,
  heldTotals,
  type ImportRecord,
  identityDecisions,
  listImports,
  type Readable,
} from '#store'
import { companiesOfAccounts, rivalsOfAccounts } from './account-companies.ts'
import type { FoundGround } from './data-health-ground.ts'

/** States in which a subscription is paid for, or about to be. */
const LIVE: ReadonlySet<string> = new Set(['active', 'past_due', 'trialing'])

/**
 * What the health of the data is judged by.
 *
 * @param latest newest instant that can be believed
 */
export function healthInput(
  db: Readable,
  dataset: Dataset,
  { found, roster, kinds, cells, identities, anomalies }: FoundGround,
  latest: Instant,
): HealthInput {
  const { units, findings, calendar, asOf } = found
  const files = fileFacts(db)
  const decisions = identityDecisions(db)
  const { domains, words } = settingsIn(decisions)
  const read = emailReader(domains, words)
  const companies = companiesOfAccounts(db, { decisions, read, words })
  const { workspaceAccounts } = identities
  return {
    dataset,
    roster,
    kinds,
    units,
    findings,
    bundle: cells.bundle,
    setAsideAt: cells.setAsideAt,
    anomalies,
    identities,
    liveSubscriptions: liveSubscriptions(dataset, calendar, asOf),
    calendar,
    asOf,
    latest: Math.max(latest, asOf),
    files,
    changedRows: changedRows(db),
    fill: fillOf(db, dataset, files),
    accountPairs: companies.pairs,
    accountRivals: rivalsOfAccounts(db, { workspaceAccounts, companies, read }),
    readAddress: read,
  }
}

function liveSubscriptions(
  dataset: Dataset,
  calendar: Calendar,
  asOf: Instant,
): ReadonlyMap<string, readonly string[]> {
  const live = new Map<string, string[]>()
  for (const row of dataset.subscriptions) {
    if (row.workspace_id === null) continue
    const state = subscriptionAt(row, calendar, asOf)
    if (state === null || !LIVE.has(state.status)) continue
    const own = live.get(row.workspace_id) ?? []
    live.set(row.workspace_id, own)
    own.push(row.subscription_id)
  }
  return live
}

/** Files that were imported, oldest first. */
function fileFacts(db: Readable): readonly FileFacts[] {
  const published = listImports(db).filter(({ status }) => status === 'published')
  return published.map(record => factsOf(record, heldNow(db, record))).reverse()
}

/** Rows that were fixed or left out since are no longer held. */
function heldNow(db: Readable, { importId, held }: ImportRecord): number {
  return held === 0 ? 0 : heldTotals(db, importId).held
}

function factsOf(
  { importId, file, table, read, duplicates, superseded, plan, importedAt }: ImportRecord,
  held: number,
): FileFacts {
  return {
    importId,
    file,
    table,
    read,
    held,
    repeated: table === 'events' ? duplicates : superseded,
    secretHeaders: plan.columns.filter(({ match }) => match === 'secret').map(({ header }) => header),
    columns: plan.columns.flatMap(({ column }) => column ?? []),
    importedAt,
  }
}

function fillOf(db: Readable, dataset: Dataset, files: readonly FileFacts[]): readonly ColumnFill[] {
  const delivered = new Set(files.flatMap(({ table, columns }) => columns.map(column => `${table} ${column}`)))
  const line = (table: TableName, column: string, filled: number, of: number): ColumnFill => ({
    table,
    column,
    filled,
    of,
    isDelivered: filled > 0 || delivered.has(`${table} ${column}`),
  })
  const events = eventFill(db)
  const ofEvents = Object.keys(TABLES.events.columns).map(column =>
    line('events', column, events[column] ?? 0, dataset.events.count),
  )
  const ofRows = columnFill(db).flatMap(({ table, rows, filled }) =>
    filled.map(([column, count]) => line(table, column, count, rows)),
  )
  return [...ofRows, ...ofEvents]
}
