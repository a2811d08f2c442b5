import type { EntityTable, TableName } from './tables.ts'

/** A column that names a record of another table, by the first part of its key. */
export type Reference = Readonly<{ column: string; to: EntityTable }>

/** Columns that name a record of another table, by the table they stand in; the tables in the order they are judged in. */
export const REFERENCES = {
  memberships: [
    { column: 'user_id', to: 'users' },
    { column: 'workspace_id', to: 'workspaces' },
  ],
  users: [
    { column: 'workspace_id', to: 'workspaces' },
    { column: 'contact_id', to: 'contacts' },
  ],
  workspaces: [
    { column: 'account_id', to: 'accounts' },
    { column: 'owner_user_id', to: 'users' },
  ],
  subscriptions: [
    { column: 'workspace_id', to: 'workspaces' },
    { column: 'account_id', to: 'accounts' },
  ],
  contacts: [
    { column: 'account_id', to: 'accounts' },
    { column: 'user_id', to: 'users' },
  ],
  deals: [
    { column: 'account_id', to: 'accounts' },
    { column: 'contact_id', to: 'contacts' },
  ],
  outcomes: [
    { column: 'workspace_id', to: 'workspaces' },
    { column: 'account_id', to: 'accounts' },
    { column: 'user_id', to: 'users' },
  ],
  events: [
    { column: 'user_id', to: 'users' },
    { column: 'workspace_id', to: 'workspaces' },
  ],
} as const satisfies Partial<Record<TableName, readonly Reference[]>>
