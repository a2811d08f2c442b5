import type { Session } from './engine.ts'
import { note } from './terminal.ts'

/** Says on stderr that what is shown was made before the data, the model or an answer changed. */
export async function noteStaleScores({ client }: Session): Promise<void> {
  const { scoreRun } = await client['project.summary']({})
  if (scoreRun?.isStale === true)
    note('These scores are older than the data, the model or the answers: pql score makes them anew')
}
