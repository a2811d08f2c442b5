import type * as z from 'zod'
import type { scenario } from '#schema/scenario'

/** A scenario as a call takes it. */
export type ScenarioDocument = z.input<typeof scenario>
export type ImaginedAnswer = NonNullable<NonNullable<ScenarioDocument['identity']>['decisions']>[number]
export type ParameterValue = number | string | null
type Leaf = Readonly<{ path: readonly string[]; value: unknown }>
type Tree = Readonly<Record<string, unknown>>

/** Nothing is changed. */
export const NO_CHANGES: ScenarioDocument = { version: 1 }

/** The parts of a scenario that hold changes. */
const CHANGES = ['model', 'routing', 'identity', 'capacities'] as const

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a scenario says at a place; undefined where it says nothing. */
export function valueAt(scenario: ScenarioDocument, path: readonly string[]): ParameterValue | undefined {
  let here: unknown = scenario
  for (const name of path) {
    if (!isTree(here) || !Object.hasOwn(here, name)) return undefined
    here = here[name]
  }
  return here as ParameterValue // the place of a parameter holds its value
}

/** The scenario with one place changed; undefined takes the change out, and with it what it leaves empty. */
export function withValue(
  scenario: ScenarioDocument,
  path: readonly string[],
  value: ParameterValue | undefined,
): ScenarioDocument {
  return placed(scenario, path, value) as ScenarioDocument // version and name are never empty, so the document stays
}

function placed(tree: Tree, path: readonly string[], value: ParameterValue | undefined): Tree {
  const [name, ...rest] = path
  if (name === undefined) return tree
  const before = tree[name]
  const after = rest.length === 0 ? value : placed(isTree(before) ? before : {}, rest, value)
  const { [name]: _, ...others } = tree
  const isGone = after === undefined || (isTree(after) && Object.keys(after).length === 0)
  return isGone ? others : { ...tree, [name]: after }
}

/** Every place that a scenario changes, in its own order. */
export function changesOf(scenario: ScenarioDocument): readonly Leaf[] {
  return CHANGES.flatMap(part => leaves([part], scenario[part]))
}

function leaves(path: readonly string[], value: unknown): readonly Leaf[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.map((one, place) => ({ path: [...path, String(place)], value: one }))
  if (!isTree(value)) return [{ path, value }]
  return Object.entries(value).flatMap(([name, inner]) => leaves([...path, name], inner))
}

const isSamePair = (x: ImaginedAnswer, y: ImaginedAnswer): boolean =>
  x.question === y.question && ((x.a === y.a && x.b === y.b) || (x.a === y.b && x.b === y.a))

/** What a scenario answers about two records; undefined where it says nothing. */
export function answerIn(
  scenario: ScenarioDocument,
  pair: Pick<ImaginedAnswer, 'question' | 'a' | 'b'>,
): ImaginedAnswer | undefined {
  return scenario.identity?.decisions?.find(one => isSamePair(one, { ...pair, answer: 'same' }))
}

/** The scenario with one more answer, in the place of what it said about the two records before; last of all. */
export function withAnswer(scenario: ScenarioDocument, answer: ImaginedAnswer): ScenarioDocument {
  const others = (scenario.identity?.decisions ?? []).filter(one => !isSamePair(one, answer))
  return withDecisions(scenario, [...others, answer])
}

/** The scenario without answers about these records. */
export function withoutAnswers(scenario: ScenarioDocument, answers: readonly ImaginedAnswer[]): ScenarioDocument {
  const { decisions } = scenario.identity ?? {}
  if (decisions === undefined) return scenario
  return withDecisions(
    scenario,
    decisions.filter(one => !answers.some(other => isSamePair(one, other))),
  )
}

function withDecisions(scenario: ScenarioDocument, decisions: readonly ImaginedAnswer[]): ScenarioDocument {
  const { decisions: _, ...rest } = scenario.identity ?? {}
  const { identity: __, ...others } = scenario
  const identity = decisions.length === 0 ? rest : { ...rest, decisions: [...decisions] }
  return Object.keys(identity).length === 0 ? others : { ...others, identity }
}

/** The scenario without any change, its name kept. */
export function withoutChanges(scenario: ScenarioDocument): ScenarioDocument {
  return scenario.name === undefined ? NO_CHANGES : { version: 1, name: scenario.name }
}

/** The same changes under the same name, without the parts that change nothing. */
export function minimal(scenario: ScenarioDocument): ScenarioDocument {
  const figures = changesOf(scenario).filter(({ value }) => !isTree(value))
  const kept = figures.reduce(
    (before, { path, value }) => withValue(before, path, value as ParameterValue),
    withoutChanges(scenario),
  )
  return (scenario.identity?.decisions ?? []).reduce(withAnswer, kept)
}
