import type { Input as ContractInput, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { noteAnswers } from './answers.ts'
import type { Session } from './engine.ts'
import { chooseInputs, findInputs, type Input } from './inputs.ts'
import {
  type LeaveOutOption,
  type Level,
  type MapOption,
  type ReadingOptions,
  readingOf,
  type ScoringOptions,
} from './options.ts'
import { readNamed } from './project.ts'
import { fromCaller } from './terminal.ts'

export type ImportOutput = Output<'import.run'>
export type ScoreOutput = Output<'score.run'>
export type ExportOutput = Output<'export.run'>

/** A JSON file named on the command line, read before anything else is done. */
type NamedFile = Readonly<{ path: string; text: string }>
export type ScoringFiles = Readonly<{ model: NamedFile | null; routing: NamedFile | null }>

/** @throws AppError usage/missing-file */
export function readScoringFiles({ model, routing }: ScoringOptions): ScoringFiles {
  const read = (path: string | undefined): NamedFile | null =>
    path === undefined ? null : { path, text: readNamed(path) }
  return { model: read(model), routing: read(routing) }
}

/** Brings the model and the rules named on the command line into the project; each becomes a version of its own. */
export async function applyModel(session: Session, { model, routing }: ScoringFiles): Promise<void> {
  if (model !== null) await named(model, () => session.client['model.apply']({ json: model.text }))
  if (routing !== null) await named(routing, () => session.client['policy.apply']({ json: routing.text }))
}

/** What is wrong in a file is said with its name. */
async function named<T>(file: NamedFile, apply: () => Promise<T>): Promise<T> {
  try {
    return await apply()
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('usage/')) throw error
    throw new AppError(
      error.code,
      `${file.path}: ${error.message}`,
      { ...error.context, file: file.path },
      { cause: error },
    )
  }
}

/** What an import is told, as far as it can be read before anything else is done. */
export type ImportGround = Readonly<{
  inputs: readonly Input[]
  /** Files of archives that are not imported. */
  leaveOut: readonly string[]
  options: ReadingOptions
  map: NamedFile | null
}>

/** @throws AppError usage/missing-file */
export function readImportGround(
  inputs: readonly string[],
  options: ReadingOptions & MapOption & LeaveOutOption,
): ImportGround {
  const { map, leaveOut = [] } = options
  const named = map === undefined ? null : { path: map, text: readNamed(map) }
  return { inputs: findInputs(inputs), leaveOut, options: readingOf(options), map: named }
}

/** Answers and mappings as the contract takes them. @throws AppError usage/bad-mapping */
export async function readingFor(
  session: Session,
  { options, map }: Pick<ImportGround, 'options' | 'map'>,
): Promise<{ options: ReadingOptions; mappings: GivenMappings }> {
  if (map === null) return { options, mappings: [] }
  const { mappings } = await named(map, () => session.client['import.readMappings']({ json: map.text }))
  return { options, mappings: mappings.map(mapping => ({ mapping })) }
}

type GivenMappings = NonNullable<ContractInput<'import.run'>['mappings']>

export async function runImport(
  session: Session,
  ground: ImportGround,
  mode: 'upsert' | 'append' = 'upsert',
): Promise<ImportOutput> {
  const reading = await readingFor(session, ground)
  const chosen = await chooseInputs(session, ground, reading)
  const imported = await session.client['import.run']({ ...chosen, ...reading, mode }, session.options)
  noteAnswers(imported.files, ground.options)
  return imported
}

export async function runScore(session: Session, options: ScoringOptions): Promise<ScoreOutput> {
  const { asOf, identity, level } = options
  return await session.client['score.run'](
    {
      ...(asOf === undefined ? {} : { asOf }),
      ...(identity === undefined ? {} : { identity }),
      ...(level === undefined ? {} : { level }),
    },
    session.options,
  )
}

/** Refuses a folder that the export could not write into, before anything else is done. @throws AppError export/exists */
export async function checkTarget(session: Session, out: string, isForced: boolean): Promise<void> {
  await session.client['export.check']({ target: fromCaller(out), overwrite: isForced })
}

export async function runExport(
  session: Session,
  out: string,
  { overwrite, level }: Readonly<{ overwrite?: true; level?: Level }>,
): Promise<ExportOutput> {
  return await session.client['export.run'](
    { target: fromCaller(out), overwrite: overwrite === true, ...(level === undefined ? {} : { level }) },
    session.options,
  )
}

/** Rows held by the files of this import; of one that was imported before, those that still wait. */
export function heldIn({
  files,
}: Readonly<{ files: readonly Pick<ImportOutput['files'][number], 'held' | 'heldNow'>[] }>): number {
  return files.reduce((total, { held, heldNow }) => total + (heldNow?.held ?? held), 0)
}
