import type { Dataset } from '#schema/dataset'
import { openEventLog, type ProjectEvents, type Readable, readTable } from '#store'

/** The tables of a dataset, without its events. */
export type Tables = Omit<Dataset, 'events'>

/** No row in any table. */
export const NO_TABLES: Tables = {
  users: [],
  workspaces: [],
  memberships: [],
  subscriptions: [],
  accounts: [],
  contacts: [],
  deals: [],
  crm_users: [],
  outcomes: [],
}

/** Every row of every table of the project. */
export function readTables(db: Readable): Tables {
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
  }
}

/** Everything the project holds, as values; events stay where they are and are read when they are walked. */
export function readDataset(db: Readable): Tables & Readonly<{ events: ProjectEvents }> {
  return { ...readTables(db), events: openEventLog(db) }
}
