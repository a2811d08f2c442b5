import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Simulated } from '#app'
import type { Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { formatInstant } from '#lib/time'
import type { Session } from './engine.ts'
import { type Fill, type Filled, fillAll } from './fill.ts'
import type { Level } from './options.ts'
import { withExistingProject } from './project.ts'
import { rowsOfUnits, type ScoreRow } from './score-rows.ts'
import { runExport } from './steps.ts'

type Scenario = Input<'simulate.set'>['scenario']
/** What is simulated: changes, or a whole model in the place of the one in force. */
export type Question = Readonly<{ name: string; scenario: Scenario; model: string | null }>
type Opened = Output<'simulate.open'>
type Mover = Output<'simulate.movers'>['rows'][number]

/** A question with its answer. */
export type Answer = Readonly<{ question: Question; simulated: Simulated }>

export type Simulation = Readonly<{ opened: Opened; base: readonly ScoreRow[]; answers: readonly Answer[] }>
/** Thresholds that fill capacities: as the project is, and by each scenario. */
export type Fillings = readonly Readonly<{ name: string | null; filled: readonly Filled[] }>[]

const PAGE = 500

/**
 * Answers questions on a copy of a project, which stays as it is: scores come from a full re-score at the instant of its newest
 * run, causes and entrants from the simulator.
 */
export async function simulateProject(
  project: string,
  level: Level,
  questions: readonly Question[],
): Promise<Simulation> {
  return await onCopy(project, (session, folder) => answerAll(session, { folder, level, questions }))
}

/** Answers which thresholds fill capacities; nothing is scored anew. */
export async function fillCapacities(
  project: string,
  level: Level,
  { fills, questions }: Readonly<{ fills: readonly Fill[]; questions: readonly Question[] }>,
): Promise<Fillings> {
  return await onCopy(project, async session => {
    const { runId } = await session.client['simulate.open']({ level }, session.options)
    const asked = questions.length === 0 ? [{ name: null, scenario: AS_IT_IS, model: null }] : questions
    const fillings = []
    for (const { name, scenario, model } of asked) {
      const imagined = { runId, scenario, ...(model === null ? {} : { model }) }
      fillings.push({ name, filled: await fillAll(session, fills, imagined) })
    }
    return fillings
  })
}

const AS_IT_IS: Scenario = { version: 1, name: 'as it is' }

/** Does work on a copy of a project, and lets the copy go. */
async function onCopy<T>(project: string, work: (session: Session, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-simulate-'))
  try {
    const copy = join(folder, 'copy.pql')
    copyFileSync(project, copy)
    return await withExistingProject(copy, session => work(session, folder))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new AppError('usage/missing-file', `${project} cannot be read`, { file: project }, { cause: error })
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Asked = Readonly<{ folder: string; level: Level; questions: readonly Question[] }>

async function answerAll(session: Session, { folder, level, questions }: Asked): Promise<Simulation> {
  const { client } = session
  const opened = await client['simulate.open']({ level }, session.options)
  const base = await allRows(session, level)
  const told = []
  for (const question of questions) told.push(await toldOf(session, opened, question))
  const model = (await client['model.get']({ hash: opened.modelHash })).json
  const { policy } = await client['routing.policy']({})
  const answers: Answer[] = []
  for (const [i, question] of questions.entries()) {
    await client['model.apply']({ json: question.model ?? model })
    await client['policy.apply']({ json: JSON.stringify(policy) })
    const decisionNos = await applyScenario(session, question.scenario)
    await client['score.run']({ asOf: formatInstant(opened.asOf), level }, session.options)
    const out = join(folder, `out-${i}`)
    mkdirSync(out)
    await runExport(session, out, { level })
    const scoresCsv = readFileSync(join(out, 'scores.csv'), 'utf8')
    const { text } = await client['scenario.text']({ scenario: question.scenario })
    const rows = await allRows(session, level)
    const simulated = { scenario: text, model: question.model, rows, scoresCsv, told: told[i] ?? null }
    answers.push({ question, simulated })
    // The next question is about the project as it is.
    for (const decisionNo of decisionNos.toReversed()) await client['review.undo']({ decisionNo })
  }
  return { opened, base, answers }
}

/** @returns the decisions that came with it */
async function applyScenario({ client }: Session, scenario: Scenario): Promise<readonly number[]> {
  const { modelHash, policyHash } = await client['scenario.diff']({ scenario })
  const { decisionNos } = await client['scenario.apply']({ scenario, modelHash, policyHash })
  return decisionNos
}

/** What the simulator says. A model that it cannot reach is scored whole all the same. */
async function toldOf({ client, options }: Session, { runId }: Opened, question: Question): Promise<Simulated['told']> {
  const { scenario, model } = question
  const asked = { runId, scenario, ...(model === null ? {} : { model }) }
  try {
    const { volumes, identity } = await client['simulate.set']({ ...asked, seq: 0 }, options)
    const movers: Mover[] = []
    for (let offset: number | null = 0; offset !== null; ) {
      const page: Output<'simulate.movers'> = await client['simulate.movers'](
        { ...asked, offset, limit: PAGE },
        options,
      )
      movers.push(...page.rows)
      offset = page.nextOffset
    }
    return { volumes, movers, identity }
  } catch (error) {
    if (error instanceof AppError && model !== null && error.message.includes('score again')) return null
    throw error
  }
}

async function allRows(session: Session, level: Level): Promise<readonly ScoreRow[]> {
  const { columns } = await session.client['score.order']({ sort: 'id', descending: false, filter: {}, level })
  return await rowsOfUnits(session, columns.order, level)
}

/** Writes files into a folder, which is made where it is not there. */
export function writeFiles(folder: string, files: readonly (readonly [name: string, text: string])[]): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
}
