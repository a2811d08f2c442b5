import type { Calendar } from '#lib/time'
import type { Readable } from '../connection.ts'
import type { StoredSegment } from './segments.ts'
import type { StoredTexts } from './stored-texts.ts'

/** What the readers of one state of the project share. */
export type OpenLog = Readonly<{
  db: Readable
  segments: readonly StoredSegment[]
  texts: StoredTexts
  /** In whose zone the event of a day without a time is at the first instant of that day. */
  calendar: Calendar
}>
