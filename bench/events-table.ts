/** Columns of events.csv in the order the generator writes them; the bench reads no other file. */
export const EVENT_COLUMNS = [
  'event_id',
  'event_name',
  'timestamp',
  'workspace_id',
  'user_id',
  'anonymous_id',
  'device_id',
  'session_id',
  'source',
  'ip',
  'is_key_event',
  'event_weight',
  'event_properties',
] as const

const TYPES: Readonly<Record<string, string>> = { event_id: 'TEXT PRIMARY KEY' }

/** The table that both SQLite peers fill. */
export const EVENTS_TABLE = `CREATE TABLE events (${EVENT_COLUMNS.map(name => `${name} ${TYPES[name] ?? 'TEXT'}`).join(', ')})`
