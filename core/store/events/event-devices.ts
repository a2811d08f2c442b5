import { settingsIn } from '#identity'
import { instantOfMoment, readMoment } from '#lib/time'
import { DEVICE_KINDS, type DeviceChunk, type DeviceHolder, type DeviceIds, type DeviceSource } from '#schema/event'
import { identityDecisions } from '../decisions.ts'
import { walkTable } from '../entities.ts'
import type { OpenLog } from './open-log.ts'
import { codeColumn, partOf, type StoredSegment, timeColumn } from './segments.ts'
import { textAt } from './stored-texts.ts'

/** Where the ids of each namespace lie in a segment. */
const PLACES = { anonymous_id: 'anonymous', device_id: 'device' } as const

/** The ids that the events of a log were seen under. Segments are read when they are walked, their ids when asked for. */
export function deviceSource(log: OpenLog): DeviceSource {
  let nobody: DeviceSource['isNobody'] | null = null
  return {
    *chunks() {
      for (const segment of log.segments) yield chunkOf(log, segment)
    },
    holders: isWanted => holdersOf(log, isWanted),
    isNobody: (kind, id) => {
      nobody ??= nobodyTest(log)
      return nobody(kind, id)
    },
  }
}

function chunkOf({ db, texts, calendar }: OpenLog, segment: StoredSegment): DeviceChunk {
  const { count, base } = segment
  const core = partOf(db, segment, 'core')
  let detail: ReturnType<typeof partOf> | null = null
  let timestamp: Float64Array | null = null
  return {
    count,
    base,
    // Most segments have no event that names nobody: of these nothing but the users is unpacked.
    get timestamp() {
      timestamp ??= timeColumn(core, segment, calendar)
      return timestamp
    },
    user: codeColumn(core, 'user', { segment, texts: texts.size('user') }),
    ids: kind => {
      detail ??= partOf(db, segment, 'detail')
      return idsOf(detail, segment, PLACES[kind])
    },
  }
}

function idsOf(detail: ReturnType<typeof partOf>, segment: StoredSegment, place: 'anonymous' | 'device'): DeviceIds {
  const texts = detail.texts(place)
  const size = texts.offsets.length
  return {
    codes: codeColumn(detail, place, { segment, texts: size - 1 }),
    size,
    text: code => (code === 0 ? '' : textAt(texts, code - 1)),
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

/** Placeholders by the words of the project, and what somebody said identifies nobody. */
function nobodyTest({ db }: OpenLog): DeviceSource['isNobody'] {
  const decisions = identityDecisions(db)
  const { isPlaceholder } = settingsIn(decisions).words
  const blocked = new Set<string>()
  for (const decision of decisions) {
    if (decision.type === 'block_value') blocked.add(`${decision.kind} ${decision.value}`)
    if (decision.type === 'allow_value') blocked.delete(`${decision.kind} ${decision.value}`)
  }
  return (kind, id) => isPlaceholder(id) || blocked.has(`${kind} ${id}`)
}
