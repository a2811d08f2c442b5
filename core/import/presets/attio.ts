import type { SourcePreset } from './preset.ts'

/** Attio: files of a list or an object; several values of one cell are separated by commas. */
export const ATTIO: SourcePreset = {
  name: 'attio',
  shapes: [
    {
      title: 'Attio deals',
      marks: [['Record ID', 'Deal ID'], ['Deal name'], ['Deal stage'], ['Deal owner', 'Deal value']],
      tables: [
        {
          table: 'deals',
          fields: {
            deal_id: ['Record ID', 'Deal ID'],
            account_id: { from: ['Associated company > Record ID', 'Associated company ID'], idForm: 'first' },
            contact_id: { from: ['Associated people > Record ID'], idForm: 'first' },
            status: {
              from: ['Deal stage'],
              values: { won: 'won', 'won 🎉': 'won', lost: 'lost' },
              otherwise: 'open',
            },
            stage: ['Deal stage'],
            owner: ['Deal owner'],
            amount: ['Deal value'],
            created_at: ['Created at'],
            closed_at: ['Close date'],
          },
        },
      ],
    },
    {
      title: 'Attio companies',
      marks: [['Record ID'], ['Domains'], ['Name', 'Company', 'Record']],
      without: ['Email addresses', 'Workspace ID'],
      tables: [
        {
          table: 'accounts',
          fields: {
            account_id: ['Record ID'],
            name: ['Name', 'Company', 'Record'],
            primary_domain: { from: ['Domains'], idForm: 'first' },
            all_known_domains: { from: ['Domains'], separator: ',' },
            employee_range: ['Employee range'],
            industry: { from: ['Categories'], idForm: 'first' },
            hq_country: ['Primary location > Country', 'Primary location'],
            current_owner: ['Owner', 'Account owner'],
          },
        },
      ],
    },
    {
      title: 'Attio people',
      marks: [['Record ID'], ['Email addresses'], ['Name', 'Person', 'Record', 'First name']],
      tables: [
        {
          table: 'contacts',
          fields: {
            contact_id: ['Record ID'],
            email: { from: ['Email addresses'], idForm: 'first' },
            name: ['Name', 'Person', 'Record'],
            account_id: { from: ['Company > Record ID'], idForm: 'first' },
            owner: ['Owner'],
            job_title: ['Job title'],
            last_contacted_at: ['Last email interaction > When', 'Last interaction'],
          },
        },
      ],
    },
    {
      title: 'Attio users',
      marks: [['User ID'], ['Primary email address']],
      tables: [
        {
          table: 'users',
          fields: {
            user_id: ['User ID'],
            primary_email: ['Primary email address'],
            name: ['Name', 'Person'],
            workspace_id: { from: ['Workspace > Workspace ID', 'Workspace IDs', 'Workspace ID'], idForm: 'first' },
            contact_id: ['Person > Record ID'],
            created_at: ['Created at'],
          },
        },
      ],
    },
    {
      title: 'Attio workspaces',
      marks: [['Workspace ID'], ['Record ID', 'Company > Record ID', 'Users > User ID'], ['Name', 'Record']],
      without: ['Primary email address'],
      tables: [
        {
          table: 'workspaces',
          fields: {
            workspace_id: ['Workspace ID'],
            workspace_name: ['Name', 'Record'],
            account_id: { from: ['Company > Record ID'], idForm: 'first' },
            workspace_primary_domain: { from: ['Company > Domains', 'Company domain'], idForm: 'first' },
            created_at: ['Created at'],
          },
        },
      ],
    },
  ],
}
