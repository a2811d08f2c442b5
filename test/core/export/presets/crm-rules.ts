import { recordsOf } from './delivered.ts'

/** A CRM's own rules about its files: what each header takes. Facts: docs/methods/export.md. */
type Rule = Readonly<{ is?: RegExp; isRequired?: true; atMost?: number }>
const DAY = /^\d{4}-\d\d-\d\d$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const NUMBER = /^-?\d+(\.\d+)?$/
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const any: Rule = {}
const text = (atMost: number): Rule => ({ atMost })
const pql = {
  'PQL Score': { is: NUMBER, isRequired: true },
  'PQL Stage': any,
  'PQL Top Reasons': any,
  'PQL Route': any,
  'PQL Next Step': any,
  'PQL Sequence': any,
  'PQL Scored At': { is: INSTANT },
  'PQL Model Version': any,
} as const
const sf = {
  PQL_Score__c: { is: NUMBER, isRequired: true },
  PQL_Stage__c: any,
  PQL_Reasons__c: text(32_000),
  PQL_Model_Version__c: any,
  PQL_Scored_At__c: { is: INSTANT },
  PQL_Workspace_Id__c: any,
} as const
const sfId = (prefix: string): RegExp => new RegExp(`^${prefix}[A-Za-z0-9]{15}$`)

const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  'hubspot_companies.csv': {
    'Company Domain Name': { isRequired: true },
    'Company name': any,
    'Company owner': { is: EMAIL },
    'PQA Score': { is: NUMBER },
    'PQL Workspace Count': { is: /^\d+$/ },
    'PQL Top Workspace ID': any,
    ...pql,
    'PQL Score': any,
  },
  'hubspot_contacts.csv': {
    Email: { is: EMAIL, isRequired: true },
    'First Name': any,
    'Last Name': any,
    'Job Title': any,
    'Contact owner': { is: EMAIL },
    'Lifecycle Stage': { is: /^(Lead|Customer)$/ },
    'Company name': any,
    'Company Domain Name': any,
    ...pql,
    'Product User ID': any,
  },
  'hubspot_deals.csv': {
    'Deal Name': { isRequired: true },
    Pipeline: { isRequired: true },
    'Deal Stage': { isRequired: true },
    Amount: { is: /^$/ },
    'Close Date': { is: DAY },
    'Deal owner': { is: EMAIL },
    Email: { is: EMAIL },
    'Company Domain Name': any,
  },
  'hubspot_tasks.csv': {
    'Task Title': { isRequired: true, atMost: 255 },
    'Due date': { is: DAY, isRequired: true },
    'Task Type': { is: /^(TODO|CALL|EMAIL)$/ },
    Priority: { is: /^(LOW|MEDIUM|HIGH)$/ },
    'Task Status': { is: /^NOT_STARTED$/ },
    Notes: text(65_536),
    'Assigned to': { is: EMAIL },
    Email: { is: EMAIL },
    'Company Domain Name': any,
  },
  'salesforce_accounts.csv': {
    PLG_Account_Id__c: { isRequired: true },
    Name: { isRequired: true, atMost: 255 },
    Website: any,
    Industry: text(40),
    NumberOfEmployees: { is: /^\d+$/ },
    OwnerId: { is: sfId('005') },
  },
  'salesforce_accounts_known.csv': { Id: { is: sfId('001'), isRequired: true }, PLG_Account_Id__c: any },
  'salesforce_leads.csv': {
    PLG_User_Id__c: { isRequired: true },
    FirstName: text(40),
    LastName: { isRequired: true, atMost: 80 },
    Company: { isRequired: true, atMost: 255 },
    Email: { is: EMAIL },
    Title: text(128),
    Website: any,
    LeadSource: any,
    Status: { isRequired: true },
    Rating: { is: /^(Hot|Warm|Cold)$/ },
    Industry: text(40),
    NumberOfEmployees: { is: /^\d+$/ },
    Country: any,
    OwnerId: { is: sfId('005') },
    Description: text(32_000),
    ...sf,
  },
  'salesforce_leads_wizard.csv': {
    'First Name': text(40),
    'Last Name': { isRequired: true, atMost: 80 },
    Company: { isRequired: true },
    Email: { is: EMAIL },
    Title: any,
    'Lead Source': any,
    'Lead Status': any,
    Rating: { is: /^(Hot|Warm|Cold)$/ },
    'No. of Employees': { is: /^\d+$/ },
    Industry: any,
    Country: any,
    Description: any,
    'Record Owner': { is: sfId('005') },
  },
  'salesforce_contacts_known.csv': { Id: { is: sfId('003'), isRequired: true }, PLG_User_Id__c: any, ...sf },
  'salesforce_tasks.csv': {
    Subject: { isRequired: true, atMost: 255 },
    ActivityDate: { is: DAY, isRequired: true },
    Status: { is: /^Not Started$/ },
    Priority: { is: /^(High|Normal|Low)$/ },
    WhoId: { is: sfId('00[3Q]') },
    WhatId: { is: sfId('001') },
    OwnerId: { is: sfId('005') },
    Description: text(32_000),
  },
  'attio_companies.csv': {
    Domains: { isRequired: true },
    Name: any,
    'Primary location': any,
    'PQA score': { is: NUMBER },
    'PQL stage': any,
    'PQL top reasons': any,
    'PQL route': any,
    'PQL scored at': { is: INSTANT },
  },
  'attio_people.csv': {
    'Email addresses': { is: EMAIL, isRequired: true },
    'Person name': any,
    'Job title': any,
    'Company domain': any,
    'PQL score': { is: NUMBER },
    'PQL stage': any,
    'PQL top reasons': any,
    'PQL route': any,
    'PQL scored at': { is: INSTANT },
  },
  'attio_workspaces.csv': {
    'Workspace ID': { isRequired: true },
    Name: any,
    'Company domain': any,
    'PQL score': { is: NUMBER },
    'PQL stage': any,
    'PQL top reasons': any,
    'PQL route': any,
    'PQL scored at': { is: INSTANT },
  },
  'attio_users.csv': {
    'User ID': { isRequired: true },
    'Primary email address': { is: EMAIL, isRequired: true },
    'Person email address': { is: EMAIL },
    'Workspace IDs': any,
  },
  'attio_deals.csv': {
    'Deal name': { isRequired: true },
    'Deal owner': { is: EMAIL, isRequired: true },
    'Deal stage': { isRequired: true },
    'Deal value': { is: /^$/ },
    'Associated company domain': any,
    'Associated people email addresses': { is: EMAIL },
  },
}

/** What a CRM's importer would say of a file. */
export function faultsOf(name: string, content: string): readonly string[] {
  const rules = RULES[name]
  if (rules === undefined) return [`${name} is not expected`]
  return recordsOf(content).flatMap((record, i) =>
    Object.entries(record).flatMap(([header, cell]) => {
      const fault = faultOf(rules[header], cell, name.endsWith('_known.csv'))
      return fault === null ? [] : [`${name} ${i + 1} ${header}: ${fault}: ${cell}`]
    }),
  )
}

function faultOf(rule: Rule | undefined, cell: string, canClear: boolean): string | null {
  if (rule === undefined) return 'no such field'
  if (cell === '') return rule.isRequired === true ? 'required' : null
  if (cell === '#N/A') return canClear ? null : 'cleared'
  if (cell !== cell.trim()) return 'blanks'
  if (rule.is !== undefined && !rule.is.test(cell)) return 'form'
  return cell.length > (rule.atMost ?? Number.POSITIVE_INFINITY) ? 'too long' : null
}
