import type { Case } from './preset-case.ts'

const END = { skipped: [9], notes: ['note/report-end'] }

export const SALESFORCE_REPORT_CASES: readonly Case[] = [
  {
    file: 'salesforce/report-accounts.csv',
    origin: 'Salesforce report of accounts',
    want: {
      accounts: [
        {
          account_id: '0015g00000AbCdEAAV',
          name: 'Northwind Sons',
          primary_domain: 'https://www.northwind.example/',
          employee_count: 1250,
          hq_country: 'Germany',
          current_owner: 'Kim Reyes',
        },
        { account_id: '0015g00000AbCdFAAV', hq_country: 'Sweden' },
      ],
    },
    ...END,
  },
  {
    file: 'salesforce/report-contacts.csv',
    origin: 'Salesforce report of contacts',
    want: {
      contacts: [
        { contact_id: '0035g00000AbCdEAAV', name: 'Ada Novak', account_id: '0015g00000AbCdEAAV', owner: 'Kim Reyes' },
        { email: 'bo@fabrikam.example', job_title: 'CTO', opted_out: true },
      ],
    },
    ...END,
  },
  {
    file: 'salesforce/report-leads.csv',
    origin: 'Salesforce report of leads',
    want: {
      contacts: [{ contact_id: '00Q5g00000AbCdEEAV', name: 'Cy Ode', lifecycle_stage: 'Open - Not Contacted' }],
    },
    ...END,
  },
  {
    file: 'salesforce/report-opportunities.csv',
    origin: 'Salesforce report of opportunities',
    want: {
      deals: [
        { deal_id: '0065g00000AbCdEAAV', account_id: '0015g00000AbCdEAAV', status: 'won', owner: 'Kim Reyes' },
        { status: 'lost', stage: 'Lost to competitor' },
        { status: 'open', amount: 800 },
      ],
    },
    ...END,
  },
  {
    file: 'salesforce/report-users.csv',
    origin: 'Salesforce report of users',
    want: { crm_users: [{ owner_id: '0055g000001XyZaAAK', name: 'Kim Reyes', team: 'AE West' }] },
    ...END,
    // A role is a team of a name of one's own.
    notes: ['note/report-end', 'note/unlisted-values'],
  },
]
