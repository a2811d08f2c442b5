import type { FilePlan, ImportNote } from '#schema/import'
import type { TableName } from '#schema/tables'

/** Fields without which the rows of a table say little to scores and routes; of several in one entry, one is enough. */
const NEEDED: Readonly<Partial<Record<TableName, readonly (readonly string[])[]>>> = {
  subscriptions: [['status'], ['plan'], ['mrr', 'arr']],
  accounts: [['current_owner']],
  contacts: [['email']],
  deals: [['status'], ['amount'], ['closed_at'], ['owner']],
}
/** With this share of headers known, the others are likely the file's own. */
const ENOUGH_KNOWN = 0.6
const MOST_NAMED = 8

/**
 * Fields that matter and that nothing fills, while more than two fifths of the headers are not known: one of these may be the
 * field. Only of files that are known by their headers; a kind of export that is known and a mapping say themselves what they
 * have.
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function unfilledNote(
  { table, recognition, derived = [] }: FilePlan,
  columns: FilePlan['columns'],
): readonly ImportNote[] {
  if (table === null || recognition?.by !== 'headers') return []
  const filled = new Set([...columns, ...derived].map(({ column }) => column))
  const empty = (NEEDED[table] ?? []).filter(fields => !fields.some(field => filled.has(field)))
  const open = columns.filter(({ header, match }) => match === 'custom' && header.trim() !== '')
  if (empty.length === 0 || open.length <= (1 - ENOUGH_KNOWN) * columns.length) return []
  const named = open.slice(0, MOST_NAMED).map(({ header }) => JSON.stringify(header))
  const more = open.length > MOST_NAMED ? ` and ${open.length - MOST_NAMED} more` : ''
  const fields = empty.map(names => names.join(' or ')).join(', ')
  const message =
    `Nothing fills ${fields} of ${table}, which scores and routes need. Headers that are not known: ${named.join(', ')}${more}. ` +
    'If one of them is the field, choose it on the board or in a mapping.'
  return [{ code: 'note/unfilled-fields', column: '', count: empty.length, lines: [], message }]
}
