import { sharedWords } from '#lib/shared-words'
import { finish, type Steps } from '#lib/steps'
import { type EmailReading, emailReader } from '../email.ts'
import { type DateOrder, readDate } from '../normalise/calendar-date.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { type AddressTable, createAddressTable } from './address-table.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { createEmailTable, type EmailTable, type EmailTableBuilder } from './email-table.ts'
import { type HandleGround, handleLists } from './handle-lists.ts'
import { type CodeLists, createCodeLists } from './list.ts'
import { createNameCells, NAME_CELL, type NameCellsBuilder } from './name-cells.ts'
import { type NamesBy, namesHere, type ReadNames } from './name-reader.ts'
import { NAME_KIND, type NameTable } from './name-table.ts'
import type { Texts } from './text-table.ts'

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
  /** Who reads names and phone numbers, with these words; by default this thread. */
  names?: NamesBy
}>

/** Records after which reading halts, and whose names and phone numbers are handed on together. */
const BATCH = 1 << 14

/**
 * Reads records of persons into columns, in one go.
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
  reading: PersonReading = {},
): PersonColumns {
  return finish(personColumnSteps(size, recordAt, reading))
}

/**
 * The same, halting now and then.
 *
 * @param size number of records
 * @param recordAt the record at a place, 0..size - 1; asked once each, in order
 * @param reading how dates and addresses are read, and who reads names and phone numbers
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function* personColumnSteps(
  size: number,
  recordAt: (i: number) => PersonRecord,
  { order = 'dmy', read = emailReader(), words = SHIPPED_WORDS, names = namesHere(size, words) }: PersonReading = {},
): Steps<PersonColumns> {
  const emails = createEmailTable(read, words, size)
  const addresses = createAddressTable()
  const [postcodes, cities] = [createDictionary(), createDictionary()]
  const email = emails.lists
  const column = (): Uint32Array => sharedWords(size)
  const [birthDate, address, postcode, city] = [column(), column(), column(), column()]
  // By far the most cells of these are empty.
  const takeMore = (i: number, record: PersonRecord): void => {
    if (record.dateOfBirth !== null) birthDate[i] = readDate(record.dateOfBirth, order)
    if (record.address.length > 0) address[i] = addresses.codeOf(record.address)
    if (record.postcode !== null) postcode[i] = postcodes.codeOf(addresses.postcodeOf(record.postcode))
    if (record.city !== null) city[i] = cities.codeOf(addresses.cityOf(record.city))
  }
  const take = (i: number, cells: NameCellsBuilder): void => {
    const record = recordAt(i)
    for (const text of record.emails) if (text !== null) email.add(text)
    if (isAddress(record.fullName, read)) email.add(record.fullName)
    email.next()
    addName(cells, record)
    cells.addPhone(record.phone ?? '')
    takeMore(i, record)
  }
  for (let from = 0; from === 0 || from < size; from += BATCH) {
    const to = Math.min(from + BATCH, size)
    const cells = createNameCells(to - from)
    for (let i = from; i < to; i++) take(i, cells)
    names.take(cells.finish(), to === size)
    yield
  }
  const emailLists = email.finish()
  const { table, name, spellings, bare, knownGiven, phones } = yield* names.finish()
  const bareHandle = bareHandles(table, bare, emails.handleOf)
  const further = furtherLists({ size, nameTable: table, name, email: emailLists }, knownGiven, emails.furtherHandles)
  const emailTable = emails.finish()
  const ground = { size, nameTable: table, name, spellings, emailTable, email: emailLists, further }
  const lists = handleLists({ ...ground, findHandle: emails.findHandle, ...bareHandle })
  const found = { name, birthDate, address, postcode, city, postcodes, cities, ...phones }
  return {
    size,
    names: table,
    emails: emailTable,
    email: emailLists,
    addresses: addresses.finish(address),
    ...found,
    ...lists,
  }
}

/** What else the addresses of records without a full name say of whose they are, once names are known. */
function furtherLists(
  { size, nameTable, name, email }: Pick<HandleGround, 'size' | 'nameTable' | 'name' | 'email'>,
  known: Uint8Array,
  handlesOf: EmailTableBuilder['furtherHandles'],
): CodeLists {
  const further = createCodeLists()
  const isGivenName = (word: string): boolean => known[nameTable.tokens.find(word)] === 1
  for (let i = 0; i < size; i++) {
    const isNamed = (nameTable.kind[name[i] as number] as number) >= NAME_KIND.part // codes lie within their table
    if (!isNamed)
      for (const code of email.codes.subarray(email.offsets[i], email.offsets[i + 1]))
        for (const handle of handlesOf(code, isGivenName)) further.add(handle)
    further.next()
  }
  return further.finish()
}

/** Handles of single words, after all others were met: their codes do not depend on who reads names. */
function bareHandles(
  { kind }: NameTable,
  { codes, texts }: ReadNames['bare'],
  handleOf: (text: string) => number,
): Pick<HandleGround, 'bareHandle' | 'isWrittenAsName'> {
  const [bareHandle, isWrittenAsName] = [new Uint32Array(kind.length), new Uint8Array(kind.length)]
  codes.forEach((code, i) => {
    const text = texts.text(i)
    bareHandle[code] = handleOf(text)
    isWrittenAsName[code] = isOneNameWord(text) ? 1 : 0
  })
  return { bareHandle, isWrittenAsName }
}

/** People put their address where their name belongs. */
function isAddress(name: string | null, read: (text: string) => EmailReading): name is string {
  return name?.includes('@') === true && read(name).host !== null
}

const GIVEN_NAME = /^\p{Lu}\p{Ll}+$/u

/** One word in the way of names, `Zoltan`, and not of handles. */
function isOneNameWord(text: string): boolean {
  return !text.includes(' ') && GIVEN_NAME.test(text)
}

function addName(cells: NameCellsBuilder, { fullName, firstName, lastName }: PersonRecord): void {
  if (firstName !== null || lastName !== null) cells.add(NAME_CELL.parts, `${firstName ?? ''}\u0000${lastName ?? ''}`)
  else if (fullName === null) cells.add(NAME_CELL.nothing, '')
  else cells.add(NAME_CELL.whole, fullName)
}
