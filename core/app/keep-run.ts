import type { Output } from '#contract/contract'
import type { Judgement, Links } from '#pipeline'
import type { IdentityMode } from '#schema/identity'
import type { Level } from '#schema/unit'
import {
  assignOwners,
  beginRun,
  copyRunParts,
  countHeld,
  countRunList,
  decisionsInForce,
  listImports,
  type NewRun,
  PAGE_UNITS,
  type PackedList,
  type ProjectEvents,
  packRunList,
  type RunDraft,
  saveCells,
  saveFormerPersons,
  saveRunList,
  saveVersion,
  type Writable,
} from '#store'
import { eventsWithoutKind, tellingWithoutKind } from './events-without-kind.ts'
import { endedSince } from './former-entities.ts'
import { inTurns, type Job } from './jobs.ts'
import type { ModelInForce, PolicyInForce } from './judgement.ts'
import { IDENTITY_LISTS, IDENTITY_PARTS, leanLists } from './kept-identities.ts'
import { keepPairs, type NewPairs } from './kept-pairs.ts'
import { MADE_BY } from './made-by.ts'
import { runLists } from './run-lists.ts'
import { type DefaultAsOf, keepParts, type RunState } from './run-parts.ts'
import { runUnitReader } from './run-units.ts'
import { setAsideById } from './set-aside.ts'

/** What scores and routes are kept for where nothing else is asked for. */
export const LEVEL: Level = 'workspace'

/** A judgement with all that it rests on. */
export type Finished = Readonly<{
  judgement: Judgement
  level: Level
  events: Pick<ProjectEvents, 'ids' | 'count'>
  inForce: ModelInForce & Readonly<{ policy: PolicyInForce }>
  identityMode: IdentityMode
  cells: Readonly<{ key: string; isNew: boolean }>
  /** The run that knew who is who already; null where it was found now. */
  knownRun: number | null
  /** Lists of identity that are packed already, where it was found now. */
  lists: ReadonlyMap<string, PackedList>
  /** Pairs of users that were weighed now; null where they were known or not asked for. */
  pairs: NewPairs | null
  defaultAsOf: DefaultAsOf | null
  /** ms since epoch */
  now: number
  state: RunState
}>

type Kept = Pick<Output<'score.run'>, 'runId' | 'stages' | 'destinations' | 'setAside' | 'withoutKind'>

/** Units that are worked out and written between two turns of others. */
const STRETCH = PAGE_UNITS

/**
 * Keeps a judgement as a new run with its cells, versions, parts and the owners it gave. It is written unit by unit, and
 * seen by nobody before the last transaction; a failure or a cancel before that leaves everything as it was.
 */
export async function keepRun(db: Writable, finished: Finished, job: Job): Promise<Kept> {
  const { judgement, inForce, cells, level, now } = finished
  const run = newRun(finished)
  saveVersion(db, 'model', { hash: inForce.hash, json: inForce.json, createdAt: now })
  saveVersion(db, 'policy', { hash: inForce.policy.hash, json: inForce.policy.json, createdAt: now })
  const draft = beginRun(db, run, judgement.units.length)
  try {
    const sums = await addUnits(db, draft, finished, job)
    const setAside = await keepLists(db, draft.runId, finished, job)
    const isNew = finished.knownRun === null && finished.identityMode === 'matched'
    const ended = isNew ? endedSince(db, judgement.identities) : null
    draft.finish(() => {
      if (cells.isNew) saveCells(db, cells.key, judgement.cells, now)
      if (finished.pairs !== null) keepPairs(db, finished.pairs)
      keepRest(db, draft.runId, finished, { ...sums, setAside })
      if (ended !== null) saveFormerPersons(db, { ...ended, runId: draft.runId, at: now })
      assignOwners(db, level, assignmentsGiven(judgement, draft.runId))
    })
  } catch (error) {
    abandon(draft)
    throw error
  }
  const { stages, destinations, setAside } = run.summary
  return {
    runId: draft.runId,
    stages: { ...stages },
    destinations: { ...destinations },
    setAside: [...setAside],
    withoutKind: tellingWithoutKind(run.summary),
  }
}

/** What cannot be taken back now, nobody sees, and the next run takes it back. */
function abandon(draft: RunDraft): void {
  try {
    draft.discard()
  } catch {
    // what made the run fail is told; the disk that refuses this is often the same fault
  }
}

const NO_LINKS: Links = { contactLinks: [], placedUsers: [] }

/** What is known of a run's files when its units have gone by. */
type Sums = Readonly<{ lines: number; workspaces: number }>

async function addUnits(
  db: Writable,
  draft: RunDraft,
  { judgement, inForce, level }: Finished,
  job: Job,
): Promise<Sums> {
  const unitAt = runUnitReader(db, { level, model: inForce.model, judgement })
  const total = judgement.units.length
  let lines = 0
  let workspaces = 0
  for (let first = 0; first < total; first += STRETCH) {
    await job.breathe()
    const units = Array.from({ length: Math.min(STRETCH, total - first) }, (_, i) => unitAt(first + i))
    for (const { judged } of units) {
      lines += judged.score.lines.length
      workspaces += judged.unit.workspaceIds.length
    }
    draft.add(units)
  }
  return { lines, workspaces }
}

/** @returns how many lines the events set aside are */
async function keepLists(
  db: Writable,
  runId: number,
  { judgement, events, knownRun, lists }: Finished,
  job: Job,
): Promise<number> {
  const setAside = setAsideById(events, judgement)
  const { identities, links } = judgement
  const found = knownRun === null ? leanLists(identities, links ?? NO_LINKS) : {}
  for (const [name, rows] of Object.entries({ 'set aside': setAside, ...found })) {
    saveRunList(db, runId, { name, list: await inTurns(packRunList(rows), job) })
    await job.breathe()
  }
  if (knownRun === null) {
    for (const [name, list] of lists) saveRunList(db, runId, { name, list })
    keepParts(db, runId, { 'merged workspaces': identities.mergedWorkspaces })
  } else copyRunParts(db, { from: knownRun, to: runId, names: [...IDENTITY_LISTS, ...IDENTITY_PARTS] })
  return setAside.length
}

function keepRest(
  db: Writable,
  runId: number,
  { judgement, defaultAsOf, state }: Finished,
  sums: Sums & Readonly<{ setAside: number }>,
): void {
  const count = (name: (typeof IDENTITY_LISTS)[number]): number => countRunList(db, runId, name)
  const lists = runLists(judgement, {
    ...sums,
    anomalies: judgement.anomalies.length,
    users: judgement.identities.personOfUser.size,
    identifiers: count('identifiers'),
    workspaceAccounts: count('workspace accounts'),
    workspaceLinks: count('workspace links'),
    heldRows: countHeld(db),
  })
  keepParts(db, runId, {
    lists,
    imports: listImports(db).flatMap(({ importId, status }) => (status === 'published' ? [importId] : [])),
    'default as of': defaultAsOf,
    'made by': MADE_BY,
    decisions: decisionsInForce(db).length,
    state,
  })
}

function newRun({ judgement, level, events, inForce, identityMode, cells, state, now }: Finished): NewRun {
  const { identities, heads, verdicts, setAside, anomalies, asOf } = judgement
  return {
    asOf,
    level,
    identityMode,
    modelHash: inForce.hash,
    policyHash: inForce.policy.hash,
    cellsKey: cells.key,
    dataState: state.data,
    summary: {
      modelName: inForce.model.name,
      policyName: inForce.policy.policy.name,
      persons: identities.persons.length,
      linkedWorkspaces: identities.accountOfWorkspace.size,
      stages: countBy(heads.map(({ stage }) => stage)),
      destinations: countBy(verdicts.map(({ destination }) => destination)),
      setAside: Object.entries(sumBy(setAside)).map(([reason, count]) => ({ reason, count })),
      withoutKind: eventsWithoutKind(events.count, judgement.cells.bundle),
    },
    anomalies,
    createdAt: now,
  }
}

/** Units that somebody of a pool takes with this run. */
function assignmentsGiven({ verdicts }: Judgement, sinceRun: number): Parameters<typeof assignOwners>[2] {
  return verdicts.flatMap(({ unitId, owner, ownerTeam, ownerFrom }) =>
    ownerFrom === 'pool' && owner !== null && ownerTeam !== null ? [{ unitId, owner, team: ownerTeam, sinceRun }] : [],
  )
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  return sumBy(names.map(reason => ({ reason, count: 1 })))
}

function sumBy(rows: readonly Readonly<{ reason: string; count: number }>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>()
  for (const { reason, count } of rows) sums.set(reason, (sums.get(reason) ?? 0) + count)
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}
