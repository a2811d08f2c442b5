import { decodeColumns } from '../columns/index.ts'
import { type Readable, statement } from '../connection.ts'
import { type EventDictionaries, loadDictionaries, SHARED_CODES, type SharedCode } from './dictionary-pages.ts'
import { IdSet } from './id-set.ts'

/** What an import needs to know about the events of a project: which there are, and the codes of their texts. */
export type KnownEvents = Readonly<{
  ids: IdSet
  dictionaries: EventDictionaries
  /** How many texts of each dictionary are in the project already. A writer moves it on. */
  stored: Map<SharedCode, number>
}>

/**
 * Kept by the engine from import to import. About 25 bytes per event and the texts of the dictionaries once.
 */
export type EventKeys = Readonly<{
  /** Read from the project on the first call, and again after `forget`. */
  known(): KnownEvents
  /** To be called when the stored events have changed in another way than through a writer, or memory is short. */
  forget(): void
}>

/**
 * Keys of the published events and of those that wait to be published with the import at hand, segment by segment in the
 * order they were loaded: a file must find the events of the files before it in its batch.
 */
export const PRESENT_KEYS = `
  SELECT s.row_count AS count, p.columns
  FROM import i CROSS JOIN event_segment s ON s.import_id = i.id
  CROSS JOIN event_part p ON p.segment_id = s.id AND p.part = 'key'
  WHERE i.status <> 'undone' ORDER BY i.id, s.sequence`

type KeyRow = Readonly<{ count: number; columns: Uint8Array }>

/** Opens the keys of a project; nothing is read yet. */
export function openEventKeys(db: Readable): EventKeys {
  let known: KnownEvents | null = null
  return {
    known: () => (known ??= load(db)),
    forget: () => {
      known = null
    },
  }
}

function load(db: Readable): KnownEvents {
  const dictionaries = loadDictionaries(db)
  const stored = new Map(SHARED_CODES.map(kind => [kind, dictionaries[kind].size]))
  return { ids: loadIds(db), dictionaries, stored }
}

function loadIds(db: Readable): IdSet {
  const ids = new IdSet()
  let verdicts = new Uint8Array(0)
  for (const { count, columns } of statement<KeyRow>(db, PRESENT_KEYS).iterate()) {
    if (verdicts.length < count) verdicts = new Uint8Array(count)
    ids.addEarlier(decodeColumns(columns).column('key', 'i32', 4 * count), count, verdicts)
  }
  return ids
}
