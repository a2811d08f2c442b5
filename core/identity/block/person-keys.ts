import { once } from '#lib/once'
import { hashText, mixHashes } from '../columns/hash-text.ts'
import { type CodeLists, codeColumn, isKnown } from '../columns/list.ts'
import { NAME_KIND, through } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { type KeyKind, type LazyColumn, listedKeys, mixedColumns, singleKeys } from './block-keys.ts'

const INITIALS = 11
/** Blocks of keys that say little are kept small. */
const LOOSE_CAP = 60

/**
 * Kinds of keys for records of persons, the most telling first.
 *
 * @param columns records
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function personKeys(columns: PersonColumns): readonly KeyKind[] {
  const { emails, email, handle, spelled } = columns
  const own = keyColumns(columns)
  const {
    birthDate,
    phone,
    postcode,
    city,
    core,
    familySound,
    givenSound,
    familyInitial,
    givenInitial,
    initials,
    domain,
  } = own
  const finer = [core, birthDate, city, postcode, domain]
  const [hasBirthDates, hasAddresses, hasPostcodes] = [
    isKnown(columns.birthDate),
    isKnown(columns.address),
    isKnown(columns.postcode),
  ]
  const when = (isThere: boolean, kind: () => KeyKind): readonly KeyKind[] => (isThere ? [kind()] : [])
  // Kinds that have no keys would take a place in the table of all.
  return [
    listedKeys('canonical email', [() => coarser(email, emails.canonical)], [core, initials]),
    listedKeys('loose email', [() => coarser(email, emails.loose)], [core, initials]),
    singleKeys('phone', phone, [core, initials]),
    singleKeys('full name', core, [birthDate, domain, city, postcode]),
    ...when(hasBirthDates, () => singleKeys('date of birth', birthDate, [initials, givenSound], LOOSE_CAP)),
    singleKeys('family name and company', own.familyAndDomain, finer),
    ...when(hasAddresses && hasPostcodes, () =>
      singleKeys('house number and postcode', own.house, [initials], LOOSE_CAP),
    ),
    ...when(hasAddresses, () => singleKeys('street address', own.street, finer, LOOSE_CAP)),
    singleKeys('sounds of both names', own.bothSounds, finer, LOOSE_CAP),
    ...when(hasPostcodes, () =>
      singleKeys('sound of the family name and postcode', own.familyAndPostcode, finer, LOOSE_CAP),
    ),
    singleKeys('sound of the family name', familySound, [givenInitial, ...finer], LOOSE_CAP),
    singleKeys('sound of the given name', givenSound, [familyInitial, ...finer], LOOSE_CAP),
    // Last, since only this kind has several keys per record: no other kind has to look through them.
    listedKeys('handle', [() => handle, () => spelled], [core, familySound], LOOSE_CAP),
  ]
}

/** What keys are made of, one value per record, 0 where missing. */
function keyColumns(columns: PersonColumns) {
  const { size, names, name, emails, email, address, addresses } = columns
  const of = (codeOf: (i: number) => number): LazyColumn => once(() => codeColumn(size, codeOf))
  // Codes lie within their tables; one code per record.
  const isNamed = (i: number): boolean => (names.kind[name[i] as number] as number) >= NAME_KIND.part
  const token = (table: Uint32Array, i: number): number => (isNamed(i) ? (table[name[i] as number] as number) : 0)
  const initialOf = once(() =>
    Uint32Array.from(names.tokens.texts, text => (text === '' ? 0 : hashText(text.slice(0, 1), INITIALS))),
  )
  const family = of(i => token(names.family, i))
  const given = of(i => token(names.given, i))
  const familySound = once(() => through(family(), names.sound))
  const givenSound = once(() => through(given(), names.sound))
  const familyInitial = once(() => through(family(), initialOf()))
  const givenInitial = once(() => through(given(), initialOf()))
  const domain = of(i => firstOf(email, emails.domain, i))
  const postcode: LazyColumn = () => columns.postcode
  return {
    birthDate: () => columns.birthDate,
    phone: () => columns.phone,
    postcode,
    city: () => columns.city,
    core: of(i => names.core[name[i] as number] as number),
    familySound,
    givenSound,
    familyInitial,
    givenInitial,
    domain,
    initials: mixedColumns(givenInitial, familyInitial, eitherWay),
    bothSounds: mixedColumns(givenSound, familySound, eitherWay),
    familyAndDomain: mixedColumns(family, domain),
    familyAndPostcode: mixedColumns(familySound, postcode),
    house: mixedColumns(
      of(i => addresses.number[address[i] as number] as number),
      postcode,
    ),
    street: of(i => addresses.whole[address[i] as number] as number),
  }
}

/** Given and family name stand in either order. */
function eitherWay(x: number, y: number): number {
  return mixHashes(Math.min(x, y), Math.max(x, y))
}

/** The coarser code of a record's first code that has one. */
function firstOf({ offsets, codes }: CodeLists, table: Uint32Array, i: number): number {
  for (let at = offsets[i] as number; at < (offsets[i + 1] as number); at++) {
    const code = table[codes[at] as number] as number
    if (code !== 0) return code
  }
  return 0
}

/** Lists of coarser codes, those that have none left out. */
function coarser({ offsets, codes }: CodeLists, table: Uint32Array): CodeLists {
  const kept = new Uint32Array(offsets.length)
  const left = new Uint32Array(codes.length)
  let count = 0
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let at = offsets[i] as number; at < (offsets[i + 1] as number); at++) {
      const code = table[codes[at] as number] as number
      if (code !== 0) left[count++] = code
    }
    kept[i + 1] = count
  }
  return { offsets: kept, codes: left.subarray(0, count) }
}
