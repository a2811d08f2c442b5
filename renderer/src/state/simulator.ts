import { create } from 'zustand'
import { AppError } from '#lib/errors'
import { runJob } from './jobs.ts'
import type { Answer, Opened, Parameter, SimulatorClient } from './simulator-calls.ts'
import type { Stages } from './simulator-counts.ts'
import {
  type ImaginedAnswer,
  NO_CHANGES,
  type ParameterValue,
  type ScenarioDocument,
  valueAt,
  withoutAnswers,
  withoutChanges,
  withValue,
} from './simulator-scenario.ts'
import { watchWork } from './simulator-work.ts'

type Simulator = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed' | 'unscored'
  /** What is scored: asked for last, whether it could be opened or not. */
  level: Opened['level']
  /** The base: the newest run, and what can be changed. */
  opened: Opened | null
  /** Titles of the routing rules, by id. */
  ruleTitles: Readonly<Record<string, string>>
  scenario: ScenarioDocument
  /** The scenario when the last handle was let go: what lists and long questions are asked about. */
  settled: ScenarioDocument
  /** Scenarios before this one, the newest last. */
  past: readonly ScenarioDocument[]
  /** The parameter that was changed last: a run of changes of one parameter is one step back. */
  touched: string | null
  /** What the engine made of the scenario; of the one before it until it has answered. */
  answer: Answer | null
  isOld: boolean
  /** Who is who in the scenario that was answered last, as a text. */
  answered: string
  /** Why the scenario cannot be judged, in words. */
  fault: string | null
  /** Answers that were applied: of the base, and no change any more, once that is scored with them. */
  decided: readonly ImaginedAnswer[]
}>

const EMPTY: Simulator = {
  status: 'idle',
  level: 'workspace',
  opened: null,
  ruleTitles: {},
  scenario: NO_CHANGES,
  settled: NO_CHANGES,
  past: [],
  touched: null,
  answer: null,
  isOld: false,
  answered: '{}',
  fault: null,
  decided: [],
}
const MOST_PAST = 100

export const useSimulator = create<Simulator>()(() => EMPTY)
let latestOpen = 0
let sequence = 0
let isWanted = false
/** What the question on its way is about: one about another base, or about other persons, is not waited for. */
type Question = { readonly opened: Opened; readonly stop: AbortController; identity: string }
let asking: Question | null = null
/** How long a handle of who is who stands still before the engine is asked, ms. */
export const REST_MS = 150
/** The rest under way. A handle that was let go during it: lists follow when it is over. */
let rest: { isLetGo: boolean } | null = null

type Asking = Pick<SimulatorClient, 'simulate.set'>

/** Reads the newest run into the engine's kernel, as a job. The scenario stays. */
export async function openSimulator(
  client: Pick<SimulatorClient, 'simulate.open' | 'simulate.set'>,
  level: Opened['level'] = useSimulator.getState().level,
): Promise<void> {
  const question = ++latestOpen
  useSimulator.setState({ status: 'loading', level, answer: null })
  try {
    const opened = await runJob('Prepare the simulator', options => client['simulate.open']({ level }, options))
    if (question !== latestOpen) return
    useSimulator.setState(({ scenario, decided, opened: before }) => {
      const isAnew = before?.runId !== opened.runId
      const kept = withoutSame(isAnew ? withoutAnswers(scenario, decided) : scenario, opened.parameters)
      return { status: 'ready', opened, scenario: kept, settled: kept, decided: isAnew ? [] : decided }
    })
    await askSimulator(client)
  } catch (error) {
    if (question !== latestOpen) throw error
    // no account was scored so far: a state of its own, no failure
    const isUnscored = level === 'account' && error instanceof AppError && error.code === 'score/no-run'
    useSimulator.setState({ status: isUnscored ? 'unscored' : 'failed' })
    if (!isUnscored) throw error
  }
}

/** What was applied, and scored since, is of the base now and no change any more. */
function withoutSame(scenario: ScenarioDocument, parameters: readonly Parameter[]): ScenarioDocument {
  return parameters.reduce(
    (kept, { path, value }) => (valueAt(kept, path) === value ? withValue(kept, path, undefined) : kept),
    scenario,
  )
}

/** What the rules are called, beside their ids. */
export async function loadRuleTitles(client: Pick<SimulatorClient, 'routing.policy'>): Promise<void> {
  const { policy } = await client['routing.policy']({})
  useSimulator.setState({ ruleTitles: Object.fromEntries(policy.rules.map(({ id, title }) => [id, title])) })
}

/** What a parameter is in a scenario: as changed, else as the base has it. */
export function valueIn(scenario: ScenarioDocument, parameter: Parameter): ParameterValue {
  if (isCapGone(scenario, parameter)) return null
  const changed = valueAt(scenario, parameter.path)
  return changed === undefined ? parameter.value : changed
}

export function isChanged(scenario: ScenarioDocument, parameter: Parameter): boolean {
  // a cap that is taken away is one change, of its points
  const isGone = parameter.field === 'cap.points' && isCapGone(scenario, parameter)
  return isGone || valueAt(scenario, parameter.path) !== undefined
}

/** Does the scenario take the cap away that the parameter is a figure of? */
export function isCapGone(scenario: ScenarioDocument, { path, field }: Pick<Parameter, 'path' | 'field'>): boolean {
  return field.startsWith('cap.') && valueAt(scenario, path.slice(0, -1)) === null
}

/** Takes the cap of a signal away, so that every occurrence counts. */
export async function removeCap(client: Asking, parameter: Parameter): Promise<void> {
  const { scenario } = useSimulator.getState()
  // A cap that the model does not have is none without its figures.
  const isOfBase = parameter.value !== null
  await takeScenario(client, withValue(scenario, parameter.path.slice(0, -1), isOfBase ? null : undefined))
}

/** Parameters that the scenario changes, in their own order. */
export function changedParameters(parameters: readonly Parameter[], scenario: ScenarioDocument): readonly Parameter[] {
  return parameters.filter(parameter => isChanged(scenario, parameter))
}

/** The thresholds of the stages as the scenario has them. */
export function stagesOf({ opened, scenario }: Pick<Simulator, 'opened' | 'scenario'>): Stages {
  const { warm, pql, hot } = opened?.stages ?? { warm: 50, pql: 65, hot: 80 }
  const changed = scenario.model?.stages
  return { warm: changed?.warm ?? warm, pql: changed?.pql ?? pql, hot: changed?.hot ?? hot }
}

/** Changes one parameter; the value of the base takes the change out. Asks the engine unless it is being asked. */
export async function changeParameter(client: Asking, parameter: Parameter, value: ParameterValue): Promise<void> {
  const { scenario, past, touched } = useSimulator.getState()
  const kept = parameter.group === 'stages' ? betweenNeighbours(parameter, value) : value
  const next = withWholeCap(withValue(scenario, parameter.path, kept === parameter.value ? undefined : kept), parameter)
  useSimulator.setState({
    scenario: next,
    touched: parameter.id,
    past: touched === parameter.id ? past : [...past, scenario].slice(-MOST_PAST),
  })
  await (parameter.group === 'identity' ? askAtRest(client) : askSimulator(client))
}

/** Other persons take the engine longer than a frame: it is asked once the handle rests. What it was at is given up. */
async function askAtRest(client: Asking): Promise<void> {
  const mine = { isLetGo: rest?.isLetGo ?? false }
  rest = mine
  giveUp()
  useSimulator.setState({ isOld: true })
  await new Promise(resolve => setTimeout(resolve, REST_MS))
  if (rest === mine) await askSimulator(client)
}

function endRest(): void {
  const over = rest
  rest = null
  if (over?.isLetGo === true) settle()
}

/** The engine stops what it is at, and no answer to it is shown. */
function giveUp(): void {
  asking?.stop.abort()
  asking = null
}

const CAP_DAYS = 7

/** A cap that the model does not have needs a window, and is none without its points. */
function withWholeCap(scenario: ScenarioDocument, { path, field, value }: Parameter): ScenarioDocument {
  if (value !== null || !field.startsWith('cap.')) return scenario
  const cap = path.slice(0, -1)
  const days = [...cap, 'days']
  if (valueAt(scenario, [...cap, 'points']) === undefined) return withValue(scenario, cap, undefined)
  return valueAt(scenario, days) === undefined ? withValue(scenario, days, CAP_DAYS) : scenario
}

/** Stages rise, so that a threshold stops at its neighbours. */
function betweenNeighbours(parameter: Parameter, value: ParameterValue): ParameterValue {
  if (typeof value !== 'number') return value
  const [least, most] = roomOf(stagesOf(useSimulator.getState()), parameter)
  return Math.min(most, Math.max(least, value))
}

/** How low and how high a threshold can be, as the others stand. */
export function roomOf({ warm, pql, hot }: Stages, { group, subject }: Parameter): readonly [number, number] {
  const rooms: Readonly<Record<string, readonly [number, number]>> = {
    warm: [Number.NEGATIVE_INFINITY, pql],
    pql: [warm, hot],
    hot: [pql, Number.POSITIVE_INFINITY],
  }
  const room = group === 'stages' ? rooms[subject] : undefined
  return room ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
}

/** A handle was let go: lists and long questions follow. */
export function settle(): void {
  if (rest !== null) rest.isLetGo = true
  else useSimulator.setState(({ scenario }) => ({ settled: scenario }))
}

/** Takes another scenario as a whole: one that was saved, or none. */
export async function takeScenario(client: Asking, scenario: ScenarioDocument): Promise<void> {
  useSimulator.setState(state => ({
    scenario,
    settled: scenario,
    touched: null,
    past: [...state.past, state.scenario].slice(-MOST_PAST),
  }))
  await askSimulator(client)
}

export async function resetScenario(client: Asking): Promise<void> {
  await takeScenario(client, withoutChanges(useSimulator.getState().scenario))
}

export async function undoChange(client: Asking): Promise<void> {
  const { past } = useSimulator.getState()
  const before = past.at(-1)
  if (before === undefined) return
  useSimulator.setState({ scenario: before, settled: before, past: past.slice(0, -1), touched: null })
  await askSimulator(client)
}

/** Is the engine still finding out who is who in the scenario? */
export function isIdentityPending({ scenario, isOld, answered }: Simulator): boolean {
  return isOld && identityText(scenario) !== answered
}

/** At most one question is on its way; what changed meanwhile is asked once, when the answer is here. */
export async function askSimulator(client: Asking): Promise<void> {
  const { opened } = useSimulator.getState()
  endRest()
  if (opened === null) return
  isWanted = true
  useSimulator.setState({ isOld: true })
  if (asking?.opened === opened && asking.identity === identityText(useSimulator.getState().scenario)) return
  giveUp()
  const mine: Question = { opened, stop: new AbortController(), identity: '' }
  asking = mine
  try {
    while (isWanted && asking === mine) {
      isWanted = false
      await askOnce(client, mine)
    }
  } finally {
    if (asking === mine) asking = null
  }
}

/** Other persons take the engine longer than a frame: a newer question about them goes out at once. */
function identityText({ identity }: ScenarioDocument): string {
  return JSON.stringify(identity ?? {})
}

async function askOnce(client: Asking, mine: Question): Promise<void> {
  const { scenario } = useSimulator.getState()
  const { opened } = mine
  const seq = ++sequence
  mine.identity = identityText(scenario)
  const isOver = (): boolean => useSimulator.getState().opened !== opened || asking !== mine
  const work = watchWork()
  const options = { signal: mine.stop.signal, onProgress: work.tell }
  try {
    const answer = await client['simulate.set']({ runId: opened.runId, seq, scenario }, options)
    // another base, or a newer question, be it of another window
    if (isOver() || answer.isSuperseded) return
    useSimulator.setState({ answer, answered: mine.identity, isOld: isWanted, fault: null })
  } catch (error) {
    if (isOver()) return
    // the engine was started anew, or holds another run by now
    if (error instanceof AppError && error.code === 'score/no-run') useSimulator.setState({ status: 'failed' })
    useSimulator.setState({ isOld: isWanted, fault: error instanceof Error ? error.message : String(error) })
  } finally {
    work.end()
  }
}

export function forgetSimulator(): void {
  latestOpen += 1
  isWanted = false
  rest = null
  giveUp()
  useSimulator.setState(EMPTY)
}
