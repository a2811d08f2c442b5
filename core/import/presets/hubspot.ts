import type { PresetField, PresetTable, SourcePreset } from './preset.ts'

/** Stages of the default pipeline by their label and their internal name; every other stage is open. */
const STATUS: PresetField = {
  from: ['Deal Stage', 'property_dealstage', 'deal_pipeline_stage_id'],
  values: { 'closed won': 'won', closedwon: 'won', 'closed lost': 'lost', closedlost: 'lost' },
  otherwise: 'open',
}
const CONTACT: PresetTable['fields'] = {
  contact_id: ['Record ID', 'Record ID - Contact', 'Contact ID'],
  email: ['Email'],
  name: { from: ['First Name', 'Last Name'], combine: 'join' },
  account_id: {
    from: ['Primary Associated Company ID', 'Associated Company IDs (Primary)', 'Associated Company IDs'],
    idForm: 'first',
  },
  owner: ['Contact owner'],
  job_title: ['Job Title'],
  lifecycle_stage: ['Lifecycle Stage'],
  opted_out: ['Unsubscribed from all email', 'hs_email_optout', 'Opted out of all email'],
  last_contacted_at: ['Last Contacted'],
}
const COMPANY: PresetTable['fields'] = {
  account_id: ['Record ID', 'Record ID - Company', 'Company ID'],
  name: ['Company name', 'Name'],
  primary_domain: ['Company Domain Name', 'Domain', 'Domain name', 'Website URL'],
  employee_count: ['Number of Employees'],
  industry: ['Industry'],
  hq_country: ['Country/Region', 'Country'],
  current_owner: ['Company owner', 'Owner'],
  lifecycle_stage: ['Lifecycle Stage'],
}
/** Columns that only people, or only companies, deals and tickets of HubSpot have. */
const OF_PEOPLE = [
  'Email',
  'First Name',
  'Last Name',
  'Job Title',
  'Contact owner',
  'Lead Status',
  'Marketing contact status',
]
const OF_COMPANIES = [
  'Company owner',
  'Company Domain Name',
  'Company name',
  'Domain',
  'Domain name',
  'Website URL',
  'Number of Employees',
  'Annual Revenue',
]
const OF_OTHERS = ['Deal Name', 'Deal Stage', 'Ticket name', 'Ticket status']
/** Columns that records of HubSpot of every kind have. */
const OF_ANY = [
  'Name',
  'Owner',
  'Lifecycle Stage',
  'Industry',
  'Phone Number',
  'City',
  'Create Date',
  'Last Modified Date',
  'Last Activity Date',
  'Associated Company',
]
/** HubSpot numbers its records; other tools that have a `Record ID` do not. */
const NUMBERED = { 'Record ID': '^\\d+$' }
const NOT_DELETED = [
  { path: 'is_deleted', in: ['', 'false', '0'] },
  { path: '_fivetran_deleted', in: ['', 'false', '0'] },
]

/** HubSpot: files of the app, whose times are of the account's zone, and tables of a sync. */
export const HUBSPOT: SourcePreset = {
  name: 'hubspot',
  shapes: [
    {
      title: 'HubSpot contacts',
      marks: [
        ['Record ID', 'Record ID - Contact', 'Contact ID'],
        ['Email'],
        ['First Name', 'Last Name'],
        [
          'Contact owner',
          'Lifecycle Stage',
          'Lead Status',
          'Associated Company',
          'Phone Number',
          'Marketing contact status',
        ],
      ],
      without: ['Deal Stage'],
      values: { 'Contact ID': '^\\d+$' },
      tables: [
        {
          table: 'contacts',
          fields: CONTACT,
        },
      ],
    },
    {
      title: 'HubSpot companies',
      marks: [
        ['Record ID', 'Record ID - Company', 'Company ID'],
        ['Company name'],
        ['Company Domain Name', 'Company owner'],
      ],
      without: ['Deal Stage', 'First Name'],
      tables: [
        {
          table: 'accounts',
          fields: COMPANY,
        },
      ],
    },
    {
      title: 'HubSpot contacts',
      isFaint: true,
      marks: [['Record ID'], OF_PEOPLE],
      without: OF_OTHERS,
      values: NUMBERED,
      tables: [{ table: 'contacts', fields: CONTACT }],
    },
    {
      title: 'HubSpot companies',
      isFaint: true,
      marks: [['Record ID'], OF_COMPANIES],
      without: [...OF_PEOPLE, ...OF_OTHERS],
      values: NUMBERED,
      tables: [{ table: 'accounts', fields: COMPANY }],
    },
    {
      title: 'Records of a CRM',
      isFaint: true,
      marks: [['Record ID'], OF_ANY],
      without: [...OF_PEOPLE, ...OF_COMPANIES, ...OF_OTHERS],
      values: NUMBERED,
      why: 'no column says whether they are contacts, companies or deals. Choose the table they belong to, or export them with more columns',
      tables: [],
    },
    {
      title: 'HubSpot deals',
      marks: [['Record ID', 'Record ID - Deal', 'Deal ID'], ['Deal Name'], ['Deal Stage']],
      tables: [
        {
          table: 'deals',
          fields: {
            deal_id: ['Record ID', 'Record ID - Deal', 'Deal ID'],
            account_id: {
              from: ['Primary Associated Company ID', 'Associated Company IDs (Primary)', 'Associated Company IDs'],
              idForm: 'first',
            },
            contact_id: { from: ['Associated Contact IDs'], idForm: 'first' },
            status: STATUS,
            stage: ['Deal Stage'],
            owner: ['Deal owner'],
            amount: ['Amount'],
            created_at: ['Create Date'],
            closed_at: ['Close Date'],
          },
        },
      ],
    },
    {
      title: 'HubSpot contacts of a sync',
      marks: [['_fivetran_synced'], ['property_email'], ['property_firstname', 'property_lastname'], ['id']],
      tables: [
        {
          table: 'contacts',
          when: NOT_DELETED,
          fields: {
            contact_id: ['id'],
            email: ['property_email'],
            name: { from: ['property_firstname', 'property_lastname'], combine: 'join' },
            account_id: ['property_associatedcompanyid'],
            owner: ['property_hubspot_owner_id'],
            job_title: ['property_jobtitle'],
            lifecycle_stage: ['property_lifecyclestage'],
            opted_out: ['property_hs_email_optout'],
            last_contacted_at: { from: ['property_notes_last_contacted'], timeZone: 'UTC' },
          },
        },
      ],
    },
    {
      title: 'HubSpot companies of a sync',
      marks: [
        ['_fivetran_synced'],
        ['property_name'],
        ['property_industry', 'property_domain', 'property_annualrevenue'],
        ['id'],
      ],
      tables: [
        {
          table: 'accounts',
          when: NOT_DELETED,
          fields: {
            account_id: ['id'],
            name: ['property_name'],
            primary_domain: ['property_domain', 'property_website'],
            employee_count: ['property_numberofemployees'],
            industry: ['property_industry'],
            hq_country: ['property_country'],
            current_owner: ['property_hubspot_owner_id'],
            lifecycle_stage: ['property_lifecyclestage'],
          },
        },
      ],
    },
    {
      title: 'HubSpot deals of a sync',
      marks: [
        ['property_dealname'],
        ['deal_id'],
        ['deal_pipeline_stage_id', 'property_dealstage', 'property_closedate'],
      ],
      tables: [
        {
          table: 'deals',
          when: NOT_DELETED,
          fields: {
            deal_id: ['deal_id'],
            status: STATUS,
            stage: ['deal_pipeline_stage_id', 'property_dealstage'],
            owner: ['owner_id', 'property_hubspot_owner_id'],
            amount: ['property_amount'],
            created_at: { from: ['property_createdate'], timeZone: 'UTC' },
            closed_at: { from: ['property_closedate'], timeZone: 'UTC' },
          },
        },
      ],
    },
    {
      title: 'HubSpot owners of a sync',
      marks: [['_fivetran_synced'], ['owner_id'], ['email'], ['active_user_id', 'portal_id']],
      tables: [
        {
          table: 'crm_users',
          fields: {
            owner_id: ['owner_id'],
            email: ['email'],
            name: { from: ['first_name', 'last_name'], combine: 'join' },
          },
        },
      ],
    },
    {
      title: 'HubSpot users of a sync',
      marks: [['_fivetran_synced'], ['primary_team_id', 'role_id'], ['email'], ['id']],
      tables: [
        {
          table: 'crm_users',
          fields: {
            owner_id: ['id'],
            email: ['email'],
            name: { from: ['first_name', 'last_name'], combine: 'join' },
          },
        },
      ],
    },
  ],
}
