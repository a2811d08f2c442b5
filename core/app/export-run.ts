import type { Output } from '#contract/contract'
import {
  dataFiles,
  type ExportFile,
  type ExportGround,
  type HarmlessCell,
  heldRowsFile,
  type ManifestGround,
  manifest,
  rankingOf,
  suppressedFile,
  unitFiles,
} from '#export'
import type { RoutedChannel } from '#schema/policy'
import { listImports, originOfImport, type Readable, readImport, runUnits, type ScoreRun, saveExport } from '#store'
import type { Context, OpenProject } from './context.ts'
import { listedTables } from './dataset.ts'
import { MANIFEST } from './earlier-export.ts'
import type { Job } from './jobs.ts'
import { policyOfRun } from './judgement.ts'
import { type OutputFile, type OutputGroup, writeFolder } from './output-folder.ts'
import { exportGround, exportUnit } from './run-input.ts'
import { keptPart } from './run-parts.ts'
import { stageGround } from './stage-days.ts'
import { staleReasons } from './stale-run.ts'

type Target = Readonly<{ folder: string; overwrite: boolean; job: Job }>

/** Writes the lists, the ledgers and the manifest of a run into a folder, all or none. */
export async function exportRun(
  ctx: Context,
  open: OpenProject,
  run: ScoreRun,
  { folder, overwrite, job }: Target,
): Promise<Output<'export.run'>> {
  const { db } = open.project
  job.report({ phase: 'Reading the tables', done: 0, total: null, unit: 'rows', subject: null })
  await job.turn()
  const ground = await exportGround(db, run, listedTables(db), job)
  const { order, groups, units, harmless } = outputsOf(db, run, ground, job)
  let text = ''
  const written = await writeFolder(folder, groups, {
    overwrite,
    job,
    last: outputs => {
      text = manifestText(db, run, ground, { routes: units.routes(), outputs, harmless: harmless() })
      return { name: MANIFEST, rows: 0, chunks: () => [text] }
    },
    record: () =>
      saveExport(db, { runId: run.runId, preset: 'generic', target: folder, manifest: text, createdAt: ctx.now() }),
  })
  const place = new Map([...order, MANIFEST].map((name, i) => [name, i]))
  const files = written.toSorted((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0))
  return { folder, files, cellsMadeHarmless: harmless().length }
}

type Outputs = Readonly<{
  /** Names of the files as they are listed. */
  order: readonly string[]
  groups: readonly (OutputFile | OutputGroup)[]
  units: ReturnType<typeof unitFiles>
  /** Cells made harmless so far, in the order of files. */
  harmless(): readonly HarmlessCell[]
}>

/** The files that go by unit are written side by side, so that each unit is read once; then the others, one by one. */
function outputsOf(db: Readable, run: ScoreRun, ground: ExportGround, job: Job): Outputs {
  const lists = keptPart(db, run.runId, 'lists')
  const ids = new Map(lists.channels.map(({ channel, unitIds }) => [channel as RoutedChannel, unitIds])) // of a run
  const cells: HarmlessCell[] = []
  const note = (cell: HarmlessCell): number => cells.push(cell)
  const units = unitFiles(ground, rankingOf(ids), note)
  const single = ({ name, rows, chunks }: ExportFile): OutputFile => ({ name, rows, chunks: () => chunks(note) })
  const stopped = (): ExportFile => suppressedFile(units.stopped())
  const order = lists.files.map(({ name }) => name)
  return {
    order,
    groups: [
      { names: units.names, parts: () => unitParts(db, run, units, job), rows: units.rows },
      ...dataFiles(ground).map(single),
      { names: ['suppressed.csv'], parts: () => asParts(stopped().chunks(note)), rows: () => [units.stopped().length] },
      single(heldRowsFile(ground.heldRows)),
    ],
    units,
    harmless: () => {
      const place = new Map(order.map((name, i) => [name, i]))
      return cells.toSorted((a, b) => (place.get(a.file) ?? 0) - (place.get(b.file) ?? 0))
    },
  }
}

/** Units between two reports. */
const STRETCH = 512

function* unitParts(db: Readable, run: ScoreRun, units: Outputs['units'], job: Job): Generator<readonly string[]> {
  yield units.begin()
  const ground = stageGround(db, run)
  let done = 0
  for (const unit of runUnits(db, run.runId)) {
    yield units.take(exportUnit(unit, ground))
    if (++done % STRETCH === 0)
      job.report({ phase: 'Writing the scores', done, total: run.unitCount, unit: 'units', subject: null })
  }
  yield units.end()
}

function* asParts(chunks: Iterable<string>): Generator<readonly string[]> {
  for (const chunk of chunks) yield [chunk]
}

type Written = Pick<ManifestGround, 'outputs' | 'harmless' | 'routes' | 'delivery'>

/** The manifest of what was written of a run. */
export function manifestText(
  db: Readable,
  run: ScoreRun,
  { model }: Pick<ExportGround, 'model'>,
  written: Written,
): string {
  const policy = policyOfRun(db, run)
  const judged = new Set(keptPart(db, run.runId, 'imports'))
  const inputs = listImports(db)
    .filter(({ importId }) => judged.has(importId))
    .map(({ importId, file, table, bytes, sha256, read, loaded, held, skipped }) => ({
      file,
      table,
      bytes,
      sha256,
      read,
      loaded,
      held,
      skipped,
      ...heldRowsOf(db, importId),
    }))
  return manifest({
    asOf: run.asOf,
    timeZone: model.timeZone,
    identityMode: run.identityMode,
    model: { name: model.name, version: model.version, hash: run.modelHash },
    policy: { name: policy.name, version: policy.version, hash: run.policyHash },
    decisions: keptPart(db, run.runId, 'decisions'),
    staleBecause: staleReasons(db, run),
    inputs,
    ...written,
  })
}

/** Rows that were fixed name the file that held them. */
function heldRowsOf(db: Readable, importId: number): Readonly<{ heldRowsOf?: string }> {
  const origin = originOfImport(db, importId)
  const file = origin === null ? null : readImport(db, origin)
  return file === null ? {} : { heldRowsOf: file.sha256 }
}
