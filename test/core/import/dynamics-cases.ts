import type { Case } from './preset-case.ts'

export const DYNAMICS_CASES: readonly Case[] = [
  {
    file: 'dynamics/accounts.csv',
    origin: 'Dynamics accounts',
    want: {
      accounts: [
        {
          account_id: '4b757ff7-c34c-ed11-bba2-000d3a5a8f11',
          name: 'Northwind',
          employee_count: 240,
          hq_country: 'US',
          current_owner: 'Eva Stone',
        },
        { account_id: '5c757ff7-c34c-ed11-bba2-000d3a5a8f12', name: 'Litware', primary_domain: 'litware.example' },
      ],
    },
  },
  {
    file: 'dynamics/contacts.csv',
    origin: 'Dynamics contacts',
    want: {
      contacts: [
        {
          contact_id: '7a757ff7-c34c-ed11-bba2-000d3a5a8f21',
          email: 'ada@northwind.example',
          name: 'Ada Lane',
          job_title: 'Head of Data',
        },
        { contact_id: '8b757ff7-c34c-ed11-bba2-000d3a5a8f22', owner: 'Omar Reyes' },
      ],
    },
  },
  {
    file: 'dynamics/opportunities.csv',
    origin: 'Dynamics opportunities',
    want: {
      deals: [
        { deal_id: '9c757ff7-c34c-ed11-bba2-000d3a5a8f31', status: 'won', amount: 12000, closed_at: '2026-05-02' },
        { deal_id: '9d757ff7-c34c-ed11-bba2-000d3a5a8f32', status: 'open', created_at: '2026-04-01T08:00:00.000Z' },
      ],
    },
  },
]
