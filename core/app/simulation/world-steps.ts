import { findAnomalies, findingReader, indexCells, partCellSteps } from '#features'
import type { Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { frameSteps } from '#pipeline'
import { type FactContext, type Facts, factsOf } from '#route'
import type { CellBundle } from '#schema/cells'
import type { JudgedData } from '#schema/dataset'
import type { Identities, IdentityDecision } from '#schema/identity'
import type { Unit } from '#schema/unit'
import { unitSteps } from '#score'
import { factKinds, type Home, kernelColumns, RollupCollector, Simulator } from '#simulate'
import { type Touched, touchedPlaces } from './touched-places.ts'
import { datasetOf, type WorldGround } from './world-ground.ts'

type Wanted = Readonly<{
  /** Of the units of the run, in their order. */
  simulator: Simulator
  homes: readonly Home[]
  /** Decisions beside those that hold, later than they. */
  imagined: readonly IdentityDecision[]
}>

type Framed = Readonly<{ simulator: Simulator; units: readonly Home[]; persons: number }>

/** What a world is made of, in the order of the work. */
export const WORLD_PARTS = ['Finding who is who', 'Pooling what they did', 'Looking at their findings'] as const

/** Units whose findings are worked out between two halts. */
const STRETCH = 512
/** Where more than one in so many workspaces is touched, all units are framed anew: it takes no longer. */
const FEW = 3

/**
 * All units of a run as they would be under further decisions about who is who. Only units that these decisions touch are framed
 * and counted anew; the others are taken as they are.
 *
 * @returns a generator that halts now and then, names the part that begins, and returns a simulator over those units
 *
 * Source: docs/methods/simulate.md, "Who is who".
 */
export function* worldSteps(ground: WorldGround, { simulator, homes, imagined }: Wanted): Steps<Framed, unknown> {
  const { roster, presence, events, run } = ground
  const identities = yield* ground.trials(imagined)
  yield WORLD_PARTS[1]
  const where = { roster, presence, users: events.users, level: run.level }
  const touched = touchedPlaces(where, ground.identities, identities)
  yield
  const persons = identities.persons.length
  if (touched.isOtherEvents || touched.places.size * FEW > roster.workspaces.length) {
    const whole = yield* wholeSteps(ground, identities)
    return { simulator: whole.simulator, units: whole.units, persons }
  }
  const part = yield* partSteps(ground, identities, touched)
  yield WORLD_PARTS[2]
  const own = yield* columnsSteps(ground, part, simulator.factBearers)
  const { order, units } = mixedOrder(homes, part.units, touched)
  yield
  return { simulator: simulator.spliced(own, order), units, persons }
}

/** Units with what they did. */
type Framing = Readonly<{
  units: readonly Unit[]
  identities: Identities
  bundle: Pick<CellBundle, 'cells' | 'facts' | 'loops'>
}>

type Whole = Readonly<{ simulator: Simulator; units: readonly Unit[] }>

/** The way of a score: people, events, findings of all units. */
function* wholeSteps(ground: WorldGround, identities: Identities): Steps<Whole, unknown> {
  const { run, base, calendar, roster } = ground
  const { asOf, level } = run
  const input = { dataset: datasetOf(ground), roster, identities, model: base.model, calendar, asOf, level }
  const { units, cells } = yield* unnamed(frameSteps(input))
  yield WORLD_PARTS[2]
  const own = yield* columnsSteps(
    { ...ground, featuresSeen: undefined },
    { units, identities, bundle: cells.bundle },
    [],
  )
  return { simulator: new Simulator({ ...own, base, today: calendar.dayOf(asOf) }), units }
}

/** The units of some workspaces alone. */
function* partSteps(ground: WorldGround, identities: Identities, { places }: Touched): Steps<Framing> {
  const { run, base, calendar, roster, kinds, events, places: eventPlaces, losing, loops } = ground
  const { asOf, level } = run
  const presence = presenceWithin(ground.presence, places)
  const shared = { roster, model: base.model, calendar, asOf, level }
  const dataset = { ...datasetOf(ground), subscriptions: subscriptionsOf(ground, identities, places) }
  const units = yield* unitSteps({ ...shared, dataset, presence, identities, within: places })
  const codes = new Set<number>()
  for (const place of places) if (ground.placed.has(place)) codes.add(0)
  for (const [code, place] of eventPlaces.workspaceOfCode.entries()) if (places.has(place)) codes.add(code)
  const log = { ...plainLog(events), chunks: () => events.chunksOf(codes) }
  const survey = { places: eventPlaces, losing, presence }
  const { personOfUser } = identities
  const bundle = yield* partCellSteps({ ...shared, log, survey, kinds, loops, units, personOfUser })
  return { units, identities, bundle }
}

/** A log's dictionaries, which are read when they are asked for. */
function plainLog({ count, names, workspaces, users, copies }: JudgedData['events']) {
  return { count, names, workspaces, users, copies }
}

function presenceWithin({ workspace, user }: CellBundle['presence'], places: ReadonlySet<number>) {
  const inside = (_: number, i: number): boolean => places.has(workspace[i] as number) // of one length
  return { workspace: workspace.filter(inside), user: user.filter(inside) }
}

/** Subscriptions of some workspaces, and of their accounts. */
function subscriptionsOf({ roster, subscriptions }: WorldGround, identities: Identities, places: ReadonlySet<number>) {
  const ids = new Set<string>()
  const accounts = new Set<string>()
  for (const place of places) {
    const id = roster.workspaces[place]?.workspace_id ?? ''
    ids.add(id)
    accounts.add(identities.accountOfWorkspace.get(id) ?? '')
  }
  return subscriptions.filter(({ workspace_id, account_id }) =>
    workspace_id === null ? accounts.has(account_id ?? '') : ids.has(workspace_id),
  )
}

type Columns = Pick<ConstructorParameters<typeof Simulator>[0], 'columns' | 'facts' | 'rollups'>
type ColumnGround = Omit<WorldGround, 'featuresSeen'> & Readonly<{ featuresSeen: number | undefined }>

function* columnsSteps(
  { run, base, calendar, roster, accounts, dismissed, featuresSeen }: ColumnGround,
  { units, identities, bundle }: Framing,
  known: readonly Facts[],
): Steps<Columns> {
  const { model, policy } = base
  const { asOf } = run
  const today = calendar.dayOf(asOf)
  const index = indexCells(bundle.cells, units)
  const { personOfUser } = identities
  const anomalies = findAnomalies({ index, units, roster, loops: bundle.loops, personOfUser, calendar })
  yield
  const seen = featuresSeen === undefined ? {} : { featuresSeen }
  const findingsAt = findingReader({ bundle, index, units, model, anomalies, asOf, today, ...seen })
  const context = factContextOf({ accounts }, { asOf, calendar, anomalyDays: policy.anomalyDays, dismissed })
  const facts: Facts[] = []
  const rollups = new RollupCollector(units.length)
  for (const [u, unit] of units.entries()) {
    if (u % STRETCH === 0) yield
    const findings = findingsAt(unit, u)
    facts.push(factsOf({ unit, findings, score: UNSCORED }, context(unit)))
    rollups.add(u, findings.rollups)
  }
  const columns = kernelColumns(bundle.cells, units)
  return { columns, facts: factKinds(facts, policy, known), rollups: rollups.taken() }
}

/** Units of the run that are not touched, and those that came in the place of the others, by id. */
function mixedOrder(
  homes: readonly Home[],
  units: readonly Unit[],
  { before }: Touched,
): Readonly<{ order: Int32Array; units: readonly Home[] }> {
  const kept = homes.flatMap((home, u) => (before.has(home.id) ? [] : [{ home, at: u }]))
  const own = units.map((home, u) => ({ home, at: -1 - u }))
  const all: { home: Home; at: number }[] = []
  let next = 0
  // Both are sorted by id.
  for (const one of kept) {
    for (; next < own.length; next++) {
      const other = own[next] as (typeof all)[number] // next < length
      if (compareCodePoints(other.home.id, one.home.id) > 0) break
      all.push(other)
    }
    all.push(one)
  }
  all.push(...own.slice(next))
  return { order: Int32Array.from(all, ({ at }) => at), units: all.map(({ home }) => home) }
}

/** Facts of the score are not read: the simulator has its own. */
const UNSCORED = { score: 0, stage: 'Not PQL' } as const

function* unnamed<T>(steps: Steps<T, unknown>): Steps<T> {
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
    yield
  }
}

type Shared = Pick<FactContext, 'asOf' | 'calendar' | 'anomalyDays'> & Readonly<{ dismissed: ReadonlySet<string> }>

/** What the facts of a unit need beside it. */
export function factContextOf(
  { accounts }: Pick<JudgedData, 'accounts'>,
  { dismissed, ...shared }: Shared,
): (unit: Pick<Unit, 'accountId'>) => FactContext {
  const employees = new Map([...accounts].map(row => [row.account_id, { employee_count: row.employee_count }]))
  return ({ accountId }) => ({
    ...shared,
    dismissedAnomalies: dismissed,
    account: accountId === null ? undefined : employees.get(accountId),
  })
}
