import { existsSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { AppError } from '#lib/errors'
import type { Session } from '../engine.ts'
import { EXIT_HELD } from '../exit.ts'
import {
  type LeaveOutOption,
  type MapOption,
  type ReadingOptions,
  withMapOption,
  withReadingOptions,
} from '../options.ts'
import { withExistingProject, withProject } from '../project.ts'
import {
  demandPending,
  discardBatch,
  filesText,
  type ImportMode,
  noteDiscarded,
  pendingBatch,
  publishBatch,
  type StagedBatch,
  stageImport,
  withAllSkipped,
  withScratchProject,
} from '../staging.ts'
import { heldIn, type ImportGround, type ImportOutput, readImportGround, runImport } from '../steps.ts'
import { importSummary, stagedSummary } from '../summary.ts'
import { fromCaller, note, print } from '../terminal.ts'

type Options = ReadingOptions &
  MapOption &
  LeaveOutOption &
  Readonly<{
    project: string
    mode?: ImportMode
    yes?: true
    dryRun?: true
    skipped?: true
    resume?: true
    discard?: true
    json?: true
    failOn?: string
  }>

/** `pql import`: files into a project, published in one transaction. */
export function addImport(program: Command, setExit: (code: number) => void): void {
  const command = program
    .command('import')
    .description('import files into a project')
    .argument('[files or folders...]', 'exports to import; in a folder, files of no table are listed and skipped')
    .requiredOption('--project <file>', 'project file; made where there is none')
    .addOption(
      new Option(
        '--mode <mode>',
        'upsert: new rows are added, known ones changed (default); append: only new rows; replace: rows that the files do not have leave their table',
      ).choices(['upsert', 'append', 'replace']),
    )
    .option('--yes', 'with --mode replace: do not ask before rows leave their table')
    .option('--dry-run', 'print what would change, and change nothing')
    .option(
      '--skipped',
      'with --dry-run: list the records whose id comes again, up to 10,000 of each file, and those that count',
    )
    .option('--resume', 'go on with an import that was broken off or waits, and publish it')
    .option('--discard', 'forget an import that was broken off or waits')
    .option('--leave-out <file...>', 'files of archives that are not imported')
  withMapOption(withReadingOptions(command))
    .option('--json', 'print the result as JSON')
    .option('--fail-on <what>', 'held: end with code 3 when rows were held')
    .action(async (inputs: string[], options: Options) => {
      checkUse(inputs, options)
      const held = await act(inputs, options)
      if (options.failOn === 'held' && held > 0) setExit(EXIT_HELD)
    })
}

/** @throws AppError usage/bad-argument */
function checkUse(inputs: readonly string[], { resume, discard, dryRun, skipped }: Options): void {
  const isResume = resume === true
  const isDiscard = discard === true
  if (Number(inputs.length > 0) + Number(isResume) + Number(isDiscard) !== 1)
    throw new AppError(
      'usage/bad-argument',
      'name the files to import, or --resume, or --discard, and one of these only',
    )
  if (isDiscard && dryRun === true) throw new AppError('usage/bad-argument', '--discard has no --dry-run')
  if (skipped === true && dryRun !== true) throw new AppError('usage/bad-argument', '--skipped goes with --dry-run')
}

/** @returns how many rows were held */
async function act(inputs: readonly string[], options: Options): Promise<number> {
  if (options.discard === true) return await discard(options)
  if (options.resume === true) {
    return await withExistingProject(options.project, async session => {
      const { batchId, mode } = await demandPending(session)
      const batch = await session.client['import.resume']({ batchId }, session.options)
      if (options.dryRun === true)
        return showStaged(options.skipped === true ? await withAllSkipped(session, batch) : batch, options)
      return show(await publishBatch(session, batch, choiceOf(options, mode)), options)
    })
  }
  const ground = readImportGround(inputs, options)
  if (options.dryRun === true) return await tryOut(ground, options)
  return await withProject(options.project, async (session, kept) => {
    await noteDiscarded(session)
    const imported = await importWith(session, ground, options)
    kept()
    return show(imported, options)
  })
}

async function importWith(session: Session, ground: ImportGround, options: Options): Promise<ImportOutput> {
  const { mode, isAgreed } = choiceOf(options, 'upsert')
  if (mode !== 'replace') return await runImport(session, ground, mode)
  const batch = await stageImport(session, ground, mode)
  try {
    return await publishBatch(session, batch, { mode, isAgreed })
  } catch (error) {
    await discardBatch(session, batch.batchId)
    throw error
  }
}

function choiceOf({ mode, yes }: Options, otherwise: ImportMode): Readonly<{ mode: ImportMode; isAgreed: boolean }> {
  return { mode: mode ?? otherwise, isAgreed: yes === true }
}

/** Says what would change. Of a project that is there, nothing is kept; one that is not there is not made. */
async function tryOut(ground: ImportGround, options: Options): Promise<number> {
  const look = async (session: Session): Promise<StagedBatch> => {
    const waiting = await pendingBatch(session)
    if (waiting !== null) {
      const message = `an import of ${filesText(waiting)} waits: finish it with --resume or forget it with --discard first`
      throw new AppError('usage/bad-argument', message)
    }
    const staged = await stageImport(session, ground, options.mode ?? 'upsert')
    const batch = options.skipped === true ? await withAllSkipped(session, staged) : staged
    await discardBatch(session, batch.batchId)
    return batch
  }
  const isThere = existsSync(fromCaller(options.project))
  const batch = isThere ? await withExistingProject(options.project, look) : await withScratchProject(look)
  return showStaged(batch, options)
}

async function discard({ project, json }: Options): Promise<number> {
  await withExistingProject(project, async session => {
    const batch = await pendingBatch(session)
    if (batch !== null) await discardBatch(session, batch.batchId)
    if (json === true) print(JSON.stringify({ discarded: batch }, null, 2))
    else note(batch === null ? 'no import waits in this project' : `discarded the import of ${filesText(batch)}`)
  })
  return 0
}

function show(result: ImportOutput, { json }: Options): number {
  print(json === true ? JSON.stringify(result, null, 2) : importSummary(result))
  return heldIn(result)
}

function showStaged(batch: StagedBatch, { json, mode }: Options): number {
  print(json === true ? JSON.stringify(batch, null, 2) : stagedSummary(batch, mode ?? batch.mode))
  return heldIn(batch)
}
