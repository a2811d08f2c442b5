import type { EventLog } from './event.ts'
import { type EntityTable, type Row, TABLES } from './tables.ts'

/** Everything a project holds, as values: rows sorted by key (code-point order), events as a log. */
export type Dataset = Readonly<{ [T in EntityTable]: readonly Row<T>[] } & { events: EventLog }>

/** Columns of users that say what a person's role is. */
export const ROLE_COLUMNS = [
  'job_title',
  'seniority',
  'department',
  'persona',
  'buying_role_weight',
  'product_role',
  'is_workspace_admin',
] as const satisfies readonly (keyof Row<'users'>)[]

/** All that scores and routes are judged from, events aside; what identity and lists read besides is not among it. */
export const JUDGED_COLUMNS = {
  users: ['user_id', 'created_at', 'workspace_id', 'primary_email', 'contact_id', 'signup_ip', ...ROLE_COLUMNS],
  workspaces: [
    'workspace_id',
    'workspace_name',
    'created_at',
    'workspace_status',
    'workspace_type',
    'paid_status',
    'trial_end_date',
    'mrr',
    'arr',
    'seat_count_total',
    'owner_user_id',
    'sales_owner',
  ],
  memberships: ['user_id', 'workspace_id', 'role', 'joined_at'],
  subscriptions: [
    'subscription_id',
    'workspace_id',
    'account_id',
    'status',
    'plan',
    'mrr',
    'arr',
    'seats_purchased',
    'seats_used',
    'started_at',
    'trial_start',
    'trial_end',
    'renewal_date',
    'canceled_at',
  ],
  // Fit rules may ask for any column of accounts.
  accounts: Object.keys(TABLES.accounts.columns) as (keyof Row<'accounts'>)[],
  contacts: [
    'contact_id',
    'email',
    'account_id',
    'owner',
    'lifecycle_stage',
    'user_id',
    'opted_out',
    'last_contacted_at',
    'disqualified_at',
  ],
  deals: ['account_id', 'contact_id', 'status', 'created_at', 'closed_at'],
  crm_users: ['owner_id', 'email', 'name', 'team', 'weekly_capacity'],
} as const satisfies { readonly [T in EntityTable]?: readonly (keyof Row<T>)[] }

/** What the lists show beside scores, and whom they leave out. */
export const LISTED_COLUMNS = {
  users: ['user_id', 'name', 'primary_email', 'job_title', 'signup_source', 'contact_id'],
  workspaces: ['workspace_id', 'workspace_name', 'plan_tier'],
  accounts: ['account_id', 'name', 'primary_domain', 'employee_count', 'industry', 'hq_country'],
  contacts: JUDGED_COLUMNS.contacts,
  crm_users: JUDGED_COLUMNS.crm_users,
} as const satisfies { readonly [T in EntityTable]?: readonly (keyof Row<T>)[] }

export type JudgedTable = keyof typeof JUDGED_COLUMNS
/** A row as far as judging reads it. */
export type JudgedRow<T extends JudgedTable> = Pick<Row<T>, Extract<(typeof JUDGED_COLUMNS)[T][number], keyof Row<T>>>
/**
 * The tables that are judged, as rows that are walked, more than once: arrays, or sources that read anew each time and hold
 * nothing. Sorted by key (code-point order).
 */
export type JudgedTables = Readonly<{ [T in JudgedTable]: Iterable<JudgedRow<T>> }>
/** What is judged: tables and events. */
export type JudgedData = JudgedTables & Readonly<{ events: EventLog }>

type ListedTable = keyof typeof LISTED_COLUMNS
/** A row as far as lists read it. */
export type ListedRow<T extends ListedTable> = Pick<Row<T>, Extract<(typeof LISTED_COLUMNS)[T][number], keyof Row<T>>>
/** The tables that lists look into, walked likewise. */
export type ListedTables = Readonly<{ [T in ListedTable]: Iterable<ListedRow<T>> }>
