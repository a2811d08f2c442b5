import type { Output } from '#contract/contract'
import { type ExportUnit, exportFiles, firstListed } from '#export'
import { finish } from '#lib/steps'
import type { ListedTables } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import { dataState, listDecisions, type Readable, readUnits, type ScoreRun } from '#store'
import { linksOfRun } from './contact-links.ts'
import type { OpenProject } from './context.ts'
import { listedTables } from './dataset.ts'
import { keptPeople } from './kept-identities.ts'
import { listedValues } from './listed-values.ts'
import { exportUnit, listGround } from './run-input.ts'
import { channelOf, type RunLists } from './run-lists.ts'
import { keptPart } from './run-parts.ts'
import { stageGround } from './stage-days.ts'

type Preview = Output<'export.preview'>
type Sample = Preview['channels'][number]['sample']

/**
 * What an export of a run would write. Counts are those that the run kept; of the units only those are read whose lines
 * are shown, and made into lines as the export makes them.
 */
export function previewOf(open: OpenProject, run: ScoreRun): Preview {
  const { db } = open.project
  // A pin changes what lists say, and no score.
  const key = `${run.runId} ${dataState(db)} ${listDecisions(db).length}`
  const known = open.previews.get(key)
  if (known !== undefined) return known
  const preview = makePreview(db, run)
  open.previews.clear()
  open.previews.set(key, preview)
  return preview
}

function makePreview(db: Readable, run: ScoreRun): Preview {
  const lists = keptPart(db, run.runId, 'lists')
  const samples = samplesOf(db, run, lists)
  return {
    channels: lists.channels.map(({ channel, unitIds }) => ({
      channel,
      rows: unitIds.length,
      sample: samples.get(channel) ?? [],
    })),
    files: lists.files.map(({ name, rows }) => ({ name, rows })),
    suppressed: lists.suppressed.map(({ reason, count }) => ({ reason, count })),
  }
}

/** Rows of each list that are shown. */
const SHOWN = 20

function samplesOf(db: Readable, run: ScoreRun, { channels }: RunLists): ReadonlyMap<string, Sample> {
  const shown = new Map(channels.map(({ channel, unitIds }) => [channel, firstListed(unitIds, SHOWN)]))
  const ids = [...shown.values()].flatMap(units => units.map(({ unitId }) => unitId))
  const stages = stageGround(db, run)
  const units = readUnits(db, run.runId, ids).map(unit => exportUnit(unit, stages))
  const identities = keptPeople(db, run.runId)
  const people = peopleOf(units)
  const contactLinks = finish(linksOfRun(db, run, identities.persons))
  const ground = listGround(db, run, {
    identities,
    contactLinks,
    tables: tablesFor(db, people, identities),
    values: finish(listedValues(db, { ...identities, contactLinks }, people)),
  })
  const files = exportFiles({
    ...ground,
    judged: units.map(({ judged }) => judged),
    routes: units.map(({ route }) => route),
    stageSince: new Map(units.map(({ judged, stageSince }) => [judged.unit.id, stageSince])),
  })
  const byName = new Map(files.map(file => [channelOf(file.name), file]))
  return new Map(
    [...shown].map(([channel, first]) => {
      // Units that another list shows come behind: the order of the whole list is that of these. Their place is that on the whole list.
      const lines = byName.get(channel)?.head(first.length) ?? []
      return [channel, lines.map((line, i) => ({ ...line, priority: String(first[i]?.place ?? '') }))]
    }),
  )
}

function peopleOf(units: readonly ExportUnit[]): ReadonlySet<string> {
  return new Set(units.flatMap(({ judged }) => judged.unit.people.map(({ personId }) => personId)))
}

/** The tables that lists look into, with the users of some people alone. */
function tablesFor(db: Readable, people: ReadonlySet<string>, { persons }: Pick<Identities, 'persons'>): ListedTables {
  const users = new Set(persons.flatMap(({ id, userIds }) => (people.has(id) ? userIds : [])))
  const tables = listedTables(db)
  return { ...tables, users: [...tables.users].filter(({ user_id }) => users.has(user_id)) }
}
