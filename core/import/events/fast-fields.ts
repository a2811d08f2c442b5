import type { ColumnPlan, FilePlan } from '#schema/import'
import { EVENT_CODES, type EventCode } from '#schema/import'

/** What becomes of one field of a record. */
export type FastField =
  | Readonly<{ role: 'code'; kind: EventCode; column: string }>
  | Readonly<{ role: 'id' | 'time' | 'keyEvent' | 'weight' | 'properties' | 'custom' | 'drop' }>

const CODE_COLUMNS: Readonly<Record<EventCode, string>> = {
  name: 'event_name',
  workspace: 'workspace_id',
  user: 'user_id',
  anonymous: 'anonymous_id',
  device: 'device_id',
  session: 'session_id',
  source: 'source',
  ip: 'ip',
}
const ROLES: Readonly<Record<string, FastField>> = {
  event_id: { role: 'id' },
  timestamp: { role: 'time' },
  is_key_event: { role: 'keyEvent' },
  event_weight: { role: 'weight' },
  event_properties: { role: 'properties' },
  ...Object.fromEntries(
    EVENT_CODES.map((kind): [string, FastField] => [
      CODE_COLUMNS[kind],
      { role: 'code', kind, column: CODE_COLUMNS[kind] },
    ]),
  ),
}

/**
 * The fields of a file of events that can be read from its bytes: UTF-8, delimited by one ASCII character, with a name
 * and a time, no column twice.
 *
 * @returns one field per column of the plan, null for any other file
 */
export function fastFields(plan: FilePlan): readonly FastField[] | null {
  const { table, format, encoding, delimiter } = plan
  const isPlain = delimiter !== null && /^[\t -~]$/.test(delimiter) && !'" '.includes(delimiter)
  if (table !== 'events' || format !== 'csv' || encoding !== 'utf-8' || !isPlain) return null
  const named = plan.columns.flatMap(({ column }) => column ?? [])
  const isWhole = named.includes('event_name') && named.includes('timestamp') && new Set(named).size === named.length
  const fields = plan.columns.map(fieldOf)
  return isWhole && fields.every(field => field !== null) ? fields : null
}

function fieldOf({ column, match }: ColumnPlan): FastField | null {
  if (column === null) return { role: match === 'custom' ? 'custom' : 'drop' }
  return ROLES[column] ?? null
}
