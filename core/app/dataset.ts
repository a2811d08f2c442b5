import { IDENTITY_COLUMNS, type IdentityTables } from '#identity'
import { finish, type Steps } from '#lib/steps'
import type { Calendar } from '#lib/time'
import { type Dataset, JUDGED_COLUMNS, type JudgedTables, LISTED_COLUMNS, type ListedTables } from '#schema/dataset'
import type { Row } from '#schema/tables'
import {
  type ColumnRows,
  openEventLog,
  type ProjectEvents,
  type Readable,
  readTable,
  type SharedTexts,
  tableColumnSteps,
  walkTable,
} from '#store'

/** The tables of a dataset, without its events. */
export type Tables = Omit<Dataset, 'events'>

/** Every row of every table of the project: what identity looks at. Let it go as soon as it has. */
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

/** What identity looks at, column by column. Let it go as soon as it has been looked at. */
export function identityTables(db: Readable): ProjectTables {
  return finish(identityTableSteps(db))
}

type Columns = typeof IDENTITY_COLUMNS
type ProjectTables = IdentityTables & Readonly<{ users: ColumnRows<Pick<Row<'users'>, Columns['users'][number]>> }>

/** The same with halts. */
export function* identityTableSteps(db: Readable): Steps<ProjectTables> {
  const shared: SharedTexts = new Map()
  return {
    users: yield* tableColumnSteps(db, 'users', IDENTITY_COLUMNS.users, shared),
    workspaces: [...(yield* tableColumnSteps(db, 'workspaces', IDENTITY_COLUMNS.workspaces, shared))],
    memberships: yield* tableColumnSteps(db, 'memberships', IDENTITY_COLUMNS.memberships, shared),
    subscriptions: yield* tableColumnSteps(db, 'subscriptions', IDENTITY_COLUMNS.subscriptions, shared),
    accounts: [...(yield* tableColumnSteps(db, 'accounts', IDENTITY_COLUMNS.accounts, shared))],
    contacts: yield* tableColumnSteps(db, 'contacts', IDENTITY_COLUMNS.contacts, shared),
  }
}

/** What scores and routes are judged from: read when it is walked, and not held. */
export function judgedTables(db: Readable): JudgedTables {
  return {
    users: walkTable(db, 'users', JUDGED_COLUMNS.users),
    workspaces: walkTable(db, 'workspaces', JUDGED_COLUMNS.workspaces),
    memberships: walkTable(db, 'memberships', JUDGED_COLUMNS.memberships),
    subscriptions: walkTable(db, 'subscriptions', JUDGED_COLUMNS.subscriptions),
    accounts: walkTable(db, 'accounts', JUDGED_COLUMNS.accounts),
    contacts: walkTable(db, 'contacts', JUDGED_COLUMNS.contacts),
    deals: walkTable(db, 'deals', JUDGED_COLUMNS.deals),
    crm_users: walkTable(db, 'crm_users', JUDGED_COLUMNS.crm_users),
  }
}

/** What lists look into. */
export function listedTables(db: Readable): ListedTables {
  return {
    users: walkTable(db, 'users', LISTED_COLUMNS.users),
    workspaces: walkTable(db, 'workspaces', LISTED_COLUMNS.workspaces),
    accounts: walkTable(db, 'accounts', LISTED_COLUMNS.accounts),
    contacts: walkTable(db, 'contacts', LISTED_COLUMNS.contacts),
    crm_users: walkTable(db, 'crm_users', LISTED_COLUMNS.crm_users),
  }
}

/** Everything the project holds, as values; events stay where they are and are read when they are walked. */
export function readDataset(db: Readable, calendar?: Calendar): Tables & Readonly<{ events: ProjectEvents }> {
  return { ...readTables(db), events: openEventLog(db, calendar) }
}
