import { IDENTITY_ENGINE } from '#identity'
import { VERSION } from '#lib/version'
import type { Readable } from '#store'
import { keptPart } from './run-parts.ts'

/** What a run is made by: the version, and the rules by which identity tells who is who. */
export const MADE_BY = `${VERSION}, identity ${IDENTITY_ENGINE}`

/** Was a run made as it would be now? What it keeps stands for work of now only then. */
export function isMadeAsNow(db: Readable, runId: number): boolean {
  return keptPart(db, runId, 'made by') === MADE_BY
}
