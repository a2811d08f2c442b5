import type * as z from 'zod'
import type { scenario } from '#schema/scenario'

/** A scenario as a call takes it. */
export type ScenarioDocument = z.input<typeof scenario>
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
  if (!isTree(value)) return [{ path, value }]
  return Object.entries(value).flatMap(([name, inner]) => leaves([...path, name], inner))
}

/** The scenario without any change, its name kept. */
export function withoutChanges(scenario: ScenarioDocument): ScenarioDocument {
  return scenario.name === undefined ? NO_CHANGES : { version: 1, name: scenario.name }
}

/** The same changes under the same name, without the parts that change nothing. */
export function minimal(scenario: ScenarioDocument): ScenarioDocument {
  return changesOf(scenario).reduce(
    (kept, { path, value }) => withValue(kept, path, value as ParameterValue),
    withoutChanges(scenario),
  )
}
