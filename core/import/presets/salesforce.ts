import type { PresetField, SourcePreset } from './preset.ts'
import { SALESFORCE_REPORTS } from './salesforce-reports.ts'

const id = (...from: string[]): PresetField => ({ from, idForm: 'salesforce' })
const NOT_DELETED = [{ path: 'IsDeleted', in: ['', 'false', '0'] }]

/** Salesforce: reports, and files of Data Loader with API names, whose case varies; ids come with 15 or 18 characters. */
export const SALESFORCE: SourcePreset = {
  name: 'salesforce',
  shapes: [
    ...SALESFORCE_REPORTS,
    {
      title: 'Salesforce opportunities',
      marks: [['Id', 'Opportunity ID'], ['StageName'], ['CloseDate'], ['AccountId', 'OwnerId', 'Amount']],
      tables: [
        {
          table: 'deals',
          when: NOT_DELETED,
          fields: {
            deal_id: id('Id', 'Opportunity ID'),
            account_id: id('AccountId'),
            contact_id: id('ContactId'),
            status: {
              from: [
                { path: 'IsWon', values: { true: 'won', 1: 'won' } },
                { path: 'IsClosed', values: { true: 'lost', 1: 'lost', false: 'open', 0: 'open' } },
                { path: 'StageName', values: { 'Closed Won': 'won', 'Closed Lost': 'lost' } },
              ],
              constant: 'open',
            },
            stage: ['StageName'],
            owner: id('OwnerId'),
            amount: ['Amount'],
            created_at: ['CreatedDate'],
            closed_at: ['CloseDate'],
          },
        },
      ],
    },
    {
      title: 'Salesforce leads',
      marks: [['Id', 'Lead ID'], ['LastName'], ['Company'], ['Status', 'LeadSource'], ['Email']],
      without: ['AccountId'],
      tables: [
        {
          table: 'contacts',
          when: NOT_DELETED,
          fields: {
            contact_id: id('Id', 'Lead ID'),
            email: ['Email'],
            name: { from: ['FirstName', 'LastName'], combine: 'join' },
            owner: id('OwnerId'),
            job_title: ['Title'],
            lifecycle_stage: ['Status'],
            opted_out: ['HasOptedOutOfEmail', 'Email Opt Out'],
            last_contacted_at: ['LastActivityDate'],
          },
        },
      ],
    },
    {
      title: 'Salesforce contacts',
      marks: [['Id', 'Contact ID'], ['LastName'], ['Email'], ['AccountId']],
      tables: [
        {
          table: 'contacts',
          when: NOT_DELETED,
          fields: {
            contact_id: id('Id', 'Contact ID'),
            email: ['Email'],
            name: { from: ['FirstName', 'LastName'], combine: 'join' },
            account_id: id('AccountId'),
            owner: id('OwnerId'),
            job_title: ['Title'],
            opted_out: ['HasOptedOutOfEmail', 'Email Opt Out'],
            last_contacted_at: ['LastActivityDate'],
          },
        },
      ],
    },
    {
      title: 'Salesforce users',
      marks: [['Id'], ['Username'], ['Email'], ['ProfileId', 'UserRoleId', 'IsActive']],
      // Users of an own application have these columns too.
      values: { Id: '^005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$' },
      tables: [
        {
          table: 'crm_users',
          fields: {
            owner_id: id('Id'),
            email: ['Email'],
            name: { from: ['FirstName', 'LastName'], combine: 'join' },
            team: ['UserRole.Name', 'Department'],
          },
        },
      ],
    },
    {
      title: 'Salesforce accounts',
      marks: [
        ['Id', 'Account ID'],
        ['Name'],
        ['OwnerId', 'AnnualRevenue', 'Phone'],
        ['NumberOfEmployees', 'BillingCountry', 'BillingCity', 'AccountNumber', 'SystemModstamp', 'Website'],
      ],
      without: ['StageName', 'LastName', 'Username'],
      values: { Id: '^(?:001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?|.{0,14})$' },
      tables: [
        {
          table: 'accounts',
          when: NOT_DELETED,
          fields: {
            account_id: id('Id', 'Account ID'),
            name: ['Name'],
            primary_domain: ['Website'],
            employee_count: ['NumberOfEmployees'],
            industry: ['Industry'],
            hq_country: ['BillingCountry'],
            current_owner: id('OwnerId'),
          },
        },
      ],
    },
  ],
}
