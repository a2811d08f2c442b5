import type { Output } from '#contract/contract'
import type { Session } from './engine.ts'
import { chooseInputs } from './inputs.ts'
import { type ReadingOptions, readingOf, type ScoringOptions } from './options.ts'
import { readNamed } from './project.ts'
import { fromCaller } from './terminal.ts'

export type ImportOutput = Output<'import.run'>
export type ScoreOutput = Output<'score.run'>
export type ExportOutput = Output<'export.run'>

/** Brings the model and the rules named on the command line into the project; each becomes a version of its own. */
export async function applyModel(session: Session, options: ScoringOptions): Promise<void> {
  if (options.model !== undefined) await session.client['model.apply']({ json: readNamed(options.model) })
  if (options.routing !== undefined) await session.client['policy.apply']({ json: readNamed(options.routing) })
}

export async function runImport(
  session: Session,
  inputs: readonly string[],
  options: ReadingOptions,
): Promise<ImportOutput> {
  const sources = await chooseInputs(session, inputs)
  return await session.client['import.run']({ sources: [...sources], options: readingOf(options) }, session.options)
}

export async function runScore(session: Session, options: ScoringOptions): Promise<ScoreOutput> {
  const { asOf, identity } = options
  return await session.client['score.run'](
    { ...(asOf === undefined ? {} : { asOf }), ...(identity === undefined ? {} : { identity }) },
    session.options,
  )
}

export async function runExport(session: Session, out: string, isForced: boolean): Promise<ExportOutput> {
  return await session.client['export.run']({ target: fromCaller(out), overwrite: isForced }, session.options)
}

/** Rows held by the files of this import. */
export function heldIn(result: ImportOutput): number {
  return result.files.reduce((total, file) => total + file.held, 0)
}
