import type { Output } from '#contract/contract'
import { exportFiles } from '#export'
import type { Person } from '#schema/unit'
import { dataState, type Readable, readTable, readUnits, type ScoreRun } from '#store'
import type { OpenProject } from './context.ts'
import { NO_TABLES, type Tables } from './dataset.ts'
import { keptPeople } from './kept-identities.ts'
import { type ExportedUnit, exportedUnit, listInput } from './run-input.ts'
import { channelOf, type RunLists } from './run-lists.ts'
import { keptPart } from './run-parts.ts'

type Preview = Output<'export.preview'>
type Sample = Preview['channels'][number]['sample']

/**
 * What an export of a run would write. Counts are those that the run kept; of the units only those are read whose lines
 * are shown, and made into lines as the export makes them.
 */
export function previewOf(open: OpenProject, run: ScoreRun): Preview {
  const { db } = open.project
  const key = `${run.runId} ${dataState(db)}`
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
    channels: lists.channels.map(({ channel, rows }) => ({ channel, rows, sample: samples.get(channel) ?? [] })),
    files: lists.files.map(({ name, rows }) => ({ name, rows })),
    suppressed: lists.suppressed.map(({ reason, count }) => ({ reason, count })),
  }
}

function samplesOf(db: Readable, run: ScoreRun, { channels }: RunLists): ReadonlyMap<string, Sample> {
  const shown = channels.flatMap(({ first }) => first.map(({ unitNo }) => unitNo))
  const units = readUnits(db, run.runId, shown).map(exportedUnit)
  const identities = keptPeople(db, run.runId)
  const tables = tablesFor(db, units, identities.persons)
  const files = exportFiles(listInput(db, run, { units, tables, identities }))
  const byName = new Map(files.map(file => [channelOf(file.name), file]))
  return new Map(
    channels.map(({ channel, first }) => {
      // Units that another list shows come behind: both lists are sorted by id. Their place is that on the whole list.
      const lines = byName.get(channel)?.head(first.length) ?? []
      return [channel, lines.map((line, i) => ({ ...line, priority: first[i]?.priority ?? '' }))]
    }),
  )
}

/** The tables that lists look into, with the users of some units' people alone: matching all with contacts takes long. */
function tablesFor(db: Readable, units: readonly ExportedUnit[], persons: readonly Person[]): Tables {
  const people = new Set(units.flatMap(({ judged }) => judged.unit.people.map(({ personId }) => personId)))
  const users = new Set(persons.flatMap(({ id, userIds }) => (people.has(id) ? userIds : [])))
  return {
    ...NO_TABLES,
    users: readTable(db, 'users').filter(({ user_id }) => users.has(user_id)),
    workspaces: readTable(db, 'workspaces'),
    accounts: readTable(db, 'accounts'),
    contacts: readTable(db, 'contacts'),
    deals: readTable(db, 'deals'),
    crm_users: readTable(db, 'crm_users'),
  }
}
