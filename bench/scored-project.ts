import { resolveIdentities } from '#identity'
import { analyse } from '#pipeline'
import { DEFAULT_POLICY } from '#route'
import type { Dataset } from '#schema/dataset'
import type { Unit } from '#schema/unit'
import { DEFAULT_MODEL, type ScoreGround } from '#score'
import { newestRun, openEventLog, openProject, type Project, type Readable, readCells, readTable } from '#store'

/** A project with its newest run, and what that run was worked out from. */
export type ScoredProject = Readonly<{
  project: Project
  /** Under which the project keeps the run's cells. */
  cellsKey: string
  units: readonly Unit[]
  ground: ScoreGround
}>

/** Opens a project that was scored by the default model, and works out once more what its run was made of. */
export function openScored(path: string): ScoredProject {
  const project = openProject(path)
  const { db } = project
  const run = newestRun(db)
  const cells = run === null ? null : readCells(db, run.cellsKey)
  if (run === null || cells === null) throw new Error(`${path} has no run with its cells`)
  const dataset = readDataset(db)
  const eventUsers = dataset.events.users.filter(user => user !== '')
  const { units, ground } = analyse({
    dataset,
    identities: activity => resolveIdentities(dataset, { mode: run.identityMode, activity, eventUsers }),
    model: DEFAULT_MODEL,
    policy: DEFAULT_POLICY,
    asOf: run.asOf,
    level: 'workspace',
    dismissedAnomalies: new Set(),
    assignments: new Map(),
    cells,
  })
  return { project, cellsKey: run.cellsKey, units, ground }
}

function readDataset(db: Readable): Dataset {
  return {
    users: readTable(db, 'users'),
    workspaces: readTable(db, 'workspaces'),
    memberships: readTable(db, 'memberships'),
    subscriptions: readTable(db, 'subscriptions'),
    accounts: readTable(db, 'accounts'),
    contacts: readTable(db, 'contacts'),
    deals: readTable(db, 'deals'),
    crm_users: readTable(db, 'crm_users'),
    outcomes: readTable(db, 'outcomes'),
    events: openEventLog(db),
  }
}
