import { id, number, text, word } from '../column.ts'
import {
  type AnyCrmFile,
  type CrmColumn,
  type CrmFile,
  type CrmPreset,
  type CrmRows,
  type CrmRun,
  ruled,
  unitColumns,
} from './crm-file.ts'
import type { PersonHandOff } from './hand-off.ts'
import type { PresetOptions } from './preset-options.ts'
import {
  companyName,
  contactFields,
  filledIn,
  knownId,
  lastName,
  ownerColumn,
  RATINGS,
  trimmed,
} from './salesforce-fields.ts'
import { salesforceId } from './salesforce-id.ts'
import { WIZARD_NAME, wizardFile } from './salesforce-wizard.ts'

/** Source: docs/methods/export.md, "Salesforce". */
const LOADER = { maxRows: 5_000_000, maxBytes: 1024 * 1024 * 1024 } as const
const LONGEST_TEXT = 32_000
const NOT_SET = '#N/A'

const UNIT = {
  score: 'PQL_Score__c',
  stage: 'PQL_Stage__c',
  reasons: 'PQL_Reasons__c',
  version: 'PQL_Model_Version__c',
  scoredAt: 'PQL_Scored_At__c',
} as const
const SEQUENCE = { sequence: 'PQL_Sequence__c' } as const

/**
 * Salesforce: accounts, leads or contacts, and tasks for the Data Loader with API names and external ids; leads for the Import Wizard
 * with its labels. Records that it knows are updated by their Id in files of their own.
 *
 * @param run what all rows have in common
 * @param options whether new people become leads or contacts
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function salesforce(run: CrmRun, options: PresetOptions): CrmPreset {
  const people = options.leadsAs === 'lead' ? [leadFile(run, options), wizardFile(options)] : [contactFile(run)]
  const files: readonly AnyCrmFile[] = [
    accountFile(),
    knownAccountFile(),
    ...people,
    knownFile(run, 'Lead', '00Q'),
    knownFile(run, 'Contact', '003'),
    taskFile(),
  ]
  return {
    preset: 'salesforce',
    title: 'Salesforce',
    idOf: (object, record) => knownId([record], prefixesOf(object)),
    looksOwn: (id, object) => salesforceId(id, prefixesOf(object)) !== null,
    isMatchedByContent: false,
    isOnePerDomain: false,
    isOnePerAddress: true,
    once: ['task'],
    files,
    companions: written =>
      files
        .filter(({ name }) => written.includes(name) && name !== WIZARD_NAME)
        .map(({ name, columns }) => ({ name: `${name}.sdl`, text: sdlOf(columns.map(column => column.name)) })),
  }
}

/** Maps each header to the field of its name; a parent is mapped by its external id. */
function sdlOf(headers: readonly string[]): string {
  const lines = headers.map(header => `${header}=${header.replace('.', '\\:')}`)
  return `#Mapping values\n${lines.join('\n')}\n`
}

/** An update leaves an empty cell as it is; what is to go says so. */
function cleared<R>(column: CrmColumn<R>): CrmColumn<R> {
  return { ...column, read: row => column.read(row) || NOT_SET }
}

function accountFields(): readonly CrmColumn<CrmRows['company']>[] {
  return [
    ruled(
      text('Name', ({ name }) => trimmed(name)),
      { isRequired: true, maxLength: 255 },
    ),
    ruled(
      text('Website', ({ website }) => website?.trim()),
      { maxLength: 255 },
    ),
    ruled(
      text('Industry', ({ industry }) => trimmed(industry)),
      { maxLength: 40 },
    ),
    number('NumberOfEmployees', ({ employees }) => employees),
    ownerColumn(({ best }) => best),
  ]
}

function accountFile(): CrmFile<'company'> {
  return {
    name: 'salesforce_accounts',
    object: 'company',
    title: 'Accounts',
    takes: 'create',
    ...LOADER,
    note: 'Data Loader, upsert of Account by PLG_Account_Id__c, in UTF-8.',
    columns: [
      ruled(
        id('PLG_Account_Id__c', ({ accountId }) => accountId),
        { isRequired: true, maxLength: 255 },
      ),
      ...accountFields(),
    ],
  }
}

const prefixesOf = (object: 'company' | 'person'): readonly string[] =>
  object === 'company' ? ['001'] : ['003', '00Q']

function knownAccountFile(): CrmFile<'company'> {
  const known = ({ known: rows }: CrmRows['company']): string | null => knownId(rows, ['001'])
  return {
    name: 'salesforce_accounts_known',
    object: 'company',
    title: 'Accounts that are there',
    takes: 'update',
    ...LOADER,
    note: 'Data Loader, update of Account by Id. Names are left as they are.',
    columns: [
      ruled(id('Id', known), { isRequired: true }),
      ruled(
        id('PLG_Account_Id__c', ({ accountId }) => accountId),
        { maxLength: 255 },
      ),
    ],
  }
}

function personFields(): readonly CrmColumn<PersonHandOff>[] {
  return [
    ruled(
      text('FirstName', ({ firstName }) => firstName),
      { maxLength: 40 },
    ),
    ruled(text('LastName', lastName), { isRequired: true, maxLength: 80 }),
  ]
}

/** A field that not every organisation has made is asked for where there is something to write. */
const namesOf = ({ hasSequences = false }: CrmRun) => (hasSequences ? { ...UNIT, ...SEQUENCE } : UNIT)

function pqlFields(run: CrmRun): readonly CrmColumn<PersonHandOff>[] {
  return [
    ...unitColumns<PersonHandOff>(namesOf(run), ({ best }) => best, run, LONGEST_TEXT),
    id('PQL_Workspace_Id__c', ({ best }) => best.unitId),
  ]
}

function leadFile(run: CrmRun, { leadStatus }: PresetOptions): CrmFile<'person'> {
  return {
    name: 'salesforce_leads',
    object: 'person',
    title: 'Leads',
    takes: 'create',
    ...LOADER,
    note: 'Data Loader, upsert of Lead by PLG_User_Id__c. Either this file or the one for the Import Wizard.',
    placeholders: row => filledIn(row, true),
    columns: [
      ruled(
        id('PLG_User_Id__c', ({ personId }) => personId),
        { isRequired: true, maxLength: 255 },
      ),
      ...personFields(),
      ruled(text('Company', companyName), { isRequired: true, maxLength: 255 }),
      ...contactFields(),
      ruled(
        text('Website', ({ company }) => company?.website?.trim()),
        { maxLength: 255 },
      ),
      text('LeadSource', ({ best }) => best.signupSource),
      ruled(
        text('Status', () => leadStatus),
        { isRequired: true },
      ),
      word('Rating', ({ best }) => RATINGS[best.stage]),
      ruled(
        text('Industry', ({ company }) => company?.industry),
        { maxLength: 40 },
      ),
      number('NumberOfEmployees', ({ company }) => company?.employees),
      ruled(
        text('Country', ({ company }) => company?.country),
        { maxLength: 80 },
      ),
      ownerColumn(({ best }) => best),
      ruled(
        text('Description', ({ best }) => best.reasonLine),
        { maxLength: LONGEST_TEXT },
      ),
      ...pqlFields(run),
    ],
  }
}

function contactFile(run: CrmRun): CrmFile<'person'> {
  return {
    name: 'salesforce_contacts',
    object: 'person',
    title: 'Contacts',
    takes: 'create',
    ...LOADER,
    note: 'Data Loader, upsert of Contact by PLG_User_Id__c, after the accounts.',
    placeholders: row => filledIn(row, false),
    columns: [
      ruled(
        id('PLG_User_Id__c', ({ personId }) => personId),
        { isRequired: true, maxLength: 255 },
      ),
      ...personFields(),
      ...contactFields(),
      id('Account.PLG_Account_Id__c', ({ company }) => company?.accountId),
      ownerColumn(({ best }) => best),
      ...pqlFields(run),
    ],
  }
}

/** What the CRM knows of somebody is left to it; only what the scores say goes there. */
function knownFile(run: CrmRun, kind: 'Lead' | 'Contact', prefix: string): CrmFile<'person'> {
  const name = `salesforce_${kind.toLowerCase()}s_known`
  return {
    name,
    object: 'person',
    title: `${kind}s that are there`,
    takes: 'update',
    ...LOADER,
    note: `Data Loader, update of ${kind} by Id; #N/A empties a field. Names and addresses are left as they are.`,
    isFor: ({ known }) => knownId(known, [prefix]) !== null,
    columns: [
      ruled(
        id('Id', ({ known }) => knownId(known, [prefix])),
        { isRequired: true },
      ),
      ruled(
        id('PLG_User_Id__c', ({ personId }) => personId),
        { maxLength: 255 },
      ),
      ...pqlFields(run).map(cleared),
    ],
  }
}

function taskFile(): CrmFile<'task'> {
  type Row = CrmRows['task']
  const who = ({ person }: Row): string | null => (person === null ? null : knownId(person.known, ['003', '00Q']))
  const what = ({ company }: Row): string | null => (company === null ? null : knownId(company.known, ['001']))
  return {
    name: 'salesforce_tasks',
    object: 'task',
    title: 'Tasks',
    takes: 'create',
    ...LOADER,
    note: 'Data Loader, insert of Task, once. A lead takes no WhatId.',
    refuses: row =>
      who(row) === null && what(row) === null
        ? 'a task names its contact, lead or account by its Salesforce id; import the new records first, then their export here'
        : null,
    columns: [
      ruled(
        text<Row>('Subject', ({ title }) => title),
        { isRequired: true, maxLength: 255 },
      ),
      ruled(
        word<Row>('ActivityDate', ({ due }) => due),
        { isRequired: true },
      ),
      word<Row>('Status', () => 'Not Started'),
      word<Row>('Priority', ({ isUrgent }) => (isUrgent ? 'High' : 'Normal')),
      id<Row>('WhoId', who),
      id<Row>('WhatId', row => (who(row)?.startsWith('00Q') === true ? null : what(row))),
      ownerColumn<Row>(({ unit }) => unit),
      ruled(
        text<Row>('Description', ({ body }) => body),
        { maxLength: LONGEST_TEXT },
      ),
    ],
  }
}
