import { expect, test } from 'vitest'
import { crmsOfKeys } from '#import'
import type { ColumnPlan, FilePlan } from '#schema/import'

const plan = (source: string | undefined, table: FilePlan['table'], headers: Readonly<Record<string, string | null>>) =>
  ({
    table,
    source,
    columns: Object.entries(headers).map(([header, column]): ColumnPlan => ({ header, column, match: 'exact' })),
  }) as unknown as FilePlan // what is looked at

test.each([
  {
    why: 'an export that is known',
    source: 'HubSpot contacts',
    headers: { 'Record ID': 'contact_id' },
    crms: ['hubspot', 'attio'],
  },
  { why: 'one of a sync', source: 'HubSpot contacts of a sync', headers: { id: 'contact_id' }, crms: ['hubspot'] },
  { why: 'Salesforce by its preset', source: 'Salesforce leads', headers: { Id: 'contact_id' }, crms: ['salesforce'] },
  {
    why: 'a report of Salesforce, without an owner',
    source: 'Salesforce report of contacts',
    headers: { 'Contact ID': 'contact_id' },
    crms: ['salesforce'],
  },
  { why: 'a header of one CRM', headers: { hs_object_id: 'contact_id' }, crms: ['hubspot'] },
  { why: 'a header with its name', headers: { 'HubSpot ID': 'contact_id' }, crms: ['hubspot'] },
  { why: 'a header with its name, of the other', headers: { 'SFDC Contact Id': 'contact_id' }, crms: ['salesforce'] },
  { why: 'a field that is no key', headers: { Id: 'contact_id', 'HubSpot ID': null }, crms: [] },
  { why: 'numbers of any tool', headers: { Id: 'contact_id' }, crms: [] },
  { why: 'its own name', headers: { contact_id: 'contact_id' }, crms: [] },
  {
    why: 'a name that other tools have too, with nothing of HubSpot beside it',
    source: 'HubSpot contacts',
    headers: { 'Contact ID': 'contact_id', Email: 'email', 'Phone Number': null },
    crms: [],
  },
  {
    why: 'the same beside columns of HubSpot',
    source: 'HubSpot contacts',
    headers: { 'Contact ID': 'contact_id', 'Contact owner': 'owner' },
    crms: ['hubspot'],
  },
])('$why: $crms', ({ source, headers, crms }) => {
  expect(crmsOfKeys(plan(source, 'contacts', headers))).toEqual(crms)
})

test('tables of the product say nothing of a CRM', () => {
  expect(crmsOfKeys(plan('HubSpot contacts', 'users', { 'Record ID': 'user_id' }))).toEqual([])
})
