import type { ExportGround, ExportUnit, HeldLine, ListedValues } from '#export'
import { calendarOf } from '#lib/time'
import type { ListedTables } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import { heldPage, type Readable, type RunUnit, type ScoreRun } from '#store'
import { addressReader } from './address-reader.ts'
import { linksOfRun } from './contact-links.ts'
import { inTurns, type Job } from './jobs.ts'
import { modelOfRun } from './judgement.ts'
import { keptPeople } from './kept-identities.ts'
import { listedValues } from './listed-values.ts'
import { keptPart, keptRecords } from './run-parts.ts'

/**
 * A unit of a run as an export takes it.
 *
 * @param run its instant, and that of the first scores of the project
 */
export function exportUnit(
  { judged, route, lastChangedAt }: RunUnit,
  { asOf, since }: Readonly<{ asOf: number; since: number }>,
): ExportUnit {
  const stageSince = lastChangedAt ?? asOf
  return { judged, route, stageSince, isFirstStage: stageSince <= since }
}

/** Held rows read from the store at a time. */
const HELD_PAGE = 500

type ListGround = Readonly<{ tables: ListedTables }> &
  Pick<ExportGround, 'contactLinks'> &
  Readonly<{ identities: Identities; values: ListedValues }>

/** What the lists of a run are made of, read back as it was kept, not computed again. */
export function listGround(
  db: Readable,
  run: ScoreRun,
  { tables, identities, contactLinks, values }: ListGround,
): ExportGround {
  const model = modelOfRun(db, run)
  return {
    identities,
    values,
    contactLinks,
    anomalies: run.anomalies,
    readAddress: addressReader(db),
    setAside: [],
    heldRows: [],
    dataset: tables,
    model,
    modelHash: run.modelHash,
    asOf: run.asOf,
    calendar: calendarOf(model.timeZone),
  }
}

/** All that an export writes but the units. Others get a turn between its parts. */
export async function exportGround(db: Readable, run: ScoreRun, tables: ListedTables, job: Job): Promise<ExportGround> {
  const { runId } = run
  const people = keptPeople(db, runId)
  await job.turn()
  const contactLinks = await inTurns(linksOfRun(db, run, people.persons), job)
  const values = await inTurns(listedValues(db, { ...people, contactLinks }), job)
  const ground = listGround(db, run, { tables, identities: people, contactLinks, values })
  await job.turn()
  return {
    ...ground,
    identities: {
      ...people,
      identifiers: keptRecords(db, runId, 'identifiers'),
      workspaceAccounts: [...keptRecords(db, runId, 'workspace accounts')],
      workspaceLinks: [...keptRecords(db, runId, 'workspace links')],
    },
    setAside: [...keptRecords(db, runId, 'set aside')],
    heldRows: [...heldLines(db, keptPart(db, runId, 'imports'))],
  }
}

/** Rows held by the imports that a run judged. */
function* heldLines(db: Readable, imports: readonly number[]): Generator<HeldLine> {
  for (const importId of imports) {
    for (let after = 0; ; ) {
      const page = heldPage(db, after, HELD_PAGE, importId)
      for (const { file, line, column, value, code, message } of page)
        yield { file, line, column, value, code, message }
      const last = page.at(-1)
      if (last === undefined || page.length < HELD_PAGE) break
      after = last.heldId
    }
  }
}
