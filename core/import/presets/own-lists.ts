import type { ExportShape, SourcePreset } from './preset.ts'

const NOT_READ_BACK =
  'PQL Workbench wrote it; changes in it are not read back. Held rows that were corrected, decisions, and the error files of a CRM are'

/** Read as an export, such a file would lay columns of other files, empty there, over good rows. */
const HELD_ROWS =
  'held rows that PQL Workbench wrote are given back as such: pql held load, or drop the file on the window, which compares them with what is held'

/** Columns of the files for a CRM. Its own exports have the id that it gives a record beside them, and are read. */
const HUBSPOT = [
  ...['Company Domain Name', 'Company name', 'Company owner', 'PQA Score', 'PQL Workspace Count'],
  ...[
    'PQL Top Workspace ID',
    'PQL Workspace ID',
    'PQL Score',
    'PQL Stage',
    'PQL Top Reasons',
    'PQL Route',
    'PQL Next Step',
  ],
  ...[
    'PQL Sequence',
    'PQL Scored At',
    'PQL Model Version',
    'Email',
    'First Name',
    'Last Name',
    'Job Title',
    'Contact owner',
  ],
  ...['Product User ID', 'Lifecycle Stage', 'Workspace ID', 'Workspace Name'],
]
const SALESFORCE = [
  ...['PLG_User_Id__c', 'PLG_Account_Id__c', 'Account.PLG_Account_Id__c', 'FirstName', 'LastName', 'Company', 'Email'],
  ...[
    'Title',
    'Website',
    'LeadSource',
    'Status',
    'Rating',
    'Industry',
    'NumberOfEmployees',
    'Country',
    'OwnerId',
    'Description',
  ],
  ...[
    'PQL_Score__c',
    'PQL_Stage__c',
    'PQL_Reasons__c',
    'PQL_Scored_At__c',
    'PQL_Model_Version__c',
    'PQL_Workspace_Id__c',
    'PQL_Sequence__c',
  ],
]
const ATTIO = [
  ...['Domains', 'Name', 'Primary location', 'PQA score', 'PQL score', 'PQL stage', 'PQL top reasons', 'PQL route'],
  ...['PQL scored at', 'PQL workspace ID', 'PQL workspace', 'PQL workspace count', 'Email addresses', 'Person name'],
  ...['Job title', 'Company domain', 'Workspace ID', 'PQL sequence'],
]

/** A kind of file that is known by all of its columns. */
function kindOf(title: string, columns: readonly string[]): ExportShape {
  return { title, marks: columns.map(column => [column]), only: columns, why: NOT_READ_BACK, tables: [] }
}

/** Lists and tables that the program writes: read again, scores would feed scores. */
export const OWN_LISTS: SourcePreset = {
  name: 'pql-workbench',
  shapes: [
    {
      title: 'Held rows of PQL Workbench',
      marks: [['_error_file'], ['_error_line'], ['_error_column'], ['_error_code'], ['_error_message'], ['_error_row']],
      why: HELD_ROWS,
      tables: [],
    },
    {
      title: 'A routing list of PQL Workbench',
      marks: [['unit_id'], ['pql_score'], ['pql_stage'], ['listed_as'], ['next_best_action'], ['model_hash']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'Scores of PQL Workbench',
      marks: [['unit_id'], ['pql_score'], ['pql_stage'], ['suppressed_by'], ['pql_last_changed_at'], ['model_hash']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'Score lines of PQL Workbench',
      marks: [['unit_id'], ['signal'], ['bucket'], ['points_before_cap'], ['points_after_decay'], ['final_points']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'Suppressed units of PQL Workbench',
      marks: [['channel'], ['unit_id'], ['unit_name'], ['reasons'], ['pql_score'], ['destination']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'A file of PQL Workbench for HubSpot',
      marks: [['PQL Scored At'], ['PQL Stage'], ['PQL Model Version']],
      only: HUBSPOT,
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'A file of PQL Workbench for Salesforce',
      marks: [['PQL_Scored_At__c'], ['PQL_Stage__c'], ['PQL_Model_Version__c']],
      only: SALESFORCE,
      why: NOT_READ_BACK,
      tables: [],
    },
    kindOf('Accounts of PQL Workbench for Salesforce', ['Id', 'PLG_Account_Id__c']),
    {
      title: 'A file of PQL Workbench for Attio',
      marks: [['PQL scored at'], ['PQL stage'], ['PQL route']],
      only: ATTIO,
      why: NOT_READ_BACK,
      tables: [],
    },
    kindOf('Users of PQL Workbench for Attio', [
      ...['User ID', 'Primary email address', 'Person email address', 'Workspace IDs'],
    ]),
    {
      title: 'A file of PQL Workbench for any CRM',
      marks: [['pql_stage'], ['top_reasons'], ['next_best_action'], ['scored_at'], ['model']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'Deals of PQL Workbench',
      marks: [['deal_key'], ['name'], ['workspace_id'], ['person_id']],
      why: NOT_READ_BACK,
      tables: [],
    },
    kindOf('Tasks of PQL Workbench for HubSpot', [
      ...['Task Title', 'Due date', 'Task Type', 'Priority', 'Task Status', 'Notes', 'Assigned to', 'Email'],
      ...['Company Domain Name'],
    ]),
    {
      title: 'A plan of PQL Workbench for Attio',
      marks: [['call'], ['key'], ['object']],
      values: { call: '^(?:search|create|update|upsert|link|add)_[a-z_]+$' },
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'A manifest of PQL Workbench',
      marks: [['product.name'], ['product.version'], ['outputs']],
      values: { 'product.name': '^PQL Workbench$' },
      why: NOT_READ_BACK,
      tables: [],
    },
    kindOf('Persons of PQL Workbench', ['user_id', 'person_id']),
    kindOf('Identities of PQL Workbench', ['id_kind', 'id', 'from', 'to', 'person_id']),
    kindOf('Events set aside by PQL Workbench', ['event_id', 'reason', 'count']),
    kindOf('Held rows of PQL Workbench', ['file', 'line', 'column', 'value', 'code', 'message']),
    {
      title: 'Sign-up matches of PQL Workbench',
      marks: [['user_id'], ['status'], ['bits'], ['evidence'], ['proposed_account'], ['icp_check']],
      why: NOT_READ_BACK,
      tables: [],
    },
    kindOf('Workspace links of PQL Workbench', [
      ...['workspace_a', 'workspace_b', 'relation', 'status', 'bits', 'evidence'],
    ]),
    {
      title: 'Alerts of PQL Workbench',
      marks: [['alert_id'], ['kind'], ['unit_id'], ['owner_name'], ['territory'], ['text']],
      why: NOT_READ_BACK,
      tables: [],
    },
  ],
}
