import { CHARGEBEE_CASES } from './chargebee-cases.ts'
import { DYNAMICS_CASES } from './dynamics-cases.ts'
import type { Case } from './preset-case.ts'
import { SALESFORCE_REPORT_CASES } from './salesforce-report-cases.ts'

export const CASES: readonly Case[] = [
  {
    file: 'segment/calls.jsonl',
    origin: 'Segment calls',
    want: {
      events: [
        { at: '2026-05-01T08:05:00.000Z', name: 'Report Created', workspace: 'w_1', user: 'u_101', ip: '192.0.2.10' },
        { name: 'Invite Sent', workspace: 'w_2', user: 'u_102', anonymous: 'a-2' },
        { name: 'page', anonymous: 'a-3' },
      ],
      users: [
        {
          user_id: 'u_101',
          primary_email: 'ada@northwind.example',
          job_title: 'Head of Data',
          company_name: 'Northwind',
          workspace_id: 'w_1',
        },
        { user_id: 'u_102', name: 'Bo Lind' },
      ],
      workspaces: [{ workspace_id: 'w_1', workspace_name: 'Northwind', plan_tier: 'team' }],
      memberships: [{ user_id: 'u_101', workspace_id: 'w_1' }],
    },
    skipped: [4, 5, 6, 6],
    notes: ['note/other-table'],
  },
  {
    file: 'segment/tracks.csv',
    origin: 'Segment warehouse tracks',
    want: {
      events: [
        { name: 'report_created', workspace: 'w_1', user: 'u_101' },
        { name: 'invite_sent' },
        { name: 'pricing_viewed', anonymous: 'a-3' },
      ],
    },
  },
  {
    file: 'mixpanel/events.jsonl',
    origin: 'Mixpanel events',
    want: {
      events: [
        { at: '2026-05-01T08:05:00.000Z', name: 'Report Created', workspace: 'w_1', user: 'u_101' },
        { user: 'u_102' },
        { name: 'Pricing Viewed', anonymous: 'dev-3' },
      ],
    },
  },
  {
    file: 'mixpanel/profiles.jsonl',
    origin: 'Mixpanel profiles',
    want: {
      users: [
        { user_id: 'u_101', primary_email: 'ada@northwind.example', created_at: '2026-03-02T09:00:00.000Z' },
        { user_id: 'u_102' },
      ],
    },
  },
  {
    file: 'posthog/events.jsonl',
    origin: 'PostHog events',
    want: {
      events: [
        { name: 'report created', workspace: 'w_1', user: 'u_101', session: 's-1', ip: '192.0.2.30' },
        { workspace: 'w_2', user: 'u_102' },
        { name: '$pageview', user: '0190-anon', anonymous: 'dev-3' },
      ],
      users: [
        { user_id: 'u_101', primary_email: 'ada@northwind.example', product_role: 'Admin' },
        { user_id: 'u_102' },
      ],
    },
    skipped: [0, 1],
  },
  {
    file: 'posthog/persons.jsonl',
    origin: 'PostHog persons',
    want: { users: [{ user_id: 'u_101', primary_email: 'ada@northwind.example' }, { user_id: 'u_102' }] },
    skipped: [1],
  },
  {
    file: 'stripe/subscriptions.csv',
    origin: 'Stripe subscriptions',
    want: {
      subscriptions: [
        {
          subscription_id: 'sub_001',
          workspace_id: 'w_1',
          status: 'active',
          plan: 'Team',
          mrr: 60,
          seats_purchased: 5,
        },
        { subscription_id: 'sub_002', mrr: 200, billing_period: 'year' },
        { subscription_id: 'sub_003', status: 'trialing', trial_end: '2026-06-08T08:00:00.000Z' },
        { subscription_id: 'sub_004', canceled_at: '2026-04-01T08:00:00.000Z' },
      ],
    },
    notes: [],
  },
  {
    file: 'stripe/customers.csv',
    origin: 'Stripe customers',
    want: {
      workspaces: [
        { workspace_id: 'w_1', billing_entity_id: 'cus_001', tax_id: 'DE123456789' },
        { workspace_id: 'w_2' },
      ],
      accounts: [{ account_id: 'cus_001', name: 'Northwind' }, { account_id: 'cus_002' }, { account_id: 'cus_003' }],
    },
    skipped: [1, 0],
  },
  {
    file: 'stripe/api_subscriptions.json',
    origin: 'Stripe API subscriptions',
    want: {
      subscriptions: [
        { subscription_id: 'sub_101', mrr: 60, currency: 'eur', billing_period: 'month', workspace_id: 'w_1' },
        { subscription_id: 'sub_102', mrr: 200, billing_period: 'year' },
        { subscription_id: 'sub_103', mrr: 1000, currency: 'jpy', billing_period: 'quarter', status: 'past_due' },
      ],
    },
  },
  {
    file: 'hubspot/contacts.csv',
    origin: 'HubSpot contacts',
    want: {
      contacts: [
        { contact_id: '301', name: 'Ada Novak', account_id: '9001', opted_out: false },
        { contact_id: '302', account_id: '9002', opted_out: true },
        { contact_id: '303', name: 'Ortega' },
      ],
    },
    notes: ['note/no-offset'],
  },
  {
    file: 'hubspot/companies.csv',
    origin: 'HubSpot companies',
    want: {
      accounts: [
        { account_id: '9001', employee_count: 1250, primary_domain: 'northwind.example' },
        { account_id: '9002' },
        { account_id: '9003', name: 'Tailspin' },
      ],
    },
  },
  {
    file: 'hubspot/deals.csv',
    origin: 'HubSpot deals',
    want: {
      deals: [
        { deal_id: '501', status: 'won', account_id: '9001' },
        { status: 'lost' },
        { status: 'open', stage: 'Appointment Scheduled' },
      ],
    },
  },
  {
    file: 'salesforce/accounts.csv',
    origin: 'Salesforce accounts',
    options: { encoding: 'windows-1252' },
    want: {
      accounts: [
        { account_id: '0015g00000AbCdEAAV', name: 'Northwind Söhne', employee_count: 1250 },
        { account_id: '0015g00000AbCdFAAV' },
      ],
    },
    skipped: [1],
  },
  {
    file: 'salesforce/opportunities.csv',
    origin: 'Salesforce opportunities',
    want: {
      deals: [
        { account_id: '0015g00000AbCdEAAV', status: 'won' },
        { status: 'lost', stage: 'Lost to competitor' },
        { status: 'open' },
      ],
    },
  },
  {
    file: 'salesforce/contacts.csv',
    origin: 'Salesforce contacts',
    want: { contacts: [{ name: 'Ada Novak', account_id: '0015g00000AbCdEAAV' }, { opted_out: true }] },
  },
  {
    file: 'salesforce/users.csv',
    origin: 'Salesforce users',
    want: { crm_users: [{ owner_id: '0055g000001XyZaAAK', name: 'Kim Reyes', team: 'AE West' }] },
  },
  ...SALESFORCE_REPORT_CASES,
  {
    file: 'attio/people.csv',
    origin: 'Attio people',
    want: {
      contacts: [
        { contact_id: 'rec-p1', email: 'ada@northwind.example', account_id: 'rec-c1' },
        { contact_id: 'rec-p2' },
      ],
    },
  },
  {
    file: 'attio/companies.csv',
    origin: 'Attio companies',
    want: {
      accounts: [
        { primary_domain: 'northwind.example', all_known_domains: ['northwind.example', 'northwind-data.example'] },
        { account_id: 'rec-c2' },
      ],
    },
  },
  {
    file: 'attio/deals.csv',
    origin: 'Attio deals',
    want: { deals: [{ status: 'won', amount: 7200 }, { status: 'lost' }, { status: 'open' }] },
  },
  {
    file: 'attio/users.csv',
    origin: 'Attio users',
    want: {
      users: [
        { user_id: 'u_101', workspace_id: 'w_1' },
        { user_id: 'u_102', workspace_id: 'w_2' },
      ],
    },
  },
  {
    file: 'attio/workspaces.csv',
    origin: 'Attio workspaces',
    want: { workspaces: [{ workspace_id: 'w_1', account_id: 'rec-c1' }, { workspace_id: 'w_2' }] },
  },
  {
    file: 'snowplow/events.tsv',
    origin: 'Snowplow events',
    want: {
      events: [
        { at: '2026-05-01T08:05:00.123Z', name: 'report_created', user: 'u_101', anonymous: 'du-1' },
        { at: '2026-05-02T10:00:00.000Z' },
        { at: '2026-05-02T11:00:00.900Z', name: 'page_view' },
      ],
    },
    notes: [],
  },
  ...CHARGEBEE_CASES,
  {
    file: 'auth0/users.jsonl',
    origin: 'Auth0 users',
    want: {
      users: [
        {
          user_id: 'auth0|65aa01',
          workspace_id: 'w_1',
          sso_provider: 'Username-Password-Authentication',
          email_verified: true,
        },
        { user_id: 'google-oauth2|1098', sso_provider: 'google-oauth2' },
        { user_id: 'auth0|65aa02', email_verified: false },
      ],
    },
  },
  {
    file: 'auth0/users.csv',
    origin: 'Auth0 users',
    want: { users: [{ user_id: 'auth0|65aa01', workspace_id: 'w_1' }, { user_id: 'auth0|65aa02' }] },
  },
  {
    file: 'clerk/users.csv',
    origin: 'Clerk users',
    want: {
      users: [
        { user_id: 'user_2aA', name: 'Ada Novak', phone: '+12025550101' },
        { user_id: 'user_2bB', name: 'Bo' },
      ],
    },
    notes: ['note/secret-columns'],
  },
  {
    file: 'clerk/memberships.json',
    origin: 'Clerk organization memberships',
    want: { memberships: [{ user_id: 'user_2aA', workspace_id: 'org_1', role: 'admin' }, { role: 'member' }] },
  },
  {
    file: 'workos/users.json',
    origin: 'WorkOS users',
    want: { users: [{ user_id: 'user_01AA', name: 'Ada Novak' }, { user_id: 'user_01BB' }] },
  },
  {
    file: 'workos/memberships.json',
    origin: 'WorkOS organization memberships',
    want: { memberships: [{ role: 'admin' }] },
    skipped: [2],
  },
  {
    file: 'workos/organizations.json',
    origin: 'WorkOS organizations',
    want: { workspaces: [{ workspace_id: 'org_01', workspace_primary_domain: 'northwind.example' }] },
  },
  {
    file: 'intercom/contacts.json',
    origin: 'Intercom contacts',
    want: {
      contacts: [
        { contact_id: '64f000000000000000000001', user_id: 'u_1', opted_out: true },
        { contact_id: '64f000000000000000000002', opted_out: true },
        { user_id: 'u_3', opted_out: false },
      ],
    },
  },
  {
    file: 'zendesk/users.jsonl',
    origin: 'Zendesk users',
    want: { contacts: [{ contact_id: '9000001', user_id: 'u_1' }, { name: 'Bo Lind' }, { user_id: 'u_4' }] },
  },
  ...DYNAMICS_CASES,
]
