import type { Parsed } from '#contract/contract'

type Sort = Parsed<'score.order'>['sort']

/** By what each sort orders, ascending. What is unknown comes last in both directions. */
const KEYS: Readonly<Record<Sort, Readonly<{ value: string; mayBeUnknown: boolean }>>> = {
  score: { value: 'score', mayBeUnknown: false },
  id: { value: 'unit_no', mayBeUnknown: false },
  name: { value: 'coalesce(unit_name, unit_id) COLLATE NOCASE', mayBeUnknown: false },
  stage: { value: 'stage_rank', mayBeUnknown: false },
  destination: { value: 'destination', mayBeUnknown: false },
  account: { value: 'coalesce(account_name, account_id) COLLATE NOCASE', mayBeUnknown: true },
  lastActive: { value: 'last_active_at', mayBeUnknown: true },
  intent: { value: 'intent', mayBeUnknown: false },
  activation: { value: 'activation', mayBeUnknown: false },
  depth: { value: 'depth', mayBeUnknown: false },
  expansion: { value: 'expansion', mayBeUnknown: false },
  fit: { value: 'fit', mayBeUnknown: false },
  negative: { value: 'negative', mayBeUnknown: false },
}

/** The units that a filter leaves. `search` is lower case; `stages` and `destinations` are JSON lists, null: all. */
export const MATCHES = `(:search = '' OR instr(search_text, :search) > 0)
    AND (:stages IS NULL OR stage IN (SELECT value FROM json_each(:stages)))
    AND (:destinations IS NULL OR destination IN (SELECT value FROM json_each(:destinations)))
    AND score >= :min AND score <= :max`

const made = new Map<string, string>()

/**
 * Unit numbers of a run in an order: by the key, then best score first, then by number (that is: by id). Without a
 * filter the statement asks for nothing but the key, so that the default order is read from its index.
 */
export function scoreOrderSql(sort: Sort, isDescending: boolean, isFiltered: boolean): string {
  const name = `${sort} ${isDescending} ${isFiltered}`
  const known = made.get(name)
  if (known !== undefined) return known
  const { value, mayBeUnknown } = KEYS[sort]
  const key = `${value} ${isDescending ? 'DESC' : 'ASC'}${mayBeUnknown ? ' NULLS LAST' : ''}`
  const ties = sort === 'score' ? 'unit_no' : sort === 'id' ? '' : 'score DESC, unit_no'
  const order = [key, ties].filter(part => part !== '').join(', ')
  const sql = `SELECT unit_no FROM score_unit WHERE run_id = :run${isFiltered ? ` AND ${MATCHES}` : ''} ORDER BY ${order}`
  made.set(name, sql)
  return sql
}
