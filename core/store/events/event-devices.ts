import { once } from '#lib/once'
import { instantOfMoment, readMoment } from '#lib/time'
import { DEVICE_KINDS, type DeviceChunk, type DeviceHolder, type DeviceIds, type DeviceSource } from '#schema/event'
import type { ColumnSet } from '../columns/index.ts'
import { identityDecisions } from '../decisions.ts'
import { walkTable } from '../entities.ts'
import type { OpenLog } from './open-log.ts'
import { codeColumn, columnsOf, partOf, type StoredSegment, timeColumn } from './segments.ts'

/** Where the ids of each namespace lie in a segment. */
const PLACES = { anonymous_id: 'anonymous', device_id: 'device' } as const
const COLUMNS = Object.values(PLACES).flatMap(place => [place, `${place}Offsets`, `${place}Bytes`])

/** The ids that the events of a log were seen under. Segments are read when they are walked, their ids when asked for. */
export function deviceSource(log: OpenLog): DeviceSource {
  return {
    *chunks() {
      for (const segment of log.segments) yield chunkOf(log, segment)
    },
    holders: isWanted => holdersOf(log, isWanted),
    decisions: () => identityDecisions(log.db),
  }
}

function chunkOf({ db, texts, calendar }: OpenLog, segment: StoredSegment): DeviceChunk {
  const { count, base } = segment
  const core = once(() => partOf(db, segment, 'core'))
  const timestamp = once(() => timeColumn(core(), segment, calendar))
  const user = once(() => codeColumn(core(), 'user', { segment, texts: texts.size('user') }))
  // Of the details, most of which are about something else, no more is read than the ids.
  const detail = once(() => columnsOf(db, segment, 'detail', COLUMNS))
  return {
    count,
    base,
    // Most segments have no event that names nobody: of these nothing but the users is unpacked.
    get timestamp() {
      return timestamp()
    },
    get user() {
      return user()
    },
    ids: kind => idsOf(detail(), segment, PLACES[kind]),
  }
}

/** Their codes are unpacked when they are asked for. */
function idsOf(columns: ColumnSet, segment: StoredSegment, place: 'anonymous' | 'device'): DeviceIds {
  const texts = columns.texts(place)
  return {
    texts,
    get codes() {
      return codeColumn(columns, place, { segment, texts: texts.offsets.length - 1 })
    },
  }
}

function* holdersOf(
  { db, calendar }: OpenLog,
  isWanted: Parameters<DeviceSource['holders']>[0],
): Generator<DeviceHolder> {
  for (const row of walkTable(db, 'users', ['user_id', 'created_at', ...DEVICE_KINDS])) {
    for (const kind of DEVICE_KINDS) {
      const id = row[kind]
      if (id === null || !isWanted(kind, id)) continue
      const moment = row.created_at
      const createdAt = moment === null ? null : instantOfMoment(moment, calendar)
      yield {
        kind,
        id,
        userId: row.user_id,
        createdAt,
        signedUpAt: moment === null ? null : readMoment(moment).instant,
      }
    }
  }
}
