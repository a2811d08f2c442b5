import type { RowCondition } from '#schema/mapping'
import { YES_WORDS } from './values/cell-reader.ts'

/** How tools that copy tables mark rows that were deleted at their source. */
const DELETED: readonly RowCondition[] = [
  { path: '_fivetran_deleted', notIn: YES_WORDS },
  { path: '_sdc_deleted_at', isMissing: true },
  { path: '_ab_cdc_deleted_at', isMissing: true },
  // A feed of changes has a row before and after each: the one before no longer holds.
  { path: '_CHANGE_TYPE', notIn: ['delete', 'update_preimage'] },
]

/** Conditions by which rows that are marked as deleted at their source belong to no table. */
export function conditionsOfMarks(headers: readonly string[]): RowCondition[] {
  return DELETED.flatMap(({ path, ...condition }) => {
    const header = headers.find(each => each.trim().toLowerCase() === path.toLowerCase())
    return header === undefined ? [] : [{ path: header, ...condition }]
  })
}
