import type { EventCode } from '#schema/import'

export const SEGMENT_ROWS = 65_536

/** Kinds whose codes lie in the part `detail`, with the texts of the segment; name and user lie in `core`, the workspace in `index`. */
export const DETAIL_CODES = ['anonymous', 'device', 'session', 'source', 'ip'] as const satisfies readonly EventCode[]
export type DetailCode = (typeof DETAIL_CODES)[number]

/**
 * The columns of a run, and the bytes of a value of each. `key`: four words per event, the id's hash, then the content's.
 * `uuid`: void where not all ids of the run are UUIDs. `picked`, `sorted`: numbers of the rows that are written.
 */
export const WIDTHS = {
  key: 16,
  uuid: 16,
  timestamp: 8,
  weight: 8,
  line: 4,
  name: 4,
  workspace: 4,
  user: 4,
  anonymous: 4,
  device: 4,
  session: 4,
  source: 4,
  ip: 4,
  isKeyEvent: 1,
  isDate: 1,
  picked: 4,
  sorted: 4,
} as const
export type ColumnName = keyof typeof WIDTHS
export const COLUMN_NAMES = Object.keys(WIDTHS) as readonly ColumnName[] // the keys of WIDTHS are these names
