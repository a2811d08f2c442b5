import type { Case } from './preset-case.ts'

/** Exports of Chargebee. */
export const CHARGEBEE_CASES: readonly Case[] = [
  {
    file: 'chargebee/subscriptions.csv',
    origin: 'Chargebee subscriptions',
    want: {
      subscriptions: [
        { subscription_id: 'cb_1', mrr: 60, workspace_id: 'w_1' },
        { status: 'in_trial' },
        { canceled_at: '2026-04-01T08:00:00.000Z' },
      ],
    },
  },
  {
    file: 'chargebee/customers.csv',
    origin: 'Chargebee customers',
    want: {
      workspaces: [{ workspace_id: 'w_1', billing_entity_id: 'cust_1', tax_id: 'DE123456789' }],
      accounts: [
        {
          account_id: 'cust_1',
          name: 'Northwind',
          billing_entity_id: 'cust_1',
          billing_contact_email: 'billing@northwind.example',
          hq_country: 'DE',
          tax_id: 'DE123456789',
        },
        { account_id: 'cust_2', name: 'Fabrikam', hq_country: 'SE' },
      ],
    },
  },
  {
    file: 'chargebee/api_customers.json',
    origin: 'Chargebee API customers',
    want: {
      workspaces: [{ workspace_id: 'w_1', billing_entity_id: 'cust_1' }],
      accounts: [
        { account_id: 'cust_1', name: 'Northwind', hq_country: 'DE', tax_id: 'DE123456789' },
        { account_id: 'cust_2', name: 'Fabrikam' },
      ],
    },
  },
  {
    file: 'chargebee/api_subscriptions.json',
    origin: 'Chargebee API subscriptions',
    want: {
      subscriptions: [
        { subscription_id: 'cb_1', mrr: 60, plan: 'team-EUR-monthly', workspace_id: 'w_1', seats_purchased: 5 },
      ],
    },
  },
]
