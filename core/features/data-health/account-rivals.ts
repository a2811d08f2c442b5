import { rivalsSentence } from '#identity'
import type { HealthRow, RowColumn } from '#schema/data-health'
import type { Found, HealthInput } from './health-input.ts'

const COLUMNS: readonly RowColumn[] = [
  { id: 'account', label: 'Account', kind: 'id' },
  { id: 'account_name', label: 'Its name', kind: 'text' },
  { id: 'other', label: 'Other account', kind: 'id' },
  { id: 'other_name', label: 'Its name', kind: 'text' },
  { id: 'workspaces', label: 'Workspaces between them', kind: 'count' },
  { id: 'reason', label: 'What is between them', kind: 'text' },
]

/**
 * Accounts of two sources that stand in each other's way.
 *
 *   count = accounts that another source's account competes with; of = accounts
 *
 * @returns one finding, one row per pair, in the order of the accounts
 *
 * Source: docs/methods/data-health.md, "CRM".
 */
export function checkAccountRivals({ accountRivals, dataset }: Pick<HealthInput, 'accountRivals' | 'dataset'>): Found {
  const nameOf = new Map(
    accountRivals.length === 0 ? [] : dataset.accounts.map(({ account_id, name }) => [account_id, name]),
  )
  const rows = accountRivals.map((rivals): HealthRow => {
    const { a, b, workspaceIds } = rivals
    const names = [nameOf.get(a) ?? null, nameOf.get(b) ?? null] as const
    return {
      values: [a, names[0], b, names[1], workspaceIds.length, rivalsSentence(rivals)],
      place: { kind: 'record', table: 'accounts', key: [a] },
    }
  })
  const count = new Set(accountRivals.flatMap(({ a, b }) => [a, b])).size
  return { code: 'account_rivals', count, of: dataset.accounts.length, rows: { columns: COLUMNS, rows } }
}
