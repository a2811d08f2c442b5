import type { ExportShape, PresetField } from './preset.ts'

/** A report has ids of 15 characters, of which the first three say what the record is. */
const idOf = (prefix: string): string => `^${prefix}[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$`
const id = (...from: string[]): PresetField => ({ from, idForm: 'salesforce' })
const NAME: PresetField = { from: ['First Name', 'Last Name'], combine: 'join' }
const OF_DEALS = ['Opportunity ID', 'Opportunity Name']
const OF_PEOPLE = ['Contact ID', 'Lead ID', 'First Name', 'Last Name', 'Email']
const OF_CASES = ['Case Number', 'Activity ID']

const users = (mark: string, name: PresetField): ExportShape => ({
  title: 'Salesforce report of users',
  marks: [['User ID'], [mark], ['Username', 'Email'], ['Profile', 'Role', 'Active', 'Last Login']],
  values: { 'User ID': idOf('005') },
  tables: [
    {
      table: 'crm_users',
      fields: { owner_id: id('User ID'), email: ['Email'], name, team: ['Role', 'Department'] },
    },
  ],
})

/** Reports of Salesforce, saved as CSV: labels instead of API names, owners by their name, no word of what was deleted. */
export const SALESFORCE_REPORTS: readonly ExportShape[] = [
  {
    title: 'Salesforce report of opportunities',
    marks: [['Opportunity ID'], ['Stage', 'Close Date', 'Opportunity Owner', 'Amount']],
    values: { 'Opportunity ID': idOf('006') },
    tables: [
      {
        table: 'deals',
        fields: {
          deal_id: id('Opportunity ID'),
          account_id: id('Account ID'),
          contact_id: id('Contact ID'),
          status: {
            from: [
              { path: 'Won', values: { true: 'won', 1: 'won' } },
              { path: 'Closed', values: { true: 'lost', 1: 'lost', false: 'open', 0: 'open' } },
              { path: 'Stage', values: { 'Closed Won': 'won', 'Closed Lost': 'lost' } },
            ],
            constant: 'open',
          },
          stage: ['Stage'],
          owner: ['Opportunity Owner'],
          amount: ['Amount'],
          created_at: ['Created Date'],
          closed_at: ['Close Date'],
        },
      },
    ],
  },
  {
    title: 'Salesforce report of leads',
    marks: [['Lead ID'], ['Lead Owner', 'Lead Status', 'Company / Account', 'Company', 'Email', 'Last Name']],
    without: [...OF_DEALS, ...OF_CASES],
    values: { 'Lead ID': idOf('00Q') },
    tables: [
      {
        table: 'contacts',
        fields: {
          contact_id: id('Lead ID'),
          email: ['Email'],
          name: NAME,
          owner: ['Lead Owner'],
          job_title: ['Title'],
          lifecycle_stage: ['Lead Status'],
          opted_out: ['Email Opt Out'],
          last_contacted_at: ['Last Activity'],
        },
      },
    ],
  },
  {
    title: 'Salesforce report of contacts',
    marks: [['Contact ID'], ['Email', 'Last Name', 'First Name', 'Contact Owner', 'Account ID']],
    without: [...OF_DEALS, ...OF_CASES],
    values: { 'Contact ID': idOf('003') },
    tables: [
      {
        table: 'contacts',
        fields: {
          contact_id: id('Contact ID'),
          email: ['Email'],
          name: NAME,
          account_id: id('Account ID'),
          owner: ['Contact Owner'],
          job_title: ['Title'],
          opted_out: ['Email Opt Out'],
          last_contacted_at: ['Last Activity'],
        },
      },
    ],
  },
  users('Full Name', { from: ['Full Name'] }),
  users('Last Name', NAME),
  {
    title: 'Salesforce report of accounts',
    marks: [['Account ID'], ['Account Name', 'Account Owner']],
    without: [...OF_DEALS, ...OF_PEOPLE, ...OF_CASES],
    values: { 'Account ID': idOf('001') },
    tables: [
      {
        table: 'accounts',
        fields: {
          account_id: id('Account ID'),
          name: ['Account Name'],
          primary_domain: ['Website'],
          employee_count: ['Employees'],
          industry: ['Industry'],
          hq_country: ['Billing Country'],
          current_owner: ['Account Owner'],
        },
      },
    ],
  },
]
