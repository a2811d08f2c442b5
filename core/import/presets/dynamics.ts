import type { ExportShape, PresetTable, SourcePreset } from './preset.ts'

/** `Export to Excel` writes the id of a record under its kind, and a checksum by which a file that is given back is compared. */
function exported(
  kind: string,
  title: string,
  table: PresetTable['table'],
  fields: PresetTable['fields'],
): ExportShape {
  return {
    title,
    marks: [[`(Do Not Modify) ${kind}`], ['(Do Not Modify) Row Checksum']],
    tables: [{ table, fields }],
  }
}

/** Dynamics 365: what is exported to Excel and saved as CSV. Other records (the account of a contact) are named, their ids are not there. */
export const DYNAMICS: SourcePreset = {
  name: 'dynamics',
  shapes: [
    exported('Account', 'Dynamics accounts', 'accounts', {
      account_id: ['(Do Not Modify) Account'],
      name: ['Account Name'],
      primary_domain: ['Website'],
      employee_count: ['Number of Employees'],
      industry: ['Industry'],
      hq_country: ['Address 1: Country/Region'],
      current_owner: ['Owner'],
    }),
    exported('Contact', 'Dynamics contacts', 'contacts', {
      contact_id: ['(Do Not Modify) Contact'],
      email: ['Email', 'Email Address 1'],
      name: ['Full Name'],
      owner: ['Owner'],
      job_title: ['Job Title'],
    }),
    exported('Opportunity', 'Dynamics opportunities', 'deals', {
      deal_id: ['(Do Not Modify) Opportunity'],
      status: ['Status'],
      stage: ['Pipeline Phase', 'Sales Stage'],
      owner: ['Owner'],
      amount: ['Actual Revenue', 'Est. Revenue'],
      created_at: ['Created On'],
      closed_at: ['Actual Close Date'],
    }),
  ],
}
