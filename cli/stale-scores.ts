import type { Session } from './engine.ts'
import type { Level } from './options.ts'
import { note } from './terminal.ts'

const STALE = 'These scores are older than the data, the model or the answers: pql score makes them anew'

/** Says on stderr that what is shown was made before the data, the model or an answer changed. */
export async function noteStaleScores({ client }: Session): Promise<void> {
  const { scoreRun } = await client['project.summary']({})
  if (scoreRun?.isStale === true) note(STALE)
}

/** The same of the scores that an export is of; true: they are not current. */
export async function noteStaleExport({ client }: Session, level: Level = 'workspace'): Promise<boolean> {
  const { staleBecause } = await client['export.staleness']({ level })
  if (staleBecause.length > 0) note(STALE)
  return staleBecause.length > 0
}
