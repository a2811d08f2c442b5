import type { EntityTable, Row } from '#schema/tables'

/** Columns that the questions of identity look at; of other tables they look at nothing. */
export const IDENTITY_COLUMNS = {
  users: [
    'user_id',
    'primary_email',
    'name',
    'phone',
    'anonymous_id',
    'device_id',
    'signup_ip',
    'sso_subject',
    'sso_provider',
    'sso_tenant',
    'contact_id',
    'job_title',
    'company_name',
    'locale',
    'workspace_id',
    'invited_by_user_id',
    'last_active_at',
  ],
  workspaces: [
    'workspace_id',
    'workspace_name',
    'workspace_type',
    'account_id',
    'sso_tenant',
    'sso_domain',
    'billing_contact_email',
    'billing_entity_id',
    'tax_id',
    'card_fingerprint',
    'creator_user_id',
    'owner_user_id',
    'created_at',
    'paid_status',
    'mrr',
  ],
  memberships: ['user_id', 'workspace_id', 'last_active_at'],
  subscriptions: ['subscription_id', 'workspace_id', 'account_id', 'customer_id', 'status', 'mrr', 'canceled_at'],
  accounts: [
    'account_id',
    'name',
    'primary_domain',
    'all_known_domains',
    'sso_domain',
    'billing_entity_id',
    'tax_id',
    'crm_id',
    'billing_contact_email',
    'is_strategic',
  ],
  contacts: ['contact_id', 'account_id', 'user_id', 'email'],
} as const satisfies { readonly [T in EntityTable]?: readonly (keyof Row<T>)[] }

type IdentityTable = keyof typeof IDENTITY_COLUMNS
/** A row as far as identity reads it. */
export type IdentityRow<T extends IdentityTable> = Pick<
  Row<T>,
  Extract<(typeof IDENTITY_COLUMNS)[T][number], keyof Row<T>>
>
/** Rows that are walked, more than once; an array, or something that makes them anew and holds less. */
export type Rows<R> = Iterable<R> & Readonly<{ length: number }>
/** The tables that identity answers from, each sorted by key (code-point order). Rows are not held on to. */
export type IdentityTables = Readonly<{
  users: Rows<IdentityRow<'users'>>
  workspaces: readonly IdentityRow<'workspaces'>[]
  memberships: Rows<IdentityRow<'memberships'>>
  subscriptions: Rows<IdentityRow<'subscriptions'>>
  accounts: readonly IdentityRow<'accounts'>[]
  contacts: Rows<IdentityRow<'contacts'>>
}>
