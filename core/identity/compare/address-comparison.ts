import type { AddressTable } from '../columns/address-table.ts'
import { countsOf, type Dictionary } from '../columns/dictionary.ts'
import { PLACE_WEIGHTS } from '../weigh/person-weights.ts'
import { frequencySteps, highest, MOST_ATTRIBUTE_STEPS, STEPS_PER_BIT, stepsOf } from '../weigh/steps.ts'
import { bothValues, type Comparison, NOTHING, packed } from './comparison.ts'
import { isOneEditApart } from './similarity.ts'
import { TOKENS, tokenClasses } from './token-classes.ts'

/** Where a record is: street, postcode and city, codes of their tables. */
export type PlaceColumns = Readonly<{
  size: number
  addresses: AddressTable
  address: Uint32Array
  postcodes: Dictionary
  postcode: Uint32Array
  cities: Dictionary
  city: Uint32Array
}>

const LEVELS = [
  'nothing',
  'different',
  'place only',
  'number only',
  'street, another number',
  'most words of the street',
  'number and most words',
  'same street address',
] as const
const STREET = { missing: 0, different: 1, number: 3, otherNumber: 4, words: 5, most: 6, same: 7 } as const
const MOST_SHARE = 0.6
const MOST_STEPS_BESIDE_ANOTHER_STREET = 4 * STEPS_PER_BIT

/**
 * Compares addresses as one group: street first; postcode and city, which the street implies, count half beside it.
 *
 * @param columns records
 * @param weights of the levels
 *
 * Source: docs/methods/identity.md, "Addresses".
 */
export function addressComparison(columns: PlaceColumns, weights = PLACE_WEIGHTS): Comparison {
  const { addresses, address, size } = columns
  const street = streetLevels(addresses)
  const placeOf = placeSteps(columns, weights)
  const same = frequencySteps(weights.street.same.m, size, highest(addresses.wholeCount))
  const steps = [
    0,
    stepsOf(weights.street.different.bits),
    0,
    stepsOf(weights.street['number only'].bits),
    stepsOf(weights.street['street, another number'].bits),
    stepsOf(weights.street['most words'].bits),
    stepsOf(weights.street['number and most words'].bits),
  ]
  return {
    name: 'address',
    levels: LEVELS,
    most: MOST_ATTRIBUTE_STEPS,
    reach: null,
    compare: (a, b) => {
      const [x, y] = [address[a] as number, address[b] as number] // one address per record
      const level = street(x, y)
      const where = placeOf(a, b)
      if (level === STREET.missing && where === null) return NOTHING
      const count = addresses.wholeCount[addresses.whole[x] as number] as number
      const own = level === STREET.same ? (same[count] as number) : (steps[level] as number)
      return together(level, own, where ?? 0)
    },
    value: (a, b) => bothValues(shownPlace(columns, a), shownPlace(columns, b)),
    identifiers: 0,
    conflicts: 0,
    guesses: 0,
  }
}

/** The place counts half beside a street that agrees, and little beside one that differs. */
function together(level: number, street: number, where: number): number {
  const place = level === STREET.different ? Math.min(where, MOST_STEPS_BESIDE_ANOTHER_STREET) : where
  const total = street + (street > 0 && place > 0 ? place >> 1 : place)
  const isPlaceOnly = level <= STREET.different
  return packed(isPlaceOnly ? (where > 0 ? 2 : 1) : level, Math.min(total, MOST_ATTRIBUTE_STEPS))
}

function streetLevels(table: AddressTable): (x: number, y: number) => number {
  const { whole } = table
  const shareOf = agreeingShare(table)
  const byNumber = numberLevels(table)
  // Codes lie within their tables.
  return (x, y) => {
    if (x === 0 || y === 0) return STREET.missing
    if (whole[x] !== 0 && whole[x] === whole[y]) return STREET.same
    return byNumber(x, y, shareOf(x, y) >= MOST_SHARE)
  }
}

function numberLevels({ number, numbers }: AddressTable): (x: number, y: number, isStreet: boolean) => number {
  return (x, y, isStreet) => {
    const [n, m] = [number[x] as number, number[y] as number]
    const isNumber = n !== 0 && n === m
    if (!isStreet) return isNumber ? STREET.number : STREET.different
    if (isNumber) return STREET.most
    const isOpen = n === 0 || m === 0 || isOneEditApart(numbers.texts[n] ?? '', numbers.texts[m] ?? '')
    return isOpen ? STREET.words : STREET.otherNumber
  }
}

/** Words of the shorter address that the other has too, or nearly. */
function agreeingShare({ words, strong: { offsets, codes } }: AddressTable): (x: number, y: number) => number {
  const classOf = tokenClasses(words.texts, () => false)
  // Offsets have one entry more than there are addresses.
  const has = (word: number, y: number): boolean => {
    for (let j = offsets[y] as number; j < (offsets[y + 1] as number); j++) {
      if (classOf(word, codes[j] as number) >= TOKENS.similar) return true
    }
    return false
  }
  return (x, y) => {
    const [from, to] = [offsets[x] as number, offsets[x + 1] as number]
    const shorter = Math.min(to - from, (offsets[y + 1] as number) - (offsets[y] as number))
    if (shorter === 0) return 0
    let agreeing = 0
    for (let i = from; i < to; i++) if (has(codes[i] as number, y)) agreeing++
    return agreeing / shorter
  }
}

/** Steps of postcode and city together, null where neither can be compared. */
function placeSteps(columns: PlaceColumns, weights: typeof PLACE_WEIGHTS): (a: number, b: number) => number | null {
  const { postcode, postcodes, city, cities, size } = columns
  const counts = { postcode: countsOf(postcode, postcodes.texts.length), city: countsOf(city, cities.texts.length) }
  const same = {
    postcode: frequencySteps(weights.postcode.same.m, size, highest(counts.postcode)),
    city: frequencySteps(weights.city.same.m, size, highest(counts.city)),
  }
  const cityClass = tokenClasses(cities.texts, () => false)
  const near = stepsOf(weights.postcode['one digit apart'].bits)
  const similar = stepsOf(weights.city.similar.bits)
  const apart = { postcode: stepsOf(weights.postcode.different.bits), city: stepsOf(weights.city.different.bits) }
  const ofPostcode = (x: number, y: number): number => {
    if (x === y) return same.postcode[counts.postcode[x] as number] as number
    return isOneEditApart(postcodes.texts[x] ?? '', postcodes.texts[y] ?? '') ? near : apart.postcode
  }
  const ofCity = (x: number, y: number): number => {
    if (x === y) return same.city[counts.city[x] as number] as number
    return cityClass(x, y) >= TOKENS.similar
      ? Math.min(similar, same.city[counts.city[x] as number] as number)
      : apart.city
  }
  return (a, b) => {
    const [p, q] = [postcode[a] as number, postcode[b] as number]
    const [c, d] = [city[a] as number, city[b] as number]
    const hasPostcodes = p !== 0 && q !== 0
    const hasCities = c !== 0 && d !== 0
    if (!hasPostcodes && !hasCities) return null
    if (!hasPostcodes) return ofCity(c, d)
    if (!hasCities) return ofPostcode(p, q)
    // A postcode lies in one city: the stronger counts whole, what else agrees half.
    const [x, y] = [ofPostcode(p, q), ofCity(c, d)]
    const [more, less] = x > y ? [x, y] : [y, x]
    return more + (less > 0 ? less >> 1 : less)
  }
}

function shownPlace({ addresses, address, postcodes, postcode, cities, city }: PlaceColumns, record: number): string {
  const code = address[record] ?? 0
  const words = addresses.strong.codes.subarray(addresses.strong.offsets[code], addresses.strong.offsets[code + 1])
  const street = [...words].map(word => addresses.words.texts[word])
  const parts = [addresses.numbers.texts[addresses.number[code] ?? 0], ...street]
  const place = [postcodes.texts[postcode[record] ?? 0], cities.texts[city[record] ?? 0]]
  return [...parts, ...place].filter(text => text !== '').join(' ')
}
