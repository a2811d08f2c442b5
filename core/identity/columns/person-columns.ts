import { type EmailReading, emailReader } from '../email.ts'
import { type DateOrder, readDate } from '../normalise/calendar-date.ts'
import { readFullName, readNameParts } from '../normalise/person-name.ts'
import { readPhone } from '../normalise/phone.ts'
import { type AddressTable, createAddressTable } from './address-table.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { createEmailTable, type EmailTable } from './email-table.ts'
import { hashJoined, hashText } from './hash-text.ts'
import { type CodeLists, createCodeLists } from './list.ts'
import { createNameTable, NAME_KIND, type NameTable } from './name-table.ts'

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
  /** Handles of anybody that its full name would spell: `janedoe`, `doejane`, `jdoe`. */
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
  const bareHandle = new Uint32Array(size)
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
    email.next()
    const name = nameOf(names, record)
    columns.name[i] = name
    bareHandle[i] = record.fullName === null ? 0 : emails.handleOf(record.fullName)
    columns.birthDate[i] = readDate(record.dateOfBirth, order)
    columns.phone[i] = phones.codeOf(readPhone(record.phone) ?? '')
    columns.address[i] = addresses.codeOf(record.address)
    columns.postcode[i] = postcodes.codeOf(addresses.postcodeOf(record.postcode))
    columns.city[i] = cities.codeOf(addresses.cityOf(record.city))
  }
  const nameTable = names.finish(columns.name)
  const emailTable = emails.finish()
  const lists = handleLists({
    size,
    nameTable,
    name: columns.name,
    emailTable,
    email: email.finish(),
    bareHandle,
  })
  return {
    size,
    names: nameTable,
    emails: emailTable,
    phones,
    addresses: addresses.finish(columns.address),
    postcodes,
    cities,
    ...columns,
    ...lists,
  }
}

type NameBuilder = ReturnType<typeof createNameTable>

function nameOf(names: NameBuilder, { fullName, firstName, lastName }: PersonRecord): number {
  if (firstName === null && lastName === null) {
    return fullName === null ? 0 : names.codeOf(fullName, () => readFullName(fullName))
  }
  return names.codeOf(`${firstName ?? ''}\u0000${lastName ?? ''}`, () => readNameParts(firstName, lastName))
}

type HandleGround = Readonly<{
  size: number
  nameTable: NameTable
  name: Uint32Array
  emailTable: EmailTable
  email: CodeLists
  bareHandle: Uint32Array
}>

/** Own handles first, since only what somebody owns is worth spelling. */
function handleLists(ground: HandleGround): Pick<PersonColumns, 'email' | 'handle' | 'spelled'> {
  const handle = ownHandles(ground)
  return { email: ground.email, handle, spelled: spelledHandles(ground, handle) }
}

function ownHandles({ size, nameTable, name, emailTable, email, bareHandle }: HandleGround): CodeLists {
  const own = createCodeLists()
  const isGivenName = givenNameHandles(nameTable, emailTable)
  const add = (handle: number): void => {
    if (isGivenName[handle] === 0) own.add(handle)
  }
  for (let i = 0; i < size; i++) {
    // Codes lie within their tables; offsets have one entry more than there are records.
    for (let at = email.offsets[i] as number; at < (email.offsets[i + 1] as number); at++) {
      add(emailTable.handle[email.codes[at] as number] as number)
    }
    if (nameTable.kind[name[i] as number] === NAME_KIND.bare) add(bareHandle[i] as number)
    own.next()
  }
  return own.finish()
}

/** 1 for handles that are nothing but a given name: `martin@` is anybody. */
function givenNameHandles({ tokens, givenCount, formal }: NameTable, { handles }: EmailTable): Uint8Array {
  return Uint8Array.from(handles.texts, text => {
    const token = tokens.find(text)
    return token !== 0 && ((givenCount[token] as number) > 1 || formal[token] !== undefined) ? 1 : 0
  })
}

function spelledHandles({ size, nameTable, name, emailTable }: HandleGround, { codes }: CodeLists): CodeLists {
  const { kind, given, family, tokens } = nameTable
  const spelled = createCodeLists()
  const byHash = new Map<number, number>()
  for (const code of codes) byHash.set(hashText(emailTable.handles.texts[code] ?? '', SPELLED), code)
  for (let i = 0; i < size; i++) {
    const code = name[i] as number
    if (kind[code] === NAME_KIND.full) {
      const first = tokens.texts[given[code] as number] ?? ''
      const last = tokens.texts[family[code] as number] ?? ''
      for (const hash of spellings(first, last)) spelled.add(byHash.get(hash) ?? 0)
    }
    spelled.next()
  }
  return spelled.finish()
}

const SPELLED = 21

/** Hashes of the handles people make of their names, the whole ones first. */
function spellings(given: string, family: string): readonly number[] {
  const [m, n] = [given.length, family.length]
  return [
    hashJoined([given, m], [family, n], SPELLED),
    hashJoined([family, n], [given, m], SPELLED),
    hashJoined([given, 1], [family, n], SPELLED),
    hashJoined([family, n], [given, 1], SPELLED),
    hashJoined([given, m], [family, 1], SPELLED),
  ]
}
