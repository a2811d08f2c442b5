import type { ColumnPlan } from '#schema/import'
import type { TableName } from '#schema/tables'
import { matchHeaders } from './headers.ts'
import { isSecretHeader } from './secrets.ts'

/** Headers of JSON records that the head of the file did not have. */
export type LateHeaders = Readonly<{
  /** The column that the header fills, null where it is custom, secret, or its column is taken. */
  columnFor(header: string, columns: readonly ColumnPlan[]): ColumnPlan | null
  judge(header: string): 'custom' | 'secret'
  secrets(): readonly string[]
}>

/** Headers remembered; beyond, as in objects keyed by id, each is judged anew. */
const MOST_HEADERS = 10_000
const MOST_SECRETS = 20

/** JSON leaves out what is empty, so that a canonical column may first show far into a file: it is still read. */
export function lateHeaders(table: TableName): LateHeaders {
  const judged = new Map<string, ColumnPlan>()
  const secrets = new Set<string>()
  const planOf = (header: string): ColumnPlan => {
    const before = judged.get(header)
    if (before !== undefined) return before
    const fresh = matchHeaders(table, [header], false).columns[0] ?? { header, column: null, match: 'custom' }
    if (judged.size < MOST_HEADERS) judged.set(header, fresh)
    if (fresh.match === 'secret' && secrets.size < MOST_SECRETS) secrets.add(header)
    return fresh
  }
  return {
    columnFor(header, columns) {
      const plan = planOf(header)
      return plan.column === null || columns.some(({ column }) => column === plan.column) ? null : plan
    },
    judge: header => (planOf(header).column === null && isSecretHeader(header) ? 'secret' : 'custom'),
    secrets: () => [...secrets],
  }
}
