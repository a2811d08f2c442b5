import type { PresetField, SourcePreset } from './preset.ts'
import { workspaceKeys } from './workspace-keys.ts'

const KEYS = ['workspace_id', 'workspaceId', 'organization_id', 'organizationId', 'org_id', 'tenant_id', 'team_id']
/** Metadata columns of the dashboard's files are named after their key. */
const WORKSPACE = KEYS.map(key => `${key} (metadata)`)
const METADATA = [...workspaceKeys('metadata')]
const utc = (...from: string[]): PresetField => ({ from, timeZone: 'UTC' })
/** Who pays, and where, is not what the product calls the workspace, nor where that is. */
const named = (...from: string[]): PresetField => ({ from, onlyFills: true })
const PERIODS = {
  '1 day': 'day',
  '1 week': 'week',
  '1 month': 'month',
  '3 month': 'quarter',
  '6 month': 'half year',
  '1 year': 'year',
}
const IN_ITEM = 'items.data.0.'

/** Stripe: files of the dashboard (amounts in whole units), objects of the API and tables of a sync (amounts in minor units). */
export const STRIPE: SourcePreset = {
  name: 'stripe',
  shapes: [
    {
      title: 'Stripe subscriptions',
      marks: [
        ['id'],
        ['Customer ID'],
        ['Status'],
        ['Current Period Start (UTC)', 'Current Period End (UTC)', 'Start (UTC)', 'Start Date (UTC)'],
      ],
      tables: [
        {
          table: 'subscriptions',
          fields: {
            subscription_id: ['id'],
            customer_id: ['Customer ID'],
            workspace_id: WORKSPACE,
            account_id: ['account_id (metadata)'],
            status: ['Status'],
            plan: ['Product', 'Plan', 'Product Name', 'Plan Name'],
            billing_period: ['Interval'],
            mrr: { from: ['Amount'], amountOf: ['period'] },
            currency: ['Currency'],
            seats_purchased: ['Quantity'],
            started_at: utc('Start (UTC)', 'Start Date (UTC)', 'Created (UTC)'),
            trial_start: utc('Trial Start (UTC)'),
            trial_end: utc('Trial End (UTC)'),
            renewal_date: utc('Current Period End (UTC)'),
            canceled_at: utc('Ended At (UTC)', 'Canceled At (UTC)'),
          },
        },
      ],
    },
    {
      title: 'Stripe customers',
      marks: [
        ['id'],
        ['Email'],
        ['Created (UTC)'],
        ['Delinquent', 'Total Spend', 'Card ID', 'Default Source', 'Description'],
      ],
      values: { id: '^cus_' },
      tables: [
        {
          table: 'workspaces',
          whenFilled: 'workspace_id',
          fields: {
            workspace_id: WORKSPACE,
            workspace_name: named('Name', 'Description'),
            billing_contact_email: ['Email'],
            billing_entity_id: ['id'],
            plan_tier: ['Plan'],
            country: named('Address Country', 'Card Address Country'),
            tax_id: ['Business Vat ID', 'Tax ID'],
            card_fingerprint: ['Card Fingerprint'],
          },
        },
        {
          table: 'accounts',
          fields: {
            account_id: ['account_id (metadata)', 'id'],
            name: ['Name', 'Description'],
            billing_contact_email: ['Email'],
            hq_country: ['Address Country', 'Card Address Country'],
            billing_entity_id: ['id'],
            tax_id: ['Business Vat ID', 'Tax ID'],
          },
        },
      ],
    },
    {
      title: 'Stripe API subscriptions',
      marks: [
        ['id'],
        ['customer'],
        ['status'],
        ['items.data', 'items.data.0.price.id', 'plan.id', 'items.data.0.plan.id'],
      ],
      values: { id: '^sub_' },
      tables: [
        {
          table: 'subscriptions',
          fields: {
            subscription_id: ['id'],
            customer_id: ['customer', 'customer.id'],
            workspace_id: METADATA,
            status: ['status'],
            plan: [
              `${IN_ITEM}price.nickname`,
              `${IN_ITEM}price.lookup_key`,
              `${IN_ITEM}price.id`,
              'plan.nickname',
              'plan.id',
            ],
            billing_period: {
              from: [`${IN_ITEM}price.recurring.interval_count`, `${IN_ITEM}price.recurring.interval`],
              combine: 'join',
              values: PERIODS,
            },
            mrr: {
              from: [`${IN_ITEM}price.unit_amount`, `${IN_ITEM}plan.amount`, 'plan.amount'],
              amountOf: ['minor', 'period', 'seat'],
              items: 'items',
            },
            currency: ['currency', `${IN_ITEM}price.currency`],
            seats_purchased: [`${IN_ITEM}quantity`, 'quantity'],
            started_at: ['start_date', 'created'],
            trial_start: ['trial_start'],
            trial_end: ['trial_end'],
            renewal_date: ['current_period_end', `${IN_ITEM}current_period_end`],
            canceled_at: ['ended_at', 'canceled_at'],
          },
        },
      ],
    },
    {
      title: 'Stripe API customers',
      marks: [['id'], ['object', 'livemode'], ['invoice_prefix', 'delinquent', 'balance', 'invoice_settings']],
      values: { id: '^cus_' },
      without: ['_fivetran_synced'],
      tables: [
        {
          table: 'workspaces',
          whenFilled: 'workspace_id',
          fields: {
            workspace_id: METADATA,
            workspace_name: named('name', 'description'),
            billing_contact_email: ['email'],
            billing_entity_id: ['id'],
            country: named('address.country'),
          },
        },
        {
          table: 'accounts',
          fields: {
            account_id: ['id'],
            name: ['name', 'description'],
            billing_contact_email: ['email'],
            hq_country: ['address.country'],
            billing_entity_id: ['id'],
          },
        },
      ],
    },
    {
      title: 'Stripe subscriptions of a sync',
      marks: [
        ['_fivetran_synced'],
        ['customer_id'],
        ['current_period_end'],
        ['billing_cycle_anchor', 'start_date'],
        ['status'],
      ],
      tables: [
        {
          table: 'subscriptions',
          when: [{ path: '_fivetran_active', in: ['', 'true', '1'] }],
          fields: {
            subscription_id: ['id'],
            customer_id: ['customer_id'],
            workspace_id: METADATA,
            status: ['status'],
            seats_purchased: ['quantity'],
            started_at: utc('start_date', 'created'),
            trial_start: utc('trial_start'),
            trial_end: utc('trial_end'),
            renewal_date: utc('current_period_end'),
            canceled_at: utc('ended_at', 'canceled_at'),
          },
        },
      ],
    },
    {
      title: 'Stripe subscription items of a sync',
      marks: [
        ['_fivetran_synced'],
        ['subscription_id'],
        ['plan_id', 'price_id'],
        ['current_period_start', 'quantity'],
        ['id'],
      ],
      without: ['customer_id', 'invoice_id'],
      tables: [],
    },
    {
      title: 'Stripe customers of a sync',
      marks: [['_fivetran_synced'], ['invoice_prefix', 'delinquent', 'account_balance'], ['email'], ['id']],
      tables: [
        {
          table: 'workspaces',
          whenFilled: 'workspace_id',
          when: [{ path: 'is_deleted', in: ['', 'false', '0'] }],
          fields: {
            workspace_id: METADATA,
            workspace_name: named('name', 'description'),
            billing_contact_email: ['email'],
            billing_entity_id: ['id'],
            country: named('address_country', 'shipping_address_country'),
            tax_id: ['tax_info_tax_id'],
          },
        },
        {
          table: 'accounts',
          when: [{ path: 'is_deleted', in: ['', 'false', '0'] }],
          fields: {
            account_id: ['id'],
            name: ['name', 'description'],
            billing_contact_email: ['email'],
            hq_country: ['address_country', 'shipping_address_country'],
            billing_entity_id: ['id'],
            tax_id: ['tax_info_tax_id'],
          },
        },
      ],
    },
  ],
}
