import { type EmailReading, emailReader } from '../email.ts'
import { type DateOrder, readDate } from '../normalise/calendar-date.ts'
import { readFullName, readNameParts } from '../normalise/person-name.ts'
import { readPhone } from '../normalise/phone.ts'
import { type AddressTable, createAddressTable } from './address-table.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { createEmailTable, type EmailTable } from './email-table.ts'
import { handleLists } from './handle-lists.ts'
import { type CodeLists, createCodeLists } from './list.ts'
import { createNameTable, type NameTable } from './name-table.ts'

/** What is known of one record of a person, as its cells say it; null where nothing is. */
export type PersonRecord = Readonly<{
  emails: readonly (string | null)[]
  fullName: string | null
  firstName: string | null
  lastName: string | null
  dateOfBirth: string | null
  phone: string | null
  address: readonly (string | null)[]
  postcode: string | null
  city: string | null
}>

/** Records of persons as columns of codes; 0 is "nothing known" everywhere. */
export type PersonColumns = Readonly<{
  size: number
  names: NameTable
  name: Uint32Array
  emails: EmailTable
  email: CodeLists
  /** Handles that are a record's own: local parts, and single words given as names. */
  handle: CodeLists
  /** Handles of anybody that its full name would spell: `janedoe`, `doejane`, `jdoe`; `jdoe77` of those that have no full name. */
  spelled: CodeLists
  birthDate: Uint32Array
  phones: Dictionary
  phone: Uint32Array
  addresses: AddressTable
  address: Uint32Array
  postcodes: Dictionary
  postcode: Uint32Array
  cities: Dictionary
  city: Uint32Array
}>

/** How cells are read. */
export type PersonReading = Readonly<{
  /** Of day and month where a date of birth leaves it open. */
  order?: DateOrder
  read?: (text: string | null) => EmailReading
}>

/**
 * Reads records of persons into columns.
 *
 * @param size number of records
 * @param recordAt the record at a place, 0..size - 1; asked once each, in order
 * @param reading how dates and addresses are read
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function personColumns(
  size: number,
  recordAt: (i: number) => PersonRecord,
  { order = 'dmy', read = emailReader() }: PersonReading = {},
): PersonColumns {
  const names = createNameTable()
  const emails = createEmailTable(read)
  const addresses = createAddressTable()
  const phones = createDictionary()
  const [postcodes, cities] = [createDictionary(), createDictionary()]
  const email = createCodeLists()
  const [bareHandle, isWrittenAsName] = [new Uint32Array(size), new Uint8Array(size)]
  const column = (): Uint32Array => new Uint32Array(size)
  const columns = {
    name: column(),
    birthDate: column(),
    phone: column(),
    address: column(),
    postcode: column(),
    city: column(),
  }
  for (let i = 0; i < size; i++) {
    const record = recordAt(i)
    for (const text of record.emails) if (text !== null) email.add(emails.codeOf(text))
    if (isAddress(record.fullName, read)) email.add(emails.codeOf(record.fullName))
    email.next()
    columns.name[i] = nameOf(names, record)
    bareHandle[i] = names.isBare(columns.name[i] ?? 0) ? emails.handleOf(record.fullName ?? '') : 0
    isWrittenAsName[i] = Number(isOneNameWord(record.fullName))
    columns.birthDate[i] = readDate(record.dateOfBirth, order)
    columns.phone[i] = phones.codeOf(readPhone(record.phone) ?? '')
    columns.address[i] = addresses.codeOf(record.address)
    columns.postcode[i] = postcodes.codeOf(addresses.postcodeOf(record.postcode))
    columns.city[i] = cities.codeOf(addresses.cityOf(record.city))
  }
  const nameTable = names.finish(columns.name)
  const emailTable = emails.finish()
  const emailLists = email.finish()
  const lists = handleLists({
    size,
    nameTable,
    name: columns.name,
    emailTable,
    email: emailLists,
    bareHandle,
    isWrittenAsName,
  })
  return {
    size,
    names: nameTable,
    emails: emailTable,
    email: emailLists,
    phones,
    addresses: addresses.finish(columns.address),
    postcodes,
    cities,
    ...columns,
    ...lists,
  }
}

/** People put their address where their name belongs. */
function isAddress(name: string | null, read: (text: string) => EmailReading): name is string {
  return name?.includes('@') === true && read(name).host !== null
}

const GIVEN_NAME = /^\p{Lu}\p{Ll}+$/u

/** One word in the way of names, `Zoltan`, and not of handles. */
function isOneNameWord(text: string | null): boolean {
  return text !== null && !text.includes(' ') && GIVEN_NAME.test(text)
}

type NameBuilder = ReturnType<typeof createNameTable>

function nameOf(names: NameBuilder, { fullName, firstName, lastName }: PersonRecord): number {
  if (firstName === null && lastName === null) {
    return fullName === null ? 0 : names.codeOf(fullName, () => readFullName(fullName))
  }
  return names.codeOf(`${firstName ?? ''}\u0000${lastName ?? ''}`, () => readNameParts(firstName, lastName))
}
