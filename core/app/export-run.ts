import type { Output } from '#contract/contract'
import { type ExportInput, exportFiles, type HarmlessCell, type ManifestGround, manifest } from '#export'
import { listImports, type Readable, runUnits, type ScoreRun, saveExport } from '#store'
import type { Context, OpenProject } from './context.ts'
import { readTables } from './dataset.ts'
import { MANIFEST } from './earlier-export.ts'
import type { Job } from './jobs.ts'
import { policyOfRun } from './judgement.ts'
import { writeFolder } from './output-folder.ts'
import { type ExportedUnit, exportedUnit, exportInput } from './run-input.ts'
import { keptPart } from './run-parts.ts'

type Target = Readonly<{ folder: string; overwrite: boolean; job: Job }>

/** Writes the lists, the ledgers and the manifest of a run into a folder, all or none. */
export async function exportRun(
  ctx: Context,
  open: OpenProject,
  run: ScoreRun,
  { folder, overwrite, job }: Target,
): Promise<Output<'export.run'>> {
  const { db } = open.project
  const units = await unitsOf(db, run, job)
  job.report({ phase: 'Reading the tables', done: 0, total: null, unit: 'rows', subject: null })
  await job.turn()
  const input = exportInput(db, run, { units, tables: readTables(db) })
  await job.turn()
  const harmless: HarmlessCell[] = []
  const files = exportFiles(input).map(file => ({
    name: file.name,
    rows: file.rows,
    chunks: () => file.chunks(cell => harmless.push(cell)),
  }))
  let text = ''
  const written = await writeFolder(folder, files, {
    overwrite,
    job,
    last: outputs => {
      text = manifestText(db, run, input, { outputs, harmless })
      return { name: MANIFEST, rows: 0, chunks: () => [text] }
    },
    record: () =>
      saveExport(db, { runId: run.runId, preset: 'generic', target: folder, manifest: text, createdAt: ctx.now() }),
  })
  return { folder, files: [...written], cellsMadeHarmless: harmless.length }
}

async function unitsOf(db: Readable, run: ScoreRun, job: Job): Promise<readonly ExportedUnit[]> {
  const units: ExportedUnit[] = []
  for (const unit of runUnits(db, run.runId)) {
    units.push(exportedUnit(unit))
    if (units.length % PAGE !== 0) continue
    job.report({
      phase: 'Reading the scores',
      done: units.length,
      total: run.unitCount,
      unit: 'units',
      subject: null,
    })
    await job.breathe()
  }
  return units
}

/** Units read between two looks at the clock. */
const PAGE = 64

type Written = Pick<ManifestGround, 'outputs' | 'harmless'>

function manifestText(db: Readable, run: ScoreRun, input: ExportInput, { outputs, harmless }: Written): string {
  const policy = policyOfRun(db, run)
  const judged = new Set(keptPart(db, run.runId, 'imports'))
  const inputs = listImports(db)
    .filter(({ importId }) => judged.has(importId))
    .map(({ file, table, bytes, sha256, read, loaded, held, skipped }) => ({
      file,
      table,
      bytes,
      sha256,
      read,
      loaded,
      held,
      skipped,
    }))
  return manifest({
    asOf: run.asOf,
    timeZone: input.model.timeZone,
    identityMode: run.identityMode,
    model: { name: input.model.name, version: input.model.version, hash: run.modelHash },
    policy: { name: policy.name, version: policy.version, hash: run.policyHash },
    decisions: keptPart(db, run.runId, 'decisions'),
    inputs,
    routes: input.routes,
    outputs,
    harmless,
  })
}
