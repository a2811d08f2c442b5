import type { Readable } from '../connection.ts'
import type { StoredSegment } from './segments.ts'
import type { StoredTexts } from './stored-texts.ts'

/** What the readers of one state of the project share. */
export type OpenLog = Readonly<{ db: Readable; segments: readonly StoredSegment[]; texts: StoredTexts }>
