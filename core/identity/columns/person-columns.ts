import { sharedWords } from '#lib/shared-words'
import { type EmailReading, emailReader } from '../email.ts'
import { type DateOrder, readDate } from '../normalise/calendar-date.ts'
import { readNameParts } from '../normalise/person-name.ts'
import { readPhone } from '../normalise/phone.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { type AddressTable, createAddressTable } from './address-table.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { createEmailTable, type EmailTable } from './email-table.ts'
import { handleLists } from './handle-lists.ts'
import { type CodeLists, createCodeLists } from './list.ts'
import { createNameTable, type NameTable } from './name-table.ts'
import { createTextTable, type Texts } from './text-table.ts'

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
  phones: Texts
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
  words?: Words
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
  { order = 'dmy', read = emailReader(), words = SHIPPED_WORDS }: PersonReading = {},
): PersonColumns {
  const names = createNameTable(words)
  const emails = createEmailTable(read, words, size >> 1)
  const addresses = createAddressTable()
  const phones = createTextTable()
  const [postcodes, cities] = [createDictionary(), createDictionary()]
  const email = createCodeLists()
  const [bareHandle, isWrittenAsName] = [new Uint32Array(size), new Uint8Array(size)]
  const column = (): Uint32Array => sharedWords(size)
  const [name, birthDate, phone] = [column(), column(), column()]
  const [address, postcode, city] = [column(), column(), column()]
  const takeName = (i: number, record: PersonRecord): void => {
    name[i] = nameOf(names, record, words)
    bareHandle[i] = names.isBare(name[i] ?? 0) ? emails.handleOf(record.fullName ?? '') : 0
    isWrittenAsName[i] = Number(isOneNameWord(record.fullName))
  }
  // By far the most cells of these are empty.
  const takeMore = (i: number, record: PersonRecord): void => {
    if (record.dateOfBirth !== null) birthDate[i] = readDate(record.dateOfBirth, order)
    if (record.phone !== null) phone[i] = phones.codeOf(readPhone(record.phone) ?? '')
    if (record.address.length > 0) address[i] = addresses.codeOf(record.address)
    if (record.postcode !== null) postcode[i] = postcodes.codeOf(addresses.postcodeOf(record.postcode))
    if (record.city !== null) city[i] = cities.codeOf(addresses.cityOf(record.city))
  }
  for (let i = 0; i < size; i++) {
    const record = recordAt(i)
    for (const text of record.emails) if (text !== null) email.add(emails.codeOf(text))
    if (isAddress(record.fullName, read)) email.add(emails.codeOf(record.fullName))
    email.next()
    takeName(i, record)
    takeMore(i, record)
  }
  const [nameTable, emailTable, emailLists] = [names.finish(name), emails.finish(), email.finish()]
  const known = { size, nameTable, name, emailTable, email: emailLists }
  const lists = handleLists({ ...known, findHandle: emails.findHandle, bareHandle, isWrittenAsName })
  const found = { name, birthDate, phone, address, postcode, city, postcodes, cities, phones: phones.finish() }
  return {
    size,
    names: nameTable,
    emails: emailTable,
    email: emailLists,
    addresses: addresses.finish(address),
    ...found,
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

function nameOf(names: NameBuilder, { fullName, firstName, lastName }: PersonRecord, words: Words): number {
  if (firstName === null && lastName === null) {
    return fullName === null ? 0 : names.codeOfFull(fullName)
  }
  return names.codeOf(`${firstName ?? ''}\u0000${lastName ?? ''}`, () => readNameParts(firstName, lastName, words))
}
