import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { simulationFiles } from '#app'
import { AppError } from '#lib/errors'
import { withSession } from '../engine.ts'
import { fillText, readFill } from '../fill.ts'
import { type Level, levelOption } from '../options.ts'
import { readNamed } from '../project.ts'
import {
  type Fillings,
  fillCapacities,
  type Question,
  type Simulation,
  simulateProject,
  writeFiles,
} from '../simulation.ts'
import { simulationText } from '../simulation-text.ts'
import { fromCaller, note, print } from '../terminal.ts'

type Options = Readonly<{
  project: string
  scenario: readonly string[]
  model?: string
  fill: readonly string[]
  out?: string
  level?: Level
  overwrite?: true
  json?: true
}>

const EXAMPLE = `
A scenario names what it changes by the ids of the model; the rest stays as it is:
  { "version": 1, "name": "Intent decays in 14 days",
    "model": { "buckets": { "intent": { "decayDays": 14 } }, "stages": { "hot": 85 } } }
pql model export prints the model with its ids; docs/methods/simulate.md lists what a scenario can change.

Which threshold brings 40 new ones a week to sales:
  pql simulate --project p.pql --fill sdr=40`

/** `pql simulate`: what scenarios, or another model, would come to. The project stays as it is. */
export function addSimulate(program: Command): void {
  const collect = (file: string, files: readonly string[]): readonly string[] => [...files, file]
  program
    .command('simulate')
    .description('score what scenarios or another model would come to, or find the threshold that fills a capacity')
    .requiredOption('--project <file>', 'project file; it stays as it is')
    .option('--scenario <file>', 'scenario, a JSON file; several are answered side by side', collect, [])
    .option('--model <file>', 'a whole scoring model in the place of the one in force')
    .option(
      '--fill <what=number>',
      'the threshold of a stage, rule or channel that lets in so many new ones a week',
      collect,
      [],
    )
    .option(
      '--out <folder>',
      'folder for files of it; of several scenarios each gets a folder in it (default: only printed)',
    )
    .addOption(levelOption('whose newest scores are the base'))
    .option('--overwrite', 'write into a folder that is not empty')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (options: Options) => {
      const fills = options.fill.map(readFill)
      const out = outOf(options)
      const questions = await questionsOf(options)
      const { level = 'workspace' } = options
      const project = fromCaller(options.project)
      const isAsked = questions.length > 0 && (out !== null || fills.length === 0)
      const simulation = isAsked ? await simulateProject(project, level, questions) : null
      if (simulation !== null && out !== null) await writeAnswers(simulation, out)
      if (simulation !== null) noteRefused(simulation)
      const fillings = fills.length === 0 ? [] : await fillCapacities(project, level, { fills, questions })
      print(
        options.json === true
          ? JSON.stringify(jsonOf(simulation, fillings), null, 2)
          : textOf(simulation, fillings, out),
      )
    })
}

/** The folder for the answers to scenarios; null where they are only printed. @throws AppError usage/bad-argument, export/exists */
function outOf({ out, overwrite, fill, scenario, model }: Options): string | null {
  const isSimulated = scenario.length > 0 || model !== undefined
  if (!isSimulated && fill.length === 0)
    throw new AppError('usage/bad-argument', 'pql simulate needs --scenario <file>, --model <file> or --fill sdr=40')
  if (out === undefined) return null
  if (!isSimulated)
    throw new AppError(
      'usage/bad-argument',
      '--out is for the files of a scenario, and none is given; --fill prints its answer',
    )
  const folder = fromCaller(out)
  if (overwrite !== true && existsSync(folder) && readdirSync(folder).length > 0)
    throw new AppError('export/exists', `${out} is not empty; choose another folder or give --overwrite`, {
      folder: out,
    })
  return folder
}

async function writeAnswers(simulation: Simulation, out: string): Promise<void> {
  const { opened, base, answers } = simulation
  for (const [i, { question, simulated }] of answers.entries()) {
    const folder = answers.length === 1 ? out : join(out, folderName(i, question.name))
    writeFiles(folder, await simulationFiles(opened, base, simulated))
  }
}

function textOf(simulation: Simulation | null, fillings: Fillings, out: string | null): string {
  const said = simulation === null ? [] : [simulationText(simulation)]
  const written = out === null ? [] : [`Written to ${out}`]
  return [...said, ...written, ...fillings.map(fillingText)].join('\n\n')
}

function jsonOf(simulation: Simulation | null, fillings: Fillings) {
  return { ...(simulation === null ? {} : summaryOf(simulation)), ...(fillings.length === 0 ? {} : { fillings }) }
}

function fillingText({ name, filled }: Fillings[number]): string {
  return [...(name === null ? [] : [`${name}:`]), ...filled.map(fillText)].join('\n')
}

/** Answers of a scenario that contradict others. */
function noteRefused({ answers }: Simulation): void {
  for (const { simulated } of answers)
    for (const { sentence } of simulated.told?.identity?.refused ?? []) note(`left out: ${sentence}`)
}

/** @throws AppError usage/bad-argument, usage/missing-file, usage/bad-model */
async function questionsOf({ scenario: files, model: file }: Options): Promise<readonly Question[]> {
  const model = file === undefined ? null : readNamed(file)
  if (files.length === 0 && model === null) return []
  if (files.length === 0) return [{ name: 'model', scenario: { version: 1, name: 'model' }, model }]
  const texts = files.map(path => ({ path, text: readNamed(path) }))
  return await withSession(async ({ client }) => {
    const questions: Question[] = []
    for (const { path, text } of texts) {
      const { scenario } = await client['scenario.read']({ text }).catch((error: unknown) => {
        throw ofFile(path, error)
      })
      questions.push({ name: scenario.name ?? 'scenario', scenario, model })
    }
    return questions
  })
}

/** An expected failure that says which of the files it is about. */
function ofFile(path: string, error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  return new AppError(error.code, `${path}: ${error.message}`, { ...error.context, file: path }, { cause: error })
}

function folderName(i: number, name: string): string {
  return `${i + 1}-${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'scenario'
  }`
}

function summaryOf({ opened, base, answers }: Simulation) {
  return {
    runId: opened.runId,
    asOf: opened.asOf,
    level: opened.level,
    base: countsOf(opened.stageNames, base),
    scenarios: answers.map(({ question, simulated: { rows, told } }) => ({
      name: question.name,
      stages: countsOf(opened.stageNames, rows),
      movers: told?.movers.length ?? null,
      isWithinReach: told !== null,
      persons: told?.identity?.persons ?? null,
    })),
  }
}

function countsOf(stages: readonly string[], rows: Simulation['base']): Readonly<Record<string, number>> {
  return Object.fromEntries(stages.map(stage => [stage, rows.filter(row => row.stage === stage).length]))
}
