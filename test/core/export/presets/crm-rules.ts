import { recordsOf } from './delivered.ts'

/**
 * A CRM's own rules about its files: what each header takes. Written from the vendors' documentation, not from the code that makes the
 * files. Facts: docs/methods/export.md.
 */
type Rule = Readonly<{
  is?: RegExp
  isRequired?: true
  atMost?: number
  /** Rows match by it: two rows with one value would be one record, and nobody says which of them wins. */
  isKey?: true
}>
type Rules = Readonly<Record<string, Rule>>

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const NUMBER = /^-?\d+(\.\d+)?$/
const COUNT = /^\d+$/
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const DOMAIN = /^[^\s@/]+\.[^\s@/]+$/
const any: Rule = {}
const text = (atMost: number): Rule => ({ atMost })
const email: Rule = { is: EMAIL }
const must: Rule = { isRequired: true }
const required = (rules: Rules, ...names: readonly string[]): Rules =>
  Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, names.includes(name) ? { ...rule, isRequired: true } : rule]),
  )

/** One cell of HubSpot takes 65,536 characters. */
const hubspotText = text(65_536)
const pql: Rules = {
  'PQL Score': { is: NUMBER },
  'PQL Stage': any,
  'PQL Top Reasons': hubspotText,
  'PQL Route': any,
  'PQL Next Step': hubspotText,
  'PQL Sequence': any,
  'PQL Scored At': { is: INSTANT },
  'PQL Model Version': any,
}
const { 'PQL Score': _score, ...companyPql } = pql
const hubspotCompany: Rules = {
  'Company Domain Name': { is: DOMAIN, isKey: true },
  'Company name': any,
  'Company owner': email,
  'PQA Score': { is: NUMBER },
  'PQL Workspace Count': { is: COUNT },
  'PQL Top Workspace ID': any,
  ...companyPql,
}
const hubspotContact: Rules = {
  Email: { is: EMAIL, isKey: true },
  'First Name': any,
  'Last Name': any,
  'Job Title': any,
  'Contact owner': email,
  'Company name': any,
  'Company Domain Name': { is: DOMAIN },
  ...required(pql, 'PQL Score'),
  'PQL Workspace ID': any,
  'Product User ID': any,
}
const recordId: Rules = { 'Record ID': { is: /^\d+$/, isRequired: true, isKey: true } }

const sf: Rules = {
  PQL_Score__c: { is: NUMBER, isRequired: true },
  PQL_Stage__c: any,
  PQL_Reasons__c: text(32_000),
  PQL_Model_Version__c: any,
  PQL_Scored_At__c: { is: INSTANT },
  PQL_Workspace_Id__c: any,
  PQL_Sequence__c: any,
}
const sfId = (prefix: string): RegExp => new RegExp(`^${prefix}[A-Za-z0-9]{15}$`)
const externalId: Rule = { isRequired: true, atMost: 255, isKey: true }
const sfKnown = (prefix: string): Rules => ({
  Id: { is: sfId(prefix), isRequired: true, isKey: true },
  PLG_User_Id__c: text(255),
  ...sf,
})
const sfPerson: Rules = {
  FirstName: text(40),
  LastName: { isRequired: true, atMost: 80 },
  Email: { is: EMAIL, atMost: 80 },
  Title: text(128),
  OwnerId: { is: sfId('00[5G]') },
}

const attioPql: Rules = {
  'PQL score': { is: NUMBER },
  'PQL stage': any,
  'PQL top reasons': any,
  'PQL route': any,
  'PQL scored at': { is: INSTANT },
  'PQL sequence': any,
}
const { 'PQL score': _attioScore, ...attioCompanyPql } = attioPql
const attioWorkspace: Rules = { 'PQL workspace ID': any, 'PQL workspace': any }

const RULES: Readonly<Record<string, Rules>> = {
  hubspot_companies: required(hubspotCompany, 'Company Domain Name'),
  hubspot_companies_known: { ...recordId, ...hubspotCompany, 'Company Domain Name': { is: DOMAIN } },
  hubspot_contacts: { ...required(hubspotContact, 'Email'), 'Lifecycle Stage': { is: /^(Lead|Customer)$/ } },
  hubspot_contacts_known: { ...recordId, ...hubspotContact, Email: email },
  hubspot_workspaces: {
    'Workspace ID': { isRequired: true, isKey: true },
    'Workspace Name': any,
    'Company Domain Name': { is: DOMAIN },
    ...pql,
  },
  hubspot_deals: {
    'Deal Name': must,
    Pipeline: must,
    'Deal Stage': must,
    Amount: { is: /^$/ },
    'Close Date': { is: DAY },
    'Deal owner': email,
    Email: email,
    'Company Domain Name': { is: DOMAIN },
  },
  hubspot_tasks: {
    'Task Title': { isRequired: true, atMost: 255 },
    'Due date': { is: DAY, isRequired: true },
    'Task Type': { is: /^(TODO|CALL|EMAIL)$/ },
    Priority: { is: /^(LOW|MEDIUM|HIGH)$/ },
    'Task Status': { is: /^NOT_STARTED$/ },
    Notes: hubspotText,
    'Assigned to': email,
    Email: email,
    'Company Domain Name': { is: DOMAIN },
  },
  salesforce_accounts: {
    PLG_Account_Id__c: externalId,
    Name: { isRequired: true, atMost: 255 },
    Website: text(255),
    Industry: text(40),
    NumberOfEmployees: { is: COUNT },
    OwnerId: { is: sfId('005') },
  },
  salesforce_accounts_known: { Id: { is: sfId('001'), isRequired: true, isKey: true }, PLG_Account_Id__c: text(255) },
  salesforce_leads: {
    PLG_User_Id__c: externalId,
    ...sfPerson,
    Company: { isRequired: true, atMost: 255 },
    Website: text(255),
    LeadSource: any,
    Status: must,
    Rating: { is: /^(Hot|Warm|Cold)$/ },
    Industry: text(40),
    NumberOfEmployees: { is: COUNT },
    Country: text(80),
    Description: text(32_000),
    ...sf,
  },
  salesforce_leads_wizard: {
    'First Name': text(40),
    'Last Name': { isRequired: true, atMost: 80 },
    Company: { isRequired: true, atMost: 255 },
    Email: { is: EMAIL, atMost: 80 },
    Title: text(128),
    'Lead Source': any,
    'Lead Status': any,
    Rating: { is: /^(Hot|Warm|Cold)$/ },
    'No. of Employees': { is: COUNT },
    Industry: text(40),
    Country: text(80),
    Description: text(32_000),
    'Record Owner': { is: sfId('005') },
  },
  salesforce_contacts: { PLG_User_Id__c: externalId, ...sfPerson, 'Account.PLG_Account_Id__c': text(255), ...sf },
  salesforce_contacts_known: sfKnown('003'),
  salesforce_leads_known: sfKnown('00Q'),
  salesforce_tasks: {
    Subject: { isRequired: true, atMost: 255 },
    ActivityDate: { is: DAY, isRequired: true },
    Status: { is: /^Not Started$/ },
    Priority: { is: /^(High|Normal|Low)$/ },
    WhoId: { is: sfId('00[3Q]') },
    WhatId: { is: sfId('001') },
    OwnerId: { is: sfId('005') },
    Description: text(32_000),
  },
  attio_companies: {
    Domains: { is: DOMAIN, isRequired: true, isKey: true },
    Name: any,
    'Primary location': any,
    'PQA score': { is: NUMBER },
    ...attioCompanyPql,
    ...attioWorkspace,
    'PQL workspace count': { is: COUNT },
  },
  attio_people: {
    'Email addresses': { is: EMAIL, isRequired: true, isKey: true },
    'Person name': any,
    'Job title': any,
    'Company domain': { is: DOMAIN },
    ...attioPql,
    ...attioWorkspace,
  },
  attio_workspaces: {
    'Workspace ID': { isRequired: true, isKey: true },
    Name: any,
    'Company domain': { is: DOMAIN },
    ...attioPql,
  },
  attio_users: {
    'User ID': { isRequired: true, isKey: true },
    'Primary email address': { is: EMAIL, isRequired: true, isKey: true },
    'Person email address': email,
    'Workspace IDs': any,
  },
  attio_deals: {
    'Deal name': must,
    'Deal owner': { is: EMAIL, isRequired: true },
    'Deal stage': must,
    'Deal value': { is: /^$/ },
    'Associated company domain': { is: DOMAIN },
    'Associated people email addresses': email,
  },
}

type Limits = Readonly<{ rows: number; bytes: number; columns: number }>
const MB = 1024 * 1024
const LIMITS: readonly (readonly [prefix: string, limits: Limits])[] = [
  ['hubspot_', { rows: 1_048_576, bytes: 512 * MB, columns: 999 }],
  ['salesforce_leads_wizard', { rows: 49_999, bytes: 100 * MB, columns: 90 }],
  ['salesforce_', { rows: 5_000_000, bytes: Number.POSITIVE_INFINITY, columns: Number.POSITIVE_INFINITY }],
  ['attio_', { rows: 100_000, bytes: 100 * MB, columns: 100 }],
]

/** What a CRM's importer would say of a file; `_2`, `_3` ... are further parts of one. */
export function faultsOf(name: string, content: string): readonly string[] {
  const base = name.replace(/(_\d+)?\.csv$/, '')
  const rules = RULES[base]
  if (rules === undefined) return [`${name} is not expected`]
  const records = recordsOf(content)
  return [
    ...limitFaults(name, content, records),
    ...cellFaults(name, rules, records),
    ...keyFaults(name, rules, records),
  ]
}

type Records = ReturnType<typeof recordsOf>

function limitFaults(name: string, content: string, records: Records): readonly string[] {
  const limits = LIMITS.find(([prefix]) => name.startsWith(prefix))?.[1]
  const columns = Object.keys(records[0] ?? {})
  const isMore = (what: string, count: number, most = Number.POSITIVE_INFINITY): readonly string[] =>
    count > most ? [`${name}: ${count} ${what}, ${most} are taken`] : []
  return [
    ...isMore('rows', records.length, limits?.rows),
    ...isMore('bytes', Buffer.byteLength(content), limits?.bytes),
    ...isMore('columns', columns.length, limits?.columns),
    ...(records.length === 0 ? [`${name}: no rows`] : []),
    ...(content.startsWith('\ufeff') ? [`${name}: a byte order mark`] : []),
    ...(content.endsWith('\r\n') ? [] : [`${name}: the last row has no end`]),
  ]
}

function cellFaults(name: string, rules: Rules, records: Records): readonly string[] {
  const faults: string[] = []
  const canClear = name.startsWith('salesforce_') && name.includes('_known')
  for (const [i, record] of records.entries())
    for (const [header, cell] of Object.entries(record)) {
      const fault = faultOf(rules[header], cell, canClear)
      if (fault !== null) faults.push(`${name} ${i + 1} ${header}: ${fault}: ${cell}`)
    }
  const missing = Object.entries(rules).filter(([header, rule]) => rule.isRequired && !(header in (records[0] ?? {})))
  return [...faults, ...missing.map(([header]) => `${name}: no column ${header}`)]
}

function faultOf(rule: Rule | undefined, cell: string, canClear: boolean): string | null {
  if (rule === undefined) return 'no such field'
  if (cell === '') return rule.isRequired === true ? 'required' : null
  if (cell === '#N/A') return canClear && rule.isRequired !== true ? null : 'cleared'
  if (cell !== cell.trim()) return 'blanks'
  if (rule.is !== undefined && !rule.is.test(cell)) return 'form'
  return cell.length > (rule.atMost ?? Number.POSITIVE_INFINITY) ? 'too long' : null
}

/** HubSpot and Attio tell neither addresses nor domains apart by case; external ids of Salesforce neither. */
function keyFaults(name: string, rules: Rules, records: Records): readonly string[] {
  return Object.entries(rules).flatMap(([header, { isKey }]) => {
    if (isKey !== true) return []
    const isOwn = name.startsWith('salesforce_') && header === 'Id'
    const values = records.map(record => record[header] ?? '').filter(value => value !== '')
    const seen = new Set<string>()
    return values.flatMap(value => {
      const key = isOwn ? value : value.toLowerCase()
      const isNew = seen.size < seen.add(key).size
      return isNew ? [] : [`${name} ${header}: twice: ${value}`]
    })
  })
}
