import type { PresetTable, SourcePreset } from './preset.ts'

const KEYS = ['workspace_id', 'organization_id', 'tenant_id']

/** A customer is an account; the workspace that it pays for, where a field of one's own names it. Deleted ones are left out. */
function customerTables(at: string, workspace: string[], more: string[] = []): PresetTable[] {
  const country = at === '' ? [`billing_address_country`] : [`${at}billing_address.country`]
  const company = at === '' ? [`billing_address_company`] : [`${at}billing_address.company`]
  const [id, name] = [
    [`${at}id`, ...more],
    [`${at}company`, ...company],
  ]
  const when = [{ path: `${at}deleted`, in: ['', 'false', '0'] }]
  const shared = { billing_contact_email: [`${at}email`], billing_entity_id: id, tax_id: [`${at}vat_number`] }
  return [
    {
      table: 'workspaces',
      whenFilled: 'workspace_id',
      when,
      // When the customer began to pay is not when the workspace was made; what else is known of it is the account's.
      isAside: true,
      fields: {
        workspace_id: workspace,
        workspace_name: { from: name, onlyFills: true },
        country: { from: country, onlyFills: true },
        ...shared,
      },
    },
    {
      table: 'accounts',
      when,
      fields: { account_id: [`${at}cf_account_id`, ...id], name, hq_country: country, ...shared },
    },
  ]
}

/** Chargebee: customers and subscriptions as a file (amounts in whole units, times of the site's zone) and of the API (minor units, epochs). */
export const CHARGEBEE: SourcePreset = {
  name: 'chargebee',
  shapes: [
    {
      title: 'Chargebee API subscriptions',
      marks: [['subscription.id'], ['subscription.customer_id'], ['subscription.status']],
      tables: [
        {
          table: 'subscriptions',
          fields: {
            subscription_id: ['subscription.id'],
            customer_id: ['subscription.customer_id'],
            workspace_id: KEYS.flatMap(key => [`subscription.cf_${key}`, `subscription.meta_data.${key}`]),
            status: ['subscription.status'],
            plan: ['subscription.subscription_items.0.item_price_id', 'subscription.plan_id'],
            billing_period: ['subscription.billing_period_unit'],
            mrr: { from: ['subscription.mrr'], amountOf: ['minor'] },
            currency: ['subscription.currency_code'],
            seats_purchased: ['subscription.subscription_items.0.quantity', 'subscription.plan_quantity'],
            started_at: ['subscription.started_at', 'subscription.activated_at', 'subscription.created_at'],
            trial_start: ['subscription.trial_start'],
            trial_end: ['subscription.trial_end'],
            renewal_date: ['subscription.next_billing_at', 'subscription.current_term_end'],
            canceled_at: ['subscription.cancelled_at'],
          },
        },
      ],
    },
    {
      title: 'Chargebee API customers',
      marks: [['customer.id'], ['customer.auto_collection', 'customer.net_term_days'], ['customer.object']],
      without: ['subscription.id'],
      tables: customerTables('customer.', [
        ...KEYS.flatMap(key => [`customer.cf_${key}`, `customer.meta_data.${key}`]),
      ]),
    },
    {
      title: 'Chargebee customers',
      marks: [
        ['id', 'Customer Id'],
        ['company'],
        ['auto_collection'],
        ['billing_address_country', 'billing_address_company', 'net_term_days', 'vat_number'],
      ],
      without: ['_fivetran_synced', 'subscription_id', 'plan_id', 'status'],
      tables: customerTables('', [...KEYS.flatMap(key => [key, `cf_${key}`, `customer_cf_${key}`])], ['Customer Id']),
    },
    {
      title: 'Chargebee subscriptions',
      marks: [
        ['id', 'Subscription Id'],
        ['customer_id', 'Customer Id'],
        ['status', 'Subscription Status'],
        // Orders and licences are activated and cancelled too.
        ['cancel_reason_code', 'current_term_start', 'current_term_end', 'next_billing_at', 'billing_period_unit'],
      ],
      without: ['_fivetran_synced', 'Current Period End (UTC)'],
      tables: [
        {
          table: 'subscriptions',
          fields: {
            subscription_id: ['Subscription Id', 'id'],
            customer_id: ['Customer Id'],
            workspace_id: KEYS.flatMap(key => [key, `cf_${key}`, `subscription_cf_${key}`]),
            status: ['status', 'Subscription Status'],
            plan: ['plan_id', 'item_price_id', 'Plan', 'plan_name'],
            billing_period: ['billing_period_unit', 'Billing Period Unit'],
            mrr: ['mrr_billing_currency'],
            currency: ['currency_code', 'Currency'],
            seats_purchased: ['plan_quantity', 'quantity'],
            started_at: ['started_at', 'activated_at', 'created_at'],
            trial_start: ['trial_start'],
            trial_end: ['trial_end'],
            renewal_date: ['next_billing_at', 'current_term_end'],
            canceled_at: ['cancelled_at'],
          },
        },
      ],
    },
  ],
}
