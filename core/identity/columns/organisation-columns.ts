import { registrableDomain } from '#lib/domain'
import { corporateDomainOf } from '../domain-class.ts'
import { emailReader } from '../email.ts'
import { readPhone } from '../normalise/phone.ts'
import { type AddressTable, createAddressTable } from './address-table.ts'
import { type CompanyTable, createCompanyTable } from './company-table.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { type CodeLists, createCodeLists } from './list.ts'

/** What is known of one record of an organisation, as its cells say it; null where nothing is. */
export type OrganisationRecord = Readonly<{
  name: string | null
  websites: readonly (string | null)[]
  emails: readonly (string | null)[]
  phone: string | null
  address: readonly (string | null)[]
  postcode: string | null
  city: string | null
}>

/** Records of organisations as columns of codes; 0 is "nothing known" everywhere. */
export type OrganisationColumns = Readonly<{
  size: number
  companies: CompanyTable
  company: Uint32Array
  /** Registrable domains of websites and of corporate email addresses. */
  domains: Dictionary
  domain: CodeLists
  phones: Dictionary
  phone: Uint32Array
  addresses: AddressTable
  address: Uint32Array
  postcodes: Dictionary
  postcode: Uint32Array
  cities: Dictionary
  city: Uint32Array
}>

/**
 * Reads records of organisations into columns.
 *
 * @param size number of records
 * @param recordAt the record at a place, 0..size - 1; asked once each, in order
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function organisationColumns(size: number, recordAt: (i: number) => OrganisationRecord): OrganisationColumns {
  const companies = createCompanyTable()
  const addresses = createAddressTable()
  const readEmail = emailReader()
  const [domains, phones, postcodes, cities] = [
    createDictionary(),
    createDictionary(),
    createDictionary(),
    createDictionary(),
  ]
  const domain = createCodeLists()
  const column = (): Uint32Array => new Uint32Array(size)
  const columns = { company: column(), phone: column(), address: column(), postcode: column(), city: column() }
  for (let i = 0; i < size; i++) {
    const record = recordAt(i)
    columns.company[i] = companies.codeOf(record.name)
    for (const website of record.websites) domain.add(domains.codeOf(websiteDomain(website) ?? ''))
    for (const email of record.emails) domain.add(domains.codeOf(readEmail(email).corporateDomain ?? ''))
    domain.next()
    columns.phone[i] = phones.codeOf(readPhone(record.phone) ?? '')
    columns.address[i] = addresses.codeOf(record.address)
    columns.postcode[i] = postcodes.codeOf(addresses.postcodeOf(record.postcode))
    columns.city[i] = cities.codeOf(addresses.cityOf(record.city))
  }
  return {
    size,
    companies: companies.finish(columns.company),
    domains,
    domain: domain.finish(),
    phones,
    addresses: addresses.finish(columns.address),
    postcodes,
    cities,
    ...columns,
  }
}

/** A site on a host that many share is a website of its own (`acme.github.io`), a page of a provider is none. */
function websiteDomain(text: string | null): string | null {
  if (text === null) return null
  const corporate = corporateDomainOf(text)
  if (corporate !== null) return corporate
  const own = registrableDomain(text)
  return own !== null && own.split('.').length > 2 ? own : null
}
