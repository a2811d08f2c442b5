import { pairWords } from '#identity'
import type { HealthRow, RowColumn } from '#schema/data-health'
import type { Found, HealthInput } from './health-input.ts'

const COLUMNS: readonly RowColumn[] = [
  { id: 'billing', label: 'Billing record', kind: 'id' },
  { id: 'billing_name', label: 'Its name', kind: 'text' },
  { id: 'account', label: 'Account', kind: 'id' },
  { id: 'account_name', label: 'Its name', kind: 'text' },
  { id: 'reason', label: 'Why it is open', kind: 'text' },
]

/**
 * Billing records that may be the company of an account, and nobody said so.
 *
 *   count = billing records with an open pair; of = billing records that have something in common with an account
 *
 * @returns one finding, one row per pair, in the order of accounts and billing records
 *
 * Source: docs/methods/data-health.md, "CRM".
 */
export function checkAccountPairs({ accountPairs, dataset }: Pick<HealthInput, 'accountPairs' | 'dataset'>): Found {
  const open = accountPairs.filter(({ status }) => status === 'review')
  const nameOf = new Map(open.length === 0 ? [] : dataset.accounts.map(({ account_id, name }) => [account_id, name]))
  const rows = open.map((pair): HealthRow => {
    const { accountId, billingId } = pair
    const names = [nameOf.get(billingId) ?? null, nameOf.get(accountId) ?? null] as const
    return {
      values: [billingId, names[0], accountId, names[1], pairWords(pair)],
      place: { kind: 'record', table: 'accounts', key: [billingId] },
    }
  })
  const records = (pairs: typeof accountPairs): number => new Set(pairs.map(({ billingId }) => billingId)).size
  return { code: 'account_pair', count: records(open), of: records(accountPairs), rows: { columns: COLUMNS, rows } }
}
