import { type Calendar, calendarOf } from '#lib/time'
import type { EventChunk, EventLog, TextColumn } from '#schema/event'
import type { Readable } from '../connection.ts'
import { openEventLog } from './event-log.ts'
import {
  codeColumn,
  partOf,
  publishedSegments,
  type StoredSegment,
  timeColumn,
  workspaceColumn,
  workspaceIndex,
} from './segments.ts'
import { openStoredTexts } from './stored-texts.ts'

/**
 * The published events without their properties, for whoever counts: what an event says of itself is most of the file,
 * and is not read here.
 *
 * @throws AppError `store/corrupt` here or later, where segments or dictionaries are damaged
 */
export function openEventCodes(db: Readable, calendar = calendarOf('UTC')): EventLog {
  const whole = openEventLog(db, calendar)
  const segments = publishedSegments(db)
  const texts = openStoredTexts(db)
  const sizes = { name: texts.size('name'), user: texts.size('user') }
  return {
    count: whole.count,
    names: whole.names,
    workspaces: whole.workspaces,
    users: whole.users,
    copies: whole.copies,
    *chunks() {
      for (const segment of segments) yield codesOf(db, segment, { ...sizes, calendar })
    },
  }
}

const NO_TEXT = new Uint8Array(0)

type Ground = Readonly<{ name: number; user: number; calendar: Calendar }>

function codesOf(db: Readable, segment: StoredSegment, { name, user, calendar }: Ground): EventChunk {
  const { count, base } = segment
  const core = partOf(db, segment, 'core')
  const properties: TextColumn = { offsets: new Uint32Array(count + 1), bytes: NO_TEXT }
  return {
    count,
    base,
    timestamp: timeColumn(core, segment, calendar),
    name: codeColumn(core, 'name', { segment, texts: name }),
    workspace: workspaceColumn(workspaceIndex(db, segment), count),
    user: codeColumn(core, 'user', { segment, texts: user }),
    properties,
  }
}
