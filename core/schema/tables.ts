import type { Moment } from '#lib/time'

/**
 * How the text of a cell becomes a value.
 *
 * - `id` text kept as written, blanks around it cut; never a number
 * - `text`, `email`, `ip` text, blanks around it cut
 * - `moment` a day or an instant (canonical text, see lib/time)
 * - `number`, `integer`, `money` a finite number; `money` in whole units of its currency
 * - `boolean` true or false
 * - `enum` one of `values`, matched without case; another value is kept lower-case and reported
 * - `list` texts, split at `;` or read from a JSON array
 * - `json` an object, kept as text
 */
export type ColumnType =
  | 'id'
  | 'text'
  | 'email'
  | 'ip'
  | 'moment'
  | 'number'
  | 'integer'
  | 'money'
  | 'boolean'
  | 'enum'
  | 'list'
  | 'json'

export type Column = Readonly<{ type: ColumnType; required?: true; values?: readonly string[] }>

const id = { type: 'id' } as const
const text = { type: 'text' } as const
const email = { type: 'email' } as const
const ip = { type: 'ip' } as const
const moment = { type: 'moment' } as const
const number = { type: 'number' } as const
const integer = { type: 'integer' } as const
const money = { type: 'money' } as const
const boolean = { type: 'boolean' } as const
const list = { type: 'list' } as const
const json = { type: 'json' } as const
const oneOf = <const V extends readonly string[]>(...values: V) => ({ type: 'enum', values }) as const
const required = <const C extends Column>(column: C) => ({ ...column, required: true }) as const

/** The tables an import knows, with their canonical columns. The order of columns is the order they are shown in. */
export const TABLES = {
  users: {
    key: ['user_id'],
    columns: {
      user_id: required(id),
      primary_email: email,
      name: text,
      anonymous_id: id,
      sso_subject: id,
      sso_provider: text,
      phone: text,
      job_title: text,
      seniority: text,
      department: text,
      persona: text,
      buying_role_weight: number,
      product_role: text,
      is_workspace_admin: boolean,
      workspace_id: id,
      contact_id: id,
      created_at: moment,
      last_active_at: moment,
      signup_ip: ip,
      signup_source: text,
      invited_by_user_id: id,
      email_verified: boolean,
      company_name: text,
      locale: text,
      sso_tenant: id,
      device_id: id,
    },
  },
  workspaces: {
    key: ['workspace_id'],
    columns: {
      workspace_id: required(id),
      workspace_name: text,
      created_at: moment,
      workspace_status: text,
      workspace_type: text,
      account_id: id,
      workspace_primary_domain: text,
      sso_domain: text,
      billing_contact_email: email,
      billing_entity_id: id,
      plan_tier: text,
      paid_status: text,
      trial_end_date: moment,
      mrr: money,
      seat_count_total: integer,
      owner_user_id: id,
      creator_user_id: id,
      country: text,
      sso_tenant: id,
      tax_id: id,
      card_fingerprint: id,
      sales_owner: text,
      arr: money,
    },
  },
  memberships: {
    key: ['user_id', 'workspace_id'],
    columns: {
      user_id: required(id),
      workspace_id: required(id),
      role: text,
      joined_at: moment,
      last_active_at: moment,
      invited_by_user_id: id,
      invitation_source: text,
    },
  },
  subscriptions: {
    key: ['subscription_id'],
    columns: {
      subscription_id: required(id),
      workspace_id: id,
      account_id: id,
      customer_id: id,
      status: text,
      plan: text,
      billing_period: text,
      mrr: money,
      arr: money,
      currency: text,
      seats_purchased: integer,
      seats_used: integer,
      started_at: moment,
      trial_start: moment,
      trial_end: moment,
      renewal_date: moment,
      canceled_at: moment,
    },
  },
  events: {
    key: ['event_id'],
    columns: {
      event_id: id,
      event_name: required(text),
      timestamp: required(moment),
      workspace_id: id,
      user_id: id,
      anonymous_id: id,
      device_id: id,
      session_id: id,
      source: text,
      ip,
      is_key_event: boolean,
      event_weight: number,
      event_properties: json,
    },
  },
  accounts: {
    key: ['account_id'],
    columns: {
      account_id: required(id),
      name: text,
      primary_domain: text,
      all_known_domains: list,
      employee_count: integer,
      industry: text,
      hq_country: text,
      icp_fit_tier: text,
      icp_fit_score: number,
      current_owner: text,
      csm_owner: text,
      territory: text,
      lifecycle_stage: text,
      is_strategic: boolean,
      sso_domain: text,
      billing_entity_id: id,
      tax_id: id,
      crm_id: id,
      sub_industry: text,
      employee_range: text,
      hq_region: text,
      tech_stack: list,
      billing_contact_email: email,
    },
  },
  contacts: {
    key: ['contact_id'],
    columns: {
      contact_id: required(id),
      email,
      name: text,
      account_id: id,
      owner: text,
      job_title: text,
      lifecycle_stage: text,
      user_id: id,
      opted_out: boolean,
      last_contacted_at: moment,
      disqualified_at: moment,
      crm_id: id,
    },
  },
  deals: {
    key: ['deal_id'],
    columns: {
      deal_id: required(id),
      account_id: id,
      contact_id: id,
      status: oneOf('open', 'won', 'lost'),
      stage: text,
      owner: text,
      amount: money,
      created_at: moment,
      closed_at: moment,
    },
  },
  crm_users: {
    key: ['owner_id'],
    columns: {
      owner_id: required(id),
      email,
      name: text,
      team: text,
      territory: text,
      weekly_capacity: integer,
    },
  },
  outcomes: {
    key: ['outcome_id'],
    columns: {
      outcome_id: id,
      workspace_id: id,
      account_id: id,
      user_id: id,
      kind: required(oneOf('demo_booked', 'opportunity_created', 'closed_won', 'closed_lost', 'upgraded', 'churned')),
      occurred_at: required(moment),
      amount: money,
    },
  },
} as const satisfies Record<string, Readonly<{ key: readonly string[]; columns: Readonly<Record<string, Column>> }>>

export type TableName = keyof typeof TABLES
/** Every table but events: one row per key, held as rows. Events are held as columns (schema/event). */
export type EntityTable = Exclude<TableName, 'events'>
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]
export const ENTITY_TABLES = TABLE_NAMES.filter((name): name is EntityTable => name !== 'events')

type ValueOf<C> = C extends { type: 'number' | 'integer' | 'money' }
  ? number
  : C extends { type: 'boolean' }
    ? boolean
    : C extends { type: 'list' }
      ? readonly string[]
      : C extends { type: 'moment' }
        ? Moment
        : string

type ColumnsOf<T extends TableName> = (typeof TABLES)[T]['columns']

/** One row of a table: every canonical column, `null` where nothing is known. Required columns are never null. */
export type Row<T extends TableName> = {
  readonly [C in keyof ColumnsOf<T>]: ColumnsOf<T>[C] extends { required: true }
    ? ValueOf<ColumnsOf<T>[C]>
    : ValueOf<ColumnsOf<T>[C]> | null
}

/** A typed row of any table, as the importer hands it on: value per canonical column name. */
export type Value = string | number | boolean | readonly string[] | null
