import type { HealthRow, RowColumn } from '#schema/data-health'
import type { Row } from '#schema/tables'
import type { Found, HealthInput } from './health-input.ts'

const COLUMNS: readonly RowColumn[] = [
  { id: 'unit', label: 'Workspace or account', kind: 'id' },
  { id: 'name', label: 'Name', kind: 'text' },
  { id: 'subscription', label: 'Subscription', kind: 'id' },
  { id: 'currency', label: 'Currency', kind: 'text' },
  { id: 'mrr', label: 'MRR', kind: 'count' },
  { id: 'arr', label: 'ARR', kind: 'count' },
]

/**
 * Units of which live subscriptions with an amount are of two or more currencies: their MRR is a sum over these.
 *
 * @returns one finding, of the units with a live subscription that names an amount and a currency; one row per such subscription
 *
 * Source: docs/methods/data-health.md, "Workspaces".
 */
export function checkCurrencies({ units, liveSubscriptions, dataset }: HealthInput): Found {
  const rowOf = new Map(dataset.subscriptions.map(row => [row.subscription_id, row]))
  const rows: HealthRow[] = []
  let count = 0
  let of = 0
  for (const { id, name, workspaceIds } of units) {
    const live = workspaceIds.flatMap(workspace => liveSubscriptions.get(workspace) ?? [])
    const priced = live.flatMap(own => rowOf.get(own) ?? []).filter(row => isPriced(row))
    const currencies = new Set(priced.map(({ currency }) => currency?.toUpperCase()))
    if (currencies.size > 0) of++
    if (currencies.size < 2) continue
    count++
    for (const { subscription_id: own, currency, mrr, arr } of priced)
      rows.push({
        values: [id, name, own, currency, mrr, arr],
        place: { kind: 'record', table: 'subscriptions', key: [own] },
      })
  }
  return { code: 'mixed_currency', count, of, rows: { columns: COLUMNS, rows } }
}

function isPriced({ currency, mrr, arr }: Row<'subscriptions'>): boolean {
  return currency !== null && ((mrr ?? 0) !== 0 || (arr ?? 0) !== 0)
}
